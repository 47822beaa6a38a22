/** Handing over on a day that is set ahead: kept until the day begins in the workspace's time zone, then done with the rights of who planned it. */
import { AppError, type Label } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { isAdministrator } from '#engine/permissions/levels.ts';
import { addToDate, isDay, toLocalDate } from '#engine/rules/time.ts';
import { sql } from '../db/sql.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { noteInAudit } from '../records/audit.ts';
import { validationFailed } from '../records/create-record.ts';
import type { Workspace } from '../workspace.ts';
import { type HandOverRequest, handOverUnless, leaverOf, refuseReceiver } from './hand-over.ts';

const MINUTE_MS = 60_000;

const text = {
  past: { 'zh-CN': '交接日期应在今天之后', en: 'The day must lie ahead' } as Label,
  noDate: { 'zh-CN': '不是一个日期', en: 'Not a date' } as Label,
  disable: { 'zh-CN': '只有应用管理员可以停用账号', en: 'Only an app administrator may disable an account' } as Label,
};

export interface PlanRequest extends HandOverRequest {
  /** YYYY-MM-DD, later than today. */
  readonly on: string;
}

/** A later plan takes the place of the one before. Throws `validation_failed`, `forbidden`, `not_found`. */
export async function planHandOver(workspace: Workspace, actor: Actor, id: string, { to, disable, on }: PlanRequest): Promise<void> {
  const user = leaverOf(workspace, actor, id);
  if (!isDay(on) || addToDate(on, 0, 'day') !== on) throw validationFailed([{ path: '/on', code: 'not_readable', message: text.noDate }]);
  if (on <= toLocalDate(workspace.now(), workspace.model.settings.timeZone)) throw validationFailed([{ path: '/on', code: 'in_the_past', message: text.past }]);
  if (disable && !isAdministrator(actor)) throw new AppError('forbidden', text.disable);
  to.forEach((receiver, i) => refuseReceiver(workspace, user, receiver, `/to/${i}`));
  const at = workspace.now();
  await workspace.database.transaction(async (tx) => {
    await tx.run(sql`DELETE FROM relata_hand_over WHERE user_id = ${user}`);
    await tx.run(sql`INSERT INTO relata_hand_over (user_id, on_date, receivers, disable, planned_by, planned_at) VALUES (${user}, ${on}, ${JSON.stringify(to)}, ${disable ? 1 : 0}, ${actor.userId}, ${at})`);
    await noteInAudit(tx, { at, by: actor.userId, table: 'user', id: user, action: 'plan_hand_over', version: 0, changes: { on, to: [...to] } });
  });
}

/** Throws `forbidden`, `not_found`. */
export async function dropPlannedHandOver(workspace: Workspace, actor: Actor, id: string): Promise<void> {
  const user = leaverOf(workspace, actor, id);
  const at = workspace.now();
  await workspace.database.transaction(async (tx) => {
    if ((await tx.run(sql`DELETE FROM relata_hand_over WHERE user_id = ${user}`)) === 0) return;
    await noteInAudit(tx, { at, by: actor.userId, table: 'user', id: user, action: 'drop_hand_over', version: 0, changes: {} });
  });
}

interface PlanRow {
  readonly user_id: string;
  readonly receivers: string;
  readonly disable: number;
  readonly planned_by: string;
}

/** Those whose day has begun. What cannot be done is told to who planned it, and is not tried again. */
export async function handOverWhenDue(workspace: Workspace): Promise<void> {
  const today = toLocalDate(workspace.now(), workspace.model.settings.timeZone);
  const due = await workspace.database.all<PlanRow>(sql`SELECT user_id, receivers, disable, planned_by FROM relata_hand_over WHERE on_date <= ${today} ORDER BY on_date, user_id`);
  for (const row of due) {
    const name = workspace.directory.user(row.user_id)?.name ?? '';
    try {
      const request = { to: JSON.parse(row.receivers) as string[], disable: Number(row.disable) === 1 };
      const handed = await handOverUnless(workspace, workspace.directory.actor(row.planned_by), row.user_id, request, (wasPlanned) => !wasPlanned);
      if (handed === null) continue;
      const counts = handed.tables.map(({ label, count }) => ({ 'zh-CN': `${label['zh-CN']} ${count} 条`, en: `${label.en}: ${count}` }));
      await tell(workspace, row, { 'zh-CN': `${name} 的工作已按计划交接`, en: `The work of ${name} has been handed over as planned` }, { 'zh-CN': counts.map((one) => one['zh-CN']).join('，'), en: counts.map((one) => one.en).join(', ') });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await workspace.database.transaction((tx) => tx.run(sql`DELETE FROM relata_hand_over WHERE user_id = ${row.user_id}`));
      const reasons = [error.detail, ...error.issues.map(({ message }) => message)];
      await tell(workspace, row, { 'zh-CN': `${name} 的工作未能按计划交接`, en: `The work of ${name} could not be handed over as planned` }, { 'zh-CN': `${reasons.map((one) => one['zh-CN']).join('；')}。请重新办理。`, en: `${reasons.map((one) => one.en).join('; ')}. Please do it again.` });
    }
  }
}

/** Who planned it; the owners where they are gone themselves. */
async function tell(workspace: Workspace, { user_id: user, planned_by: by }: PlanRow, title: Label, body: Label): Promise<void> {
  const { directory } = workspace;
  const to = directory.user(by)?.active ? [by] : directory.owners();
  await workspace.database.transaction((tx) =>
    queueNotices(tx, workspace, { to, title, ...(body.en !== '' && { body }), record: { table: 'user', id: user }, channels: ['inApp'], urgent: true, workflow: null, run: null, at: workspace.now(), mandatory: true }),
  );
}

/** Answers the way to stop. */
export function handOverRegularly(workspace: Workspace): () => void {
  const look = (): void => void handOverWhenDue(workspace).catch((error: unknown) => workspace.log.error({ err: error }, 'could not hand over what was planned'));
  const timer = setInterval(look, MINUTE_MS);
  return () => clearInterval(timer);
}
