/** Buttons: who may press them on which records, and what pressing does. */
import { AppError, type Label } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, authorize } from '#engine/permissions/authorize.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { TriggerDefinition, WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { ManualButton } from '#engine/workflows/reports.ts';
import { triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { livingAndReadable, rootScope } from '../db/access-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import type { Queryable } from '../db/database.ts';
import { and, column, ident, sql } from '../db/sql.ts';
import { writeSession } from '../records/write-session.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { boundFilter, trustedScope } from './clock.ts';
import { PRIORITY } from './runs.ts';
import { runThrough } from './inside-save.ts';
import { startRun } from './start-run.ts';

export const MOST_PRESSED = 200;

function mayPress({ model }: Workspace, actor: Actor, { disabled, trigger }: WorkflowDefinition): boolean {
  if (disabled || triggerTypeOf(trigger).startedBy !== 'person') return false;
  const roles = trigger.roles as string[] | undefined;
  const isOwner = model.roles.some((role) => role.owner && actor.roles.includes(role.name));
  return isOwner || roles === undefined || roles.length === 0 || roles.some((role) => actor.roles.includes(role));
}

const isAtOnce = (trigger: TriggerDefinition): boolean => triggerTypeOf(trigger).insideSave?.(trigger) === true;

function asButton({ name, trigger }: WorkflowDefinition): ManualButton {
  return { workflow: name, label: trigger.button as Label, place: (trigger.place as ManualButton['place'] | undefined) ?? 'both', confirm: (trigger.confirm as Label | undefined) ?? null, ...(isAtOnce(trigger) && { atOnce: true }) };
}

/** Of a table; with a record, those whose rule holds for it. */
export async function buttonsOf(workspace: Workspace, actor: Actor, table: string, record?: string): Promise<ManualButton[]> {
  authorize(workspace.model, actor, 'read', table);
  const own = Object.values(workspace.model.workflows).filter((workflow) => triggerTypeOf(workflow.trigger).table(workflow.trigger) === table && mayPress(workspace, actor, workflow));
  const buttons: ManualButton[] = [];
  for (const workflow of own) if (record === undefined || (await fits(workspace, workspace.database, workflow, table, record, contextOf(workspace, actor)))) buttons.push(asButton(workflow));
  return buttons;
}

async function fits(workspace: Workspace, db: Queryable, workflow: WorkflowDefinition, table: string, id: string, context: RuleContext): Promise<boolean> {
  const rule = boundFilter(workflow, workflow.trigger.rule as Rule | undefined);
  if (rule === true) return true;
  const scope = trustedScope(workspace, db, table);
  return (await db.get(sql`SELECT 1 AS found FROM ${ident(table)} ${ident('t0')} WHERE ${and([sql`${column('t0', 'id')} = ${id}`, ruleCondition(rule, scope)])}`, context)) !== undefined;
}

/** Each record for itself: those that may not are named with the reason, the others start. */
export async function press(workspace: Workspace, actor: Actor, name: string, records: readonly string[]): Promise<{ started: number; refused: { record: string; reason: Label }[] }> {
  const { model } = workspace;
  const workflow = model.workflows[name];
  const table = workflow && model.tables[triggerTypeOf(workflow.trigger).table(workflow.trigger) ?? ''];
  if (!workflow || !mayPress(workspace, actor, workflow) || !table || !allows(accessTo(table, actor), 'read')) {
    throw new AppError('not_found', { 'zh-CN': '没有这个按钮', en: 'There is no such button' });
  }
  const refused: { record: string; reason: Label }[] = [];
  const atOnce = isAtOnce(workflow.trigger);
  let started = 0;
  for (const record of records) {
    const work = writeSession(workspace, actor, async (session): Promise<Label | null> => {
      const { tx, context } = session;
      const scope = rootScope(model, tx.dialect, table, actor);
      const found = await tx.get(sql`SELECT 1 AS found FROM ${ident(table.name)} ${ident('t0')} WHERE ${column('t0', 'id')} = ${record} AND ${livingAndReadable(scope)}`, context);
      if (!found) return { 'zh-CN': '没有这条记录', en: 'There is no such record' };
      if (!(await fits(workspace, tx, workflow, table.name, record, context))) return { 'zh-CN': '现在不能对这条记录执行', en: 'Not offered for this record now' };
      if (atOnce) await runThrough(session, workflow, { table, id: record, before: null });
      else await startRun({ workspace, tx, workflow, record: { table: table.name, id: record }, starter: actor.userId, priority: PRIORITY.person, at: context.now });
      return null;
    });
    const reason = await (atOnce ? work.catch(reasonOf) : work);
    if (reason === null) started += 1;
    else refused.push({ record, reason });
  }
  return { started, refused };
}

/** Why a workflow that runs at once did not go through: all of it was taken back. */
function reasonOf(error: unknown): Label {
  if (!(error instanceof AppError)) throw error;
  const { detail, issues } = error;
  const more = issues.map(({ message }) => message).filter((message) => message.en !== detail.en);
  return more.length === 0 ? detail : { 'zh-CN': `${detail['zh-CN']}：${more.map((message) => message['zh-CN']).join('；')}`, en: `${detail.en}: ${more.map((message) => message.en).join('; ')}` };
}
