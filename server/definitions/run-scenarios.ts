/**
 * Runs scenarios against definitions in a workspace of their own: a scratch SQLite database that is gone afterwards, a clock that
 * steps move. Nothing of the live workspace is touched; every write goes through the operations that people's writes go through.
 */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { ScenarioResult } from '#engine/changes/plan.ts';
import { laterBy, resolveValue, type Scenario, scenarioIssues, type ScenarioStep, stepsOf } from '#engine/changes/scenario.ts';
import { AppError, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { USUAL_CALENDAR } from '#engine/workflows/calendar.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { saveCalendar } from '../calendar.ts';
import { type OpenWorkspace, openWorkspace } from '../open-workspace.ts';
import { createRecord } from '../records/create-record.ts';
import { deleteRecord } from '../records/delete-record.ts';
import { findRecords } from '../records/find-records.ts';
import { getRecord } from '../records/get-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { sql } from '../db/sql.ts';
import { decide } from '../workflows/approvals.ts';
import { lookAtClock } from '../workflows/clock.ts';
import { press } from '../workflows/manual.ts';
import { passTime } from '../workflows/pass-time.ts';
import { runDue } from '../workflows/worker.ts';

/** One result a scenario, in order; one that is not written as a scenario has failed with the reason. */
export async function runScenarios(definitions: Definitions, scenarios: readonly unknown[]): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  const first = await newFolder();
  try {
    const model = await prepareStore(definitions, first);
    for (const [index, scenario] of scenarios.entries()) {
      const [issue] = scenarioIssues(scenario, '');
      results.push(issue ? malformed(scenario, index, issue.path, issue.message) : await runOne(model, scenario as Scenario, join(first, STORE)));
    }
    return results;
  } finally {
    await rm(first, { recursive: true, force: true });
  }
}

const STORE = 'relata.db';
/** Nothing of a scenario outlives this process. */
const KEYS = [randomBytes(32)];
const SILENT = pino({ level: 'silent' });
const BEFORE_ALL = '2000-01-01T00:00:00.000Z';
const noTemplate = (): never => {
  throw new Error('A prepared store holds its definitions.');
};

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), `relata-scenario-${process.pid}-`));

/** The definitions installed, without a record: done once, and each scenario begins with a copy. */
async function prepareStore(definitions: Definitions, dataDir: string): Promise<AppModel> {
  const workspace = await openWorkspace({ dataDir, template: async () => ({ definitions, samples: {} }), sampleData: false, scratch: true, encryptionKeys: KEYS, log: SILENT, now: () => BEFORE_ALL });
  const { model } = workspace;
  await workspace.close();
  return model;
}

function malformed(scenario: unknown, index: number, path: string, message: Label): ScenarioResult {
  const name = String((scenario as { name?: unknown } | null)?.name ?? index + 1);
  return { name, label: { 'zh-CN': name, en: name }, passed: false, problem: both({ 'zh-CN': `场景写法有误（${path}）`, en: `Not written as a scenario (${path})` }, message) };
}

/** Where a scenario stands: its records by name, its clock. */
interface Stage {
  readonly workspace: OpenWorkspace;
  readonly records: Map<string, { readonly table: string; readonly id: string }>;
  readonly users: Map<string, string>;
  now: string;
}

/** A step went otherwise than the scenario says. */
class Otherwise extends Error {
  readonly label: Label;
  constructor(zh: string, en: string) {
    super(en);
    this.label = { 'zh-CN': zh, en };
  }
}

/** The others are switched off: a scenario of one promise need not live through every day of all. */
function withOnly(model: AppModel, { workflows: names }: Scenario): AppModel {
  if (!names) return model;
  const isInside = ({ trigger }: WorkflowDefinition): boolean => trigger.inside === true;
  const workflows = Object.entries(model.workflows).map(([name, workflow]) => [name, names.includes(name) || isInside(workflow) ? workflow : { ...workflow, disabled: true as const }]);
  return { ...model, workflows: Object.fromEntries(workflows) as AppModel['workflows'] };
}

