/**
 * One step of a run in the transaction of the stage: the node is called with what it reads, its record changes, its answer, the steps
 * that follow and what leaves the house are written together. Found not to be due any more (another process was first), nothing happens.
 */
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import { readPath } from '#engine/rules/evaluate.ts';
import type { NodeDefinition, WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { follow } from '#engine/workflows/follow.ts';
import { type Graph, graphOf } from '#engine/workflows/graph.ts';
import { LARGEST_OUTPUT, MOST_INSTANT_STEPS, MOST_STEPS } from '#engine/workflows/limits.ts';
import type { Happened, NodeResult, NodeType } from '#engine/workflows/node-type.ts';
import { NODE_TYPES, nodeTypeOf } from '#engine/workflows/nodes/index.ts';
import { fieldsOn } from '#engine/workflows/scope.ts';
import { sql } from '../db/sql.ts';
import { sessionWithin } from '../records/write-session.ts';
import { closeApproval } from './approvals.ts';
import { endRun, settleRun, stopRun } from './end-run.ts';
import { nodeCall } from './node-call.ts';
import { insertSteps, loadRun, loadStep, type Run, saveRun, saveStep, type Step, timerOf } from './runs.ts';
import { createServices, limit } from './services.ts';
import { actorOf, type Stage, workflowOf } from './stage.ts';
import { loadStepData, type StepData } from './step-data.ts';
import { isSealedValue } from '../vault/sealed-values.ts';
import { keyMissing } from '../vault/vault.ts';
import { noteWrites } from './trial-effects.ts';

export function isDue(step: Step, now: string): boolean {
  return (step.state === 'ready' || step.state === 'waiting') && step.dueAt !== null && step.dueAt <= now;
}

/** Answers whether there was something to do. */
export async function executeStep(stage: Stage, runId: string, seq: number): Promise<boolean> {
  const { workspace, tx, now } = stage;
  const step = await loadStep(tx, runId, seq);
  if (!step || !isDue(step, now)) return false;
  const run = await loadRun(tx, runId);
  if (!run || run.finishedAt !== null) {
    await saveStep(tx, step, { state: 'cancelled', finishedAt: now });
    return true;
  }
  if (isSealedValue(run.data)) throw keyMissing(tx.vault.missing);
  const workflow = await workflowOf(workspace, tx, run, stage.trial);
  const node = workflow && graphOf(workflow).node(step.node);
  if (!workflow || !node || !Object.hasOwn(NODE_TYPES, node.type)) {
    await stopRun(stage, run, { 'zh-CN': `流程中已没有节点“${step.node}”`, en: `The workflow no longer has the node "${step.node}"` });
    return true;
  }
  const happened: Happened | null = step.state === 'waiting' ? { kind: 'due' } : (step.happened as Happened | null);
  await perform({ stage, run: { ...run, data: { ...run.data, outputs: { ...run.data.outputs } } }, workflow, steps: run.steps }, step, happened);
  return true;
}

/** A run under way in one transaction: its number of steps and what nodes have answered go on counting here. */
interface Performance {
  readonly stage: Stage;
  readonly run: Run;
  readonly workflow: WorkflowDefinition;
  steps: number;
}

async function perform(performance: Performance, first: Step, firstHappened: Happened | null): Promise<void> {
  const { stage, run, workflow } = performance;
  const { tx, now } = stage;
  const graph = graphOf(workflow);
  const open: { step: Step; happened: Happened | null }[] = [{ step: first, happened: firstHappened }];
  for (let turns = 0, entry = open.shift(); entry; entry = open.shift(), turns++) {
    if (turns > MOST_INSTANT_STEPS) throw limit(`一步中最多连续执行 ${MOST_INSTANT_STEPS} 个节点`, `At most ${MOST_INSTANT_STEPS} nodes run in one step`);
    // Another entry may have brought the step on meanwhile.
    const step = turns === 0 ? entry.step : ((await loadStep(tx, run.id, entry.step.seq)) as Step);
    const { happened } = entry;
    if (turns > 0 && step.state !== (happened ? 'waiting' : 'ready')) continue;
    const node = graph.node(step.node) as NodeDefinition;
    const { result, input } = await callNode(performance, step, node, happened);
    const unseen = unwiredError(graph, step.node, result);
    if (unseen) {
      await saveStep(tx, step, { state: 'failed', input, output: ('output' in result ? result.output : null) ?? null, problem: unseen, dueAt: null, wakeKey: null, happened: null, startedAt: step.startedAt ?? now, finishedAt: now });
      await saveRun(tx, run.id, { data: run.data });
      await settleRun(stage, { ...run, problem: unseen });
      return;
    }
    const followed = follow(graph, step, result);
    const output = 'output' in result && result.output !== undefined ? kept(result.output) : step.output;
    if ('output' in result && result.output !== undefined) run.data.outputs[step.node] = output;
    const isOver = followed.state === 'done';
    await saveStep(tx, step, {
      state: followed.state,
      port: followed.port,
      input,
      output,
      memory: 'memory' in result && result.memory !== undefined ? result.memory : step.memory,
      happened: null,
      startedAt: step.startedAt ?? now,
      ...('wait' in result ? { dueAt: result.wait.until ?? null, wakeKey: result.wait.key ?? null } : 'stay' in result ? { dueAt: timerOf(step) } : { dueAt: null, wakeKey: null }),
      ...(isOver && { finishedAt: now, problem: null }),
    });
    // What it waited for must not wake it again.
    if (isOver && happened) await tx.run(sql`DELETE FROM relata_watch WHERE run_id = ${run.id} AND seq = ${step.seq}`);
    if (followed.end) {
      await saveRun(tx, run.id, { data: run.data });
      await endRun(stage, run, followed.end === 'done' ? 'done' : 'stopped', 'refusal' in result && result.refusal ? result.refusal.message : null);
      return;
    }
    if (performance.steps + followed.begin.length > MOST_STEPS) {
      await stopRun(stage, run, { 'zh-CN': `步数超过上限 ${MOST_STEPS}，已停止`, en: `Stopped: more than ${MOST_STEPS} steps` });
      return;
    }
    await insertSteps(tx, { id: run.id, priority: run.priority, steps: performance.steps }, followed.begin, now);
    performance.steps += followed.begin.length;
    if (isOver && graph.ports(step.node).some((port) => port.kind === 'body')) await cancelInside(performance, step.seq);
    for (const { parent, branch } of followed.ended) {
      const block = await loadStep(tx, run.id, parent);
      if (block?.state === 'waiting') open.push({ step: block, happened: { kind: 'body', port: branch } });
    }
    const { atomic }: NodeType = nodeTypeOf(node);
    const isInside = await isInsideAtomic(performance, step);
    if ('enter' in result && (atomic || isInside)) open.push(...(await readyInside(performance, step.seq)));
    else if (isInside) open.push(...(await readyInside(performance, step.parent)));
  }
  await saveRun(tx, run.id, { data: run.data });
  await settleRun(stage, run);
}

/** A node that failed and has no way for it must not pass for one that is done. */
function unwiredError(graph: Graph, node: string, result: NodeResult): Label | null {
  if (!('port' in result) || graph.next(node, result.port) !== null || !graph.ports(node).some((port) => port.name === result.port && port.kind === 'error')) return null;
  const output = ('output' in result ? result.output : null) as { status?: Json; error?: Json } | null | undefined;
  const why = typeof output?.error === 'string' && output.error !== '' ? output.error : typeof output?.status === 'number' ? String(output.status) : '';
  return { 'zh-CN': `这一步失败了，且没有连接“出错”出口${why ? `：${why}` : ''}`, en: `The step failed and nothing is joined to its error port${why ? `: ${why}` : ''}` };
}

/** Called again for a block that has come to its end: what else is going on in it is called off. */
async function cancelInside({ stage, run }: Performance, block: number): Promise<void> {
  const { tx, now } = stage;
  const parents = [block];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    const rows = await tx.all<{ seq: number }>(sql`SELECT seq FROM relata_step WHERE run_id = ${run.id} AND parent = ${parent} AND state IN ('ready', 'waiting', 'failed')`);
    for (const { seq } of rows) {
      parents.push(Number(seq));
      await tx.run(sql`UPDATE relata_step SET state = 'cancelled', finished_at = ${now} WHERE run_id = ${run.id} AND seq = ${seq}`);
      await tx.run(sql`DELETE FROM relata_watch WHERE run_id = ${run.id} AND seq = ${seq}`);
      await closeApproval(tx, run.id, Number(seq), now);
    }
  }
}

