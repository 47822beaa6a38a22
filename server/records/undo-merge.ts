/**
 * Takes a merge back, for 30 days: the others come out of the bin, what came from them and still is where the merge put it goes back,
 * and the survivor gets its values back where nobody has changed them since. What could not be put back is told. One transaction.
 */
import { AppError, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { type Actor, elevated } from '#engine/permissions/actor.ts';
import { accessTo, allows, isKnown } from '#engine/permissions/authorize.ts';
import { type MergeCount, type MergeUndone, UNDO_DAYS } from '#engine/records/merge.ts';
import { traitsOf } from '#engine/records/table-traits.ts';
import type { Row } from '../db/database.ts';
import { decodeRow } from '../db/row-codec.ts';
import { ident, sql } from '../db/sql.ts';
import { closeMerge, loadMerge, type Merge, type MergeMemory } from '../merging/merge-memory.ts';
import { giveBack } from '../merging/move-belongings.ts';
import { moveBack, type Moved } from '../merging/move-children.ts';
import { survivorOf, undoableSince } from '../merging/tombstones.ts';
import { noteChangeOfSight } from '../sharing/shares.ts';
import type { Workspace } from '../workspace.ts';
import { noteInAudit } from './audit.ts';
import { restoreUnit } from './delete-record.ts';
import { linkFields, readLinks } from './links.ts';
import { sameValue } from './same-value.ts';
import { attempt } from './savepoint.ts';
import { loadForWrite, updateRecord } from './update-record.ts';
import { type WriteSession, writeSession } from './write-session.ts';

const text = {
  none: { 'zh-CN': '没有这次合并', en: 'There is no such merge' } as Label,
  undone: { 'zh-CN': '这次合并已经撤销了', en: 'This merge was taken back already' } as Label,
  late: { 'zh-CN': `合并超过 ${UNDO_DAYS} 天，不能再撤销`, en: `A merge can be taken back for ${UNDO_DAYS} days; this one is older` } as Label,
  further: { 'zh-CN': '保留的记录后来又并入了另一条记录，请先撤销那次合并', en: 'The record that stayed was merged into another one later; take that merge back first' } as Label,
  binned: { 'zh-CN': '保留的记录在回收站里，请先恢复它', en: 'The record that stayed is in the recycle bin; restore it first' } as Label,
  purged: { 'zh-CN': '并入的记录已被彻底删除，不能撤销', en: 'A record that was merged has been removed for good; the merge cannot be taken back' } as Label,
  runs: { 'zh-CN': '合并时停止的流程', en: 'Workflows stopped by the merge' } as Label,
  others: { 'zh-CN': '其他记录', en: 'Other records' } as Label,
};

/** Throws `not_found` for who may not read the survivor, `forbidden` without the rights of the merge, `conflict` where it is too late. */
export async function undoMerge(workspace: Workspace, actor: Actor, id: string): Promise<MergeUndone> {
  return writeSession(workspace, actor, async (session) => {
    const merge = await loadMerge(session.tx, id);
    const table = merge && workspace.model.tables[merge.table];
    if (!merge || !table || !allows(accessTo(table, actor), 'read')) throw new AppError('not_found', text.none);
    const memory = await allowed(session, table, merge);
    return undoWithin(session, table, merge, memory);
  });
}

async function allowed(session: WriteSession, table: TableModel, merge: Merge): Promise<MergeMemory> {
  const { tx, context } = session;
  const survivor = await tx.get<{ deleted_at: string | null }>(sql`SELECT "deleted_at" FROM ${ident(table.name)} WHERE "id" = ${merge.survivor}`);
  const isBinned = survivor !== undefined && survivor.deleted_at !== null;
  await asNoMerge(() => loadForWrite(session, table.name, merge.survivor, 'read', isBinned));
  for (const right of ['merge', 'update'] as const) await loadForWrite(session, table.name, merge.survivor, right, isBinned);
  if (merge.undoneAt !== null) throw new AppError('conflict', text.undone);
  if (merge.memory === null || merge.at <= undoableSince(context.now)) throw new AppError('conflict', text.late);
  if ((await survivorOf(tx, table.name, merge.survivor)) !== null) throw new AppError('conflict', text.further);
  if (isBinned) throw new AppError('conflict', text.binned);
  for (const loser of merge.losers) {
    if (!(await tx.get(sql`SELECT 1 AS found FROM ${ident(table.name)} WHERE "id" = ${loser}`))) throw new AppError('conflict', text.purged);
    await loadForWrite(session, table.name, loser, 'delete', true);
  }
  return merge.memory;
}

/** A survivor that is hidden hides the merge. */
async function asNoMerge(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof AppError && error.code === 'not_found' ? new AppError('not_found', text.none) : error;
  }
}

