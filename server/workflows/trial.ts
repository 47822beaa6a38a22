/**
 * A workflow tried on chosen records: all of it runs, in one transaction that is rolled back, its waits passed over by moving the clock
 * of the trial, and nothing leaves the house. What it would have done comes out.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError, type Issue, type Label } from '#engine/errors.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import { buildModel } from '#engine/model/build-model.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { MOST_STEPS } from '#engine/workflows/limits.ts';
import type { RecordName, RunState, TrialEffect, TrialReport, TrialRequest, TrialRun } from '#engine/workflows/reports.ts';
import { triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { businessCalendar } from '../calendar.ts';
import type { Transaction } from '../db/database.ts';
import { column, ident, sql } from '../db/sql.ts';
import { liveDefinitions } from '../definitions/store.ts';
import type { Workspace } from '../workspace.ts';
import { contextAt, filterSql, trustedScope } from './clock.ts';
import { failStep } from './end-run.ts';
import { executeStep } from './execute-step.ts';
import { titleOf } from './record-names.ts';
import { asReport } from './run-reports.ts';
import { loadRun, stepsOf, wakeStep } from './runs.ts';
import type { Stage, Trial } from './stage.ts';
import { startRun } from './start-run.ts';

export const MOST_TRIED = 20;
/** The write lock is held meanwhile. */
const MOST_MS = 5_000;

/** Carries the outcome out of the transaction that it rolls back. */
class RolledBack extends Error {
  readonly run: TrialRun;
  constructor(run: TrialRun) {
    super('trial');
    this.run = run;
  }
}

/** The drafted workflow among the live definitions; issues when it does not build. */
export async function modelWith(workspace: Workspace, drafted: unknown): Promise<{ readonly model: AppModel; readonly workflow: WorkflowDefinition } | { readonly issues: readonly Issue[] }> {
  const live = await liveDefinitions(workspace.database);
  if (!live) throw new Error('A workspace has definitions.');
  const name = (drafted as { name?: unknown } | null)?.name;
  const others = (live.definitions.workflows ?? []).filter((workflow) => workflow.name !== name);
  const built = buildModel({ ...live.definitions, workflows: [...others, { ...(drafted as WorkflowDefinition) }] });
  if (!built.model) {
    const own = built.issues.filter(({ path }) => path.startsWith(`/workflows/${String(name)}`));
    return { issues: own.length > 0 ? own : built.issues };
  }
  return { model: built.model, workflow: built.model.workflows[String(name)] as WorkflowDefinition };
}

export async function tryWorkflow(workspace: Workspace, request: TrialRequest): Promise<TrialReport> {
  const found = await modelWith(workspace, request.workflow);
  if ('issues' in found) return { issues: found.issues, runs: [] };
  if (request.records.length > MOST_TRIED) {
    throw new AppError('validation_failed', { 'zh-CN': `一次最多试 ${MOST_TRIED} 条记录`, en: `At most ${MOST_TRIED} records at a time` }, [{ path: '/records', code: 'too_many', message: { 'zh-CN': `最多 ${MOST_TRIED} 条`, en: `At most ${MOST_TRIED}` } }]);
  }
  const { model, workflow } = found;
  const tried: Workspace = Object.create(workspace, { model: { value: model } });
  const table = triggerTypeOf(workflow.trigger).table(workflow.trigger);
  const records = table === null ? [null] : request.records.map((id) => ({ table, id }));
  const until = Date.now() + MOST_MS;
  const runs: TrialRun[] = [];
  for (const record of records) {
    runs.push(await tryOne(tried, workflow, record, request, until));
  }
  return { issues: [], runs };
}

