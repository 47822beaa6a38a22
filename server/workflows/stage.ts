/** Where steps are executed: a transaction, a moment, and for a trial what stands in for the world. */
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import type { BusinessCalendar } from '#engine/workflows/calendar.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { TrialEffect, TrialRequest } from '#engine/workflows/reports.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { definitionsOf } from '../definitions/store.ts';
import type { Workspace } from '../workspace.ts';
import type { Run } from './runs.ts';

export interface Stage {
  readonly workspace: Workspace;
  readonly tx: Transaction;
  readonly now: string;
  readonly calendar: BusinessCalendar;
  readonly trial?: Trial;
}

/** Nothing leaves a trial: what would have is noted, and what is waited for is answered as the administrator chose. */
export interface Trial {
  readonly workflow: WorkflowDefinition;
  readonly effects: TrialEffect[];
  readonly answers: Map<string, Json>;
  readonly decide: 'approved' | 'rejected';
  readonly events: 'happen' | 'timeout';
  readonly response: NonNullable<TrialRequest['response']>;
}

const older = new WeakMap<Workspace, Map<number, ReadonlyMap<string, WorkflowDefinition>>>();

/** The workflow a run goes by: that of the version it began with, unless it was moved. */
export async function workflowOf(workspace: Workspace, db: Queryable, run: Pick<Run, 'workflow' | 'version'>, trial?: Trial): Promise<WorkflowDefinition | null> {
  if (trial && trial.workflow.name === run.workflow) return trial.workflow;
  const live = workspace.model.workflows[run.workflow];
  if (run.version === workspace.definitionsVersion) return live ?? null;
  let versions = older.get(workspace);
  if (!versions) older.set(workspace, (versions = new Map()));
  let workflows = versions.get(run.version);
  if (!workflows) {
    const stored = await definitionsOf(db, run.version);
    workflows = new Map((stored?.definitions.workflows ?? []).map((workflow) => [workflow.name, workflow]));
    versions.set(run.version, workflows);
  }
  return workflows.get(run.workflow) ?? null;
}

/** Throws `unauthenticated` where whoever set it off is no longer active: their run does not go on with more than they had. */
export function actorOf(workspace: Workspace, workflow: WorkflowDefinition, starter: string | null): Actor {
  if (workflow.runAs !== 'starter') return systemActor;
  if (starter === null) throw new AppError('forbidden', { 'zh-CN': '流程要以发起人的权限执行，但没有发起人', en: 'The workflow runs with the rights of whoever set it off, and nobody did' });
  return workspace.directory.actor(starter);
}
