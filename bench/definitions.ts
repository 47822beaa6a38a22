/**
 * What a change of definitions costs on a large table while others read: `node dist/bench/definitions.js`, or as part of
 * `npm run bench`. With BENCH_DATABASE_URL on PostgreSQL. Readers run in the same process, so a blocked loop shows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Definitions, FieldDefinition } from '#engine/model/definitions.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { insertRow } from '#server/db/row-codec.ts';
import { planDefinitions } from '#server/definitions/plan.ts';
import { isStaleModel } from '#server/definitions/stale-model.ts';
import { liveDefinitions } from '#server/definitions/store.ts';
import { undoPublication } from '#server/definitions/undo.ts';
import { openWorkspace, type OpenWorkspace } from '#server/open-workspace.ts';
import { findRecords } from '#server/records/find-records.ts';
import { benchApp, benchRow } from './bench-app.ts';

const ROWS = Number(process.env.BENCH_ROWS ?? 100_000);
const READ_EVERY_MS = 20;
const label = { 'zh-CN': '新字段', en: 'New field' };

async function fill(workspace: OpenWorkspace): Promise<void> {
  const table = workspace.model.tables.customer as TableModel;
  const now = workspace.now();
  await workspace.database.transaction(async (tx) => {
    for (let n = 0; n < ROWS; n++) {
      const values = { ...benchRow(n), id: uuidv7(), version: 1, owner: null, created_at: now, updated_at: now } as Record<string, Json>;
      await tx.insert(insertRow(table, values, tx));
    }
  });
}

/** Milliseconds of reads, each asked for every 20 ms, while `work` runs; waiting for the event loop counts. */
async function whileReading(workspace: OpenWorkspace, work: () => Promise<unknown>): Promise<{ live: number; seconds: number; p95: number; worst: number; reads: number }> {
  let isOver = false;
  const times: number[] = [];
  const reader = (async () => {
    for (let due = performance.now(); !isOver; due = Math.max(due + READ_EVERY_MS, performance.now())) {
      await sleep(Math.max(0, due - performance.now()));
      const read = () => findRecords(workspace, systemActor, 'customer', { limit: 50 });
      // As the server does for a request that began with the old definitions.
      await read().catch((error: unknown) => (isStaleModel(error) ? workspace.follow().then(read) : Promise.reject(error as Error)));
      times.push(performance.now() - due);
    }
  })();
  const started = performance.now();
  const version = workspace.definitionsVersion;
  let live = 0;
  const watch = setInterval(() => {
    if (live === 0 && workspace.definitionsVersion !== version) live = (performance.now() - started) / 1000;
  }, 5);
  await work();
  clearInterval(watch);
  const seconds = (performance.now() - started) / 1000;
  isOver = true;
  await reader;
  times.sort((a, b) => a - b);
  return { live: live || seconds, seconds, p95: times[Math.floor(times.length * 0.95)] ?? 0, worst: times.at(-1) ?? 0, reads: times.length };
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'relata-bench-'));
  const workspace = await openWorkspace({ dataDir, databaseUrl: process.env.BENCH_DATABASE_URL, template: async () => ({ definitions: benchApp, samples: {} }), sampleData: false, log: pino({ level: 'error' }) });
  try {
    await fill(workspace);
    const publish = async (definitions: Definitions, more: object = {}) => {
      const live = await liveDefinitions(workspace.database);
      const plan = await planDefinitions(workspace, { definitions, ...more });
      return workspace.publish({ definitions, base: live?.version ?? 0, hash: plan.hash, confirm: plan.confirm, by: 'system', note: '', ...more });
    };
    const customer = (change: (fields: FieldDefinition[]) => FieldDefinition[]): Definitions => ({ ...benchApp, tables: benchApp.tables.map((table) => (table.name === 'customer' ? { ...table, fields: change([...table.fields]) } : table)) });
    const retyped = (name: string, field: Record<string, unknown>): Definitions => customer((fields) => fields.map((own) => (own.name === name ? ({ name, label: own.label, ...field } as FieldDefinition) : own)));
    const cases: readonly [string, string, () => Promise<unknown>][] = [
      ['label renamed', '<= 1', () => publish(customer((fields) => fields.map((own) => (own.name === 'employees' ? { ...own, label } : own))))],
      ['field added', '<= 1', () => publish(customer((fields) => [...fields, { name: 'fresh', label, type: 'text' }]))],
      ['text to number', '<= 20', () => publish(retyped('remark', { type: 'integer' }))],
      ['taken back', '<= 20', async () => publish((await undoPublication(workspace.database, workspace.definitionsVersion)).definitions, await undoPublication(workspace.database, workspace.definitionsVersion))],
      ['number to text', '<= 20', () => publish(retyped('employees', { type: 'text' }))],
      ['searched name to long text', '<= 20', () => publish(retyped('short_name', { type: 'longText', searchable: true }))],
    ];
    for (const [name, asked, work] of cases) {
      const { live, seconds, p95, worst, reads } = await whileReading(workspace, work);
      process.stdout.write(`${name.padEnd(28)} ${ROWS} records: live after ${live.toFixed(2).padStart(6)} s (asked ${asked}), search after ${seconds.toFixed(2)} s   readers p95 ${p95.toFixed(0).padStart(4)} ms (asked <= 500), worst ${worst.toFixed(0)} ms of ${reads}\n`);
    }
  } finally {
    await workspace.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await main();
