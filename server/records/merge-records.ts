/**
 * Several records of a table become one: what points at the others points at the survivor, it takes the values that were chosen, and
 * the others go to the bin as tombstones whose address leads to it. All in one transaction; `undo-merge.ts` takes it back.
 */
import { v7 as uuidv7 } from 'uuid';
import { AppError, type Issue, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { type Actor, elevated } from '#engine/permissions/actor.ts';
import { accessTo, authorize, isKnown } from '#engine/permissions/authorize.ts';
import { canBeMerged, type MergeCount, MOST_LOSERS } from '#engine/records/merge.ts';
import { traitsOf } from '#engine/records/table-traits.ts';
import type { Row } from '../db/database.ts';
import { decodeRow } from '../db/row-codec.ts';
import { ident, sql } from '../db/sql.ts';
import { countEnding, moveBelongings } from '../merging/move-belongings.ts';
import { keepMerge, type MergeMemory } from '../merging/merge-memory.ts';
import { mergeValues } from '../merging/merge-values.ts';
import { type ChildrenMove, moveChildren } from '../merging/move-children.ts';
import { noteChangeOfSight } from '../sharing/shares.ts';
import { isSealedValue } from '../vault/sealed-values.ts';
import type { Workspace } from '../workspace.ts';
import { noteInAudit } from './audit.ts';
import { changedSince } from './changed-since.ts';
import { validationFailed } from './create-record.ts';
import { titlesOf } from './included.ts';
import { lockedLineIssues } from './lines-lock.ts';
import { linkFields, readLinks } from './links.ts';
import { permitResult } from './permit-record.ts';
import { sameValue } from './same-value.ts';
import { setState } from './set-state.ts';
import { permitTransfer, transferIssues } from './transfer-rules.ts';
import { type LoadedForWrite, loadForWrite, updateRecord } from './update-record.ts';
import { type WriteSession, writeSession } from './write-session.ts';

export interface MergedRecord {
  readonly id: string;
  /** As the actor saw it; another one now is a conflict. */
  readonly version: number;
}

export interface MergeRequest {
  readonly survivor: MergedRecord;
  readonly losers: readonly MergedRecord[];
  /** By field: the record whose value the survivor takes. Absent: its own, else the first there is; lists are united. */
  readonly values?: Readonly<Record<string, string>>;
}

export interface MergeAnswer {
  readonly merge: string;
  readonly survivor: string;
  /** What points at the survivor now, by table. */
  readonly moved: readonly MergeCount[];
  /** Records that the survivor has already, as of the same product: they went to the bin with the others. */
  readonly doubled: number;
}

type Values = Readonly<Record<string, Json>>;

const text = {
  notHere: { 'zh-CN': '这张表的记录不能合并', en: 'Records of this table cannot be merged' } as Label,
  twice: { 'zh-CN': '同一条记录出现了两次', en: 'A record stands here twice' } as Label,
  tooMany: { 'zh-CN': `一次最多并入 ${MOST_LOSERS} 条记录`, en: `At most ${MOST_LOSERS} records are merged into one at a time` } as Label,
  sealed: { 'zh-CN': '缺少密钥，含有无法解密的值的记录不能合并', en: 'Without its key a record with values that cannot be decrypted is not merged' } as Label,
  unseen: { 'zh-CN': '有您看不到的内容不允许这样合并，请联系管理员', en: 'Something you may not see stands against this merge; ask an administrator' } as Label,
};

/** Throws `forbidden` without the right, `not_found` for what the actor may not read, `conflict` on another version, `validation_failed`. */
export async function mergeRecords(workspace: Workspace, actor: Actor, tableName: string, request: MergeRequest): Promise<MergeAnswer> {
  const { table } = authorize(workspace.model, actor, 'merge', tableName);
  if (!canBeMerged(table)) throw new AppError('forbidden', text.notHere);
  const ids = [request.survivor, ...request.losers].map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw validationFailed([{ path: '/losers', code: 'twice', message: text.twice }]);
  if (request.losers.length > MOST_LOSERS) throw validationFailed([{ path: '/losers', code: 'too_many', message: text.tooMany }]);
  return writeSession(workspace, actor, (session) => mergeWithin(session, table, request));
}

async function mergeWithin(session: WriteSession, table: TableModel, request: MergeRequest): Promise<MergeAnswer> {
  const { tx, workspace, actor, context } = session;
  const survivor = await allowed(session, table, request.survivor, 'update');
  const losers: LoadedForWrite[] = [];
  for (const one of request.losers) losers.push(await allowed(session, table, one, 'delete'));
  const to = request.survivor.id;
  const ids = request.losers.map(({ id }) => id);
  // What no key opens was sealed for the loser, and would be lost with it.
  if (losers.some(({ values }) => Object.values(values).some(isSealedValue))) throw new AppError('unavailable', text.sealed);
  const titles = await titlesOf(workspace, actor, table.name, ids);

  const group = new Set([to, ...ids].map((id) => `${table.name}/${id}`));
  const move: ChildrenMove[] = ids.map((unit) => ({ unit, group, moved: [], binned: [], rows: [] }));
  for (const one of move) await moveChildren(session, table, one.unit, to, one);
  // As it stands now: it may have pointed at one of the others.
  const own = await standing(session, table, to);
  const { values, issues } = await mergeValues(session, { table, survivor: own, losers: losers.map((loser) => loser.values), choices: request.values ?? {}, grants: survivor.grants });
  if (issues.length > 0) throw validationFailed(issues);
  let ended = 0;
  for (const [i, one] of move.entries()) {
    one.rows.push(...(await moveBelongings(tx, { table, from: one.unit, to, files: filesTaken(table, values, losers[i]?.values ?? {}) })));
    ended += await countEnding(tx, table.name, one.unit);
  }
  for (const { values: loser } of losers) await setState(session, table, loser, 'delete', { deleted_at: context.now }, String(loser.id));
  await takeValues(session, table, own, values);

  const moved = move.flatMap((one) => one.moved);
  const memory: MergeMemory = { moved, rows: move.flatMap((one) => one.rows), values: await valuesTaken(session, table, own, values), ended };
  const merge = uuidv7();
  await keepMerge(tx, { id: merge, table: table.name, survivor: to, losers: ids, at: context.now, by: actor.userId, memory });
  const counts = countMoved(session, table, moved);
  const doubled = move.reduce((sum, one) => sum + one.binned.length, 0);
  await noteInAudit(tx, { at: context.now, by: actor.userId, table: table.name, id: to, action: 'merge', version: 0, changes: { from: ids, titles: ids.map((id) => titles[id]?.title ?? null), moved: Object.fromEntries(counts.map(({ table: name, count }) => [name, count])), ...(doubled > 0 && { doubled: move.flatMap((one) => one.binned) }) } });
  for (const id of ids) await noteInAudit(tx, { at: context.now, by: actor.userId, table: table.name, id, action: 'merged', version: 0, changes: { into: to } });
  await noteChangeOfSight(workspace, tx, actor.userId, context.now);
  session.hasChanged = true;
  return { merge, survivor: to, moved: counts.filter(({ table: name }) => knows(session, name)), doubled };
}

/** Readable, mergeable, open to the other right the merge needs, and as the actor saw it. */
async function allowed(session: WriteSession, table: TableModel, { id, version }: MergedRecord, right: 'update' | 'delete'): Promise<LoadedForWrite> {
  await loadForWrite(session, table.name, id, 'merge');
  const loaded = await loadForWrite(session, table.name, id, right);
  if (version !== loaded.values.version) throw await changedSince(session, loaded.access, id, version, Object.keys(table.fields));
  if (right === 'delete') {
    const issues = await lockedLineIssues(session, table, { before: loaded.values, after: null });
    if (issues.length > 0) throw validationFailed(issues);
  }
  return loaded;
}

async function standing({ tx }: WriteSession, table: TableModel, id: string): Promise<Record<string, Json>> {
  const row = await tx.get<Row>(sql`SELECT * FROM ${ident(table.name)} WHERE "id" = ${id}`);
  const values = decodeRow(table, row ?? {}, tx.vault);
  for (const field of linkFields(table)) values[field.name] = (await readLinks(tx, field, [id])).get(id) ?? null;
  return values;
}

function filesTaken(table: TableModel, values: Values, loser: Values): string[] {
  return traitsOf(table).files.flatMap(({ name }) => {
    const taken = values[name];
    const own = loser[name];
    return Array.isArray(taken) && Array.isArray(own) ? (own as string[]).filter((id) => taken.includes(id)) : [];
  });
}

/**
 * An update like any other, checked and followed by everything that follows one. What was chosen has been found to be the actor's to
 * change; what fills itself needs no right, for nobody has seen it.
 */
async function takeValues(session: WriteSession, table: TableModel, before: Values, values: Values): Promise<void> {
  const id = String(before.id);
  const { actor } = session;
  const access = accessTo(table, actor);
  const givesAway = Object.hasOwn(values, 'owner');
  if (givesAway) {
    const issues = await transferIssues(session, table, id, { ...before, ...values }, '/values');
    if (issues.length > 0) throw validationFailed(issues);
  }
  const product: WriteSession = { ...session, actor: elevated(actor) };
  try {
    await updateRecord(product, table.name, id, values, { path: '/values' });
  } catch (error) {
    throw error instanceof AppError && error.code === 'validation_failed' ? validationFailed(toldTo(session, table, error.issues)) : error;
  }
  session.hasChanged ||= product.hasChanged;
  if (givesAway) await permitTransfer(session, access, id);
  else if (Object.keys(values).length > 0) await permitResult(session, access, id, { ...before, ...values }, 'update');
}

/** Of a field one does not know nothing is told. */
function toldTo({ actor }: WriteSession, table: TableModel, issues: readonly Issue[]): Issue[] {
  const access = accessTo(table, actor);
  const told = issues.filter(({ path }) => {
    const field: FieldModel | undefined = table.fields[path.split('/')[2] ?? ''];
    return !field || isKnown(access, field);
  });
  return told.length > 0 ? told : [{ path: '', code: 'unseen', message: text.unseen }];
}

/** As the update has written them: tidied, and with what follows. */
async function valuesTaken(session: WriteSession, table: TableModel, before: Values, values: Values): Promise<MergeMemory['values']> {
  if (Object.keys(values).length === 0) return [];
  const after = await standing(session, table, String(before.id));
  return Object.keys(values).flatMap((field) => (sameValue(before[field] ?? null, after[field] ?? null) ? [] : [{ field, before: before[field] ?? null, after: after[field] ?? null }]));
}

function countMoved({ model }: WriteSession, own: TableModel, moved: ChildrenMove['moved']): MergeCount[] {
  const ids = new Map<string, Set<string>>();
  for (const { table, id, how } of moved) if (how !== 'own') ids.set(table, (ids.get(table) ?? new Set()).add(id));
  return [...ids].map(([table, found]) => ({ table, label: model.tables[table]?.label ?? own.label, count: found.size }));
}

function knows({ model, actor }: WriteSession, name: string | null): boolean {
  const table = name === null ? undefined : model.tables[name];
  return table !== undefined && accessTo(table, actor).read.some(({ rows }) => rows === true);
}
