/**
 * What a dashboard costs: `node dist/bench/dashboards.js`, or as part of `npm run bench`. With BENCH_DATABASE_URL on PostgreSQL. Half a million
 * opportunities and as many follow-ups; one who may read a fortieth of them and one who may read a quarter ask for eight charts, cold (nothing
 * kept) and warm, while somebody else reads a list every 20 ms.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { raw, sql } from '#server/db/sql.ts';
import { readDefinitions } from '#server/definitions/read-template.ts';
import { openWorkspace, type OpenWorkspace } from '#server/open-workspace.ts';
import { createRecord } from '#server/records/create-record.ts';
import { findRecords } from '#server/records/find-records.ts';
import { readDashboard } from '#server/records/read-dashboard.ts';
import { writeSession } from '#server/records/write-session.ts';

const ROWS = Number(process.env.BENCH_ROWS ?? 500_000);
const CUSTOMERS = 20_000;
const PEOPLE = 40;
const READ_EVERY_MS = 20;
const NOW = '2026-11-22T03:00:00.000Z';
const CHARTS = ['funnel', 'forecast', 'win_rate', 'reasons', 'activity_mix', 'cycle', 'stalled', 'efficiency'];
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** The charts of opportunities and follow-ups that the CRM ships, eight of them on one dashboard. */
function measured(crm: Definitions): Definitions {
  const charts = new Map((crm.dashboards ?? []).flatMap(({ cards }) => cards.flatMap(({ chart }): [string, ChartDefinition][] => (chart ? [[chart.name, chart]] : []))));
  const cards = CHARTS.flatMap((name, i) => {
    const chart = charts.get(name);
    if (!chart) throw new Error(`There is no chart ${name}`);
    const { shared: _shared, ...rest } = chart;
    return [{ name, x: 0, y: i, w: 6, h: 1, chart: { ...rest, measures: rest.measures.map(({ shared: _own, ...measure }) => measure) } as ChartDefinition }];
  });
  const { workbench: _home, roles, ...rest } = crm.app;
  const app = { ...rest, roles: roles.map(({ workbench: _begins, ...role }) => role) };
  return { app, tables: crm.tables, dashboards: [{ name: 'measured', label: { 'zh-CN': '测量', en: 'Measured' }, cards }] };
}

async function fill(workspace: OpenWorkspace, people: readonly Actor[]): Promise<void> {
  const isPostgres = workspace.database.dialect.name === 'postgres';
  const numbers = (count: number) => raw(isPostgres ? `generate_series(0, ${count - 1}) AS numbers(n)` : `(WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count - 1}) SELECT n FROM numbers) AS numbers`);
  const pick = (values: readonly string[], by: string) => raw(`CASE ${by} % ${values.length} ${values.map((value, i) => `WHEN ${i} THEN '${value}'`).join(' ')} END`);
  const owner = pick(people.map(({ userId }) => userId), 'n');
  const department = pick(people.map(({ departmentId }) => departmentId ?? ''), 'n');
  const day = (expression: string) => raw(isPostgres ? `to_char(date '2026-11-22' - (${expression})::int, 'YYYY-MM-DD')` : `date('2026-11-22', '-' || (${expression}) || ' days')`);
  const moment = (expression: string, hour: string) => raw(isPostgres ? `to_char(date '2026-11-22' - (${expression})::int, 'YYYY-MM-DD') || 'T${hour}:00:00.000Z'` : `date('2026-11-22', '-' || (${expression}) || ' days') || 'T${hour}:00:00.000Z'`);
  const started = raw(`'2025-01-01T00:00:00.000Z'`);
  await workspace.database.transaction(async (tx) => {
    await tx.run(sql`INSERT INTO customer (id, version, owner, owner_department, created_at, updated_at, customer_no, name, status) SELECT 'c' || n, 1, ${owner}, ${department}, ${started}, ${started}, 'C' || n, 'Customer ' || n, 'active' FROM ${numbers(CUSTOMERS)}`);
    await tx.run(sql`INSERT INTO opportunity (id, version, owner, owner_department, created_at, updated_at, opp_no, name, customer, amount, stage, source, probability, weighted_amount, expected_close, closed_on, result_reason, cycle_days, last_activity_at)
      SELECT 'o' || n, 1, ${owner}, ${department}, ${moment('n % 700 + 30', '02')}, ${moment('n % 30', '02')}, 'O' || n, 'Opportunity ' || n, 'c' || (n % ${raw(String(CUSTOMERS))}), (n % 1000) * 100000, ${pick(['lead', 'intent', 'negotiation', 'won', 'lost'], 'n')}, ${pick(['website', 'referral', 'exhibition'], '(n / 5)')}, 30, (n % 1000) * 30000,
        ${day('n % 360 - 180')}, CASE WHEN n % 5 >= 3 THEN ${day('n % 600')} END, CASE WHEN n % 5 = 4 THEN ${pick(['price', 'product', 'service'], '(n / 5)')} END, CASE WHEN n % 5 >= 3 THEN n % 120 END, ${moment('n % 90', '02')} FROM ${numbers(ROWS)}`);
    await tx.run(sql`INSERT INTO activity (id, version, owner, owner_department, created_at, updated_at, customer, person, method, state, content, entry_late, recorded_at, ${raw('"time__start"')}, ${raw('"time__end"')})
      SELECT 'a' || n, 1, ${owner}, ${department}, ${moment('n % 700', '09')}, ${moment('n % 700', '09')}, 'c' || (n % ${raw(String(CUSTOMERS))}), ${owner}, ${pick(['phone', 'visit', 'email', 'meeting'], 'n')}, 'done', 'x', CASE WHEN n % 9 = 0 THEN 1 ELSE 0 END, ${moment('n % 700', '09')}, ${moment('n % 700', '01')}, ${moment('n % 700', '02')} FROM ${numbers(ROWS)}`);
  });
}

