/** The tables of a database that a backup holds, with the types their columns have on either database. Search is made anew from the records. */
import type { ColumnType } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { databaseSchema, physicalColumns } from '#engine/schema/database-schema.ts';
import type { Queryable } from '../db/database.ts';
import { raw } from '../db/sql.ts';
import { SYSTEM_TABLES } from '../db/system-tables.ts';
import { trashEntries } from '../definitions/trash.ts';
import type { BackupTable } from './manifest.ts';

/** A restore ends every session and every open link; files that were exported are gone. */
export const NOT_KEPT: ReadonlySet<string> = new Set(['relata_session', 'relata_sign_in_link', 'relata_pending_sign_in']);

export type StoredTable = Pick<BackupTable, 'name' | 'columns'>;

const PHYSICAL: Readonly<Record<string, ColumnType>> = { TEXT: 'text', INTEGER: 'bigint', REAL: 'real', text: 'text', integer: 'integer', bigint: 'bigint', 'double precision': 'real', jsonb: 'json' };

export async function storedTables(db: Queryable, model: AppModel): Promise<StoredTable[]> {
  const rows =
    db.dialect.name === 'sqlite'
      ? await db.all<{ table: string; name: string; type: string }>(raw(`SELECT m.name AS "table", c.name AS name, c.type AS type FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY m.name, c.cid`))
      : await db.all<{ table: string; name: string; type: string }>(raw(`SELECT table_name AS "table", column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`));
  const known = await knownTypes(db, model);
  const tables = new Map<string, { name: string; type: ColumnType }[]>();
  for (const { table, name, type } of rows) {
    // Prepared for a publication that may never come.
    if (table.startsWith('relata_search_') || table.startsWith('sqlite_') || NOT_KEPT.has(table) || /^_n\d/.test(name)) continue;
    const columns = tables.get(table) ?? [];
    columns.push({ name, type: known.get(`${table}.${name}`) ?? PHYSICAL[type] ?? 'text' });
    tables.set(table, columns);
  }
  return [...tables].map(([name, columns]) => ({ name, columns }));
}

/** SQLite keeps JSON as text and every whole number alike; what a column is say the definitions, and in the trash those of its day. */
async function knownTypes(db: Queryable, model: AppModel): Promise<Map<string, ColumnType>> {
  const types = new Map<string, ColumnType>();
  for (const { name, columns } of [...databaseSchema(model).tables, ...SYSTEM_TABLES]) for (const column of columns) types.set(`${name}.${column.name}`, column.type);
  for (const entry of await trashEntries(db)) {
    for (const { kind, table, from, to } of entry.objects) {
      if (kind === 'column') {
        const type = physicalColumns(entry.model as FieldModel).find(({ name }) => name === from)?.type;
        if (type) types.set(`${table}.${to}`, type);
      } else if (kind === 'table') {
        for (const field of Object.values((entry.model as TableModel).fields)) for (const { name, type } of physicalColumns(field)) types.set(`${to}.${name}`, type);
      }
    }
  }
  return types;
}
