/** Records by their titles, for reports to the administrator. */
import type { RecordRef } from '#engine/workflows/node-type.ts';
import type { RecordName } from '#engine/workflows/reports.ts';
import type { Queryable } from '../db/database.ts';
import { bind, ident, sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';

export async function titleOf(workspace: Workspace, db: Queryable, record: RecordRef): Promise<string> {
  return (await titlesOf(workspace, db, [record])).get(`${record.table}/${record.id}`) ?? '';
}

/** By `table/id`; what is gone is left out. */
export async function titlesOf(workspace: Workspace, db: Queryable, records: readonly RecordRef[]): Promise<Map<string, string>> {
  const titles = new Map<string, string>();
  for (const name of new Set(records.map(({ table }) => table))) {
    const table = workspace.model.tables[name];
    if (!table) continue;
    const ids = [...new Set(records.filter((record) => record.table === name).map(({ id }) => id))];
    const list = db.dialect.typed(bind(db.dialect.listParam(ids)), 'list');
    const rows = await db.all<{ id: string; title: string | null }>(sql`SELECT "id", ${ident(table.titleField)} AS title FROM ${ident(name)} WHERE ${db.dialect.inList(sql`"id"`, list)}`);
    for (const { id, title } of rows) titles.set(`${name}/${id}`, title ?? '');
  }
  return titles;
}

export async function named(workspace: Workspace, db: Queryable, records: readonly (RecordRef | null)[]): Promise<(RecordName | null)[]> {
  const titles = await titlesOf(workspace, db, records.filter((record) => record !== null));
  return records.map((record) => record && { ...record, title: titles.get(`${record.table}/${record.id}`) ?? '' });
}
