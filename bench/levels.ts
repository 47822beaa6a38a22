/**
 * What permission levels cost a list: `node dist/bench/levels.js`, or as part of `npm run bench`. With BENCH_DATABASE_URL on PostgreSQL.
 * A million customers of 30 fields in a tree of three levels of departments, with ranks, shares and collaborators; the page of 50 that
 * somebody of a level sees, against the same page for the system owner, asked in turn in one run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { insertRow } from '#server/db/row-codec.ts';
import { sql } from '#server/db/sql.ts';
import { openWorkspace, type OpenWorkspace } from '#server/open-workspace.ts';
import { createRecord } from '#server/records/create-record.ts';
import { findRecords } from '#server/records/find-records.ts';
import { writeSession } from '#server/records/write-session.ts';
import { keepCollaborators } from '#server/sharing/collaborators.ts';
import { putShare } from '#server/sharing/shares.ts';
import { benchApp, INDUSTRIES, STAGES } from './bench-app.ts';

const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000);
const ROUNDS = 60;
const REGIONS = 10;
const TEAMS = 100;
const SELLERS = 4;
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const label = (text: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': text, en: text });

const levelled: Definitions = {
  app: { ...benchApp.app, roles: [{ name: 'owner', label: label('owner'), owner: true }, ...[2, 3, 4, 5, 6].map((level) => ({ name: `level${level}`, label: label(`L${level}`), level }))] },
  tables: benchApp.tables.map((table) => {
    const { permissions: _, ...rest } = table;
    return { ...rest, sharing: 'private' as const };
  }),
};

interface People {
  readonly owner: string;
  /** One of each level from 2 on. */
  readonly watchers: Readonly<Record<string, string>>;
  readonly sellers: readonly { readonly id: string; readonly team: string }[];
}

async function hire(workspace: OpenWorkspace): Promise<People> {
  const add = (table: string, values: Record<string, Json>): Promise<string> => writeSession(workspace, systemActor, (session) => createRecord(session, table, values));
  const user = (name: string, role: string, values: Record<string, Json>): Promise<string> => add('user', { name, login: `${name}@bench.example`, roles: [role], active: true, ...values });
  const hq = await add('department', { name: 'hq' });
  const owner = await user('owner', 'owner', {});
  const watchers: Record<string, string> = { L6: await user('board', 'level6', {}) };
  const sellers: { id: string; team: string }[] = [];
  for (let r = 0; r < REGIONS; r++) {
    const region = await add('department', { name: `region ${r}`, parent: hq });
    const director = await user(`director${r}`, 'level5', { department: region });
    watchers.L5 ??= director;
    for (let t = 0; t < TEAMS / REGIONS; t++) {
      const team = await add('department', { name: `team ${r}.${t}`, parent: region });
      const head = await user(`head${r}.${t}`, 'level4', { department: team, superior: director });
      const lead = await user(`lead${r}.${t}`, 'level3', { department: team, superior: head });
      watchers.L4 ??= head;
      watchers.L3 ??= lead;
      for (let s = 0; s < SELLERS; s++) sellers.push({ id: await user(`seller${r}.${t}.${s}`, 'level2', { department: team, superior: lead }), team });
    }
  }
  watchers.L2 = sellers[0]?.id as string;
  return { owner, watchers, sellers };
}

async function fill(workspace: OpenWorkspace, { sellers }: People): Promise<void> {
  const table = workspace.model.tables.customer as TableModel;
  const began = Date.parse('2025-01-01T00:00:00.000Z');
  for (let start = 0; start < CUSTOMERS; start += 20_000) {
    await workspace.database.transaction(async (tx) => {
      for (let n = start; n < Math.min(CUSTOMERS, start + 20_000); n++) {
        const seller = sellers[(n * 7919) % sellers.length] as People['sellers'][number];
        const at = new Date(began + ((n * 104_729) % CUSTOMERS) * 60_000).toISOString();
        const id = uuidv7();
        const values: Record<string, Json> = {
          id, version: 1, owner: seller.id, owner_department: seller.team, created_at: at, updated_at: at, customer_no: `C${n}`, name: `客户${n}`, stage: STAGES[n % STAGES.length] as string,
          industry: INDUSTRIES[n % INDUSTRIES.length] as string, revenue: n, employees: n % 5000, phone: '13800138000', remark: 'note', ...(n % 100 === 0 && { collaborators: [(sellers[(n / 100) % sellers.length] as People['sellers'][number]).id] }),
        };
        await tx.insert(insertRow(table, values, tx));
        await keepCollaborators(tx, table, id, null, values.collaborators ?? null, at);
        if (n % 50 === 0) {
          const with_ = sellers[(n / 50) % sellers.length] as People['sellers'][number];
          const grantee = n % 500 === 0 ? ({ kind: 'department', id: with_.team } as const) : ({ kind: 'user', id: with_.id } as const);
          await putShare(tx, { table: 'customer', id, grantee, reach: ['customer'], access: 'read', until: null, message: null, by: 'system', at });
        }
      }
    });
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function pagesOf(workspace: OpenWorkspace, actors: Readonly<Record<string, Actor>>): Promise<Record<string, number>> {
  const times: Record<string, number[]> = {};
  for (let round = -5; round < ROUNDS; round++) {
    for (const [name, actor] of Object.entries(actors)) {
      const began = performance.now();
      await findRecords(workspace, actor, 'customer', { limit: 50, sort: ['-updated_at'], fields: ['customer_no', 'name', 'stage', 'industry', 'revenue', 'owner', 'phone', 'updated_at'] });
      if (round >= 0) (times[name] ??= []).push(performance.now() - began);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

const dataDir = mkdtempSync(join(tmpdir(), 'relata-bench-levels-'));
const workspace = await openWorkspace({
  dataDir,
  databaseUrl: process.env.BENCH_DATABASE_URL,
  template: async () => ({ definitions: levelled, samples: {} }),
  sampleData: false,
  log: pino({ level: 'silent' }),
  now: () => '2026-11-22T03:00:00.000Z',
});
try {
  const people = await hire(workspace);
  const began = performance.now();
  await fill(workspace, people);
  if (workspace.database.dialect.name === 'postgres') await workspace.database.transaction(async (tx) => void (await tx.run(sql`ANALYZE`)));
  print(`levels: ${CUSTOMERS} customers, ${people.sellers.length + 3 * TEAMS} people written in ${((performance.now() - began) / 1000).toFixed(0)} s, ${workspace.database.dialect.name}`);
  const actors = { owner: workspace.directory.actor(people.owner), ...Object.fromEntries(Object.entries(people.watchers).map(([name, id]) => [name, workspace.directory.actor(id)])) };
  const pages = await pagesOf(workspace, actors);
  const floor = pages.owner ?? 1;
  for (const [name, actor] of Object.entries(actors)) {
    const seen = (await findRecords(workspace, actor, 'customer', { limit: 1, count: true, fields: ['id'] })).count;
    print(`list of 50, ${name}: ${(pages[name] ?? 0).toFixed(2)} ms, ${((pages[name] ?? 0) / floor).toFixed(2)} of the system owner's (sees ${seen?.value}${seen?.capped ? '+' : ''})`);
  }
} finally {
  await workspace.close();
  rmSync(dataDir, { recursive: true, force: true });
}
