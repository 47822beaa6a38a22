/** A strict table belongs to the owners of its records; a system owner may look all the same, and leaves a trace. */
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { noteInAudit } from '../records/audit.ts';
import type { Workspace } from '../workspace.ts';

type Read = Readonly<Record<string, Json>>;

/** Whose owner is not among what was read counts as foreign. One note a reading: of a record under its id, of a list with all of them. */
export async function noteStrictReads(workspace: Workspace, actor: Actor, tableName: string, read: Read | readonly Read[]): Promise<void> {
  const table = workspace.model.tables[tableName];
  if (table?.sharing !== 'strict' || !actor.unrestricted) return;
  const isList = Array.isArray(read);
  const ids = ((isList ? read : [read]) as readonly Read[]).filter(({ owner }) => owner !== actor.userId).map(({ id }) => String(id));
  if (ids.length === 0) return;
  const note = { at: workspace.now(), by: actor.userId, table: tableName, action: 'read', version: 0 };
  await workspace.database.transaction((tx) => noteInAudit(tx, isList ? { ...note, id: '', changes: { records: ids } } : { ...note, id: ids[0] as string, changes: {} }));
}
