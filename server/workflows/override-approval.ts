/**
 * What waits for a decision about a record, and deciding it in place of those who were asked: for administrators, with a reason,
 * in the audit and told to everybody concerned (domain 3.3, levels 8 and 9).
 */
import { v7 as uuidv7 } from 'uuid';
import { AppError, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { isAdministrator } from '#engine/permissions/levels.ts';
import { graphOf } from '#engine/workflows/graph.ts';
import type { OpenApproval } from '#engine/workflows/reports.ts';
import type { Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { closeApprovalNotices, readText } from '../notices/inbox.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { noteInAudit } from '../records/audit.ts';
import { keepText } from '../records/ban-numbers.ts';
import { validationFailed } from '../records/create-record.ts';
import { getRecord } from '../records/get-record.ts';
import type { Workspace } from '../workspace.ts';
import { type ApprovalRow, decisionsOf, OVERRIDE } from './approvals.ts';
import { loadRun, loadStep, type Run, wakeStep } from './runs.ts';
import { workflowOf } from './stage.ts';

const text = {
  forbidden: { 'zh-CN': '只有应用管理员可以代为决定', en: 'Only an app administrator may decide in place of others' } as Label,
  gone: { 'zh-CN': '这项审批已处理或已关闭', en: 'This approval has been decided or closed' } as Label,
  own: { 'zh-CN': '发起人不能代为决定自己发起的事项', en: 'Whoever set it off cannot decide it' } as Label,
  reason: { 'zh-CN': '请写明代为决定的原因', en: 'Say why you decide in their place' } as Label,
};

const OPEN = sql`state IN ('pending', 'queued')`;

/**
 * Steps that wait for people, for whoever may read the record. The title was written with every right: only those asked, who set it off
 * and system owners read it, others the name of the workflow.
 */
export async function openApprovals(workspace: Workspace, actor: Actor, table: string, id: string): Promise<OpenApproval[]> {
  const { database, directory, model } = workspace;
  const rows = await database.all<ApprovalRow & { workflow: string; starter: string | null }>(
    sql`SELECT a.*, r.workflow, r.starter FROM relata_approval a JOIN relata_run r ON r.id = a.run_id WHERE a.table_name = ${table} AND a.record_id = ${id} AND a.state IN ('pending', 'queued') AND r.finished_at IS NULL ORDER BY a.run_id, a.seq, a.position`,
  );
  const steps = new Map<string, OpenApproval>();
  for (const row of rows) {
    const key = `${row.run_id} ${row.seq}`;
    const known = steps.get(key);
    const waiting = [...(known?.waiting ?? []), directory.user(row.user_id)?.name ?? ''];
    const label = model.workflows[row.workflow]?.label ?? { 'zh-CN': row.workflow, en: row.workflow };
    const readsTitle = actor.unrestricted || row.starter === actor.userId || rows.some((other) => other.run_id === row.run_id && other.seq === row.seq && other.user_id === actor.userId);
    steps.set(key, { run: row.run_id, seq: Number(row.seq), title: readsTitle ? readText(row.title, actor.locale) : label[actor.locale], workflow: label, waiting, dueAt: row.due_at, mayOverride: isAdministrator(actor) && row.starter !== actor.userId });
  }
  return [...steps.values()];
}

export interface OverrideRequest {
  readonly seq: number;
  readonly decision: 'approved' | 'rejected';
  readonly reason: string;
}

/** Throws `forbidden`, `not_found`, `conflict`, `validation_failed`. */
export async function overrideApproval(workspace: Workspace, actor: Actor, runId: string, { seq, decision, reason: written }: OverrideRequest): Promise<void> {
  if (!isAdministrator(actor)) throw new AppError('forbidden', text.forbidden);
  if (written.trim() === '') throw validationFailed([{ path: '/reason', code: 'required', message: text.reason }]);
  const reason = keepText(workspace.model, written.trim(), { 'zh-CN': '原因', en: 'The reason' }, '/reason');
  await workspace.database.transaction(async (tx) => {
    const [run, step] = [await loadRun(tx, runId), await loadStep(tx, runId, seq)];
    const rows = await tx.all<ApprovalRow>(sql`SELECT * FROM relata_approval WHERE run_id = ${runId} AND seq = ${seq} AND ${OPEN} ORDER BY position`);
    const [first] = rows;
    const workflow = run && (await workflowOf(workspace, tx, run));
    if (!run || !step || !workflow || !first || (step.state !== 'waiting' && step.state !== 'ready') || run.finishedAt !== null) throw new AppError('conflict', text.gone);
    const about = first.table_name !== null && first.record_id !== null ? { table: first.table_name, id: first.record_id } : null;
    if (about) await getRecord(workspace, actor, about.table, about.id);
    if (run.starter === actor.userId && graphOf(workflow).node(step.node)?.own !== true) throw new AppError('forbidden', text.own);
    const now = workspace.now();
    await tx.run(sql`UPDATE relata_approval SET state = 'closed' WHERE run_id = ${runId} AND seq = ${seq} AND ${OPEN}`);
    await tx.run(sql`INSERT INTO relata_approval (id, run_id, seq, user_id, position, state, title, instructions, table_name, record_id, due_at, may_delegate, may_add, may_return, stands_for, comment, decided_at)
      VALUES (${uuidv7()}, ${runId}, ${seq}, ${actor.userId}, ${Number(rows.at(-1)?.position ?? 0) + 1}, ${decision}, ${first.title}, ${first.instructions}, ${first.table_name}, ${first.record_id}, ${first.due_at}, 0, 0, 0, ${OVERRIDE}, ${reason}, ${now})`);
    await closeApprovalNotices(tx, workspace, rows.map((row) => row.id));
    await wakeStep(tx, step.wakeKey ?? '', (await decisionsOf(tx, first)) as unknown as Json, now);
    const place = about ?? { table: 'workflow', id: run.id };
    await noteInAudit(tx, { at: now, by: actor.userId, ...place, action: 'override_approval', version: 0, changes: { decision, reason, of: rows.map((row) => row.user_id) } });
    await tellConcerned(workspace, tx, actor, { run, rows, decision, reason, about });
  });
}

interface Overridden {
  readonly run: Run;
  readonly rows: readonly ApprovalRow[];
  readonly decision: OverrideRequest['decision'];
  readonly reason: string;
  readonly about: { readonly table: string; readonly id: string } | null;
}

async function tellConcerned(workspace: Workspace, tx: Transaction, actor: Actor, { run, rows, decision, reason, about }: Overridden): Promise<void> {
  const who = workspace.directory.user(actor.userId)?.name ?? '';
  const isYes = decision === 'approved';
  const first = rows[0] as ApprovalRow;
  const [zh, en] = [readText(first.title, 'zh-CN'), readText(first.title, 'en')];
  await queueNotices(tx, workspace, {
    to: [...new Set([...rows.map((row) => row.user_id), ...(run.starter ? [run.starter] : [])])].filter((user) => user !== actor.userId),
    title: { 'zh-CN': `${who} 代为${isYes ? '同意' : '拒绝'}：${zh}`, en: `${who} ${isYes ? 'approved' : 'rejected'} in place of the approvers: ${en}` },
    body: { 'zh-CN': `原因：${reason}`, en: `Reason: ${reason}` },
    record: about, channels: ['inApp'], urgent: false, workflow: run.workflow, run: run.id, at: workspace.now(), mandatory: true,
  });
}
