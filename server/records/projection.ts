/**
 * From the fields a request names to columns, and from rows back to records, each cell as the actor may see it. Made once
 * for a set of roles and a list of names, and kept: nothing in it depends on who of these roles asks.
 */
import type { Json, SqlValue } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel } from '#engine/model/app-model.ts';
import { atLeast, type FieldRight, isKnown, type TableAccess } from '#engine/permissions/authorize.ts';
import { fieldTypeOf, resolvePath } from '#engine/rules/paths.ts';
import type { SqlScope } from '../db/access-sql.ts';
import type { Queryable } from '../db/database.ts';
import { type PathSql, pathToSql } from '../db/path-to-sql.ts';
import { storedFields } from '../db/row-codec.ts';
import { column, type Sql } from '../db/sql.ts';
import { openColumn, shownValue } from '../vault/sealed-values.ts';
import type { Vault } from '../vault/vault.ts';
import { type CellReader, cellReader } from './cell-reader.ts';
import { readLinks } from './links.ts';

/** Values in the order of `columns`; what a caller selects behind them is its own to read. */
export type ValueRow = readonly unknown[];

export interface Projection {
  readonly columns: readonly Sql[];
  /** The field behind each key of the answer. */
  readonly fields: ReadonlyMap<string, FieldModel>;
  read(db: Queryable, rows: readonly ValueRow[]): Promise<Record<string, Json>[]>;
}

export const RID = 0;
const ID = 1;
const VERSION = 2;
const FIRST_FLAG = 3;
const ALWAYS = new Set(['id', 'version']);
const KEPT = 100;

type Reader = (record: Record<string, Json>, row: ValueRow, flags: readonly unknown[], vault: Vault) => void;

const kept = new WeakMap<TableAccess, Map<string, Projection>>();

/** `names` are checked already. Absent: every field the actor may know, without the rows of `lines`. */
export function projection(scope: SqlScope, access: TableAccess, names: readonly string[] | undefined): Projection {
  let byNames = kept.get(access);
  if (!byNames) kept.set(access, (byNames = new Map()));
  const key = `${scope.dialect.name} ${names?.join() ?? '*'}`;
  let made = byNames.get(key);
  if (!made) {
    made = makeProjection(scope, access, names);
    if (byNames.size >= KEPT) byNames.clear();
    byNames.set(key, made);
  }
  return made;
}

function makeProjection(scope: SqlScope, access: TableAccess, names: readonly string[] | undefined): Projection {
  const { table } = access;
  const asked = (names ?? Object.values(table.fields).filter((field) => isKnown(access, field)).map((field) => field.name)).filter((name) => !ALWAYS.has(name));
  const own = asked.flatMap((name) => (Object.hasOwn(table.fields, name) ? [table.fields[name] as FieldModel] : []));
  const cells = cellReader(scope, access, own);
  const columns: Sql[] = [column('t0', '_rid'), column('t0', 'id'), column('t0', 'version'), ...cells.flags];
  const fields = new Map<string, FieldModel>();
  const readers: Reader[] = [];
  const links: FieldModel[] = [];
  const codecs = new Map(storedFields(table).map((codec) => [codec.field, codec]));
  for (const name of asked) {
    const field = Object.hasOwn(table.fields, name) ? table.fields[name] : undefined;
    const stored = field && codecs.get(field);
    if (field && stored) {
      fields.set(name, field);
      readers.push(storedReader(field, columns.length, stored.columns.length, cells));
      for (const part of stored.columns) columns.push(column('t0', part));
    } else if (field && fieldTypeOf(field).storage === 'links') {
      fields.set(name, field);
      links.push(field);
    } else if (!field || fieldTypeOf(field).storage !== 'children') readers.push(pathReader(scope, name, columns, fields));
  }
  const flagCount = cells.flags.length;
  return {
    columns,
    fields,
    async read(db, rows) {
      const flagsOf = (row: ValueRow): readonly unknown[] => (flagCount === 0 ? row : row.slice(FIRST_FLAG, FIRST_FLAG + flagCount));
      const records = rows.map((row) => {
        const record: Record<string, Json> = { id: row[ID] as string, version: Number(row[VERSION]) };
        const flags = flagsOf(row);
        for (const reader of readers) reader(record, row, flags, db.vault);
        return record;
      });
      for (const field of links) {
        const found = await readLinks(db, field, records.map((record) => String(record.id)));
        records.forEach((record, i) => {
          show(record, field, cells.right(field, flagsOf(rows[i] as ValueRow)), found.get(String(record.id)) ?? null);
        });
      }
      return records;
    },
  };
}

