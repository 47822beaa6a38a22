/** Sets a workflow off: once for each occurrence, and not when it would go round in a circle. */
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { graphOf } from '#engine/workflows/graph.ts';
import { MOST_DEPTH } from '#engine/workflows/limits.ts';
import type { RecordRef } from '#engine/workflows/node-type.ts';
import type { Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { Cause, ChainLink } from '../records/write-session.ts';
import type { Workspace } from '../workspace.ts';
import { insertRun, insertSteps, PRIORITY, saveRun } from './runs.ts';

export interface Start {
  readonly workspace: Workspace;
  readonly tx: Transaction;
  readonly workflow: WorkflowDefinition;
  readonly record: RecordRef | null;
  /** A user's id; null: the clock, another system. */
  readonly starter: string | null;
  /** The run whose doing it is. */
  readonly cause?: Cause | undefined;
  readonly trigger?: Readonly<Record<string, Json>>;
  readonly before?: Readonly<Record<string, Json>> | null;
  /** What it is known by: the same occurrence sets off one run. */
  readonly occurrence?: string;
  readonly priority?: number;
  readonly batch?: string;
  readonly wakeKey?: string;
  readonly at: string;
}

/** Answers the run's id; null where this occurrence has had its run, or the loop guard stopped it. */
export async function startRun(start: Start): Promise<string | null> {
  const { workspace, tx, record, at } = start;
  // The version noted is the live one, so its definition is what runs, whatever the caller held.
  const workflow = workspace.model.workflows[start.workflow.name];
  if (!workflow) return null;
  if (start.occurrence !== undefined) {
    const isNew = await tx.run(sql`INSERT INTO relata_occurrence (workflow, key, at) VALUES (${workflow.name}, ${start.occurrence}, ${at}) ON CONFLICT (workflow, key) DO NOTHING`);
    if (isNew === 0) return null;
  }
  const chain = start.cause?.chain ?? [];
  const own: ChainLink = { workflow: workflow.name, record: record && `${record.table}/${record.id}` };
  const stopped = circle(workspace, chain, own);
  // One note a run is enough, however often it comes round.
  if (stopped && start.cause && !(await isFirst(tx, workflow.name, `loop ${start.cause.run}`, at))) return null;
  const data = { trigger: start.trigger ?? {}, before: start.before ?? null, outputs: {}, ...(start.batch !== undefined && { batch: start.batch }) };
  const priority = start.priority ?? PRIORITY.usual;
  const id = await insertRun(tx, {
    workflow: workflow.name,
    version: workspace.definitionsVersion,
    table: record?.table ?? null,
    record: record?.id ?? null,
    starter: start.starter,
    chain: [...chain, own],
    priority,
    data,
    wakeKey: start.wakeKey ?? null,
    at,
    ...(stopped && { stopped }),
  });
  if (stopped) return null;
  const { first } = graphOf(workflow);
  if (first === null) await saveRun(tx, id, { state: 'done', finishedAt: at });
  else await insertSteps(tx, { id, priority, steps: 0 }, [{ node: first, parent: null, branch: null }], at);
  return id;
}

async function isFirst(tx: Transaction, workflow: string, key: string, at: string): Promise<boolean> {
  return (await tx.run(sql`INSERT INTO relata_occurrence (workflow, key, at) VALUES (${workflow}, ${key}, ${at}) ON CONFLICT (workflow, key) DO NOTHING`)) > 0;
}

/** A workflow does not come back to a record that it is already at work on, and workflows do not set each other off without end. */
function circle({ model }: Workspace, chain: readonly ChainLink[], own: ChainLink): Label | null {
  const again = chain.some((link) => link.workflow === own.workflow && link.record === own.record);
  if (!again && chain.length < MOST_DEPTH) return null;
  const names = [...chain, own].map(({ workflow }) => model.workflows[workflow]?.label ?? { 'zh-CN': workflow, en: workflow });
  const way = { 'zh-CN': names.map((name) => name['zh-CN']).join(' → '), en: names.map((name) => name.en).join(' → ') };
  return again
    ? { 'zh-CN': `流程互相触发，已停止：${way['zh-CN']}`, en: `The workflows set each other off; stopped: ${way.en}` }
    : { 'zh-CN': `流程连续触发超过 ${MOST_DEPTH} 层，已停止：${way['zh-CN']}`, en: `More than ${MOST_DEPTH} workflows set each other off; stopped: ${way.en}` };
}
