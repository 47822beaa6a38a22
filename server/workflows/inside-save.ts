/**
 * Workflows that are part of a save: they run after the record is written and before the transaction commits, set fields, change other
 * records, or refuse it all. They never wait, so nothing of them is stored but what they wrote.
 */
import { AppError, childPath } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { NodeDefinition, WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { follow, type StepAt } from '#engine/workflows/follow.ts';
import { graphOf } from '#engine/workflows/graph.ts';
import { MOST_INSTANT_STEPS } from '#engine/workflows/limits.ts';
import type { Happened, NodeType, Refusal } from '#engine/workflows/node-type.ts';
import { nodeTypeOf } from '#engine/workflows/nodes/index.ts';
import { businessCalendar } from '../calendar.ts';
import type { EffectCause } from '../records/effects.ts';
import type { WriteSession } from '../records/write-session.ts';
import { contextOf } from '../workspace.ts';
import { listenersOf, setsOff } from './dispatch.ts';
import { nodeCall } from './node-call.ts';
import type { RunData } from './runs.ts';
import { createServices, limit } from './services.ts';
import { actorOf, type Stage } from './stage.ts';
import { loadStepData } from './step-data.ts';

export async function runInsideSave(session: WriteSession, cause: EffectCause): Promise<void> {
  const workflows = listenersOf(session.model).inside.get(cause.table.name) ?? [];
  for (const workflow of workflows) {
    const key = `${workflow.name} ${cause.table.name}/${cause.id}`;
    // What it writes itself does not set it off again.
    if (session.inside.includes(key)) continue;
    const change = { table: cause.table, id: cause.id, action: cause.action, before: cause.before, after: cause.values, changed: cause.changed };
    if (!(await setsOff(session, workflow, change, session.loaded))) continue;
    session.inside.push(key);
    await runThrough(session, workflow, cause);
    session.inside.pop();
  }
}

/** What it is run about: the record that is saved, or the one whose button was pressed. */
export interface Subject {
  readonly table: TableModel;
  readonly id: string;
  readonly before: Readonly<Record<string, Json>> | null;
}

interface Instant extends StepAt {
  memory: Json;
  happened: Happened | null;
}

export async function runThrough(session: WriteSession, workflow: WorkflowDefinition, cause: Subject): Promise<void> {
  const { workspace, tx, model } = session;
  const record = { table: cause.table.name, id: cause.id };
  const chain = [...(session.options.cause?.chain ?? []), { workflow: workflow.name, record: `${record.table}/${record.id}` }];
  // Who saves; and whose rights it takes when a workflow saves in somebody's name.
  const starter = session.actor.userId === 'system' ? null : session.actor.userId;
  const behind = starter ?? session.options.cause?.starter ?? null;
  const actor = workflow.runAs === 'starter' && starter !== null ? session.actor : actorOf(workspace, workflow, behind);
  const own: WriteSession = {
    ...session,
    actor,
    context: { ...contextOf(workspace, actor), now: session.context.now },
    options: { ...session.options, cause: { run: session.options.cause?.run ?? '', workflow: workflow.name, chain, starter: behind } },
  };
  const stage: Stage = { workspace, tx, now: session.context.now, calendar: await businessCalendar(workspace.database, model.settings.timeZone, tx) };
  const data: RunData = { trigger: {}, before: cause.before, outputs: {} };
  const graph = graphOf(workflow);
  const steps = new Map<number, Instant>();
  const open: number[] = [];
  const begin = (at: Omit<StepAt, 'seq'>): void => {
    steps.set(steps.size, { ...at, seq: steps.size, memory: null, happened: null });
    open.push(steps.size - 1);
  };
  const refusals: Refusal[] = [];
  const writtenBefore = session.written.length;
  if (graph.first !== null) begin({ node: graph.first, parent: null, branch: null });
  for (let seq = open.shift(), turns = 0; seq !== undefined; seq = open.shift(), turns++) {
    if (turns > MOST_INSTANT_STEPS) throw limit(`保存时的流程最多执行 ${MOST_INSTANT_STEPS} 个节点`, `A workflow inside a save runs at most ${MOST_INSTANT_STEPS} nodes`);
    const step = steps.get(seq) as Instant;
    const node = graph.node(step.node) as NodeDefinition;
    const type: NodeType = nodeTypeOf(node);
    const read = await loadStepData({ db: tx, model, loaded: own.loaded }, { workflow, node: step.node, ...record, record: record.id, starter, startedAt: session.context.now, imported: session.options.importId !== undefined, data });
    const services = createServices({ stage, session: own, workflow, run: null, step: null, node: step.node, record, starter });
    const call = nodeCall({ stage, node, context: own.context, services, memory: step.memory, read });
    const result = step.happened && type.resume ? await type.resume(call, step.happened) : await type.run(call);
    if ('end' in result) {
      if (result.end === 'refused') refusals.push(result.refusal);
      break;
    }
    if ('refusal' in result && result.refusal) refusals.push(result.refusal);
    if ('output' in result && result.output !== undefined) data.outputs[step.node] = result.output;
    if ('memory' in result && result.memory !== undefined) step.memory = result.memory;
    const { begin: next, ended } = follow(graph, step, result);
    next.forEach(begin);
    for (const { parent, branch } of ended) {
      const block = steps.get(parent);
      if (block) {
        block.happened = { kind: 'body', port: branch };
        open.push(parent);
      }
    }
  }
  if (refusals.length > 0) throw refused(refusals);
  if (session.written.length > writtenBefore) session.hasChanged = true;
  for (let i = writtenBefore; i < session.written.length; i++) {
    const write = session.written[i];
    if (write && write.by === undefined) session.written[i] = { ...write, by: `workflow:${workflow.name}` };
  }
}

function refused(refusals: readonly Refusal[]): AppError {
  const reason = { 'zh-CN': refusals.map(({ message }) => message['zh-CN']).join(''), en: refusals.map(({ message }) => message.en).join(' ') };
  return new AppError('validation_failed', reason, refusals.map(({ message, field }) => ({ path: field === undefined ? '' : childPath('', field), code: 'refused_by_workflow', message })));
}