async function runOne(model: AppModel, scenario: Scenario, empty: string): Promise<ScenarioResult> {
  const { name, label } = scenario;
  const dataDir = await newFolder();
  try {
    await copyFile(empty, join(dataDir, STORE));
    const stage = { records: new Map(), users: new Map(), now: scenario.now } as Omit<Stage, 'workspace'>;
    const workspace = await openWorkspace({ dataDir, template: noTemplate, sampleData: false, scratch: true, encryptionKeys: KEYS, prepared: withOnly(model, scenario), log: SILENT, now: () => stage.now });
    try {
      if (scenario.calendar) await setCalendar(workspace, scenario.calendar);
      await lookAtClock(workspace);
      const problem = await firstProblem(Object.assign(stage, { workspace }), scenario);
      return { name, label, passed: problem === undefined, ...(problem && { problem }) };
    } finally {
      await workspace.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function setCalendar({ database }: OpenWorkspace, { from = USUAL_CALENDAR.from, to = USUAL_CALENDAR.to, days = {} }: NonNullable<Scenario['calendar']>): Promise<void> {
  const named = Object.entries(days).map(([day, working]) => ({ day, working, name: day }));
  await saveCalendar(database, { weekdays: USUAL_CALENDAR.weekdays, from, to, days: named }, 'en');
}

async function firstProblem(stage: Stage, scenario: Scenario): Promise<Label | undefined> {
  for (const { step, place } of stepsOf(scenario)) {
    try {
      await runStep(stage, step);
    } catch (error) {
      if (error instanceof Otherwise) return both(place, error.label);
      throw error;
    }
  }
  return undefined;
}

async function runStep(stage: Stage, step: ScenarioStep): Promise<void> {
  if ('advance' in step) {
    await passTime(stage.workspace, (now) => void (stage.now = now), laterBy(stage.now, step.advance));
    return;
  }
  const outcome = await carryOut(stage, step).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    if (error instanceof Otherwise) throw error;
    // A draft may lead the database itself to refuse; that breaks the scenario, not the plan.
    const { message } = error as Error;
    throw new Otherwise(`内部错误：${message}`, `internal error: ${message}`);
  });
  const { refused } = step;
  if (!(outcome instanceof AppError)) {
    if (refused !== undefined) throw new Otherwise('应被拒绝，却成功了', 'should have been refused, but succeeded');
    return;
  }
  const codes = [outcome.code, ...outcome.issues.map((issue) => issue.code)];
  if (refused === undefined || (refused !== true && !codes.includes(refused as (typeof codes)[number]))) throw refusedOtherwise(outcome, refused);
}

function refusedOtherwise({ detail, issues }: AppError, expected: string | true | undefined): Otherwise {
  const told = (locale: keyof Label): string => [detail[locale], ...issues.map(({ path, code, message }) => `${path} ${message[locale]} (${code})`)].join('; ');
  return typeof expected === 'string'
    ? new Otherwise(`应以“${expected}”被拒绝，原因却是：${told('zh-CN')}`, `should have been refused with "${expected}", but the reason was: ${told('en')}`)
    : new Otherwise(`被拒绝：${told('zh-CN')}`, `was refused: ${told('en')}`);
}

/** Then workflows do what is theirs. */
async function carryOut(stage: Stage, step: Exclude<ScenarioStep, { advance: string }>): Promise<void> {
  await doStep(stage, step);
  await runDue(stage.workspace);
}

async function doStep(stage: Stage, step: Exclude<ScenarioStep, { advance: string }>): Promise<void> {
  const { workspace } = stage;
  const actor = await actorOf(stage, step.by);
  if ('create' in step) {
    const id = await writeSession(workspace, actor, (session) => createRecord(session, step.create, resolved(stage, step.values)));
    if (step.as !== undefined) stage.records.set(step.as, { table: step.create, id });
  } else if ('update' in step) {
    const { table, id } = recordOf(stage, step.update);
    await writeSession(workspace, actor, (session) => updateRecord(session, table, id, resolved(stage, step.values)));
  } else if ('delete' in step) {
    const { table, id } = recordOf(stage, step.delete);
    await writeSession(workspace, actor, (session) => deleteRecord(session, table, id));
  } else if ('press' in step) {
    const { refused } = await press(workspace, actor, step.press, [recordOf(stage, step.on).id]);
    const [refusal] = refused;
    if (refusal) throw new AppError('forbidden', refusal.reason);
  } else if ('decide' in step) {
    const asked = await workspace.database.get<{ id: string }>(sql`SELECT id FROM relata_approval WHERE user_id = ${actor.userId} AND state = 'pending' ORDER BY id LIMIT 1`);
    if (!asked) throw new AppError('not_found', { 'zh-CN': '没有等待审批的事项', en: 'Nothing waits for approval' });
    await decide(workspace, actor, asked.id, { decision: step.decide, comment: step.comment ?? '' });
  } else if ('notices' in step) {
    const rows = await workspace.database.all<{ title: string }>(sql`SELECT title FROM relata_notice WHERE user_id = ${actor.userId}`);
    const found = rows.filter(({ title }) => title.includes(step.title ?? '')).length;
    if (found !== step.notices) throw new Otherwise(`应有 ${step.notices} 条通知，实际 ${found} 条`, `should have ${step.notices} notices, but has ${found}`);
  } else if ('expect' in step) {
    await expectValues(stage, actor, step.expect, resolved(stage, step.values));
  } else {
    const filter = step.filter === undefined ? {} : { filter: resolved(stage, step.filter as Json) };
    const found = await findRecords(workspace, actor, step.count, { ...filter, limit: 1, count: true });
    const count = found.count?.value ?? 0;
    if (count !== step.is) throw new Otherwise(`“${step.count}”应有 ${step.is} 条，实际 ${count} 条`, `"${step.count}" should hold ${step.is} records, but holds ${count}`);
  }
}

async function expectValues(stage: Stage, actor: Actor, name: string, values: Readonly<Record<string, Json>>): Promise<void> {
  const { table, id } = recordOf(stage, name);
  const { data } = await getRecord(stage.workspace, actor, table, id);
  for (const [field, expected] of Object.entries(values)) {
    const actual = data[field];
    if (actual === undefined) throw new Otherwise(`${name} 没有可见的字段“${field}”`, `${name} has no field "${field}" that can be seen`);
    if (text(actual) !== text(expected)) throw new Otherwise(`${name} 的“${field}”应为 ${text(expected)}，实际为 ${text(actual)}`, `"${field}" of ${name} should be ${text(expected)}, but is ${text(actual)}`);
  }
}

/** JSON with the keys in one order: a database may give them back in another. */
function text(value: Json): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function resolved<T extends Json>(stage: Stage, value: T): T {
  return resolveValue(value, { idOf: (name) => recordOf(stage, `@${name}`).id, now: stage.now, timeZone: stage.workspace.model.settings.timeZone }) as T;
}

function recordOf(stage: Stage, name: string): { readonly table: string; readonly id: string } {
  const record = stage.records.get(name.slice(1));
  if (!record) throw new Otherwise(`前面没有名为 ${name} 的记录`, `no record before this step is called ${name}`);
  return record;
}

/** A user with only that role, made when first needed; or a user of the scenario; nobody named: a system owner. */
async function actorOf(stage: Stage, named: string | undefined): Promise<Actor> {
  const { workspace, users } = stage;
  const by = named ?? workspace.model.roles.find((role) => role.owner)?.name;
  if (by === undefined) return systemActor;
  if (by.startsWith('@')) return workspace.directory.actor(recordOf(stage, by).id);
  let id = users.get(by);
  if (id === undefined) {
    id = await writeSession(workspace, systemActor, (session) => createRecord(session, 'user', { name: by, login: `${by}@scenario.invalid`, roles: [by], active: true }));
    users.set(by, id);
  }
  return workspace.directory.actor(id);
}

function both(first: Label, then: Label): Label {
  return { 'zh-CN': `${first['zh-CN']}：${then['zh-CN']}`, en: `${first.en}: ${then.en}` };
}
