/** When the clock will take a record up if nothing changes, and why: each condition as it will stand that day, and what decides it. */
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { rollupSettings } from '#engine/model/computed.ts';
import { pathsOf } from '#engine/rules/check.ts';
import { resolvePath } from '#engine/rules/paths.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { toLocalDateTime } from '#engine/rules/time.ts';
import { occurrences } from '#engine/workflows/cron.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { RecordForecast } from '#engine/workflows/reports.ts';
import type { TimeWatch } from '#engine/workflows/trigger-type.ts';
import { wordsFor } from '#engine/workflows/words.ts';
import { businessCalendar } from '../calendar.ts';
import { livingAndReadable, rootScope, visibleColumn } from '../db/access-sql.ts';
import { pathToSql } from '../db/path-to-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import { and, column, ident, raw, sql } from '../db/sql.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, atLeast, type TableAccess } from '#engine/permissions/authorize.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { boundFilter, contextAt, datesDue, later, timedWorkflows, trustedScope } from './clock.ts';

const HORIZON_MS = 731 * 86_400_000;
/** Looks at every day of two years at most. */
const MOST_LOOKS = 731;

/** Of workflows the clock sets off for single records of this table, and whose rule the reader may know. */
export async function forecasts(workspace: Workspace, actor: Actor, table: string, id: string): Promise<RecordForecast[]> {
  const { model } = workspace;
  const result: RecordForecast[] = [];
  for (const { workflow, watch } of timedWorkflows(model)) {
    if (watch.table !== table || !mayKnow(model, actor, table, watch)) continue;
    const due = watch.kind === 'date' ? await dateDue(workspace, workflow, watch, id) : await scheduleDue(workspace, workflow, watch, id);
    const filter = boundFilter(workflow, watch.filter);
    result.push({
      workflow: workflow.name,
      label: workflow.label,
      due,
      conditions: await conditionsAt(workspace, workflow, table, id, filter, due ?? workspace.now()),
      because: await reasons(workspace, actor, model.tables[table] as TableModel, id, [...pathsOf(filter), ...(watch.kind === 'date' ? [watch.path] : watch.once === undefined ? [] : [watch.once])]),
    });
  }
  return result;
}

function mayKnow(model: AppModel, actor: Actor, table: string, watch: TimeWatch): boolean {
  const read = [...pathsOf(watch.filter), ...(watch.kind === 'date' ? [watch.path] : watch.once === undefined ? [] : [watch.once])];
  return read.every((path) => {
    const resolved = resolvePath(model.tables, table, path);
    return typeof resolved === 'object' && [...resolved.hops, resolved.field].every((field) => isAlwaysRead(accessTo(model.tables[field.table] as TableModel, actor), field));
  });
}

/** On every row the reader may see: a condition must not tell of a value that is hidden or masked on this one. */
function isAlwaysRead(access: TableAccess, field: FieldModel): boolean {
  return access.read.length > 0 && access.read.every((grant) => atLeast(grant.right(field), 'read'));
}

async function holdsFor(workspace: Workspace, table: string, id: string, rule: Rule, at: string): Promise<boolean> {
  if (rule === true) return true;
  const { database } = workspace;
  const scope = trustedScope(workspace, database, table);
  const row = await database.get(sql`SELECT 1 AS found FROM ${ident(table)} ${ident('t0')} WHERE ${column('t0', 'id')} = ${id} AND (${ruleCondition(rule, scope)})`, contextAt(workspace, at));
  return row !== undefined;
}

async function scheduleDue(workspace: Workspace, workflow: WorkflowDefinition, watch: Extract<TimeWatch, { kind: 'schedule' }>, id: string): Promise<string | null> {
  const now = workspace.now();
  const timeZone = watch.timeZone ?? workspace.model.settings.timeZone;
  const filter = boundFilter(workflow, watch.filter);
  if (!(await isStillOpen(workspace, workflow, watch, id))) return null;
  // A rule that does not read the clock holds at the next occurrence or never.
  const looks = JSON.stringify(filter).includes('$today') || JSON.stringify(filter).includes('$now') || readsClock(workspace.model.tables[String(watch.table)], filter) ? MOST_LOOKS : 1;
  // Whatever it does several times a day, a day is what people ask for.
  const cron = watch.cron.trim().split(/\s+/)[1] === '*' ? '0 0 * * *' : watch.cron;
  for (const { at } of occurrences(cron, { from: now, to: later(now, HORIZON_MS), timeZone, most: looks })) if (await holdsFor(workspace, String(watch.table), id, filter, at)) return at;
  return null;
}

