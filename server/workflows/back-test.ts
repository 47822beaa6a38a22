/**
 * What a workflow would have taken up over the past year: its trigger, and the conditions right after it, held against the recorded
 * history. Writes come from the audit, dates and schedules from records as they stood day by day. Nothing is written, nobody is held up.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { toRuleData } from '#engine/records/record-rules.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import { holds } from '#engine/rules/evaluate.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { addToDate, fromLocal, toLocalDate } from '#engine/rules/time.ts';
import { type Occurrence, occurrences } from '#engine/workflows/cron.ts';
import { shiftMoment } from '#engine/workflows/calendar.ts';
import { parameterValues, type WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { graphOf } from '#engine/workflows/graph.ts';
import type { BackTestReport } from '#engine/workflows/reports.ts';
import type { Branch } from '#engine/workflows/settings.ts';
import type { ObservedWrite, TimeWatch } from '#engine/workflows/trigger-type.ts';
import { triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { businessCalendar } from '../calendar.ts';
import type { Row } from '../db/database.ts';
import { decodeRow } from '../db/row-codec.ts';
import { type FieldChange, openChanges } from '../records/audit.ts';
import { ident, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { boundFilter, offsetOf } from './clock.ts';
import { loadPast, type PastRecord, turningPoints, valuesAt } from './past-records.ts';
import { named } from './record-names.ts';

const MOST_HITS = 500;
const MOST_RECORDS = 20_000;
const MOST_EVENTS = 200_000;
const BATCH = 200;
const MOST_MS = 60_000;

interface Hit {
  readonly at: string;
  readonly id: string | null;
  readonly port: string | null;
}

interface Trial {
  readonly workspace: Workspace;
  readonly model: AppModel;
  readonly workflow: WorkflowDefinition;
  readonly from: string;
  readonly to: string;
  readonly hits: Hit[];
  readonly notes: Label[];
}

export async function backTest(workspace: Workspace, { model, workflow }: { model: AppModel; workflow: WorkflowDefinition }, fromDay?: string): Promise<BackTestReport> {
  const { timeZone } = model.settings;
  const to = workspace.now();
  const from = fromLocal(fromDay ?? addToDate(toLocalDate(to, timeZone), -1, 'year'), timeZone);
  const trial: Trial = { workspace, model, workflow, from, to, hits: [], notes: [] };
  const type = triggerTypeOf(workflow.trigger);
  const watch = type.onTime?.(workflow.trigger);
  const name = type.table(workflow.trigger);
  const table = name === null ? undefined : model.tables[name];
  if (type.onWrite && table) await overWrites(trial, table);
  else if (watch?.kind === 'schedule' && !table) {
    for (const { at } of occurrences(watch.cron, { from, to, timeZone: watch.timeZone ?? timeZone })) trial.hits.push({ at, id: null, port: null });
  } else if (watch && table) await overDays(trial, table, watch);
  else trial.notes.push({ 'zh-CN': '这种触发没有可以回放的历史（按钮、Webhook、子流程）', en: 'This trigger has no history to look back at (a button, a webhook, another workflow)' });
  return report(trial, name);
}

async function report({ workspace, hits, notes, from, to, model }: Trial, table: string | null): Promise<BackTestReport> {
  hits.sort((a, b) => (a.at < b.at ? -1 : 1));
  const shown = hits.slice(0, MOST_HITS);
  const records = await named(workspace, workspace.database, shown.map(({ id }) => (id !== null && table !== null ? { table, id } : null)));
  const months = new Map<string, number>();
  for (const { at } of hits) {
    const month = toLocalDate(at, model.settings.timeZone).slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + 1);
  }
  return {
    from,
    to,
    records: new Set(hits.flatMap(({ id }) => (id === null ? [] : [id]))).size,
    times: hits.length,
    byMonth: [...months].sort().map(([month, times]) => ({ month, times })),
    hits: shown.map(({ at, port }, i) => ({ at, record: records[i] ?? null, port })),
    notes,
  };
}

/** Conditions right after the trigger decide which way it would have gone. */
function portOf({ workflow }: Trial, data: Readonly<Record<string, Json>>, context: RuleContext): string | null {
  const graph = graphOf(workflow);
  const node = graph.first === null ? undefined : graph.node(graph.first);
  if (!node) return null;
  const decide = DECIDERS[node.type as keyof typeof DECIDERS];
  return decide ? decide(node, (rule) => holds(rule, data, context)) : null;
}

