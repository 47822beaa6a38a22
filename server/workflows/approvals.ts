/**
 * What people are asked to decide. A request stands as one row a person; deciding is the business of whoever is asked, while the step
 * waits and while they are still one of those it asks.
 */
import { v7 as uuidv7 } from 'uuid';
import { AppError, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { readPath } from '#engine/rules/evaluate.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { graphOf } from '#engine/workflows/graph.ts';
import type { ApprovalRequest, Decision } from '#engine/workflows/services.ts';
import type { RecordRef } from '#engine/workflows/node-type.ts';
import type { Person } from '#engine/workflows/settings.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { closeApprovalNotices } from '../notices/inbox.ts';
import { delegateOf } from '../notices/preferences.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { keepText } from '../records/ban-numbers.ts';
import type { Workspace } from '../workspace.ts';
import { peopleOf } from './node-call.ts';
import { loadRun, loadStep, type Run, type Step, wakeStep } from './runs.ts';
import { type Stage, workflowOf } from './stage.ts';
import { loadStepData } from './step-data.ts';

const COMMENT: Label = { 'zh-CN': '意见', en: 'The comment' };

export interface ApprovalRow {
  readonly id: string;
  readonly run_id: string;
  readonly seq: number;
  readonly user_id: string;
  readonly position: number;
  readonly state: string;
  readonly comment: string | null;
  readonly title: string;
  readonly instructions: string | null;
  readonly table_name: string | null;
  readonly record_id: string | null;
  readonly due_at: string | null;
  readonly may_delegate: number;
  readonly may_add: number;
  readonly may_return: number;
  /** Whose place they take: who was asked first, or `added:` and the id of who added them, or `OVERRIDE`. Null: asked themselves. */
  readonly stands_for: string | null;
}

interface Asked {
  readonly approval: ApprovalRequest;
  readonly run: Run;
  readonly step: Step;
  readonly workflow: WorkflowDefinition;
}

export async function queueApproval({ workspace, tx, now }: Stage, { approval, run, step, workflow }: Asked): Promise<void> {
  const day = toLocalDate(now, workspace.model.settings.timeZone);
  for (const [position, user] of approval.approvers.entries()) {
    const instead = await delegateOf(workspace, tx, user, day);
    const isOpen = position === 0 || !approval.serial;
    const isOwn = instead === run.starter && graphOf(workflow).node(step.node)?.own !== true;
    const stands = instead !== null && !isOwn && workspace.directory.user(instead)?.active ? instead : user;
    const row = { run, seq: step.seq, user: stands, position, state: isOpen ? 'pending' : 'queued', insteadOf: stands === user ? null : user };
    const id = await insertApproval(tx, row, approval);
    if (isOpen) await tell(workspace, tx, { id, user: stands, title: approval.title, instructions: approval.instructions, record: approval.record, run, workflow, at: now });
  }
}

interface NewApproval {
  readonly run: Pick<Run, 'id'>;
  readonly seq: number;
  readonly user: string;
  readonly position: number;
  readonly state: string;
  readonly insteadOf: string | null;
}

async function insertApproval(tx: Transaction, { run, seq, user, position, state, insteadOf }: NewApproval, approval: ApprovalRequest): Promise<string> {
  const id = uuidv7();
  const { title, instructions, record, until, mayDelegate, mayAdd, mayReturn } = approval;
  await tx.run(sql`INSERT INTO relata_approval (id, run_id, seq, user_id, position, state, title, instructions, table_name, record_id, due_at, may_delegate, may_add, may_return, stands_for)
    VALUES (${id}, ${run.id}, ${seq}, ${user}, ${position}, ${state}, ${JSON.stringify(title)}, ${instructions ? JSON.stringify(instructions) : null}, ${record?.table ?? null}, ${record?.id ?? null},
      ${until}, ${mayDelegate ? 1 : 0}, ${mayAdd ? 1 : 0}, ${mayReturn ? 1 : 0}, ${insteadOf})`);
  return id;
}

async function tell(workspace: Workspace, tx: Transaction, { id, user, title, instructions, record, run, workflow, at }: { id: string; user: string; title: Label; instructions: Label | null; record: RecordRef | null; run: Run; workflow: WorkflowDefinition; at: string }): Promise<void> {
  await queueNotices(tx, workspace, {
    to: [user], title, ...(instructions && { body: instructions }), record, channels: ['inApp', 'email'], urgent: workflow.urgent === true, workflow: workflow.name, run: run.id, approval: id, at, mandatory: true,
  });
}

export async function closeApproval(tx: Transaction, run: string, seq: number, at: string): Promise<void> {
  await tx.run(sql`UPDATE relata_approval SET state = 'closed' WHERE run_id = ${run} AND seq = ${seq} AND state IN ('pending', 'queued')`);
  await tx.run(sql`UPDATE relata_notice SET done_at = ${at} WHERE done_at IS NULL AND approval_id IN (SELECT id FROM relata_approval WHERE run_id = ${run} AND seq = ${seq})`);
}

/** The actor, who may read what they are asked to decide about while they are asked. */
export async function withAsked(db: Queryable, actor: Actor): Promise<Actor> {
  if (actor.unrestricted) return actor;
  const rows = await db.all<{ table_name: string; record_id: string }>(sql`SELECT table_name, record_id FROM relata_approval WHERE user_id = ${actor.userId} AND state = 'pending' AND record_id IS NOT NULL LIMIT 500`);
  return rows.length === 0 ? actor : { ...actor, asked: { tables: [...new Set(rows.map((row) => row.table_name))], records: rows.map((row) => row.record_id) } };
}

const notAsked = (): AppError => new AppError('not_found', { 'zh-CN': '没有等待您处理的这项审批', en: 'There is no such approval for you to decide' });

/** The row locked by the transaction, its step still waiting for it, and its holder still one of those who may. */
async function pending(workspace: Workspace, tx: Transaction, actor: Actor, id: string): Promise<{ row: ApprovalRow; run: Run; step: Step; workflow: WorkflowDefinition }> {
  const row = await tx.get<ApprovalRow>(sql`SELECT * FROM relata_approval WHERE id = ${id} AND user_id = ${actor.userId}`);
  if (!row) throw notAsked();
  const [run, step] = [await loadRun(tx, row.run_id), await loadStep(tx, row.run_id, Number(row.seq))];
  const workflow = run && (await workflowOf(workspace, tx, run));
  if (!run || !step || !workflow || row.state !== 'pending' || (step.state !== 'waiting' && step.state !== 'ready') || run.finishedAt !== null) {
    throw new AppError('conflict', { 'zh-CN': '这项审批已处理或已关闭', en: 'This approval has been decided or closed' });
  }
  if (!(await isStillAsked(workspace, tx, { row, run, step, workflow }))) {
    throw new AppError('forbidden', { 'zh-CN': '您已不是这一步的审批人（角色或职位已变动）', en: 'You are no longer one of the approvers of this step (your role or position has changed)' });
  }
  return { row, run, step, workflow };
}

/** The people of the node looked up anew; who stands in for somebody may decide as long as that one might. */
async function isStillAsked(workspace: Workspace, tx: Transaction, { row, run, step, workflow }: { row: ApprovalRow; run: Run; step: Step; workflow: WorkflowDefinition }): Promise<boolean> {
  if (row.stands_for?.startsWith('added:')) return true;
  const node = graphOf(workflow).node(step.node);
  if (!node) return false;
  const read = await loadStepData({ db: tx, model: workspace.model, loaded: new Map() }, { ...run, workflow, node: step.node, data: run.data });
  const people = [...((node.approvers as Person[] | undefined) ?? []), ...((node.escalate as Person[] | undefined) ?? [])];
  return peopleOf(people, { directory: workspace.directory, read: (path) => readPath(read.data, path) }).includes(row.stands_for ?? row.user_id);
}

export interface DecideRequest {
  readonly decision: Decision['decision'];
  readonly comment: string;
}

export async function decide(workspace: Workspace, actor: Actor, id: string, { decision, comment: written }: DecideRequest): Promise<void> {
  const comment = keepText(workspace.model, written, COMMENT, '/comment');
  await workspace.database.transaction(async (tx) => {
    const now = workspace.now();
    const { row, run, step, workflow } = await pending(workspace, tx, actor, id);
    if (decision === 'returned' && !row.may_return) throw new AppError('forbidden', { 'zh-CN': '这一步不能退回', en: 'This step cannot be returned' });
    if (decision !== 'approved' && comment.trim() === '') {
      throw new AppError('validation_failed', { 'zh-CN': '请写明原因', en: 'Say why' }, [{ path: '/comment', code: 'required', message: { 'zh-CN': '拒绝或退回时须填写意见', en: 'A comment is needed to reject or return' } }]);
    }
    await tx.run(sql`UPDATE relata_approval SET state = ${decision}, comment = ${comment}, decided_at = ${now} WHERE id = ${id}`);
    await closeApprovalNotices(tx, workspace, [id]);
    await openNext(workspace, tx, { row, run, workflow, now });
    await wakeStep(tx, step.wakeKey ?? '', (await decisionsOf(tx, row)) as unknown as Json, now);
  });
}

/** `stands_for` of an administrator's decision in place of everybody asked. */
export const OVERRIDE = 'override';

export async function decisionsOf(tx: Transaction, { run_id, seq }: Pick<ApprovalRow, 'run_id' | 'seq'>): Promise<Decision[]> {
  const rows = await tx.all<{ user_id: string; state: string; comment: string | null; stands_for: string | null }>(sql`SELECT user_id, state, comment, stands_for FROM relata_approval WHERE run_id = ${run_id} AND seq = ${seq} AND state NOT IN ('delegated', 'closed') ORDER BY decided_at, position`);
  return rows
    .filter(({ state }) => state === 'approved' || state === 'rejected' || state === 'returned')
    .map(({ user_id, state, comment, stands_for }) => ({ by: user_id, decision: state as Decision['decision'], comment: comment ?? '', asked: rows.length, ...(stands_for === OVERRIDE && { override: true as const }) }));
}

/** In a row of approvers the next is asked when nobody before is. */
async function openNext(workspace: Workspace, tx: Transaction, { row, run, workflow, now }: { row: ApprovalRow; run: Run; workflow: WorkflowDefinition; now: string }): Promise<void> {
  if (await tx.get(sql`SELECT 1 AS found FROM relata_approval WHERE run_id = ${row.run_id} AND seq = ${row.seq} AND state = 'pending'`)) return;
  const next = await tx.get<ApprovalRow>(sql`SELECT * FROM relata_approval WHERE run_id = ${row.run_id} AND seq = ${row.seq} AND state = 'queued' ORDER BY position LIMIT 1`);
  if (!next) return;
  await tx.run(sql`UPDATE relata_approval SET state = 'pending' WHERE id = ${next.id}`);
  await tell(workspace, tx, { id: next.id, user: next.user_id, title: JSON.parse(next.title) as Label, instructions: next.instructions === null ? null : (JSON.parse(next.instructions) as Label), record: asRequest(next).record, run, workflow, at: now });
}

function asRequest(row: ApprovalRow): ApprovalRequest {
  return {
    title: JSON.parse(row.title) as Label,
    instructions: row.instructions === null ? null : (JSON.parse(row.instructions) as Label),
    record: row.table_name !== null && row.record_id !== null ? { table: row.table_name, id: row.record_id } : null,
    approvers: [],
    serial: false,
    until: row.due_at,
    mayDelegate: Number(row.may_delegate) === 1,
    mayAdd: Number(row.may_add) === 1,
    mayReturn: Number(row.may_return) === 1,
  };
}

function activeUser(workspace: Workspace, id: string, path: string): string {
  if (workspace.directory.user(id)?.active) return id;
  throw new AppError('validation_failed', { 'zh-CN': '没有这个人，或已停用', en: 'There is no such active user' }, [{ path, code: 'no_such_user', message: { 'zh-CN': '没有这个人，或已停用', en: 'There is no such active user' } }]);
}

/** Nobody decides what they set off themselves, by whatever way they come to be asked. */
function refuseStarter({ run, step, workflow }: { run: Run; step: Step; workflow: WorkflowDefinition }, user: string, path: string): void {
  if (user !== run.starter || graphOf(workflow).node(step.node)?.own === true) return;
  const message: Label = { 'zh-CN': '发起人不能审批自己发起的事项', en: 'Whoever set it off cannot decide it' };
  throw new AppError('validation_failed', message, [{ path, code: 'own_request', message }]);
}

export async function delegate(workspace: Workspace, actor: Actor, id: string, { to, comment: written }: { readonly to: string; readonly comment: string }): Promise<void> {
  const comment = keepText(workspace.model, written, COMMENT, '/comment');
  await workspace.database.transaction(async (tx) => {
    const { row, run, step, workflow } = await pending(workspace, tx, actor, id);
    if (!row.may_delegate) throw new AppError('forbidden', { 'zh-CN': '这一步不能转交', en: 'This step cannot be delegated' });
    const user = activeUser(workspace, to, '/to');
    if (user === actor.userId) throw new AppError('validation_failed', { 'zh-CN': '不能转交给自己', en: 'You cannot delegate to yourself' }, [{ path: '/to', code: 'same_user', message: { 'zh-CN': '不能转交给自己', en: 'You cannot delegate to yourself' } }]);
    refuseStarter({ run, step, workflow }, user, '/to');
    const now = workspace.now();
    await tx.run(sql`UPDATE relata_approval SET state = 'delegated', comment = ${comment}, decided_at = ${now} WHERE id = ${id}`);
    await closeApprovalNotices(tx, workspace, [id]);
    const request = asRequest(row);
    const instead = await insertApproval(tx, { run, seq: Number(row.seq), user, position: Number(row.position), state: 'pending', insteadOf: row.stands_for ?? row.user_id }, request);
    await tell(workspace, tx, { id: instead, user, title: request.title, instructions: request.instructions, record: request.record, run, workflow, at: now });
  });
}

/** Those that wait for somebody, now or after others in their row. */
export async function waitingApprovals(db: Queryable, user: string): Promise<ApprovalRow[]> {
  return db.all<ApprovalRow>(sql`SELECT * FROM relata_approval WHERE user_id = ${user} AND state IN ('pending', 'queued') ORDER BY id`);
}

/** What waits for who leaves goes to others in turn, past whoever set it off. Answers how many; one that nobody of them may decide stays. */
export async function handOverApprovals(workspace: Workspace, tx: Transaction, { from, to, by }: { readonly from: string; readonly to: readonly string[]; readonly by: string }): Promise<number> {
  const at = workspace.now();
  let moved = 0;
  for (const row of await waitingApprovals(tx, from)) {
    const [run, step] = [await loadRun(tx, row.run_id), await loadStep(tx, row.run_id, Number(row.seq))];
    const workflow = run && (await workflowOf(workspace, tx, run));
    if (!run || !step || !workflow || run.finishedAt !== null) continue;
    const isOwn = graphOf(workflow).node(step.node)?.own === true;
    const user = to.map((_, i) => to[(moved + i) % to.length] as string).find((one) => isOwn || one !== run.starter);
    if (user === undefined) continue;
    await tx.run(sql`UPDATE relata_approval SET state = 'delegated', decided_at = ${at} WHERE id = ${row.id}`);
    await closeApprovalNotices(tx, workspace, [row.id]);
    const request = asRequest(row);
    const instead = await insertApproval(tx, { run, seq: Number(row.seq), user, position: Number(row.position), state: row.state, insteadOf: `added:${by}` }, request);
    if (row.state === 'pending') await tell(workspace, tx, { id: instead, user, title: request.title, instructions: request.instructions, record: request.record, run, workflow, at });
    moved += 1;
  }
  return moved;
}

export async function addApprovers(workspace: Workspace, actor: Actor, id: string, { approvers, comment: written }: { readonly approvers: readonly string[]; readonly comment: string }): Promise<void> {
  const comment = keepText(workspace.model, written, COMMENT, '/comment');
  await workspace.database.transaction(async (tx) => {
    const { row, run, step, workflow } = await pending(workspace, tx, actor, id);
    if (!row.may_add) throw new AppError('forbidden', { 'zh-CN': '这一步不能加签', en: 'Nobody can be added to this step' });
    const request = asRequest(row);
    const known = await tx.all<{ user_id: string }>(sql`SELECT user_id FROM relata_approval WHERE run_id = ${row.run_id} AND seq = ${row.seq} AND state NOT IN ('delegated', 'closed')`);
    for (const [i, approver] of approvers.entries()) {
      const user = activeUser(workspace, approver, `/approvers/${i}`);
      if (known.some(({ user_id }) => user_id === user)) continue;
      refuseStarter({ run, step, workflow }, user, `/approvers/${i}`);
      const added = await insertApproval(tx, { run, seq: Number(row.seq), user, position: Number(row.position), state: 'pending', insteadOf: `added:${actor.userId}` }, request);
      await tell(workspace, tx, { id: added, user, title: request.title, instructions: comment === '' ? request.instructions : { 'zh-CN': comment, en: comment }, record: request.record, run, workflow, at: workspace.now() });
    }
  });
}
