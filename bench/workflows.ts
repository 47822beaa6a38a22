/**
 * What workflows cost: `node dist/bench/workflows.js`, or as part of `npm run bench`. With BENCH_DATABASE_URL on PostgreSQL.
 * Dormancy is looked for over a million customers; steps are executed one transaction each while another user reads.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { insertRow } from '#server/db/row-codec.ts';
import { sql } from '#server/db/sql.ts';
import { readDefinitions } from '#server/definitions/read-template.ts';
import { openWorkspace, type OpenWorkspace } from '#server/open-workspace.ts';
import { findRecords } from '#server/records/find-records.ts';
import { sweepRecords } from '#server/workflows/clock.ts';
import { startRun } from '#server/workflows/start-run.ts';
import { runDue } from '#server/workflows/worker.ts';

const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000);
const TIMERS = Number(process.env.BENCH_TIMERS ?? 10_000);
const READ_EVERY_MS = 20;
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const label = { 'zh-CN': '流程', en: 'Workflow' };

/** A record changed, a timer, a record changed: two durable writes and one wait a run. */
const timed: WorkflowDefinition = {
  name: 'bench_timer',
  label,
  trigger: { type: 'called', table: 'customer', next: 'hold' },
  nodes: [
    { name: 'hold', type: 'wait', for: { amount: 1, unit: 'minute' }, next: { done: 'mark' } },
    { name: 'mark', type: 'update', values: { remark: 'timer' } },
  ],
};

const now = '2026-11-22T03:00:00.000Z';

async function fill(workspace: OpenWorkspace): Promise<void> {
  const table = workspace.model.tables.customer as TableModel;
  const created = Date.parse('2025-01-01T00:00:00.000Z');
  for (let start = 0; start < CUSTOMERS; start += 20_000) {
    await workspace.database.transaction(async (tx) => {
      for (let n = start; n < Math.min(CUSTOMERS, start + 20_000); n++) {
        // Follow-ups spread over two years; of a thousand a few fall due in the next fortnight.
        const last = new Date(Date.parse(now) - ((n * 7919) % 730) * 86_400_000 * 0.25).toISOString();
        const at = new Date(created + n).toISOString();
        const due = new Date(Date.parse(last) + 183 * 86_400_000).toISOString().slice(0, 10);
        const values = {
          id: uuidv7(), version: 1, owner: null, created_at: at, updated_at: at, customer_no: `C${n}`, name: `客户${n}`, nature: 'ordinary', customer_type: 'potential', status: n % 50 === 0 ? 'dormant' : 'active',
          locked: n % 200 === 0, last_followup_at: last, dormant_due_on: due, open_opp_count: n % 3 === 0 ? 1 : 0, active_contract_count: 0,
        } as Record<string, Json>;
        await tx.insert(insertRow(table, values, tx));
      }
    });
  }
}

/** Milliseconds of reads, each asked for every 20 ms, while `work` runs. */
async function whileReading(workspace: OpenWorkspace, work: () => Promise<unknown>): Promise<{ seconds: number; p95: number; worst: number }> {
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
  await work();
  const seconds = (performance.now() - started) / 1000;
  isOver = true;
  await reader;
  times.sort((a, b) => a - b);
  return { seconds, p95: times[Math.floor(times.length * 0.95)] ?? 0, worst: times.at(-1) ?? 0 };
}

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'relata-bench-'));
  const crm = await readDefinitions(join(process.cwd(), 'templates', 'crm'));
  const dormancy = crm.workflows?.find(({ name }) => name === 'dormancy');
  // Only the workflow measured: the others would listen to the same records.
  const definitions: Definitions = { ...crm, workflows: [...(dormancy ? [dormancy] : []), timed] };
  let moment = now;
  const workspace = await openWorkspace({ dataDir: dir, databaseUrl: process.env.BENCH_DATABASE_URL, template: async () => ({ definitions, samples: {} }), sampleData: false, log: pino({ level: 'error' }), now: () => moment });
  try {
    let started = performance.now();
    await fill(workspace);
    print(`${CUSTOMERS} customers filled in ${((performance.now() - started) / 1000).toFixed(0)} s`);
    await sweep(workspace);

    const { items } = { items: await workspace.database.all<{ id: string }>(sql`SELECT id FROM customer LIMIT ${TIMERS}`) };
    started = performance.now();
    const workflow = workspace.model.workflows.bench_timer as WorkflowDefinition;
    await workspace.database.transaction(async (tx) => {
      for (const { id } of items) await startRun({ workspace, tx, workflow, record: { table: 'customer', id }, starter: null, at: moment });
    });
    const first = await whileReading(workspace, () => runDue(workspace));
    print(`steps: ${(items.length / first.seconds).toFixed(0)} a second (${items.length} steps to their timers, one durable transaction each); readers' p95 ${first.p95.toFixed(0)} ms, worst ${first.worst.toFixed(0)} ms`);
    moment = new Date(Date.parse(moment) + 61_000).toISOString();
    const drained = await whileReading(workspace, () => runDue(workspace));
    print(`${items.length} timers due at once, each with a record to change: drained in ${drained.seconds.toFixed(1)} s (${((items.length * 2) / drained.seconds).toFixed(0)} steps a second); readers' p95 ${drained.p95.toFixed(0)} ms, worst ${drained.worst.toFixed(0)} ms`);
    const done = await workspace.database.get<{ count: number }>(sql`SELECT count(*) AS count FROM relata_run WHERE state = 'done'`);
    if (Number(done?.count) !== items.length) throw new Error(`Only ${String(done?.count)} runs are done`);
  } finally {
    await workspace.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Every customer the dormancy workflow would take up, by its own query; the count of the table is what any query must at least do. */
async function sweep(workspace: OpenWorkspace): Promise<void> {
  const workflow = workspace.model.workflows.dormancy as WorkflowDefinition;
  const watch = triggerTypeOf(workflow.trigger).onTime?.(workflow.trigger);
  if (watch?.kind !== 'schedule') throw new Error('Dormancy runs on a schedule.');
  let started = performance.now();
  await workspace.database.get(sql`SELECT count(*) AS count FROM customer WHERE remark IS NOT NULL`);
  const floor = (performance.now() - started) / 1000;
  started = performance.now();
  const found = await sweepRecords(workspace, workspace.database, { workflow, watch, at: workspace.now(), local: '2026-11-22T01:00', limit: CUSTOMERS });
  const seconds = (performance.now() - started) / 1000;
  print(`dormancy over ${CUSTOMERS} customers: ${seconds.toFixed(2)} s, ${found.length} found (reading every row once: ${floor.toFixed(2)} s)`);
}

await main();