const DECIDERS: Readonly<Record<string, (node: Readonly<Record<string, unknown>>, fits: (rule: Rule) => boolean) => string>> = {
  condition: (node, fits) => (fits(node.rule as Rule) ? 'yes' : 'no'),
  switch: (node, fits) => (node.branches as Branch[]).find(({ rule }) => fits(rule ?? true))?.name ?? 'otherwise',
};

const contextAt = ({ workspace }: Trial, at: string): RuleContext => ({ ...contextOf(workspace, systemActor), now: at });

/** The audit read backwards: each record's values go back with it, so before and after are known at every change. */
async function overWrites(trial: Trial, table: TableModel): Promise<void> {
  const { workspace, workflow, from } = trial;
  const { database } = workspace;
  const params = { $params: parameterValues(workflow) as Json };
  const state = new Map<string, Record<string, Json>>();
  let before = Number.MAX_SAFE_INTEGER;
  let seen = 0;
  for (;;) {
    const rows = await database.all<{ seq: number; at: string; record_id: string; action: string; changes: unknown }>(
      sql`SELECT seq, at, record_id, action, changes FROM relata_audit WHERE table_name = ${table.name} AND seq < ${before} AND at >= ${from} ORDER BY seq DESC LIMIT ${BATCH}`,
    );
    for (const { at, record_id: id, action, changes } of rows) {
      if (!state.has(id)) {
        const row = await database.get<Row>(sql`SELECT * FROM ${ident(table.name)} WHERE "id" = ${id}`);
        state.set(id, row ? decodeRow(table, row, database.vault) : {});
      }
      const after = state.get(id) as Record<string, Json>;
      const noted: unknown = typeof changes === 'string' ? JSON.parse(changes) : changes;
      if (!Array.isArray(noted)) continue;
      const list = openChanges(database.vault, table.name, id, noted as FieldChange[]);
      const was: Record<string, Json> = { ...after };
      for (const change of list) {
        after[change.field] = change.after;
        was[change.field] = change.before;
      }
      const then = contextAt(trial, at);
      const data = { ...toRuleData(table, after), ...params, $record: { ...toRuleData(table, after), id }, $before: { ...toRuleData(table, was), id } } as Record<string, Json>;
      const write: ObservedWrite = {
        action: action === 'create' ? 'create' : action === 'delete' ? 'delete' : 'update',
        changed: new Set(list.map(({ field }) => field)),
        form: undefined,
        holdsNow: (rule) => holds(rule, data, then),
        heldBefore: (rule) => action !== 'create' && holds(rule, { ...toRuleData(table, was), ...params }, then),
      };
      if (action !== 'restore' && action !== 'purge' && triggerTypeOf(workflow.trigger).onWrite?.(workflow.trigger, write)) trial.hits.push({ at, id, port: portOf(trial, data, then) });
      state.set(id, was);
    }
    seen += rows.length;
    before = Number(rows.at(-1)?.seq ?? 0);
    if (rows.length < BATCH) break;
    if (seen >= MOST_EVENTS) {
      trial.notes.push({ 'zh-CN': `只看了最近 ${MOST_EVENTS} 次修改`, en: `Only the latest ${MOST_EVENTS} changes were looked at` });
      break;
    }
    await breathe();
  }
  const first = await database.get<{ at: string | null }>(sql`SELECT min(at) AS at FROM relata_audit WHERE table_name = ${table.name}`);
  if (first?.at && first.at > from) trial.notes.push({ 'zh-CN': `修改记录从 ${toLocalDate(first.at, trial.model.settings.timeZone)} 开始`, en: `Changes are recorded since ${toLocalDate(first.at, trial.model.settings.timeZone)}` });
}

