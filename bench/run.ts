/**
 * Speed as ratios against a floor measured in the same run: `npm run bench`. Reads first, then writes (new rows change what
 * a page reads); each figure is the median of three rounds, floor and product in turn.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { pino } from 'pino';
import { systemActor } from '#engine/permissions/actor.ts';
import { sql } from '#server/db/sql.ts';
import { openWorkspace, type OpenWorkspace } from '#server/open-workspace.ts';
import { createRecord } from '#server/records/create-record.ts';
import { writeSession } from '#server/records/write-session.ts';
import { openSession } from '#server/session/sessions.ts';
import { benchApp, benchRow } from './bench-app.ts';
import { importCsv } from './import-csv.ts';
import { loadRaw } from './raw-loader.ts';

const ROWS = Number(process.env.BENCH_ROWS ?? 100_000);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const CONNECTIONS = 10;
const FLOOR_PORT = 4801;
const PRODUCT_PORT = 4802;

const open = (dataDir: string): Promise<OpenWorkspace> => openWorkspace({ dataDir, template: async () => ({ definitions: benchApp, samples: {} }), sampleData: false, log: pino({ level: 'error' }) });
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'relata-bench-'));
  try {
    const { imported, raw, owner, token } = await importBench(dir);
    report('import, rows/s', ROWS / imported, ROWS / raw, 0.4);
    await requestBench(dir, owner, token);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The product imports a CSV through its own pipeline; the raw loader writes the same rows into an equal empty file. */
async function importBench(dir: string): Promise<{ imported: number; raw: number; owner: string; token: string }> {
  const dataDir = join(dir, 'product');
  const workspace = await open(dataDir);
  const boss = await writeSession(workspace, systemActor, (session) => createRecord(session, 'user', { name: 'Boss', login: 'boss', roles: ['salesperson'], active: true }));
  const owner = await writeSession(workspace, systemActor, (session) => createRecord(session, 'user', { name: 'Sales', login: 'sales', roles: ['salesperson'], superior: boss, active: true }));
  await workspace.close();
  copyFileSync(join(dataDir, 'relata.db'), join(dir, 'raw.db'));
  const again = await open(dataDir);
  const imported = await importCsv(again, again.directory.actor(owner), ROWS);
  const token = await again.database.transaction((tx) => openSession(tx, owner, again.now(), 'bench'));
  await again.close();
  const raw = loadRaw(join(dir, 'raw.db'), ROWS, owner);
  return { imported, raw, owner, token };
}

async function requestBench(dir: string, owner: string, token: string): Promise<void> {
  const file = join(dir, 'product', 'relata.db');
  const workspace = await open(join(dir, 'product'));
  const ids = (await workspace.database.all<{ id: string }>(sql`SELECT id FROM customer WHERE owner = ${owner} ORDER BY _rid LIMIT 100000`)).map((row) => row.id);
  await workspace.close();
  copyFileSync(file, join(dir, 'floor.db'));
  const floor = await start('floor', [join(dir, 'floor.db'), String(FLOOR_PORT)]);
  const product = await start('product', [join(dir, 'product'), String(PRODUCT_PORT)]);
  try {
    const some = Array.from({ length: 400 }, (_, i) => ids[(i * 7919) % ids.length] as string);
    const cookie = { cookie: `relata_session=${token}` };
    // As a person looks for one company: by a part of its name that few others have.
    const searches = [11, 2011, 7011, 9011, 15_011].map((n) => encodeURIComponent(String(benchRow(n).name).slice(0, 5)));
    const table = '/api/tables/customer/records';
    const memory = process.platform === 'linux' ? await residentMegabytes(product.pid ?? 0) : 0;
    const cases: readonly { name: string; least: number; floor: readonly autocannon.Request[]; product: readonly autocannon.Request[] }[] = [
      { name: 'get, req/s', least: 0.5, floor: some.map((id) => ({ path: `/records/${id}` })), product: some.map((id) => ({ path: `${table}/${id}`, headers: cookie })) },
      { name: 'list of 50, req/s', least: 0.5, floor: [{ path: '/records' }], product: [{ path: `${table}?limit=50`, headers: cookie }] },
      { name: 'name search, req/s', least: 20, floor: searches.map((text) => ({ path: `/records?search=${text}` })), product: searches.map((text) => ({ path: `${table}?search=${text}&limit=50`, headers: cookie })) },
      {
        name: 'save, req/s',
        least: 0.4,
        floor: [saving(some, (id) => `/records/${id}`, {})],
        product: [saving(some, (id) => `${table}/${id}`, { ...cookie, 'if-match': '*' })],
      },
    ];
    for (const one of cases) {
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        theirs.push(await rate(FLOOR_PORT, one.floor));
        ours.push(await rate(PRODUCT_PORT, one.product));
      }
      report(one.name, median(ours), median(theirs), one.least);
    }
    print(`server memory before load: ${memory} MB`);
  } finally {
    floor.kill();
    product.kill();
  }
}

let saved = 0;

/** Every request changes another record to a value it never had: a save that changes nothing would be no save. */
function saving(ids: readonly string[], path: (id: string) => string, headers: Record<string, string>): autocannon.Request {
  return {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/json' },
    setupRequest: (request) => {
      saved += 1;
      return { ...request, path: path(ids[saved % ids.length] as string), body: JSON.stringify({ remark: `note ${saved}`, employees: saved % 5000 }) };
    },
  };
}

async function residentMegabytes(pid: number): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

async function rate(port: number, requests: readonly autocannon.Request[]): Promise<number> {
  const result = await autocannon({ url: `http://127.0.0.1:${port}`, connections: CONNECTIONS, duration: SECONDS, requests: [...requests] });
  if (result.non2xx > 0 || result.errors > 0) {
    const [first] = requests;
    const response = await fetch(`http://127.0.0.1:${port}${first?.path ?? ''}`, { headers: first?.headers as Record<string, string> });
    throw new Error(`${result.non2xx} answers were not 2xx, ${result.errors} errors, on port ${port}; asked again: ${response.status} ${(await response.text()).slice(0, 300)}`);
  }
  return result.requests.average;
}

function start(name: string, args: readonly string[]): Promise<ChildProcess> {
  const child = fork(new URL(`./${name}.js`, import.meta.url), [...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.on('message', () => resolve(child));
    child.on('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

function report(name: string, ours: number, floor: number, least: number): void {
  const ratio = ours / floor;
  print(`${name.padEnd(22)} product ${ours.toFixed(0).padStart(7)}   floor ${floor.toFixed(0).padStart(7)}   ratio ${ratio.toFixed(2).padStart(6)}   asked ${least}${ratio >= least ? '' : '   BELOW'}`);
}

await main();
