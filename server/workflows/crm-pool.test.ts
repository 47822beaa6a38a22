/** The pool of the CRM: the public test vector of reclaiming, and two people who claim the same customer at once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { readTemplate } from '../definitions/read-template.ts';
import { sql } from '../db/sql.ts';
import { type OpenWorkspace, openWorkspace } from '../open-workspace.ts';
import { createRecord } from '../records/create-record.ts';
import { getRecord } from '../records/get-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { lookAtClock } from './clock.ts';
import { press } from './manual.ts';
import { passTime } from './pass-time.ts';
import { runDue } from './worker.ts';

const TEMPLATE = join(import.meta.dirname, '../../templates/crm');
let workspace: OpenWorkspace;
let dataDir: string;
let now = '';

afterEach(async () => {
  await workspace.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Only what concerns the pool runs; `values` are an administrator's. */
async function open(at: string, values: Readonly<Record<string, number>>): Promise<void> {
  const { definitions } = await readTemplate(TEMPLATE);
  const workflows = (definitions.workflows ?? [])
    .filter(({ name }) => name === 'protection' || name.startsWith('pool_'))
    .map((workflow) => ({
      ...workflow,
      ...(workflow.parameters && { parameters: workflow.parameters.map((parameter) => ({ ...parameter, ...(values[parameter.name] !== undefined && { value: values[parameter.name] }) })) }),
    }));
  now = at;
  dataDir = await mkdtemp(join(tmpdir(), 'relata-pool-'));
  workspace = await openWorkspace({ dataDir, template: async () => ({ definitions: { ...definitions, workflows }, samples: {} }), sampleData: false, log: pino({ level: 'silent' }), now: () => now });
  await lookAtClock(workspace);
}

const create = (table: string, values: Record<string, Json>): Promise<string> => writeSession(workspace, systemActor, (session) => createRecord(session, table, values));
const customer = async (id: string): Promise<Record<string, Json>> => (await getRecord(workspace, systemActor, 'customer', id)).data as Record<string, Json>;
const until = (day: string, time = '04:00:00.000Z'): Promise<unknown> => passTime(workspace, (moment) => void (now = moment), `${day}T${time}`);
const user = (name: string): Promise<string> => create('user', { name, login: `${name}@pool.example`, roles: ['salesperson'], active: true });

async function follow(id: string, person: string): Promise<void> {
  await create('activity', { customer: id, content: '跟进', person });
  await runDue(workspace);
}

it('reclaims by the vector: 10 days, 3 for each follow-up, 20 at most', { timeout: 60_000 }, async () => {
  await open('2019-03-25T04:00:00.000Z', {});
  const [li, wang] = [await user('li'), await user('wang')];
  const pool = await create('public_pool', { name: '公海', members: [li], protect_days: 10, extend_days: 3, max_days: 20, notify_days: 0, reclaim_contact_days: 0 });
  const [quiet, busy, keen] = [await create('customer', { name: '安静有限公司', owner: li }), await create('customer', { name: '偶尔有限公司', owner: li }), await create('customer', { name: '勤快有限公司', owner: wang })];
  for (const id of [quiet, busy, keen]) {
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'customer', id, { owner: null }));
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'customer', id, { owner: li }));
    expect(await customer(id)).toMatchObject({ owner: li, pool: null, protect_until: '2019-04-04' });
  }
  await until('2019-03-28');
  await follow(busy, li);
  expect((await customer(busy)).protect_until).toBe('2019-04-04');
  await until('2019-04-02');
  await follow(busy, li);
  await follow(keen, li);
  expect((await customer(busy)).protect_until).toBe('2019-04-05');
  await until('2019-04-03');
  expect((await customer(quiet)).owner).toBe(li);
  await until('2019-04-04');
  expect(await customer(quiet)).toMatchObject({ owner: null, pool });
  expect((await customer(busy)).owner).toBe(li);
  await until('2019-04-04', '15:00:00.000Z');
  await follow(keen, li);
  await until('2019-04-05');
  expect((await customer(busy)).owner).toBe(null);
  await follow(keen, li);
  expect((await customer(keen)).protect_until).toBe('2019-04-08');
  for (const day of ['2019-04-07', '2019-04-09', '2019-04-11', '2019-04-12', '2019-04-13']) {
    await until(day);
    await follow(keen, li);
  }
  expect(await customer(keen)).toMatchObject({ owner: li, protect_until: '2019-04-14' });
  await until('2019-04-14');
  expect(await customer(keen)).toMatchObject({ owner: null, pool });
});

it('gives a customer to the first of two who claim it at once', { timeout: 60_000 }, async () => {
  await open('2026-03-02T04:00:00.000Z', {});
  const [li, wang] = [await user('li'), await user('wang')];
  await create('public_pool', { name: '公海', members: [li, wang] });
  const id = await create('customer', { name: '抢手有限公司', owner: li });
  await writeSession(workspace, systemActor, (session) => updateRecord(session, 'customer', id, { owner: null }));
  // The former owner's cool-down is not what is looked at here.
  await writeSession(workspace, systemActor, async ({ tx }) => tx.run(sql`DELETE FROM pool_log`));
  // Both runs pass their checks step by step side by side; the second write finds the customer taken.
  await press(workspace, workspace.directory.actor(wang), 'pool_claim', [id]);
  await press(workspace, workspace.directory.actor(li), 'pool_claim', [id]);
  await runDue(workspace);
  expect((await customer(id)).owner).toBe(wang);
  const titles = async (who: string): Promise<string[]> => (await workspace.database.all<{ title: string }>(sql`SELECT title FROM relata_notice WHERE user_id = ${who}`)).map(({ title }) => title);
  expect((await titles(wang)).join()).toContain('您已领取客户');
  expect((await titles(li)).join()).toContain('没有领取成功');
  expect(await workspace.database.get(sql`SELECT count(*) AS count FROM pool_log WHERE action = 'claim'`)).toMatchObject({ count: 1 });
});
