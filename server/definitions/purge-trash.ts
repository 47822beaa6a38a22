/** Removes entries of the trash for good: by hand, or when their 30 days are over. Each is noted in the audit. */
import { AppError } from '#engine/errors.ts';
import { noteInAudit } from '../records/audit.ts';
import type { Workspace } from '../workspace.ts';
import { isOver, purgeEntry, type TrashEntry, trashEntries } from './trash.ts';

export async function purgeTrash(workspace: Workspace, by: string, isMeant: (entry: TrashEntry) => boolean): Promise<void> {
  const at = workspace.now();
  const meant = (await trashEntries(workspace.database)).filter(isMeant);
  if (meant.length === 0) throw new AppError('not_found', { 'zh-CN': '回收站里没有它', en: 'It is not in the trash' });
  // Fields before tables, the oldest first; each in a transaction of its own, so that one in the way holds up no other.
  const inOrder = [...meant].sort((a, b) => Number(a.field === null) - Number(b.field === null) || a.version - b.version);
  for (const { id } of inOrder) {
    await workspace.database.transaction(async (tx) => {
      const entry = (await trashEntries(tx)).find((candidate) => candidate.id === id);
      if (!entry) return;
      await purgeEntry(tx, entry);
      const name = entry.field === null ? entry.table : `${entry.table}.${entry.field}`;
      await noteInAudit(tx, { at, by, table: 'relata_definitions', id: name, action: 'purge', version: entry.version, changes: [{ path: name, filled: entry.filled }] });
    });
  }
}

export async function purgeOldTrash(workspace: Workspace): Promise<void> {
  const now = workspace.now();
  if ((await trashEntries(workspace.database)).some((entry) => isOver(entry, now))) await purgeTrash(workspace, 'system', (entry) => isOver(entry, now));
}
