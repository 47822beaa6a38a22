/** What a node may do to the world, inside the transaction of its step. In a trial everything that would leave it is noted instead. */
import { AppError, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { type FieldModel, optionsOf, type TableModel } from '#engine/model/app-model.ts';
import { holds } from '#engine/rules/evaluate.ts';
import { checkRule, pathsOf } from '#engine/rules/check.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import { elevated } from '#engine/permissions/actor.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { graphOf } from '#engine/workflows/graph.ts';
import { MOST_NOTICES, MOST_REQUESTS, MOST_WRITES } from '#engine/workflows/limits.ts';
import type { RecordRef } from '#engine/workflows/node-type.ts';
import type { DeliveryResult, WatchedEvent, WorkflowServices } from '#engine/workflows/services.ts';
import { living, readableRows, rootScope, type SqlScope } from '../db/access-sql.ts';
import { pathToSql } from '../db/path-to-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import type { Transaction } from '../db/database.ts';
import { and, bind, column, ident, join, raw, sql, type Sql } from '../db/sql.ts';
import { absentOn } from '../notices/preferences.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { queueRequest } from '../outbox/queue.ts';
import { createRecord } from '../records/create-record.ts';
import { countPointing } from '../records/count-pointing.ts';
import { deleteRecord } from '../records/delete-record.ts';
import { knownTo } from '../records/find-records.ts';
import { loadRecord, loadRuleData } from '../records/rule-data.ts';
import { loadForWrite, updateRecord } from '../records/update-record.ts';
import type { WriteSession } from '../records/write-session.ts';
import { chartShot } from './chart-shot.ts';
import { closeApproval, queueApproval } from './approvals.ts';
import type { Run, Step } from './runs.ts';
import type { Stage } from './stage.ts';
import { startRun } from './start-run.ts';

export interface ServiceRequest {
  readonly stage: Stage;
  readonly session: WriteSession;
  readonly workflow: WorkflowDefinition;
  /** Null inside a save: nothing may wait there. */
  readonly run: Run | null;
  readonly step: Step | null;
  readonly node: string;
  readonly record: RecordRef | null;
  readonly starter: string | null;
}

const COUNT_CAP = 10_000;

export function createServices(request: ServiceRequest): WorkflowServices {
  const { stage, session, workflow, run, step, node } = request;
  const { tx, workspace, now, trial } = stage;
  const { model } = workspace;
  const key = `step:${run?.id ?? ''}:${step?.seq ?? 0}`;
  const tableOf = (name: string): TableModel => {
    const table = Object.hasOwn(model.tables, name) ? model.tables[name] : undefined;
    if (!table) throw new AppError('not_found', { 'zh-CN': `没有表“${name}”`, en: `There is no table "${name}"` });
    return table;
  };
  const scopeOf = (table: string): SqlScope => rootScope(model, tx.dialect, tableOf(table), session.actor);
  const matching = (scope: SqlScope, filter: Rule): Sql => and([living(scope), readableRows(scope), ...(filter === true ? [] : [ruleCondition(filter, scope)])]);
  /** A rule that somebody wrote into a record is checked as the filter of a list is. */
  const withKept = (table: string, filter: Rule, also: Json | undefined): Rule => {
    if (also === undefined || also === true) return filter;
    if (also === null || also === '') return false;
    const { issues } = checkRule(also, { tables: model.tables, table, path: '/filter', target: 'sql', knows: knownTo(model, session.actor) });
    if (issues.length > 0) throw new AppError('validation_failed', { 'zh-CN': '记录里的条件有误', en: 'The rule in the record is wrong' }, issues);
    return { and: [filter, also as Rule] };
  };
  const from = (scope: SqlScope): Sql => sql`${ident(scope.table.name)} ${ident('t0')}`;
  const mayWrite = (): void => {
    if (session.written.length >= MOST_WRITES) throw limit(`一步最多修改 ${MOST_WRITES} 条记录`, `A step changes at most ${MOST_WRITES} records`);
  };

  return {
    random: () => Math.random(),
    async find(table, filter, { sort = [], limit: most, also }) {
      const scope = scopeOf(table);
      const where = matching(scope, withKept(table, filter, also));
      const order = sort.map((name) => sql`${pathToSql(scope, name.replace(/^-/, '')).sql} ${raw(tx.dialect.nullsOrder(name.startsWith('-') ? 'desc' : 'asc'))}`);
      const rows = await tx.all<{ id: string }>(sql`SELECT ${column('t0', 'id')} AS id FROM ${from(scope)} WHERE ${where} ORDER BY ${join([...order, raw('"t0"."_rid"')], ', ')} LIMIT ${raw(String(most))}`, session.context);
      if (rows.length < most) return { ids: rows.map((row) => row.id), count: rows.length };
      const counted = await tx.get<{ count: number }>(sql`SELECT count(*) AS count FROM (SELECT 1 FROM ${from(scope)} WHERE ${where} LIMIT ${raw(String(COUNT_CAP))}) AS counted`, session.context);
      return { ids: rows.map((row) => row.id), count: Number(counted?.count ?? 0) };
    },
    async aggregate(table, filter, measure) {
      const scope = scopeOf(table);
      const path = measure.field === undefined ? null : pathToSql(scope, measure.field);
      const value = path === null ? raw('count(*)') : sql`${raw(measure.function)}(${path.scale === 0 ? path.sql : tx.dialect.unscale(path.sql, path.scale)})`;
      const row = await tx.get<{ value: number | string | null }>(sql`SELECT ${value} AS value FROM ${from(scope)} WHERE ${matching(scope, withKept(table, filter, measure.also))}`, session.context);
      return row?.value === null || row?.value === undefined ? null : Number(row.value);
    },
    async rank(table, filter, { by, ties, field }) {
      const scope = scopeOf(table);
      const path = pathToSql(scope, by);
      const value = path.scale === 0 ? path.sql : tx.dialect.unscale(path.sql, path.scale);
      const order = ties.map((name) => sql`, ${pathToSql(scope, name.replace(/^-/, '')).sql} ${raw(tx.dialect.nullsOrder(name.startsWith('-') ? 'desc' : 'asc'))}`);
      const rows = await tx.all<{ id: string; value: number | string | null; current: string | null }>(
        sql`SELECT ${column('t0', 'id')} AS "id", ${value} AS "value", ${column('t0', field)} AS "current" FROM ${from(scope)} WHERE ${matching(scope, filter)} ORDER BY "value" ${raw(tx.dialect.nullsOrder('desc'))}${join(order, '')}, "t0"."_rid"`,
        session.context,
      );
      const options = optionsOf(tableOf(table).fields[field] as FieldModel).filter((option) => !option.retired).map((option) => option.value);
      return { ranked: rows.map((row) => ({ id: row.id, value: Number(row.value ?? 0), current: row.current })), options };
    },
    async create(table, values) {
      mayWrite();
      return createRecord(session, table, withoutBlank(values));
    },
    async update(record, values, { readOnlyToo = false } = {}) {
      mayWrite();
      const own: WriteSession = readOnlyToo ? { ...session, actor: { ...session.actor, writesReadOnly: true } } : session;
      await updateRecord(own, record.table, record.id, values, { numbersMayBeGiven: true });
      session.hasChanged ||= own.hasChanged;
    },
    async remove(record, { changeIsEnough = false } = {}) {
      mayWrite();
      if (changeIsEnough) await loadForWrite(session, record.table, record.id, 'update');
      await deleteRecord(changeIsEnough ? { ...session, actor: elevated(session.actor) } : session, record.table, record.id);
    },
    async readChart(chart, user) {
      const { actor } = session;
      // Who runs with somebody's rights does not borrow another one's eyes.
      if (user !== null && user !== actor.userId && !actor.unrestricted) throw new AppError('forbidden', { 'zh-CN': '以发起人权限执行的流程不能以他人的视角读取图表', en: 'A workflow that runs with somebody’s rights may not read a chart as another person sees it' });
      return chartShot(workspace, user === null ? actor : workspace.directory.actor(user), chart);
    },
    pointing: (record, except) => countPointing({ model, tx }, record, except),
    async setFields(values) {
      if (!request.record) return;
      await updateRecord(session, request.record.table, request.record.id, values, { numbersMayBeGiven: true });
    },
    async notify(notice) {
      if (trial) {
        const names = notice.to.map((id) => workspace.directory.user(id)?.name ?? id);
        trial.effects.push({ kind: 'notice', node, at: now, to: names, title: notice.title, body: notice.body ?? null });
        return;
      }
      const urgent = notice.urgent || workflow.urgent === true;
      await allowed('notices', MOST_NOTICES, notice.to.length);
      const isLate = run?.data.trigger.late === true;
      const batch = run?.data.batch;
      const to = batch === undefined ? notice.to : await firstOfBatch(tx, { batch: `${batch}/${workflow.name}`, to: notice.to });
      const by = batch === undefined ? (run?.id ?? null) : `${batch}/${workflow.name}`;
      await queueNotices(tx, workspace, { ...notice, to, urgent, workflow: workflow.name, run: by, at: now, mandatory: workflow.mandatory === true, ...(isLate && { late: true }) });
    },
    async request(outgoing) {
      if (trial) {
        const { status, body } = trial.response;
        trial.effects.push({ kind: 'request', node, at: now, method: outgoing.method, url: outgoing.url, body: outgoing.body });
        const result: DeliveryResult = { ok: status >= 200 && status < 300, status, body, error: null };
        trial.answers.set(key, result as unknown as Json);
        return key;
      }
      await allowed('requests', MOST_REQUESTS, 1);
      await queueRequest(tx, { request: outgoing, run: run?.id ?? null, wakeKey: key, at: now });
      return key;
    },
    async askApproval(approval) {
      if (trial) {
        const names = approval.approvers.map((id) => workspace.directory.user(id)?.name ?? id);
        trial.effects.push({ kind: 'approval', node, at: now, to: names, title: approval.title, decided: trial.decide });
        trial.answers.set(key, approval.approvers.map((by) => ({ by, decision: trial.decide, comment: '', asked: approval.approvers.length })));
        return key;
      }
      if (run && step) await queueApproval(stage, { approval, run, step, workflow });
      return key;
    },
    async closeApproval() {
      if (run && step && !trial) await closeApproval(tx, run.id, step.seq, now);
    },
    async start(name, record, inputs) {
      const other = model.workflows[name];
      if (!other || other.disabled) return null;
      if (trial) trial.answers.set(key, 'done');
      if (trial) return key;
      const id = await startRun({ workspace, tx, workflow: other, record, starter: request.starter, cause: session.options.cause, trigger: inputs, wakeKey: key, at: now, ...(run && { priority: run.priority }) });
      // One without a node is over before anybody waits for it.
      return id === null ? null : graphOf(other).first === null ? '' : key;
    },
    async watch(event) {
      if (trial?.events === 'happen' || (event.kind === 'changed' && (await holdsNow(event)))) return '';
      if (run && step && !trial) {
        const { record } = event;
        const of = event.kind === 'related' ? { table: event.table, reference: event.reference } : { table: record.table, reference: null };
        await tx.run(sql`DELETE FROM relata_watch WHERE run_id = ${run.id} AND seq = ${step.seq}`);
        await tx.run(sql`INSERT INTO relata_watch (run_id, seq, kind, table_name, record_id, reference, rule) VALUES (${run.id}, ${step.seq}, ${event.kind}, ${of.table}, ${record.id}, ${of.reference}, ${JSON.stringify(event.rule)})`);
      }
      return key;
    },
    async nextTurn(name) {
      const counter = `workflow/${workflow.name}/${name}`;
      const row = await tx.get<{ value: number }>(sql`SELECT value FROM relata_counter WHERE key = ${counter}`);
      const turn = Number(row?.value ?? 0);
      await tx.run(sql`INSERT INTO relata_counter (key, value) VALUES (${counter}, ${turn + 1}) ON CONFLICT (key) DO UPDATE SET value = ${turn + 1}`);
      return turn;
    },
    absent: (users) => absentOn(tx, users, toLocalDate(now, model.settings.timeZone)),
    async load(users, table, filter, field) {
      const scope = scopeOf(table);
      const list = tx.dialect.typed(bind(tx.dialect.listParam([...users])), 'list');
      const owner = column('t0', field);
      const rows = await tx.all<{ user: string; count: number }>(sql`SELECT ${owner} AS ${ident('user')}, count(*) AS count FROM ${from(scope)} WHERE ${matching(scope, filter)} AND ${tx.dialect.inList(owner, list)} GROUP BY ${owner}`, session.context);
      return Object.fromEntries(rows.map((row) => [row.user, Number(row.count)]));
    },
  };

  async function holdsNow(event: WatchedEvent): Promise<boolean> {
    const table = tableOf(event.record.table);
    const values = await loadRecord(tx, table, event.record.id, session.loaded);
    if (!values) return false;
    return holds(event.rule, await loadRuleData({ db: tx, model, table, values, paths: pathsOf(event.rule), loaded: session.loaded }), session.context);
  }

  /** Counted over the whole run. */
  async function allowed(what: 'notices' | 'requests', most: number, more: number): Promise<void> {
    if (!run) return;
    const table = what === 'notices' ? 'relata_notice' : 'relata_outbox';
    const row = await tx.get<{ count: number }>(sql`SELECT count(*) AS count FROM (SELECT 1 FROM ${ident(table)} WHERE run_id = ${run.id} LIMIT ${raw(String(most + 1))}) AS counted`);
    if (Number(row?.count ?? 0) + more > most) throw what === 'notices' ? limit(`一次运行最多发 ${most} 条通知`, `A run sends at most ${most} notices`) : limit(`一次运行最多发 ${most} 个请求`, `A run sends at most ${most} requests`);
  }
}

/** Of the records of one import everybody hears once: later ones are counted in the text of the first notice. */
async function firstOfBatch(tx: Transaction, { batch, to }: { readonly batch: string; readonly to: readonly string[] }): Promise<string[]> {
  const first: string[] = [];
  for (const user of to) {
    const counter = `notice/${batch}/${user}`;
    const more = Number((await tx.get<{ value: number }>(sql`SELECT value FROM relata_counter WHERE key = ${counter}`))?.value ?? 0);
    await tx.run(sql`INSERT INTO relata_counter (key, value) VALUES (${counter}, 1) ON CONFLICT (key) DO UPDATE SET value = ${more + 1}`);
    const body: Label = { 'zh-CN': `本次导入中另有 ${more} 条记录触发了同样的通知。`, en: `${more} more records of this import gave the same notice.` };
    if (more === 0) first.push(user);
    else await tx.run(sql`UPDATE relata_notice SET body = ${JSON.stringify(body)} WHERE user_id = ${user} AND run_id = ${batch}`);
  }
  return first;
}

/** Nothing is what a form leaves out: defaults are for that. */
function withoutBlank(values: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''));
}

export function limit(zh: string, en: string): AppError {
  const message: Label = { 'zh-CN': zh, en };
  return new AppError('too_large', message, [{ path: '', code: 'governor_limit', message }]);
}