async function overDays(trial: Trial, table: TableModel, watch: TimeWatch): Promise<void> {
  const { workspace, model } = trial;
  const { database } = workspace;
  const times = watch.kind === 'schedule' ? occurrences(watch.cron, { from: trial.from, to: trial.to, timeZone: watch.timeZone ?? model.settings.timeZone }) : [];
  let last = '';
  let seen = 0;
  const until = Date.now() + MOST_MS;
  for (;;) {
    const rows = await database.all<{ id: string }>(sql`SELECT "id" FROM ${ident(table.name)} WHERE "deleted_at" IS NULL AND "id" > ${last} ORDER BY "id" LIMIT ${BATCH}`);
    if (rows.length === 0) break;
    last = rows.at(-1)?.id ?? '';
    for (const record of await loadPast(database, model, table, rows.map(({ id }) => id))) {
      if (watch.kind === 'schedule') bySchedule(trial, table, record, watch, times);
      else await byDate(trial, table, record, watch);
      await breathe();
      if (Date.now() > until) {
        trial.notes.push({ 'zh-CN': `已用完 ${MOST_MS / 1000} 秒，只看了部分记录`, en: `Stopped after ${MOST_MS / 1000} seconds: only part of the records were looked at` });
        return;
      }
    }
    seen += rows.length;
    if (seen >= MOST_RECORDS) {
      trial.notes.push({ 'zh-CN': `记录太多，只看了 ${MOST_RECORDS} 条`, en: `Too many records: only ${MOST_RECORDS} were looked at` });
      break;
    }
  }
}

function bySchedule(trial: Trial, table: TableModel, record: PastRecord, watch: Extract<TimeWatch, { kind: 'schedule' }>, times: readonly Occurrence[]): void {
  const filter = boundFilter(trial.workflow, watch.filter);
  const points = turningPoints(record);
  let next = 0;
  let data: Record<string, Json> | null = null;
  let done: string | null = null;
  const created = String(record.now.created_at);
  const began = points[0] !== undefined && points[0] < created ? points[0] : created;
  for (const { at } of times) {
    if (at < began) continue;
    const context = contextAt(trial, at);
    // Stored values stay as they are between two turning points; what depends on today does not, but only rules read it.
    const isTurned = data === null || (points[next] !== undefined && (points[next] as string) <= at);
    while (points[next] !== undefined && (points[next] as string) <= at) next += 1;
    if (isTurned || readsToday(table)) data = valuesAt(trial.model, table, record, context);
    if (!holds(filter, data as Record<string, Json>, context)) continue;
    const key = watch.once === undefined ? at : String((data as Record<string, Json>)[watch.once] ?? '');
    if (key === done) continue;
    done = key;
    trial.hits.push({ at, id: record.id, port: portOf(trial, data as Record<string, Json>, context) });
  }
}

const todayReaders = new WeakMap<TableModel, boolean>();
function readsToday(table: TableModel): boolean {
  let reads = todayReaders.get(table);
  if (reads === undefined) todayReaders.set(table, (reads = Object.values(table.fields).some((field) => field.computed?.mode === 'query')));
  return reads;
}

async function byDate(trial: Trial, table: TableModel, record: PastRecord, watch: Extract<TimeWatch, { kind: 'date' }>): Promise<void> {
  const { workspace, workflow, model, from, to } = trial;
  const { timeZone } = model.settings;
  const calendar = await businessCalendar(workspace.database, timeZone);
  const { amount, unit, at: time } = offsetOf(workflow, watch);
  const seen = new Set<string>();
  // The date may have been moved: each value it had is looked at, at the moment it would have fallen due.
  const dates = [record.now, ...record.undo.map(({ at }) => valuesAt(model, table, record, contextAt(trial, new Date(Date.parse(at) - 1).toISOString())))].map((values) => toRuleData(table, values)[watch.path]);
  for (const date of dates) {
    if (typeof date !== 'string' || seen.has(date)) continue;
    seen.add(date);
    const due = shiftMoment(date.length === 10 ? fromLocal(`${date}T${time}:00`, timeZone) : date, amount, unit, calendar);
    if (due <= from || due > to) continue;
    const context = contextAt(trial, due);
    const data = valuesAt(model, table, record, context);
    if (data[watch.path] !== date || !holds(boundFilter(workflow, watch.filter), data, context)) continue;
    trial.hits.push({ at: due, id: record.id, port: portOf(trial, data, context) });
  }
}