async function readyInside({ stage, run }: Performance, parent: number | null): Promise<{ step: Step; happened: null }[]> {
  if (parent === null) return [];
  const rows = await stage.tx.all<{ seq: number }>(sql`SELECT seq FROM relata_step WHERE run_id = ${run.id} AND parent = ${parent} AND state = 'ready' ORDER BY seq`);
  const steps = await Promise.all(rows.map(({ seq }) => loadStep(stage.tx, run.id, Number(seq))));
  return steps.flatMap((step) => (step ? [{ step, happened: null }] : []));
}

async function isInsideAtomic({ stage, run, workflow }: Performance, step: Step): Promise<boolean> {
  for (let parent = step.parent; parent !== null; ) {
    const block = await loadStep(stage.tx, run.id, parent);
    const node = block && graphOf(workflow).node(block.node);
    if (node && (nodeTypeOf(node) as NodeType).atomic) return true;
    parent = block?.parent ?? null;
  }
  return false;
}

async function callNode({ stage, run, workflow }: Performance, step: Step, node: NodeDefinition, happened: Happened | null): Promise<{ readonly result: NodeResult; readonly input: Json }> {
  const { workspace, tx, now } = stage;
  const type: NodeType = nodeTypeOf(node);
  const record = run.table !== null && run.record !== null ? { table: run.table, id: run.record } : null;
  const cause = { run: run.id, workflow: run.workflow, chain: run.chain, starter: run.starter };
  const { result, written } = await sessionWithin(
    workspace,
    tx,
    actorOf(workspace, workflow, run.starter),
    async (session) => {
      const read = await loadStepData({ db: tx, model: workspace.model, loaded: session.loaded }, { ...run, workflow, node: step.node, data: run.data });
      const services = createServices({ stage, session, workflow, run, step, node: step.node, record, starter: run.starter });
      const call = nodeCall({ stage, node, context: session.context, services, memory: step.memory, read });
      const answer = happened && type.resume ? await type.resume(call, happened) : await type.run(call);
      return { answer, input: inputOf(read.paths, (path) => told(read, path, fillsEncrypted(node, workspace.model)), happened) };
    },
    { cause, now },
  );
  if (stage.trial) noteWrites(stage, node.name, written);
  return { result: result.answer, input: result.input };
}