async function tryOne(workspace: Workspace, workflow: WorkflowDefinition, record: { table: string; id: string } | null, request: TrialRequest, until: number): Promise<TrialRun> {
  try {
    await workspace.database.transaction(async (tx) => {
      throw new RolledBack(await runTrial(workspace, tx, workflow, record, request, until));
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.run;
    throw error;
  }
  throw new Error('A trial is always rolled back.');
}

async function runTrial(workspace: Workspace, tx: Transaction, workflow: WorkflowDefinition, record: { table: string; id: string } | null, request: TrialRequest, until: number): Promise<TrialRun> {
  const { database, model } = workspace;
  const start = request.now ?? workspace.now();
  const calendar = await businessCalendar(database, model.settings.timeZone, tx);
  const trial: Trial = {
    workflow,
    effects: [] as TrialEffect[],
    answers: new Map(),
    decide: request.decide ?? 'approved',
    events: request.events ?? 'timeout',
    response: request.response ?? { status: 200, body: null },
  };
  const name: RecordName | null = record && { ...record, title: await titleOf(workspace, tx, record) };
  const wouldStart = record === null || (await isFound(workspace, tx, workflow, record, start));
  const id = await startRun({ workspace, tx, workflow, record, starter: null, trigger: { due: start, late: false }, at: start });
  if (id === null) throw new Error('A trial starts its run.');
  let now = start;
  let stopped: Label | null = null;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const due = await tx.get<{ seq: number; due_at: string }>(sql`SELECT seq, due_at FROM relata_step WHERE run_id = ${id} AND state IN ('ready', 'waiting') AND due_at IS NOT NULL ORDER BY due_at, seq LIMIT 1`);
    if (!due) break;
    if (Date.now() > until) {
      stopped = { 'zh-CN': '试运行超过 5 秒，已停止', en: 'Stopped: the trial took longer than 5 seconds' };
      break;
    }
    // Waits are passed over.
    if (due.due_at > now) now = due.due_at;
    const stage: Stage = { workspace, tx, now, calendar, trial };
    await attempt(stage, id, Number(due.seq));
    // Readers get their turn.
    await breathe();
    for (const [key, value] of trial.answers) {
      trial.answers.delete(key);
      await wakeStep(tx, key, value, now);
    }
  }
  const run = await loadRun(tx, id);
  const steps = (await stepsOf(tx, id)).map(asReport);
  const state: RunState = stopped ? 'stopped' : (run?.state ?? 'done');
  return { record: name, wouldStart, state, problem: stopped ?? run?.problem ?? null, steps, effects: trial.effects, finishedAt: now };
}

/** In a savepoint: a step that fails in the middle leaves nothing, as when it runs in earnest. */
async function attempt(stage: Stage, run: string, seq: number): Promise<void> {
  const { tx, trial } = stage;
  const effects = trial?.effects.length ?? 0;
  await tx.run({ text: 'SAVEPOINT trial_step', params: [] });
  try {
    await executeStep(stage, run, seq);
    await tx.run({ text: 'RELEASE SAVEPOINT trial_step', params: [] });
  } catch (error) {
    await tx.run({ text: 'ROLLBACK TO SAVEPOINT trial_step', params: [] });
    await tx.run({ text: 'RELEASE SAVEPOINT trial_step', params: [] });
    trial?.effects.splice(effects);
    await failStep(stage, run, seq, error);
  }
}

/** Would the trigger take this record at that moment, by the rule it has? */
async function isFound(workspace: Workspace, tx: Transaction, workflow: WorkflowDefinition, { table, id }: { table: string; id: string }, at: string): Promise<boolean> {
  const { trigger } = workflow;
  const watch = triggerTypeOf(trigger).onTime?.(trigger);
  const rule = watch?.filter ?? (trigger.rule as never);
  if (rule === undefined || JSON.stringify(rule).includes('$before')) return true;
  const scope = trustedScope(workspace, tx, table);
  const row = await tx.get(sql`SELECT 1 AS found FROM ${ident(table)} ${ident('t0')} WHERE ${column('t0', 'id')} = ${id} AND (${filterSql(workflow, rule, scope)})`, contextAt(workspace, at));
  return row !== undefined;
}
