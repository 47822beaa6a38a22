/**
 * What workflows have to say to records that were written, in the transaction of the write: those it sets off are queued, steps that
 * waited for it are woken, runs about a record that was deleted are called off. Nothing is executed here.
 */
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import { toRuleData } from '#engine/records/record-rules.ts';
import { pathsOf } from '#engine/rules/check.ts';
import { holds } from '#engine/rules/evaluate.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { ObservedWrite } from '#engine/workflows/trigger-type.ts';
import { triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { sql } from '../db/sql.ts';
import type { Derived } from '../records/propagate.ts';
import { type LoadedRecords, loadRuleData } from '../records/rule-data.ts';
import type { WriteSession } from '../records/write-session.ts';
import { businessCalendar } from '../calendar.ts';
import { endRun } from './end-run.ts';
import { asRuns, PRIORITY, wakeStep } from './runs.ts';
import { startRun } from './start-run.ts';
import { loadStepData } from './step-data.ts';

/** A record as it was before the transaction and is after it, however often it was written in between. */
interface Change {
  readonly table: TableModel;
  readonly id: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly before: Readonly<Record<string, Json>> | null;
  readonly after: Readonly<Record<string, Json>> | null;
  readonly changed: ReadonlySet<string>;
}

interface Listeners {
  readonly after: ReadonlyMap<string, readonly WorkflowDefinition[]>;
  readonly inside: ReadonlyMap<string, readonly WorkflowDefinition[]>;
}
const known = new WeakMap<AppModel, Listeners>();

/** Workflows by the table whose writes they listen to. */
export function listenersOf(model: AppModel): Listeners {
  let listeners = known.get(model);
  if (!listeners) {
    const after = new Map<string, WorkflowDefinition[]>();
    const inside = new Map<string, WorkflowDefinition[]>();
    for (const workflow of Object.values(model.workflows)) {
      const { trigger, disabled } = workflow;
      const type = triggerTypeOf(trigger);
      const table = type.onWrite && !disabled ? type.table(trigger) : null;
      if (table === null) continue;
      const map = type.insideSave?.(trigger) ? inside : after;
      map.set(table, [...(map.get(table) ?? []), workflow]);
    }
    known.set(model, (listeners = { after, inside }));
  }
  return listeners;
}

export async function dispatch(session: WriteSession, derived: readonly Derived[]): Promise<void> {
  const { options, model } = session;
  const changes = changesOf(session, derived);
  const { after } = listenersOf(model);
  const loaded: LoadedRecords = new Map();
  for (const change of changes) {
    if (change.action === 'delete') await callOff(session, change);
    else await wakeWatchers(session, change, loaded);
    if (options.automations === 'none') continue;
    for (const workflow of after.get(change.table.name) ?? []) await startFor(session, workflow, change, loaded);
  }
}

function changesOf({ written, model }: WriteSession, derived: readonly Derived[]): Change[] {
  const changes = new Map<string, Change>();
  const add = (change: Change): void => {
    const key = `${change.table.name}/${change.id}`;
    const earlier = changes.get(key);
    if (!earlier) changes.set(key, change);
    else {
      const action = change.action === 'delete' ? 'delete' : earlier.action;
      changes.set(key, { ...change, action, before: earlier.before, changed: new Set([...earlier.changed, ...change.changed]) });
    }
  };
  for (const { table, id, action, before, after, changed, at } of written) {
    // Sample data tells of the past; what comes back from the bin sets nothing off.
    if (at !== undefined || action === 'restore' || action === 'purge') continue;
    add({ table, id, action, before, after, changed });
  }
  for (const { table, id, before, after, changed } of derived) {
    const owner = model.tables[table];
    const own = owner && changes.get(`${table}/${id}`);
    // A roll-up of a record that was itself written belongs to that write.
    if (owner) add({ table: owner, id, action: 'update', before: own ? own.before : before, after: { ...own?.after, ...after }, changed });
  }
  return [...changes.values()];
}

async function startFor(session: WriteSession, workflow: WorkflowDefinition, change: Change, loaded: LoadedRecords): Promise<void> {
  const { workspace, tx, options, actor, context } = session;
  const { table, id, action } = change;
  if (!(await setsOff(session, workflow, change, loaded))) return;
  const isBatch = options.automations === 'batch' || options.automations === 'each';
  await startRun({
    workspace,
    tx,
    workflow,
    record: { table: table.name, id },
    starter: actor.userId === 'system' ? (options.cause?.starter ?? null) : actor.userId,
    cause: options.cause,
    before: action === 'update' ? change.before : null,
    at: context.now,
    ...(isBatch && { priority: PRIORITY.batch }),
    ...(options.automations === 'batch' && options.importId !== undefined && { batch: options.importId }),
  });
}

/** Looks at the rules only where the rest of the trigger fits: most writes are about something else. */
export async function setsOff(session: Pick<WriteSession, 'tx' | 'model' | 'context' | 'options'>, workflow: WorkflowDefinition, change: Change, loaded: LoadedRecords): Promise<boolean> {
  const { trigger } = workflow;
  const onWrite = triggerTypeOf(trigger).onWrite;
  const observed = { action: change.action, changed: change.changed, form: session.options.form };
  if (!onWrite?.(trigger, { ...observed, holdsNow: () => true, heldBefore: () => false })) return false;
  const { tx, model, context, options } = session;
  const values = change.after ?? change.before ?? {};
  const subject = { workflow, node: null, table: change.table.name, record: change.id, values, starter: null, startedAt: context.now, imported: options.importId !== undefined, data: { trigger: {}, before: change.before, outputs: {} } };
  const now = await loadStepData({ db: tx, model, loaded }, subject);
  const then = change.before === null ? null : await loadStepData({ db: tx, model, loaded }, { ...subject, values: change.before });
  const write: ObservedWrite = {
    ...observed,
    holdsNow: (rule) => holds(rule, now.data, context),
    heldBefore: (rule) => then !== null && holds(rule, then.data, context),
  };
  return onWrite(trigger, write);
}

async function wakeWatchers(session: WriteSession, change: Change, loaded: LoadedRecords): Promise<void> {
  const { tx, model, context } = session;
  const { table, id, after } = change;
  if (!after || !(await tx.get(sql`SELECT 1 AS found FROM relata_watch WHERE table_name = ${table.name}`))) return;
  const references = Object.values(table.fields).flatMap((field) => (typeof after[field.name] === 'string' ? [{ name: field.name, value: after[field.name] as string }] : []));
  const ids = [id, ...references.map(({ value }) => value)];
  const list = tx.dialect.typed({ text: '?', params: [tx.dialect.listParam(ids)] }, 'list');
  const watches = await tx.all<{ run_id: string; seq: number; kind: string; record_id: string; reference: string | null; rule: string }>(
    sql`SELECT * FROM relata_watch WHERE table_name = ${table.name} AND ${tx.dialect.inList(sql`record_id`, list)}`,
  );
  for (const watch of watches) {
    const fits = watch.kind === 'changed' ? watch.record_id === id : references.some(({ name, value }) => name === watch.reference && value === watch.record_id);
    if (!fits) continue;
    const rule = JSON.parse(watch.rule) as Rule;
    const paths = pathsOf(rule);
    const data = paths.some((path) => path.includes('.')) ? await loadRuleData({ db: tx, model, table, values: after, paths, loaded }) : toRuleData(table, after);
    if (!holds(rule, data, context)) continue;
    await tx.run(sql`DELETE FROM relata_watch WHERE run_id = ${watch.run_id} AND seq = ${watch.seq}`);
    await wakeStep(tx, `step:${watch.run_id}:${watch.seq}`, { table: table.name, id }, context.now);
  }
}

/** A run about a record that is gone has nothing left to do, unless the deletion is what it is about. */
async function callOff(session: WriteSession, { table, id }: Change): Promise<void> {
  const { tx, workspace, context } = session;
  const rows = await tx.all<Record<string, string | number | null>>(sql`SELECT * FROM relata_run WHERE table_name = ${table.name} AND record_id = ${id} AND (state IN ('running', 'waiting') OR (state = 'failed' AND finished_at IS NULL))`);
  if (rows.length === 0) return;
  const stage = { workspace, tx, now: context.now, calendar: await businessCalendar(workspace.database, workspace.model.settings.timeZone, tx) };
  for (const run of asRuns(tx.vault, rows)) {
    // The run that deletes its own record ends by itself.
    if (run.id === session.options.cause?.run) continue;
    await endRun(stage, run, 'cancelled', { 'zh-CN': '记录已删除', en: 'The record was deleted' });
  }
}
