/** A strict table belongs to the owners of its records; a system owner may look all the same, and leaves a trace. */
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { bind, ident, sql } from '../db/sql.ts';
import { noteInAudit } from '../records/audit.ts';
import type { Workspace } from '../workspace.ts';

type Read = Readonly<Record<string, Json>>;

/** Whose owner is not among what was read counts as foreign. One note a reading: of a record under its id, of a list with all of them. */
export async function noteStrictReads(workspace: Workspace, actor: Actor, tableName: string, read: Read | readonly Read[]): Promise<void> {
  if (!isWatched(workspace, actor, tableName)) return;
  const isList = Array.isArray(read);
  const ids = ((isList ? read : [read]) as readonly Read[]).filter(({ owner }) => owner !== actor.userId).map(({ id }) => String(id));
  if (ids.length === 0) return;
  await note(workspace, actor, tableName, isList ? { id: '', changes: { records: ids } } : { id: ids[0] as string, changes: {} });
}

/** Of what belongs to a record and was read by itself. Asks for the owner, in the bin too. */
export async function noteStrictPart(workspace: Workspace, actor: Actor, tableName: string, id: string, part: 'timeline' | 'comments'): Promise<void> {
  if (isWatched(workspace, actor, tableName) && (await foreign(workspace, actor, tableName, [id])).length > 0) await note(workspace, actor, tableName, { id, changes: { part } });
}

/** Of records known by their ids only, as those in the timeline of another one. */
export async function noteStrictIds(workspace: Workspace, actor: Actor, tableName: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0 || !isWatched(workspace, actor, tableName)) return;
  const records = await foreign(workspace, actor, tableName, ids);
  if (records.length > 0) await note(workspace, actor, tableName, { id: '', changes: { records } });
}

function isWatched({ model }: Workspace, actor: Actor, table: string): boolean {
  return actor.unrestricted && model.tables[table]?.sharing === 'strict';
}

async function foreign({ database }: Workspace, actor: Actor, table: string, ids: readonly string[]): Promise<string[]> {
  const { dialect } = database;
  const list = dialect.typed(bind(dialect.listParam(ids)), 'list');
  const rows = await database.all<{ id: string }>(sql`SELECT id FROM ${ident(table)} WHERE ${dialect.inList(ident('id'), list)} AND (owner IS NULL OR owner <> ${actor.userId}) ORDER BY id`);
  return rows.map(({ id }) => id);
}

function note(workspace: Workspace, actor: Actor, table: string, read: { readonly id: string; readonly changes: object }): Promise<void> {
  return workspace.database.transaction((tx) => noteInAudit(tx, { at: workspace.now(), by: actor.userId, table, action: 'read', version: 0, ...read }));
}
