/** Titles of all records of some tables, for conversions between references and text. Read with the product's own eyes. */
import type { ConversionContext } from '#engine/fields/conversion.ts';
import type { FieldModel, AppModel } from '#engine/model/app-model.ts';
import { FILE_KINDS } from '#engine/records/convert.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import type { Queryable } from '../db/database.ts';
import { storedFields, decodeField } from '../db/row-codec.ts';
import { ident, join, sql } from '../db/sql.ts';

interface Titles {
  readonly byId: ReadonlyMap<string, string>;
  readonly living: ReadonlyMap<string, readonly string[]>;
}

export async function conversionContext(db: Queryable, model: AppModel, tables: Iterable<string>, now: string): Promise<ConversionContext> {
  const known = new Map<string, Titles>();
  for (const table of new Set(tables)) known.set(table, await titlesOf(db, model, table));
  const { locale, timeZone } = model.settings;
  return {
    locale,
    timeZone,
    today: toLocalDate(now, timeZone),
    titleOf: (table, id) => known.get(table)?.byId.get(id) ?? null,
    idsByTitle: (table, title) => known.get(table)?.living.get(title) ?? [],
  };
}

async function titlesOf(db: Queryable, model: AppModel, name: string): Promise<Titles> {
  const byId = new Map<string, string>();
  const living = new Map<string, string[]>();
  // Of a file it is the kind that decides whether it may become an image.
  if (name === FILE_KINDS) for (const { id, type } of await db.all<{ id: string; type: string }>(sql`SELECT id, type FROM relata_file`)) byId.set(id, type);
  const table = model.tables[name];
  const codec = table && storedFields(table).find(({ field }) => field.name === table.titleField);
  if (!codec) return { byId, living };
  const rows = await db.all(sql`SELECT "id", "deleted_at", ${join(codec.columns.map((column) => ident(column)), ', ')} FROM ${ident(name)}`);
  const { locale, timeZone } = model.settings;
  for (const row of rows) {
    const value = decodeField(codec, row, db.vault);
    if (value === null) continue;
    const title = fieldTypeOf(codec.field).format(value, codec.field, { locale, timeZone, today: '' }).trim();
    byId.set(String(row.id), title);
    if (row.deleted_at === null) living.set(title, [...(living.get(title) ?? []), String(row.id)]);
  }
  return { byId, living };
}

/** A value as people read it, with the titles of what it points at. */
export function textOf(field: FieldModel, value: unknown, context: ConversionContext): string {
  if (value === null || value === undefined) return '';
  // Plans are read by designers, whatever they may see of records.
  if (field.encrypted) return '***';
  const type = fieldTypeOf(field);
  const target = type.target?.(field);
  if (target !== undefined && type.storage !== 'children') return (Array.isArray(value) ? value : [value]).map((id) => context.titleOf(target, String(id)) ?? String(id)).join('、');
  try {
    return type.format(value as never, field, context) || JSON.stringify(value);
  } catch {
    // A value of another type's time, kept as it was.
    return JSON.stringify(value);
  }
}