function readsClock(table: TableModel | undefined, filter: Rule): boolean {
  return pathsOf(filter).some((path) => table?.fields[path]?.computed?.mode === 'query') || JSON.stringify(filter).includes('inPeriod');
}

/** The value it is taken up once for has not had its run yet. */
async function isStillOpen(workspace: Workspace, workflow: WorkflowDefinition, watch: Extract<TimeWatch, { kind: 'schedule' }>, id: string): Promise<boolean> {
  if (watch.once === undefined) return true;
  const { database } = workspace;
  const value = pathToSql(trustedScope(workspace, database, String(watch.table)), watch.once).sql;
  const row = await database.get<{ value: string | null }>(sql`SELECT CAST(${value} AS TEXT) AS value FROM ${ident(String(watch.table))} ${ident('t0')} WHERE ${column('t0', 'id')} = ${id}`, contextAt(workspace, workspace.now()));
  return (await database.get(sql`SELECT 1 AS found FROM relata_occurrence WHERE workflow = ${workflow.name} AND key = ${`${id} ${row?.value ?? ''}`}`)) === undefined;
}

async function dateDue(workspace: Workspace, workflow: WorkflowDefinition, watch: Extract<TimeWatch, { kind: 'date' }>, id: string): Promise<string | null> {
  const now = workspace.now();
  const calendar = await businessCalendar(workspace.database, workspace.model.settings.timeZone);
  const own: Rule = { and: [{ '==': [{ var: 'id' }, id] }, watch.filter ?? true] };
  const due = await datesDue(workspace, workspace.database, { workflow, watch: { ...watch, filter: own }, from: now, to: later(now, HORIZON_MS), since: null, calendar, limit: 1, done: false });
  return due[0]?.due ?? null;
}

async function conditionsAt(workspace: Workspace, workflow: WorkflowDefinition, table: string, id: string, filter: Rule, at: string): Promise<RecordForecast['conditions']> {
  const words = wordsFor(workspace.model, workflow);
  const parts: readonly Rule[] = filter !== null && typeof filter === 'object' && 'and' in filter ? ((filter as { and: readonly Rule[] }).and ?? []) : filter === true ? [] : [filter];
  const conditions: { text: RecordForecast['conditions'][number]['text']; holds: boolean }[] = [];
  for (const part of parts) conditions.push({ text: words.rule(part, table), holds: await holdsFor(workspace, table, id, part, at) });
  return conditions;
}

/** Fields the rule reads, and behind them the child whose value a roll-up took. */
async function reasons(workspace: Workspace, actor: Actor, table: TableModel, id: string, paths: readonly string[]): Promise<RecordForecast['because']> {
  const { model, database } = workspace;
  const names = new Set<string>();
  const open = paths.map((path) => path.split('.')[0] ?? '');
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    for (const read of table.fields[name]?.computed?.rule === undefined ? [] : (table.fields[name]?.computed?.reads ?? [])) open.push(read.split('.')[0] ?? '');
  }
  const because: { label: FieldModel['label']; value: string; record: RecordForecast['because'][number]['record'] }[] = [];
  for (const name of names) {
    const field = table.fields[name];
    if (!field?.computed || field.computed.rule !== undefined || !isAlwaysRead(accessTo(table, actor), field)) continue;
    const { table: of, field: reference, function: kind, of: path, filter } = rollupSettings(field);
    const child = model.tables[of];
    if (!child || path === undefined || (kind !== 'max' && kind !== 'min')) continue;
    const scope = rootScope(model, database.dialect, child, actor);
    const value = pathToSql(scope, path).sql;
    const where = and([livingAndReadable(scope), sql`${column('t0', reference)} = ${id}`, ...(filter === undefined ? [] : [ruleCondition(filter as Rule, scope)])]);
    const row = await database.get<{ id: string; title: string | null; value: string | number | null }>(
      sql`SELECT ${column('t0', 'id')} AS id, ${visibleColumn(scope, child.fields[child.titleField] as FieldModel, child.titleField)} AS title, ${value} AS value FROM ${ident(of)} ${ident('t0')} WHERE ${where} ORDER BY ${value} ${raw(database.dialect.nullsOrder(kind === 'max' ? 'desc' : 'asc'))} LIMIT 1`,
      contextOf(workspace, actor),
    );
    const text = row?.value ?? null;
    const shown = typeof text === 'string' && text.length > 10 && text[10] === 'T' ? toLocalDateTime(text, model.settings.timeZone).slice(0, 16).replace('T', ' ') : String(text ?? '');
    because.push({ label: field.label, value: shown, record: row ? { table: of, id: row.id, title: row.title ?? '' } : null });
  }
  return because;
}