async function undoWithin(session: WriteSession, table: TableModel, merge: Merge, memory: MergeMemory): Promise<MergeUndone> {
  const { tx, workspace, actor, context } = session;
  // What a loser alone may hold, such as a unique number, has to be free before it comes back.
  const kept = await valuesBack(session, table, merge, memory);
  for (const loser of merge.losers) await restoreUnit(session, loser);
  const { back, left } = await moveBack(session, memory.moved);
  await giveBack(tx, memory.rows, await filesOf(session, table, merge.survivor));
  await closeMerge(tx, merge.id, { at: context.now, by: actor.userId });
  await noteInAudit(tx, { at: context.now, by: actor.userId, table: table.name, id: merge.survivor, action: 'unmerge', version: 0, changes: { restored: merge.losers, kept } });
  for (const id of merge.losers) await noteInAudit(tx, { at: context.now, by: actor.userId, table: table.name, id, action: 'unmerge', version: 0, changes: { from: merge.survivor } });
  await noteChangeOfSight(workspace, tx, actor.userId, context.now);
  session.hasChanged = true;
  const access = accessTo(table, actor);
  return {
    table: table.name,
    survivor: merge.survivor,
    restored: merge.losers,
    moved: back,
    kept: kept.flatMap((name) => (table.fields[name] && isKnown(access, table.fields[name]) ? [table.fields[name].label] : [])),
    left: [...countLeft(session, left), ...(memory.ended > 0 ? [{ table: null, label: text.runs, count: memory.ended }] : [])],
  };
}

/** Answers the fields that were left as they are: changed since, or no longer to be had. */
async function valuesBack(session: WriteSession, table: TableModel, { survivor }: Merge, { values }: MergeMemory): Promise<string[]> {
  const { tx } = session;
  const row = await tx.get<Row>(sql`SELECT * FROM ${ident(table.name)} WHERE "id" = ${survivor}`);
  const now = decodeRow(table, row ?? {}, tx.vault);
  for (const field of linkFields(table)) now[field.name] = (await readLinks(tx, field, [survivor])).get(survivor) ?? null;
  const kept: string[] = [];
  const going: Record<string, Json> = {};
  for (const { field, before, after } of values) {
    if (table.fields[field] && sameValue(now[field] ?? null, after)) going[field] = before;
    else kept.push(field);
  }
  // The product puts back what it took: locks and read-only fields do not stand against it, checks do, field by field.
  const product: WriteSession = { ...session, actor: { ...elevated(session.actor), writesReadOnly: true } };
  while (Object.keys(going).length > 0) {
    const refused = await attempt(session, () => updateRecord(product, table.name, survivor, going));
    if (!(refused instanceof AppError)) break;
    const named = [...new Set(refused.issues.map(({ path }) => path.split('/')[1] ?? ''))].filter((name) => Object.hasOwn(going, name));
    // Refused as a whole: nothing of it goes back, and that is told.
    const dropped = named.length > 0 ? named : Object.keys(going);
    for (const name of dropped) delete going[name];
    kept.push(...dropped);
  }
  return kept;
}

async function filesOf({ tx }: WriteSession, table: TableModel, id: string): Promise<ReadonlySet<string>> {
  if (traitsOf(table).files.length === 0) return new Set();
  const row = await tx.get<Row>(sql`SELECT * FROM ${ident(table.name)} WHERE "id" = ${id}`);
  const values = decodeRow(table, row ?? {}, tx.vault);
  return new Set(traitsOf(table).files.flatMap(({ name }) => (Array.isArray(values[name]) ? (values[name] as string[]) : [])));
}

function countLeft({ model, actor }: WriteSession, left: readonly Moved[]): MergeCount[] {
  const ids = new Map<string, Set<string>>();
  for (const { table, id } of left) {
    const own = model.tables[table];
    const name = own && allows(accessTo(own, actor), 'read') ? table : '';
    ids.set(name, (ids.get(name) ?? new Set()).add(`${table}/${id}`));
  }
  return [...ids].map(([name, found]) => ({ table: name === '' ? null : name, label: model.tables[name]?.label ?? text.others, count: found.size }));
}
