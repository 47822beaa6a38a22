/**
 * What the clock sets off. Schedules and dates are looked for from where the last look ended, so downtime is caught up; each occurrence
 * is a row of its own, so it is set off once, whoever looks. Records are found by one query a workflow, never one by one.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { AppModel } from '#engine/model/app-model.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import { readPath } from '#engine/rules/evaluate.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { fromLocal } from '#engine/rules/time.ts';
import { type BusinessCalendar, shiftMoment } from '#engine/workflows/calendar.ts';
import { occurrences } from '#engine/workflows/cron.ts';
import { parameterValues, type WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { LATEST_DAYS } from '#engine/workflows/limits.ts';
import type { DurationUnit } from '#engine/workflows/settings.ts';
import type { TimeWatch } from '#engine/workflows/trigger-type.ts';
import { triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { bindVariables } from '#engine/workflows/variable-paths.ts';
import { businessCalendar } from '../calendar.ts';
import { living, rootScope, type SqlScope } from '../db/access-sql.ts';
import type { Queryable } from '../db/database.ts';
import { pathToSql } from '../db/path-to-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import { and, column, ident, raw, type Sql, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { startRun } from './start-run.ts';

const DAY_MS = 86_400_000;
/** Set off this much after its moment, it is called late. */
const LATE_MS = 10 * 60_000;
/** Runs a transaction. */
const BATCH = 100;
/** Records one occurrence takes up; more wait for the next. */
const MOST_SWEPT = 100_000;
/** Dates are looked for from the last look that was noted; noting each would write every quarter of a minute. */
const NOTE_EVERY_MS = 10 * 60_000;

type DateWatch = Extract<TimeWatch, { kind: 'date' }>;
type ScheduleWatch = Extract<TimeWatch, { kind: 'schedule' }>;

export const later = (moment: string, ms: number): string => new Date(Date.parse(moment) + ms).toISOString();

/** Workflows that the clock may set off, each with what to look for. */
export function timedWorkflows(model: AppModel): { readonly workflow: WorkflowDefinition; readonly watch: TimeWatch }[] {
  return Object.values(model.workflows).flatMap((workflow) => {
    const watch = workflow.disabled ? undefined : triggerTypeOf(workflow.trigger).onTime?.(workflow.trigger);
    return watch ? [{ workflow, watch }] : [];
  });
}

/** Answers how many runs were set off. */
export async function lookAtClock(workspace: Workspace): Promise<number> {
  const { database, model } = workspace;
  const now = workspace.now();
  const known = new Map((await database.all<{ workflow: string; looked_at: string; signature: string | null }>(sql`SELECT workflow, looked_at, signature FROM relata_schedule`)).map((row) => [row.workflow, row]));
  const timed = timedWorkflows(model);
  // One that is switched off or gone begins anew when it comes back: what fell due meanwhile is not made up.
  for (const name of known.keys()) {
    if (!timed.some(({ workflow }) => workflow.name === name)) await database.transaction((tx) => tx.run(sql`DELETE FROM relata_schedule WHERE workflow = ${name}`));
  }
  let started = 0;
  for (const { workflow, watch } of timed) {
    const last = known.get(workflow.name);
    const signature = signatureOf(watch);
    try {
      // Another schedule than at the last look: what it would have done before is nobody's wish.
      if (last === undefined || last.signature !== signature) await noteLook(workspace, workflow.name, { now, signature });
      else {
        // A clock that was ahead must not keep it still until that day.
        const look = { since: last.looked_at < now ? last.looked_at : now, now, signature };
        started += watch.kind === 'schedule' ? await followSchedule(workspace, workflow, watch, look) : await followDates(workspace, workflow, watch, look);
      }
    } catch (error) {
      // One that cannot be looked for keeps none of the others back; it is tried again at the next look.
      workspace.log.error({ err: error, workflow: workflow.name }, 'a timed workflow could not be looked for');
    }
  }
  return started;
}

/** What says when it is due; which records it takes up may change without a new beginning. */
function signatureOf(watch: TimeWatch): string {
  return JSON.stringify(watch.kind === 'schedule' ? [watch.cron, watch.timeZone ?? null, watch.table] : [watch.table, watch.path, watch.offset, watch.before, watch.at ?? null]);
}

async function noteLook(workspace: Workspace, name: string, { now, signature }: Pick<Look, 'now' | 'signature'>, dropped = 0): Promise<void> {
  await workspace.database.transaction((tx) =>
    tx.run(sql`INSERT INTO relata_schedule (workflow, looked_at, dropped, signature) VALUES (${name}, ${now}, ${dropped}, ${signature})
      ON CONFLICT (workflow) DO UPDATE SET looked_at = ${now}, dropped = relata_schedule.dropped + ${dropped}, signature = ${signature}`),
  );
}

interface Look {
  /** The last look. */
  readonly since: string;
  readonly now: string;
  readonly signature: string;
}

