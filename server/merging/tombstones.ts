/** What is left of a record that was merged into another: it lies in the bin, its address leads to the survivor, and only an undo of the merge brings it back. */
import { AppError } from '#engine/errors.ts';
import { UNDO_DAYS } from '#engine/records/merge.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';

const DAY_MS = 86_400_000;
/** A survivor may be merged in its turn. */
const MOST_HOPS = 30;

/** The moment before which a merge can no longer be taken back. */
export function undoableSince(now: string): string {
  return new Date(Date.parse(now) - UNDO_DAYS * DAY_MS).toISOString();
}

export function undoableUntil(mergedAt: string): string {
  return new Date(Date.parse(mergedAt) + UNDO_DAYS * DAY_MS).toISOString();
}

/** The record that a merged one has become part of, in the end; null where it was not merged. */
export async function survivorOf(db: Queryable, table: string, id: string): Promise<string | null> {
  let found: string | null = null;
  for (let hop = 0; hop < MOST_HOPS; hop++) {
    const row: { survivor: string } | undefined = await db.get(sql`SELECT survivor FROM relata_merged WHERE table_name = ${table} AND record_id = ${found ?? id}`);
    if (!row) break;
    found = row.survivor;
  }
  return found;
}

async function isMerged(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.get(sql`SELECT 1 AS found FROM relata_merged WHERE record_id = ${id}`)) !== undefined;
}

export async function refuseMerged(tx: Transaction, id: string): Promise<void> {
  if (!(await isMerged(tx, id))) return;
  throw new AppError('conflict', { 'zh-CN': '这条记录已合并到另一条记录，不能单独恢复；请改为撤销合并', en: 'This record was merged into another one and cannot be restored on its own; take the merge back instead' });
}

/** While the merge can be taken back, what it needs stays. */
export async function keepForUndo(tx: Transaction, id: string, now: string): Promise<void> {
  const row = await tx.get(sql`SELECT 1 AS found FROM relata_merged m JOIN relata_merge g ON g.id = m.merge_id WHERE (m.record_id = ${id} OR g.survivor = ${id}) AND g.undone_at IS NULL AND g.merged_at > ${undoableSince(now)}`);
  if (!row) return;
  throw new AppError('conflict', { 'zh-CN': `这条记录属于一次合并，合并后 ${UNDO_DAYS} 天内可以撤销，在此之前不能彻底删除`, en: `This record is part of a merge that can be taken back for ${UNDO_DAYS} days; until then it cannot be removed for good` });
}