const LONGEST_INPUT = 4_000;

/** The values it decided by, for the history. */
/** The history of a run is read by other people than the record: what is encrypted stays out of it. */
function told({ data, scope, variables }: StepData, path: string, fills: boolean): Json {
  const value = readPath(data, path);
  // What came from outside to be put into such a field.
  if (fills && value !== null && path.startsWith('$trigger')) return '***';
  return value !== null && fieldsOn(path, { scope, variables }).some((field) => field.encrypted) ? '***' : value;
}

function fillsEncrypted({ values }: NodeDefinition, { tables }: AppModel): boolean {
  const names = Object.keys((values as object | undefined) ?? {});
  return names.length > 0 && Object.values(tables).some(({ fields }) => names.some((name) => Object.hasOwn(fields, name) && fields[name]?.encrypted));
}

function inputOf(paths: readonly string[], read: (path: string) => Json, happened: Happened | null): Json {
  const values = Object.fromEntries(paths.map((path) => [path, read(path)]));
  const input: Json = { ...values, ...(happened && { happened: happened as unknown as Json }) };
  return JSON.stringify(input).length > LONGEST_INPUT ? { '…': `> ${LONGEST_INPUT}` } : input;
}

function kept(output: Json): Json {
  if (JSON.stringify(output).length <= LARGEST_OUTPUT) return output;
  throw limit(`节点的结果超过 ${LARGEST_OUTPUT} 个字符`, `What the node answers is longer than ${LARGEST_OUTPUT} characters`);
}
