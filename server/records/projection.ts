/** From the fields a request names to columns, and from rows back to records, each cell as the actor may see it. */
import type { Json, SqlValue } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import { isKnown, type TableAccess } from '#engine/permissions/authorize.ts';
import { fieldTypeOf, resolvePath } from '#engine/rules/paths.ts';
import type { SqlScope } from '../db/access-sql.ts';
import type { Queryable, Row } from '../db/database.ts';
import { type PathSql, pathToSql } from '../db/path-to-sql.ts';
import { storedFields } from '../db/row-codec.ts';
import { column, ident, type Sql, sql } from '../db/sql.ts';
import { cellReader, rawColumns, showCell } from './cell-reader.ts';
import { readLinks } from './links.ts';

export interface Projection {
  readonly columns: readonly Sql[];
  /** The field behind each key of the answer. */
  readonly fields: ReadonlyMap<string, FieldModel>;
  read(db: Queryable, rows: readonly Row[]): Promise<Record<string, Json>[]>;
}

type Reader = (record: Record<string, Json>, row: Row) => void;

/** `names` are checked already. Absent: every field the actor may know, without the rows of `lines`. */
export function projection(scope: SqlScope, access: TableAccess, names: readonly string[] | undefined): Projection {
  const { table } = access;
  const asked = names ?? Object.values(table.fields).filter((field) => !ALWAYS.has(field.name) && isKnown(access, field)).map((field) => field.name);
  const own = asked.flatMap((name) => (Object.hasOwn(table.fields, name) ? [table.fields[name] as FieldModel] : []));
  const cells = cellReader(scope, access, own);
  const columns: Sql[] = [column('t0', '_rid'), column('t0', 'id'), column('t0', 'version'), ...cells.flags];
  const fields = new Map<string, FieldModel>();
  const readers: Reader[] = [];
  const links: FieldModel[] = [];
  asked.forEach((name, index) => {
    if (ALWAYS.has(name)) return;
    const field = Object.hasOwn(table.fields, name) ? table.fields[name] : undefined;
    const stored = field && storedFields(table).find((codec) => codec.field === field);
    if (field && stored) {
      fields.set(name, field);
      for (const part of stored.columns) columns.push(column('t0', part));
      const type = fieldTypeOf(field);
      readers.push((record, row) => {
        const value = showCell(cells.right(field, row), field, () => type.decode(rawColumns(row, stored.columns), field));
        if (value !== undefined) record[name] = value;
      });
    } else if (field && fieldTypeOf(field).storage === 'links') {
      fields.set(name, field);
      links.push(field);
    } else if (!field || fieldTypeOf(field).storage !== 'children') readers.push(pathReader(scope, name, index, columns, fields));
  });
  return {
    columns,
    fields,
    async read(db, rows) {
      const records = rows.map((row) => {
        const record: Record<string, Json> = { id: String(row.id), version: Number(row.version) };
        for (const reader of readers) reader(record, row);
        return record;
      });
      for (const field of links) {
        const found = await readLinks(db, field, records.map((record) => String(record.id)));
        records.forEach((record, i) => {
          const value = showCell(cells.right(field, rows[i] as Row), field, () => found.get(String(record.id)) ?? null);
          if (value !== undefined) record[field.name] = value;
        });
      }
      return records;
    },
  };
}
const ALWAYS = new Set(['id', 'version']);

/** A value behind a reference, a part, or one computed as it is read. */
function pathReader(scope: SqlScope, path: string, index: number, columns: Sql[], fields: Map<string, FieldModel>): Reader {
  const found = pathToSql(scope, path);
  const alias = `_path${index}`;
  columns.push(sql`${found.sql} AS ${ident(alias)}`);
  const shown = endOf(scope, path, found.field);
  fields.set(path, shown);
  return (record, row) => {
    record[path] = decodePath(found, shown, row[alias] as SqlValue);
  };
}

/** A lookup shows a field of another record: that one knows how to decode and to name it. */
function endOf(scope: SqlScope, path: string, field: FieldModel): FieldModel {
  if (fieldTypeOf(field).storage !== 'query') return field;
  const resolved = resolvePath(scope.model.tables, field.table, String(field.settings.path));
  return typeof resolved === 'object' ? endOf(scope, path, resolved.field) : field;
}

function decodePath(found: PathSql, shown: FieldModel, value: SqlValue): Json {
  if (value === null || value === undefined) return null;
  if (found.list === 'json') return JSON.parse(String(value)) as Json;
  if (found.kind === 'number') return Number(value) / 10 ** found.scale;
  if (found.kind === 'boolean') return Number(value) === 1;
  const type = fieldTypeOf(shown);
  return type.storage === 'columns' && type.columns(shown).length === 1 ? type.decode([value], shown) : String(value);
}