async function followSchedule(workspace: Workspace, workflow: WorkflowDefinition, watch: ScheduleWatch, { since, now, signature }: Look): Promise<number> {
  const timeZone = watch.timeZone ?? workspace.model.settings.timeZone;
  const earliest = later(now, -LATEST_DAYS * DAY_MS);
  const all = occurrences(watch.cron, { from: since, to: now, timeZone });
  if (all.length === 0) return 0;
  const inTime = all.filter(({ at }) => at >= earliest);
  const due = watch.catchUp === 'all' ? inTime : watch.catchUp === 'last' ? inTime.slice(-1) : inTime.filter(({ at }) => at > later(now, -LATE_MS)).slice(-1);
  let started = 0;
  for (const { at, local } of due) {
    const trigger = { due: at, late: Date.parse(now) - Date.parse(at) > LATE_MS };
    if (watch.table === null) {
      started += await workspace.database.transaction(async (tx) => ((await startRun({ workspace, tx, workflow, record: null, starter: null, trigger, occurrence: local, at: now })) === null ? 0 : 1));
    } else started += await sweep(workspace, workflow, watch, { at, local, trigger, now });
  }
  await noteLook(workspace, workflow.name, { now, signature }, all.length - due.length);
  return started;
}

interface Sweep {
  readonly at: string;
  readonly local: string;
  readonly trigger: { readonly due: string; readonly late: boolean };
  readonly now: string;
}

/** Every record the filter finds and that has not had its run: one query, then runs in batches between which others get their turn. */
async function sweep(workspace: Workspace, workflow: WorkflowDefinition, watch: ScheduleWatch, { at, local, trigger, now }: Sweep): Promise<number> {
  const table = String(watch.table);
  const found = await sweepRecords(workspace, workspace.database, { workflow, watch, at, local, limit: MOST_SWEPT });
  let started = 0;
  for (let start = 0; start < found.length; start += BATCH) {
    started += await workspace.database.transaction(async (tx) => {
      let count = 0;
      for (const { id, key } of found.slice(start, start + BATCH)) if ((await startRun({ workspace, tx, workflow, record: { table, id }, starter: null, trigger, occurrence: key, at: now })) !== null) count += 1;
      return count;
    });
    await breathe();
  }
  return started;
}

export interface SweepRequest {
  readonly workflow: WorkflowDefinition;
  readonly watch: ScheduleWatch;
  /** The moment it is about: `$today` and `$now` of the filter. */
  readonly at: string;
  readonly local: string;
  readonly limit: number;
}

export async function sweepRecords(workspace: Workspace, db: Queryable, { workflow, watch, at, local, limit }: SweepRequest): Promise<{ id: string; key: string }[]> {
  const scope = trustedScope(workspace, db, String(watch.table));
  const id = column('t0', 'id');
  const once = watch.once === undefined ? sql`${local}` : sql`coalesce(CAST(${pathToSql(scope, watch.once).sql} AS TEXT), '')`;
  const key = sql`${id} || ' ' || ${once}`;
  return db.all<{ id: string; key: string }>(
    sql`SELECT ${id} AS id, ${key} AS ${ident('key')} FROM ${ident(scope.table.name)} ${ident('t0')} WHERE ${and([living(scope), filterSql(workflow, watch.filter, scope)])}
      AND NOT EXISTS (SELECT 1 FROM relata_occurrence WHERE workflow = ${workflow.name} AND relata_occurrence.key = ${key}) LIMIT ${raw(String(limit))}`,
    contextAt(workspace, at),
  );
}

export function trustedScope(workspace: Workspace, db: Queryable, name: string): SqlScope {
  const table = workspace.model.tables[name];
  if (!table) throw new Error(`No table ${name}`);
  return rootScope(workspace.model, db.dialect, table, null);
}

export function contextAt(workspace: Workspace, at: string): RuleContext {
  return { ...contextOf(workspace, systemActor), now: at };
}

/** The filter with the workflow's parameters as constants. */
export function boundFilter(workflow: WorkflowDefinition, filter: Rule | undefined): Rule {
  const data = { $params: parameterValues(workflow) } as never;
  return bindVariables(filter ?? true, (path) => readPath(data, path));
}

export function filterSql(workflow: WorkflowDefinition, filter: Rule | undefined, scope: SqlScope): Sql {
  const bound = boundFilter(workflow, filter);
  return bound === true ? sql`1 = 1` : ruleCondition(bound, scope);
}

export interface DueDate {
  readonly id: string;
  /** The moment it falls due. */
  readonly due: string;
  readonly key: string;
}

/**
 * Dates that fall due after `from` up to `to` and have not had their run. A record changed since the last look counts too when its
 * moment has passed within a day: who plans something for in ten minutes wants the reminder of half an hour before at once.
 */