async function whileReading<Of>(workspace: OpenWorkspace, work: () => Promise<Of>): Promise<{ result: Of; seconds: number; p95: number }> {
  let isOver = false;
  const times: number[] = [];
  const reader = (async () => {
    for (let due = performance.now(); !isOver; due = Math.max(due + READ_EVERY_MS, performance.now())) {
      await sleep(Math.max(0, due - performance.now()));
      await findRecords(workspace, systemActor, 'customer', { limit: 50 });
      times.push(performance.now() - due);
    }
  })();
  const started = performance.now();
  const result = await work();
  const seconds = (performance.now() - started) / 1000;
  isOver = true;
  await reader;
  times.sort((a, b) => a - b);
  return { result, seconds, p95: times[Math.floor(times.length * 0.95)] ?? 0 };
}

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'relata-bench-'));
  const definitions = measured(await readDefinitions(join(process.cwd(), 'templates', 'crm')));
  const workspace = await openWorkspace({ dataDir: dir, databaseUrl: process.env.BENCH_DATABASE_URL, template: async () => ({ definitions, samples: {} }), sampleData: false, log: pino({ level: 'error' }), now: () => NOW });
  try {
    const make = (table: string, values: Record<string, string | boolean | string[]>) => writeSession(workspace, systemActor, (session) => createRecord(session, table, values));
    const departments = await Promise.all(['East', 'West', 'North', 'South'].map((name) => make('department', { name })));
    const ids: string[] = [];
    for (let i = 0; i < PEOPLE; i++) ids.push(await make('user', { name: `Person ${i}`, login: `person${i}@example.com`, active: true, roles: [i === 1 ? 'department_manager' : 'salesperson'], department: departments[i % departments.length] as string }));
    const people = ids.map((id) => workspace.directory.actor(id));
    const started = performance.now();
    await fill(workspace, people);
    print(`${ROWS} opportunities and ${ROWS} follow-ups filled in ${((performance.now() - started) / 1000).toFixed(0)} s`);
    for (const [who, actor] of [['a salesperson', people[0]], ['a department manager', people[1]]] as const) {
      const cold = await whileReading(workspace, () => readDashboard(workspace, actor as Actor, 'measured', {}));
      const failed = Object.entries(cold.result.cards).filter(([, card]) => !('chart' in card));
      if (failed.length > 0 || Object.keys(cold.result.cards).length !== CHARTS.length) throw new Error(`Not all charts were read: ${JSON.stringify(failed)}`);
      const read = await workspace.database.get<{ count: number }>(sql`SELECT count(*) AS count FROM opportunity WHERE owner = ${(actor as Actor).userId}`);
      const warm = await whileReading(workspace, () => readDashboard(workspace, actor as Actor, 'measured', {}));
      print(`${CHARTS.length} charts for ${who} (${Number(read?.count)} opportunities of their own): cold ${cold.seconds.toFixed(2)} s, warm ${warm.seconds.toFixed(3)} s; readers' p95 meanwhile ${cold.p95.toFixed(0)} ms`);
    }
  } finally {
    await workspace.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

await main();
