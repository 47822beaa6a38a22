/** Killed 200 times over 1,000 runs with timers, approvals and webhooks: all finish, records are changed once, calls go out with one id. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { openWorkspace } from '../open-workspace.ts';
import { createRecord } from '../records/create-record.ts';
import { writeSession } from '../records/write-session.ts';
import { type BundledProgram, bundleProgram } from '../testing/bundle-program.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';

const KILLS = 200;
const RUNS = 1000;
const label = (text: string) => ({ 'zh-CN': text, en: text });

function definitions(port: number, approver: string) {
  const workflow: WorkflowDefinition = {
    name: 'order',
    label: label('下单'),
    trigger: { type: 'recordCreated', table: 'thing', next: 'count' },
    nodes: [
      { name: 'count', type: 'update', values: { count: { '+': [{ var: 'count' }, 1] } }, next: { done: 'hold' } },
      { name: 'hold', type: 'wait', for: { amount: 0.01, unit: 'minute' }, next: { done: 'ask' } },
      { name: 'ask', type: 'approval', title: label('{{title}}'), approvers: [{ path: 'approver' }], mode: 'any', next: { approved: 'call' } },
      { name: 'call', type: 'http', method: 'POST', url: `http://127.0.0.1:${port}/{{title}}`, body: '{"count": {{count}}}', next: { done: 'note' } },
      { name: 'note', type: 'create', table: 'note', values: { title: '{{title}}', status: { var: '$call.status' } } },
    ],
  };
  const permissions = { staff: { read: true as const } };
  return {
    approver,
    app: { name: 'kill', label: label('k'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('o'), owner: true as const }, { name: 'staff', label: label('s') }] },
    tables: [
      { name: 'thing', label: label('物'), titleField: 'title', permissions, fields: [{ name: 'title', label: label('名'), type: 'text' }, { name: 'count', label: label('次'), type: 'integer', default: 0 }, { name: 'approver', label: label('批'), type: 'user' }] },
      { name: 'note', label: label('记'), titleField: 'title', permissions, fields: [{ name: 'title', label: label('名'), type: 'text' }, { name: 'status', label: label('状'), type: 'integer' }] },
    ],
    workflows: [workflow],
  };
}

let program: BundledProgram;
beforeAll(async () => {
  program = await bundleProgram('work-and-die');
});
afterAll(() => program.remove());

describe.each(DATABASES)('workflows that are killed on %s', (database) => {
  let workspace: TestWorkspace;
  let approver: string;
  let receiver: Server;
  let host: string;
  /** By the id that goes along: what was called. */
  const calls = new Map<string, string[]>();

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const key = String(request.headers['idempotency-key']);
      calls.set(key, [...(calls.get(key) ?? []), String(request.url)]);
      request.resume();
      request.on('end', () => response.writeHead(201, { 'Content-Type': 'application/json' }).end('{}'));
    });
    await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    host = `127.0.0.1:${port}`;
    const { approver: _, ...app } = definitions(port, '');
    workspace = await openTestWorkspace(database, { definitions: app, now: new Date().toISOString() });
    approver = (await workspace.addUser({ name: '批', roles: ['staff'] })).userId;
    for (let start = 0; start < RUNS; start += 100) {
      await writeSession(workspace, systemActor, async (session) => {
        for (let i = start; i < start + 100; i++) await createRecord(session, 'thing', { title: `t${i}`, approver });
      });
    }
    if (database === 'sqlite') await workspace.database.close();
  });
  afterAll(async () => {
    receiver.close();
    if (database === 'sqlite') rmSync(workspace.dataDir, { recursive: true, force: true });
    else await workspace.close();
  });

  const work = (until: number): Promise<string> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [program.path, workspace.dataDir, workspace.databaseUrl ?? '', String(until), approver, host], { stdio: ['ignore', 'pipe', 'inherit'] });
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      child.on('exit', () => resolve(text));
    });

  it(`finish all ${RUNS} runs after ${KILLS} kills, with every change made once and every call under one id`, async () => {
    let killed = 0;
    for (let i = 0; i < KILLS; i++) {
      // From just after the start to well into the work; a run that got everything done was not killed.
      const text = await work(5 + ((i * 37) % 120));
      if (text === 'finished') break;
      killed += 1;
    }
    expect(await work(0)).toBe('finished');
    const open = await openWorkspace({ dataDir: workspace.dataDir, databaseUrl: workspace.databaseUrl, template: () => Promise.reject(new Error('gone')), sampleData: false, log: workspace.log });
    const db = open.database;
    const runs = await db.all<{ state: string; count: number }>(sql`SELECT state, count(*) AS count FROM relata_run GROUP BY state`);
    const things = await db.all<{ count: number; many: number }>(sql`SELECT count, count(*) AS many FROM thing GROUP BY count`);
    const notes = await db.all<{ many: number }>(sql`SELECT count(*) AS many FROM note GROUP BY title`);
    const steps = await db.get<{ twice: number }>(sql`SELECT count(*) AS twice FROM (SELECT run_id, node FROM relata_step GROUP BY run_id, node HAVING count(*) > 1) AS repeated`);
    await open.close();
    expect(runs.map(({ state, count }) => [state, Number(count)])).toEqual([['done', RUNS]]);
    expect(things.map(({ count, many }) => [Number(count), Number(many)])).toEqual([[1, RUNS]]);
    expect(notes).toHaveLength(RUNS);
    expect(notes.every(({ many }) => Number(many) === 1)).toBe(true);
    expect(Number(steps?.twice)).toBe(0);
    // At least once, always with the same id; more than once only where a process died between sending and noting it.
    expect(calls.size).toBe(RUNS);
    for (const urls of calls.values()) expect(new Set(urls).size).toBe(1);
    expect(new Set([...calls.values()].map(([url]) => url)).size).toBe(RUNS);
    expect([...calls.values()].reduce((sum, urls) => sum + urls.length - 1, 0)).toBeLessThanOrEqual(killed * 16);
    expect(killed).toBe(KILLS);
  }, 900_000);

  // On SQLite a stopped process may hold the one write lock there is, and nobody can take it away.
  if (database === 'postgres') it('are done once by two processes of which one is stopped for a while and goes on', async () => {
    const MORE = 400;
    calls.clear();
    await writeSession(workspace, systemActor, async (session) => {
      for (let i = 0; i < MORE; i++) await createRecord(session, 'thing', { title: `two${i}`, approver });
    });
    const processes = [0, 1].map(() => spawn(process.execPath, [program.path, workspace.dataDir, workspace.databaseUrl ?? '', '0', approver, host], { stdio: ['ignore', 'pipe', 'inherit'] }));
    const ended = processes.map((child) => new Promise<number | null>((resolve) => child.on('exit', resolve)));
    const done = async (): Promise<number> => Number((await workspace.database.get<{ count: number }>(sql`SELECT count(*) AS count FROM relata_run JOIN thing ON thing.id = relata_run.record_id WHERE title LIKE 'two%' AND relata_run.state = 'done'`))?.count);
    while ((await done()) < 5) await sleep(20);
    const [first] = processes;
    first?.kill('SIGSTOP');
    const stoppedAt = Date.now();
    const before = await done();
    // The other takes over, whatever the stopped one holds.
    while ((await done()) < Math.min(MORE, before + 50)) {
      expect(Date.now() - stoppedAt).toBeLessThan(60_000);
      await sleep(100);
    }
    await sleep(Math.max(0, 35_000 - (Date.now() - stoppedAt)));
    first?.kill('SIGCONT');
    expect(await Promise.all(ended)).toEqual([0, 0]);
    expect(await done()).toBe(MORE);
    const things = await workspace.database.all<{ count: number; many: number }>(sql`SELECT count, count(*) AS many FROM thing WHERE title LIKE 'two%' GROUP BY count`);
    expect(things.map(({ count, many }) => [Number(count), Number(many)])).toEqual([[1, MORE]]);
    const notes = await workspace.database.all<{ many: number }>(sql`SELECT count(*) AS many FROM note WHERE title LIKE 'two%' GROUP BY title`);
    expect([notes.length, ...new Set(notes.map(({ many }) => Number(many)))]).toEqual([MORE, 1]);
    const own = [...calls.values()].filter(([url]) => url?.startsWith('/two'));
    expect(own.every((urls) => new Set(urls).size === 1)).toBe(true);
    expect(own).toHaveLength(MORE);
  }, 300_000);
});
