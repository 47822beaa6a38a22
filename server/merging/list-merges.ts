/** Merges that can still be taken back, as one person may know of them: whoever reads the survivor. */
import type { TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, type RowAction } from '#engine/permissions/authorize.ts';
import type { MergeReport } from '#engine/records/merge.ts';
import { readableRows, rootScope, rowsOf, visibleColumn } from '../db/access-sql.ts';
import { and, bind, column, ident, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { asMerge, type Merge, type MergeRow } from './merge-memory.ts';
import { undoableSince, undoableUntil } from './tombstones.ts';

const MOST = 200;

/** Newest first; of one table, or of all. */
export async function listMerges(workspace: Workspace, actor: Actor, tableName?: string): Promise<MergeReport[]> {
  const { database, model, directory } = workspace;
  const rows = await database.all<MergeRow>(
    sql`SELECT id, table_name, survivor, losers, merged_at, merged_by, NULL AS memory, undone_at FROM relata_merge WHERE undone_at IS NULL AND merged_at > ${undoableSince(workspace.now())}${tableName === undefined ? sql`` : sql` AND table_name = ${tableName}`} ORDER BY merged_at DESC, id DESC LIMIT ${MOST}`,
  );
  const merges = rows.map((row) => asMerge(database.vault, row));
  const reports: MergeReport[] = [];
  for (const name of new Set(merges.map(({ table }) => table))) {
    const table = model.tables[name];
    if (!table || !allows(accessTo(table, actor), 'read')) continue;
    const own = merges.filter((merge) => merge.table === name);
    const seen = await sightOf(workspace, actor, table, own.flatMap(({ survivor, losers }) => [survivor, ...losers]));
    for (const merge of own) reports.push(...reportOf(merge, seen, directory.user(merge.by)?.name ?? ''));
  }
  return reports.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
}

function reportOf({ id, table, survivor, losers, at }: Merge, seen: ReadonlyMap<string, Seen>, by: string): MergeReport[] {
  const stays = seen.get(survivor);
  if (!stays) return [];
  const known = losers.flatMap((loser) => {
    const one = seen.get(loser);
    return one ? [{ id: loser, title: one.title }] : [];
  });
  const mayUndo = stays.living && stays.merge && stays.update && losers.every((loser) => seen.get(loser)?.delete);
  return [{ id, table, survivor: { id: survivor, title: stays.title }, losers: known, by, at, until: undoableUntil(at), mayUndo }];
}

interface Seen {
  readonly title: string | null;
  readonly living: boolean;
  readonly merge: boolean;
  readonly update: boolean;
  readonly delete: boolean;
}

/** Of readable records, in the bin too: what they are called and what may be done with them. */
async function sightOf(workspace: Workspace, actor: Actor, table: TableModel, ids: readonly string[]): Promise<ReadonlyMap<string, Seen>> {
  const { database, model } = workspace;
  const { dialect } = database;
  const scope = rootScope(model, dialect, table, actor);
  const access = accessTo(table, actor);
  const title = table.fields[table.titleField];
  const flag = (action: RowAction) => dialect.flag(rowsOf(scope, access[action]));
  const list = dialect.typed(bind(dialect.listParam(ids)), 'list');
  const rows = await database.all<{ id: string; title: string | number | null; deleted_at: string | null; merge: number; update: number; delete: number }>(
    sql`SELECT ${column('t0', 'id')} AS "id", ${title ? visibleColumn(scope, title, title.name) : sql`NULL`} AS "title", ${column('t0', 'deleted_at')} AS "deleted_at", ${flag('merge')} AS "merge", ${flag('update')} AS "update", ${flag('delete')} AS "delete"
        FROM ${ident(table.name)} ${ident('t0')} WHERE ${and([dialect.inList(column('t0', 'id'), list), readableRows(scope)])}`,
    contextOf(workspace, actor),
  );
  const holds = (value: number): boolean => Number(value) === 1;
  return new Map(rows.map((row) => [row.id, { title: row.title === null ? null : String(row.title), living: row.deleted_at === null, merge: holds(row.merge), update: holds(row.update), delete: holds(row.delete) }]));
}
