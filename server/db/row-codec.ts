/** Records to rows and back, by the columns each field type names. */
import type { Json, SqlValue } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { physicalColumns } from '#engine/schema/database-schema.ts';
import type { Queryable, Row } from './database.ts';
import { bind, ident, join, type Sql, type SqlParam, sql } from './sql.ts';
import { openColumn, sealColumn } from '../vault/sealed-values.ts';
import type { Vault } from '../vault/vault.ts';

export type RecordValues = Readonly<Record<string, Json>>;

interface FieldCodec {
  readonly field: FieldModel;
  readonly columns: readonly string[];
  readonly types: readonly string[];
}

const codecs = new WeakMap<TableModel, readonly FieldCodec[]>();

/** Fields with columns of their own, in the order of the table. */
export function storedFields(table: TableModel): readonly FieldCodec[] {
  let known = codecs.get(table);
  if (!known) {
    known = Object.values(table.fields)
      .map((field) => {
        const columns = physicalColumns(field);
        return { field, columns: columns.map((column) => column.name), types: columns.map((column) => column.type) };
      })
      .filter((codec) => codec.columns.length > 0);
    codecs.set(table, known);
  }
  return known;
}

/** The row of an encrypted field holds its `id`, too. */
export function decodeField(codec: FieldCodec, row: Row, vault: Vault): Json {
  if (codec.field.encrypted) return openColumn(vault, codec.field, String(row.id), row[codec.columns[0] as string] as SqlValue);
  return fieldTypeOf(codec.field).decode(codec.columns.map((name) => row[name] as SqlValue), codec.field);
}

/** Every stored field of a whole row. */
export function decodeRow(table: TableModel, row: Row, vault: Vault): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const codec of storedFields(table)) values[codec.field.name] = decodeField(codec, row, vault);
  return values;
}

type Target = Pick<Queryable, 'dialect' | 'vault'>;

/** Column names with bound values, for the fields that `values` holds. */
function encodeColumns(table: TableModel, id: string, values: RecordValues, { dialect, vault }: Target): { name: Sql; value: Sql }[] {
  const columns: { name: Sql; value: Sql }[] = [];
  for (const codec of storedFields(table)) {
    if (!Object.hasOwn(values, codec.field.name)) continue;
    const given = values[codec.field.name] ?? null;
    const encoded = codec.field.encrypted ? [sealColumn(vault, codec.field, id, given)] : fieldTypeOf(codec.field).encode(given, codec.field);
    codec.columns.forEach((name, i) => {
      const plain = bind(encoded[i] ?? null);
      const value = codec.types[i] === 'json' && dialect.name === 'postgres' ? sql`${plain}::jsonb` : plain;
      columns.push({ name: ident(name), value });
    });
  }
  return columns;
}

const insertTexts = new WeakMap<TableModel, Map<string, string>>();

/** Always all columns, so that the text is the same for every record and stays prepared. */
export function insertRow(table: TableModel, values: RecordValues, { dialect, vault }: Target): Sql {
  let byDialect = insertTexts.get(table);
  if (!byDialect) insertTexts.set(table, (byDialect = new Map()));
  let text = byDialect.get(dialect.name);
  if (text === undefined) {
    const names = storedFields(table).flatMap((codec) => codec.columns);
    const marks = storedFields(table).flatMap((codec) => codec.types.map((type) => (type === 'json' && dialect.name === 'postgres' ? '?::jsonb' : '?')));
    text = `INSERT INTO ${ident(table.name).text} (${names.map((name) => ident(name).text).join(', ')}) VALUES (${marks.join(', ')})`;
    byDialect.set(dialect.name, text);
  }
  const params: SqlParam[] = [];
  for (const { field, columns } of storedFields(table)) {
    const value = values[field.name] ?? null;
    const encoded = value === null ? [] : field.encrypted ? [sealColumn(vault, field, String(values.id), value)] : fieldTypeOf(field).encode(value, field);
    for (let i = 0; i < columns.length; i++) params.push(encoded[i] ?? null);
  }
  return { text, params };
}

export function updateRow(table: TableModel, id: string, values: RecordValues, target: Target): Sql {
  const columns = encodeColumns(table, id, values, target);
  return sql`UPDATE ${ident(table.name)} SET ${join(columns.map((column) => sql`${column.name} = ${column.value}`), ', ')} WHERE "id" = ${id}`;
}
