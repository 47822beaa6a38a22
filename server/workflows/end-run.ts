/** How runs end, and how a step that failed is tried again, takes its error port, or comes to the dead letters. */
import { AppError, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { graphOf } from '#engine/workflows/graph.ts';
import { STEP_ATTEMPTS } from '#engine/workflows/limits.ts';
import type { RunState } from '#engine/workflows/reports.ts';
import { sql } from '../db/sql.ts';
import { endSteps, insertSteps, loadRun, loadStep, openSteps, type Run, saveRun, saveStep, wakeStep } from './runs.ts';
import { type Stage, workflowOf } from './stage.ts';

/** After a step: still under way, waiting, or over. */
export async function settleRun(stage: Stage, run: Run): Promise<void> {
  const { tx } = stage;
  const { open, ready, failed } = await openSteps(tx, run.id);
  if (open === 0) {
    await close(stage, run, failed > 0 ? 'failed' : 'done', failed > 0 ? run.problem : null);
    return;
  }
  // A block waits for a step inside it that has failed: somebody has to see to it, whatever else goes on.
  const state: RunState = ready > 0 ? 'running' : failed > 0 ? 'failed' : 'waiting';
  await tx.run(sql`UPDATE relata_run SET state = ${state}, problem = ${failed > 0 && run.problem ? JSON.stringify(run.problem) : null} WHERE id = ${run.id}`);
}

/** The end that a node asked for: whatever else goes on in the run stops. */
export async function endRun(stage: Stage, run: Run, state: 'done' | 'stopped' | 'cancelled', problem: Label | null): Promise<void> {
  await endSteps(stage.tx, run.id, stage.now);
  await close(stage, run, state, problem);
}

export async function stopRun(stage: Stage, run: Run, problem: Label): Promise<void> {
  await endRun(stage, run, 'stopped', problem);
}

async function close(stage: Stage, run: Run, state: RunState, problem: Label | null): Promise<void> {
  const { tx, now } = stage;
  await saveRun(tx, run.id, { state, problem, finishedAt: now });
  // Who waits for it goes on at once, with its failure too: a later retry of this run changes nothing for them.
  if (run.wakeKey !== null) await wakeStep(tx, run.wakeKey, state === 'done' ? 'done' : 'failed', now);
}

const FIRST_WAIT_MS = 30_000;
/** Refusals that may pass by themselves. */
const PASSING = new Set(['conflict', 'unavailable', 'rate_limited']);

export async function failStep(stage: Stage, runId: string, seq: number, error: unknown): Promise<void> {
  const { workspace, tx, now } = stage;
  const [run, step] = [await loadRun(tx, runId), await loadStep(tx, runId, seq)];
  if (!run || !step || (step.state !== 'ready' && step.state !== 'waiting')) return;
  const attempts = step.attempts + 1;
  const problem = problemOf(error);
  const mayPass = !(error instanceof AppError) || PASSING.has(error.code);
  if (mayPass && attempts < STEP_ATTEMPTS && !stage.trial) {
    const dueAt = new Date(Date.parse(now) + FIRST_WAIT_MS * 4 ** (attempts - 1)).toISOString();
    // A timer that was due stays due: it is tried again as what it was.
    const happened = step.state === 'waiting' ? ({ kind: 'due' } as Json) : step.happened;
    await saveStep(tx, step, { state: 'ready', attempts, dueAt, problem, happened });
    return;
  }
  const workflow = await workflowOf(workspace, tx, run, stage.trial);
  const next = workflow && graphOf(workflow).next(step.node, 'error');
  if (next) {
    const output: Json = { error: problem['zh-CN'] };
    // What follows may read why, in the words the node's own errors have.
    run.data.outputs[step.node] = output;
    await saveRun(tx, run.id, { data: run.data });
    await saveStep(tx, step, { state: 'done', port: 'error', attempts, output, problem, dueAt: null, wakeKey: null, startedAt: step.startedAt ?? now, finishedAt: now });
    await insertSteps(tx, run, [{ node: next, parent: step.parent, branch: step.branch }], now);
    return;
  }
  await saveStep(tx, step, { state: 'failed', attempts, problem, dueAt: null, startedAt: step.startedAt ?? now, finishedAt: now });
  await settleRun(stage, { ...run, problem });
}

export function problemOf(error: unknown): Label {
  if (!(error instanceof AppError)) return { 'zh-CN': '内部错误，已记入日志', en: 'An internal error; it is in the log' };
  const told = (locale: keyof Label): string => [error.detail[locale], ...error.issues.slice(0, 5).map((issue) => issue.message[locale])].filter((text, i, all) => text !== '' && all.indexOf(text) === i).join(locale === 'en' ? '; ' : '；');
  return { 'zh-CN': told('zh-CN'), en: told('en') };
}
