/**
 * Model to database, as data: which tables, columns and indexes there should be. The server applies it; nothing here
 * speaks SQL. Every index a list, a reference or a permission needs follows from the definitions.
 */
import { fieldTypeOf, singleTarget } from '../rules/paths.ts';
import type { ColumnType } from '../fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '../model/app-model.ts';

export interface SchemaColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** A foreign key to `id` of that table. */
  readonly references?: string;
}

export interface SchemaIndex {
  readonly name: string;
  readonly columns: readonly string[];
  /** Unique over living rows; null never collides. */
  readonly unique?: true;
  /** Only some rows: living ones, so that the index alone answers a list; those in the recycle bin, an index of which over all rows would tempt the planner. */
  readonly rows?: 'living' | 'deleted';
}

export interface SchemaTable {
  readonly name: string;
  /** A table of records has `_rid` (its number, for the search index) and `id`; a link table has neither. */
  readonly kind: 'records' | 'links';
  readonly columns: readonly SchemaColumn[];
  readonly indexes: readonly SchemaIndex[];
}

export interface DatabaseSchema {
  readonly tables: readonly SchemaTable[];
}

/** The columns of a field in the database, by full name. */
export function physicalColumns(field: FieldModel): { name: string; type: ColumnType }[] {
  const type = fieldTypeOf(field);
  if (type.storage !== 'columns' || field.computed?.mode === 'query') return [];
  return type.columns(field).map((column) => ({ name: field.name + column.suffix, type: column.type }));
}

/** The column a list orders by. */
export function sortColumn(field: FieldModel, part = ''): string | null {
  const columns = fieldTypeOf(field).columns(field);
  const column = (part === '' && columns.find((candidate) => candidate.sortKey)) || columns.find((candidate) => candidate.part === part);
  return column && field.computed?.mode !== 'query' ? field.name + column.suffix : null;
}

export function linkTableName(field: FieldModel): string {
  return `${field.table}__${field.name}`;
}

const LONGEST_NAME = 60;

/**
 * Index names are one space for the whole database. `__` stands in no name of a table or field, so two tables never give
 * one name; what would be cut off is told apart by a checksum.
 */
export function indexName(kind: 'ix' | 'ux', table: string, columns: readonly string[]): string {
  const name = `${kind}_${table}__${columns.join('__')}`;
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 9)}_${checksum(name)}`;
}

function checksum(text: string): string {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return sum.toString(16).padStart(8, '0');
}

export function databaseSchema(model: AppModel): DatabaseSchema {
  const tables: SchemaTable[] = [];
  for (const table of Object.values(model.tables)) {
    tables.push(recordTable(table));
    for (const field of Object.values(table.fields)) {
      const target = fieldTypeOf(field).target?.(field);
      if (fieldTypeOf(field).storage === 'links' && target) tables.push(linkTable(field, target));
    }
  }
  return { tables };
}

function recordTable(table: TableModel): SchemaTable {
  const columns: SchemaColumn[] = [];
  const indexes = new Map<string, SchemaIndex>();
  const index = (names: readonly string[], unique = false): void => {
    const name = indexName(unique ? 'ux' : 'ix', table.name, names);
    indexes.set(name, { name, columns: names, ...(unique && { unique: true as const }) });
  };
  for (const field of Object.values(table.fields)) {
    const references = singleTarget(field);
    for (const column of physicalColumns(field)) columns.push({ ...column, ...(references && { references }) });
    const sorted = sortColumn(field);
    if (sorted === null) continue;
    if (field.unique) index([field.name], true);
    if (field.index || field.name === table.titleField) index([sorted, '_rid']);
    else if (references && !field.system) index([field.name]);
  }
  // What every list asks for: newest first, of everybody, of one owner, of one department.
  index(['updated_at', '_rid']);
  index(['created_at', '_rid']);
  const some = (name: string, columns: readonly string[], rows: 'living' | 'deleted'): void => void indexes.set(name, { name: indexName('ix', table.name, [name]), columns, rows });
  some('by_owner', ['owner', 'updated_at', '_rid'], 'living');
  if (table.sharing !== undefined) some('by_department', ['owner_department', 'updated_at', '_rid'], 'living');
  some('bin', ['deleted_at'], 'deleted');
  for (const names of table.indexes) {
    const physical = names.map((name) => {
      const [field = '', part = ''] = name.split('.');
      const model = table.fields[field];
      return model ? sortColumn(model, part) : null;
    });
    if (physical.every((name) => name !== null)) index(physical as string[]);
  }
  return { name: table.name, kind: 'records', columns, indexes: [...indexes.values()] };
}

function linkTable(field: FieldModel, target: string): SchemaTable {
  const name = linkTableName(field);
  return {
    name,
    kind: 'links',
    columns: [
      { name: 'record_id', type: 'text', references: field.table },
      { name: 'target_id', type: 'text', references: target },
      { name: 'position', type: 'integer' },
    ],
    indexes: [
      { name: indexName('ix', name, ['record']), columns: ['record_id', 'position'] },
      { name: indexName('ix', name, ['target']), columns: ['target_id'] },
    ],
  };
}