/** Puts a value into a record as its right shows it; a hidden one is left out. */
function show(record: Record<string, Json>, field: FieldModel, right: FieldRight, value: Json): void {
  if (right === 'hidden') return;
  record[field.name] = value === null || atLeast(right, 'read') ? value : (fieldTypeOf(field).mask?.(value, field) ?? '***');
}

function storedReader(field: FieldModel, from: number, count: number, cells: CellReader): Reader {
  const { name } = field;
  const type = fieldTypeOf(field);
  const decode = count === 1 ? (row: ValueRow): Json => type.decode([row[from] as SqlValue], field) : (row: ValueRow): Json => type.decode(row.slice(from, from + count) as SqlValue[], field);
  const fixed = cells.fixedRight(field);
  if (field.encrypted) return sealedReader(field, from, cells);
  if (fixed !== undefined && atLeast(fixed, 'read')) {
    return (record, row) => {
      record[name] = decode(row);
    };
  }
  return (record, row, flags) => show(record, field, fixed ?? cells.right(field, flags), decode(row));
}

/** Opened only for whom a right shows it, or its mask. */
function sealedReader(field: FieldModel, from: number, cells: CellReader): Reader {
  const fixed = cells.fixedRight(field);
  return (record, row, flags, vault) => {
    const right = fixed ?? cells.right(field, flags);
    if (right !== 'hidden') show(record, field, right, shownValue(openColumn(vault, field, String(row[ID]), row[from] as SqlValue)));
  };
}

/** A value behind a reference, a part, or one computed as it is read. Its expression already hides what must be hidden. */
function pathReader(scope: SqlScope, path: string, columns: Sql[], fields: Map<string, FieldModel>): Reader {
  const found = pathToSql(scope, path);
  const index = columns.length;
  columns.push(found.sql);
  const shown = endOf(scope.model, found.field);
  fields.set(path, shown);
  if (found.field.encrypted) {
    return (record, row, _flags, vault) => {
      const [, id = '', sealed] = /^(\S+) (.*)$/.exec(String(row[index] ?? '')) ?? [];
      record[path] = sealed === undefined ? null : shownValue(openColumn(vault, found.field, id, sealed));
    };
  }
  return (record, row) => {
    record[path] = decodePath(found, shown, row[index] as SqlValue);
  };
}

/** A lookup shows a field of another record: that one knows how to decode and to name it. */
export function endOf(model: AppModel, field: FieldModel): FieldModel {
  if (fieldTypeOf(field).storage !== 'query') return field;
  const resolved = resolvePath(model.tables, field.table, String(field.settings.path));
  return typeof resolved === 'object' ? endOf(model, resolved.field) : field;
}

function decodePath(found: PathSql, shown: FieldModel, value: SqlValue): Json {
  if (value === null || value === undefined) return null;
  if (found.list === 'json') return JSON.parse(String(value)) as Json;
  if (found.kind === 'number') return Number(value) / 10 ** found.scale;
  if (found.kind === 'boolean') return Number(value) === 1;
  const type = fieldTypeOf(shown);
  return type.storage === 'columns' && type.columns(shown).length === 1 ? type.decode([value], shown) : String(value);
}
