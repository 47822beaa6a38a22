/** Titles of records as one person may see them. What is missing from the answer, that person may not read, or it is gone. */
import type { FieldModel } from '#engine/model/app-model.ts';
import { accessTo, allows } from '#engine/permissions/authorize.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import type { RecordRef } from '#engine/workflows/node-type.ts';
import { readableRows, rootScope, visibleColumn } from '../db/access-sql.ts';
import type { Queryable } from '../db/database.ts';
import { bind, column, ident, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';

export const refKey = ({ table, id }: RecordRef): string => `${table}/${id}`;

/** By `table/id`. Records in the bin are there too, as on their own page. */
export async function readableTitles(workspace: Workspace, db: Queryable, actor: Actor, refs: readonly RecordRef[]): Promise<Map<string, string>> {
  const { model } = workspace;
  const titles = new Map<string, string>();
  for (const name of new Set(refs.map(({ table }) => table))) {
    const table = Object.hasOwn(model.tables, name) ? model.tables[name] : undefined;
    if (!table || !allows(accessTo(table, actor), 'read')) continue;
    const scope = rootScope(model, db.dialect, table, actor);
    const title = table.fields[table.titleField] as FieldModel;
    const ids = [...new Set(refs.filter((ref) => ref.table === name).map(({ id }) => id))];
    const list = db.dialect.typed(bind(db.dialect.listParam(ids)), 'list');
    const rows = await db.all<{ id: string; title: string | number | null }>(
      sql`SELECT ${column('t0', 'id')} AS id, ${visibleColumn(scope, title, title.name)} AS title FROM ${ident(name)} ${ident('t0')} WHERE ${db.dialect.inList(column('t0', 'id'), list)} AND (${readableRows(scope)})`,
      contextOf(workspace, actor),
    );
    for (const row of rows) titles.set(refKey({ table: name, id: row.id }), row.title === null ? '' : String(row.title));
  }
  return titles;
}