async function followDates(workspace: Workspace, workflow: WorkflowDefinition, watch: DateWatch, { since, now, signature }: Look): Promise<number> {
  const from = later(now, -LATEST_DAYS * DAY_MS);
  const calendar = await businessCalendar(workspace.database, workspace.model.settings.timeZone);
  let started = 0;
  for (;;) {
    const due = await datesDue(workspace, workspace.database, { workflow, watch, from, to: now, since, calendar, limit: BATCH, done: false });
    if (due.length === 0) break;
    const count = await workspace.database.transaction(async (tx) => {
      let own = 0;
      for (const { id, due: at, key } of due) {
        const trigger = { due: at, late: Date.parse(now) - Date.parse(at) > LATE_MS };
        if ((await startRun({ workspace, tx, workflow, record: { table: watch.table, id }, starter: null, trigger, occurrence: key, at: now })) !== null) own += 1;
      }
      return own;
    });
    started += count;
    await breathe();
    if (due.length < BATCH || count === 0) break;
  }
  const tooLate = since < from ? await datesDue(workspace, workspace.database, { workflow, watch, from: since, to: from, since, calendar, limit: MOST_SWEPT, done: false }) : [];
  if (Date.parse(now) - Date.parse(since) >= NOTE_EVERY_MS) await noteLook(workspace, workflow.name, { now, signature }, tooLate.length);
  return started;
}

export interface DatesRequest {
  readonly workflow: WorkflowDefinition;
  readonly watch: DateWatch;
  readonly from: string;
  readonly to: string;
  /** The last look; null: all that falls into the time counts. */
  readonly since: string | null;
  readonly calendar: BusinessCalendar;
  readonly limit: number;
  /** Those that have had their run are shown too. */
  readonly done: boolean;
}

/** Between a date and its shifted self there may lie a month's end, or weekends and a holiday week. */
const SLACK_MS: Readonly<Partial<Record<DurationUnit, number>>> = { minute: DAY_MS, hour: DAY_MS, day: 2 * DAY_MS, week: 2 * DAY_MS, month: 4 * DAY_MS };
const MOST_SLACK_MS = 16 * DAY_MS;

export async function datesDue(workspace: Workspace, db: Queryable, { workflow, watch, from, to, since, calendar, limit, done }: DatesRequest): Promise<DueDate[]> {
  const { timeZone } = workspace.model.settings;
  const scope = trustedScope(workspace, db, watch.table);
  const value = pathToSql(scope, watch.path);
  const { amount, unit, at } = offsetOf(workflow, watch);
  const slack = SLACK_MS[unit] ?? MOST_SLACK_MS;
  const bound = (moment: string, slack: number): string => {
    const shifted = later(shiftMoment(moment, -amount, unit, calendar), slack);
    return value.kind === 'date' ? shifted.slice(0, 10) : shifted;
  };
  const id = column('t0', 'id');
  const key = sql`${id} || ' ' || ${value.sql}`;
  const open = done ? sql`1 = 1` : sql`NOT EXISTS (SELECT 1 FROM relata_occurrence WHERE workflow = ${workflow.name} AND relata_occurrence.key = ${key})`;
  const rows = await db.all<{ id: string; value: string; key: string; updated_at: string }>(
    sql`SELECT ${id} AS id, ${value.sql} AS value, ${key} AS ${ident('key')}, ${column('t0', 'updated_at')} AS updated_at FROM ${ident(scope.table.name)} ${ident('t0')}
      WHERE ${and([living(scope), filterSql(workflow, watch.filter, scope)])} AND ${value.sql} >= ${bound(from, -slack)} AND ${value.sql} <= ${bound(to, slack)}
      AND (${since === null ? sql`1 = 1` : sql`${value.sql} >= ${bound(since, -slack)} OR ${column('t0', 'updated_at')} >= ${since}`}) AND ${open}
      ORDER BY ${value.sql} LIMIT ${raw(String(limit * 20))}`,
    contextAt(workspace, to),
  );
  const recent = later(to, -DAY_MS);
  return rows
    .map((row) => ({ ...row, due: shiftMoment(row.value.length === 10 ? fromLocal(`${row.value}T${at}:00`, timeZone) : row.value, amount, unit, calendar) }))
    .filter(({ due, updated_at }) => due > from && due <= to && (since === null || due > since || (updated_at >= since && due > recent)))
    .slice(0, limit)
    .map(({ id: record, due, key: known }) => ({ id: record, due, key: known }));
}

/** How far the moment lies from the date: negative before it. */
export function offsetOf(workflow: WorkflowDefinition, { offset, before, at }: DateWatch): { readonly amount: number; readonly unit: DurationUnit; readonly at: string } {
  const data = { $params: parameterValues(workflow) } as never;
  const constant = (value: unknown): unknown => (value !== null && typeof value === 'object' && 'var' in value ? readPath(data, String((value as { var: unknown }).var)) : value);
  const many = Number(constant(offset?.amount) ?? 0);
  const time = constant(at);
  return { amount: before ? -many || 0 : many, unit: offset?.unit ?? 'day', at: typeof time === 'string' && /^\d{2}:\d{2}$/.test(time) ? time : '09:00' };
}
