/** Handing over the work of who leaves (P24): nothing open is left with them, and what is closed stays for the figures of the past. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { HandedOver, ToHandOver } from '#engine/permissions/reports.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { readDefinitions } from '../definitions/read-template.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';

const TEMPLATE = fileURLToPath(new URL('../../templates/crm', import.meta.url));

describe.each(DATABASES)('handing over on %s', (database) => {
  let server: TestServer;
  let ops: Client;
  let admin: Client;
  let leaver: Actor;
  let receivers: string[];
  const customers: string[] = [];
  const ids: Record<string, string> = {};
  const make = (table: string, values: Record<string, Json>): Promise<string> => server.workspace.create(systemActor, table, values);
  beforeAll(async () => {
    server = await startTestServer(database, { definitions: await readDefinitions(TEMPLATE) });
    const { workspace } = server;
    ops = await server.signedIn(await workspace.addUser({ name: 'Ops', roles: ['sales_ops'] }));
    admin = await server.signedIn(await workspace.addUser({ name: 'Admin', roles: ['app_admin'] }));
    leaver = await workspace.addUser({ name: 'Leaver', roles: ['salesperson'] });
    receivers = [];
    for (const name of ['A', 'B', 'C']) receivers.push((await workspace.addUser({ name, roles: ['salesperson'] })).userId);
    const owner = leaver.userId;
    for (let i = 0; i < 7; i++) customers.push(await make('customer', { name: `客户 ${i}`, owner }));
    const foreign = await make('customer', { name: '别人的客户', owner: receivers[0] as string });
    ids.own = await make('opportunity', { name: 'of an own customer', customer: customers[1] as string, amount: 1, owner });
    ids.foreign = await make('opportunity', { name: 'of a foreign customer', customer: foreign, amount: 1, owner });
    ids.lost = await make('opportunity', { name: 'lost', customer: customers[2] as string, amount: 1, owner, stage: 'lost', result_reason: 'price', closed_on: '2026-01-05' });
    ids.plan = await make('followup_plan', { customer: foreign, action: 'call', due_at: '2030-01-01T01:00:00.000Z', assignee: owner, owner: receivers[0] as string });
    ids.task = await make('task', { title: 'for an own customer', customer: customers[2] as string, assignee: owner, owner, due_at: '2030-01-01T01:00:00.000Z' });
    ids.lead = await make('lead', { company: 'Nova', mobile: '13800138000', source: 'website', owner });
    ids.invalid = await make('lead', { company: 'Old', mobile: '13800138001', source: 'website', owner, status: 'invalid', invalid_reason: 'no_need' });
    ids.product = await make('product', { name: 'Pump', sku: 'P1', price: 10, category: await make('product_category', { name: 'Pumps' }), unit: 'piece' });
    ids.quote = await make('quote', { title: 'offer', customer: customers[1] as string, valid_until: '2030-01-01', lines: [{ product: ids.product, qty: 1 }], owner });
    ids.event = await make('schedule_event', { title: 'weekly', kind: 'meeting', time: { start: '2030-01-01T01:00:00.000Z', end: '2030-01-01T02:00:00.000Z' }, rrule: 'FREQ=WEEKLY', participants: [receivers[1] as string, owner], owner });
    ids.past = await make('schedule_event', { title: 'done', kind: 'meeting', time: { start: '2026-01-01T01:00:00.000Z', end: '2026-01-01T02:00:00.000Z' }, state: 'done', participants: [owner], owner });
    ids.pool = await make('public_pool', { name: 'Pool', admins: [owner, receivers[0] as string] });
    ids.visit = await make('activity', { customer: foreign, content: 'talked', time: { start: '2026-01-01T01:00:00.000Z', end: '2026-01-01T02:00:00.000Z' }, person: owner, owner, method: 'phone' });
  });
  afterAll(() => server.close());

  const path = (): string => `/api/users/${leaver.userId}/hand-over`;
  const listed = async (): Promise<ToHandOver> => (await ops.get(path())).body as ToHandOver;
  const count = ({ tables }: Pick<ToHandOver, 'tables'>): Record<string, number> => Object.fromEntries(tables.map((one) => [one.table, one.count]));
  const of = async (table: string, id: string, field = 'owner'): Promise<Json> => ((await admin.get(`/api/tables/${table}/records/${id}`)).body as { data: Record<string, Json> }).data[field] ?? null;

  it('lists what is there, for level 7 and above', async () => {
    expect(count(await listed())).toEqual({ customer: 7, opportunity: 2, followup_plan: 1, lead: 1, task: 1, quote: 1, schedule_event: 1, public_pool: 1 });
    expect((await listed()).elsewhere.map(({ table }) => table)).toContain('activity');
    const director = await server.signedIn(await server.workspace.addUser({ name: 'Director', roles: ['director'] }));
    expect((await director.get(path())).status).toBe(403);
    expect((await director.post(path(), { to: receivers, disable: false })).status).toBe(403);
    const owner = await server.workspace.addUser({ name: 'Owner', roles: ['system_owner'] });
    expect((await ops.get(`/api/users/${owner.userId}/hand-over`)).status).toBe(403);
  });

  it('refuses who leaves, who is disabled and who is not there as receivers, and changes nothing', async () => {
    const gone = await server.workspace.addUser({ name: 'Gone', roles: ['salesperson'] });
    expect((await admin.patch(`/api/tables/user/records/${gone.userId}`, { active: false }, { 'If-Match': '*' })).status).toBe(200);
    for (const [to, code] of [[leaver.userId, 'same_user'], [gone.userId, 'user_disabled'], ['nobody', 'user_disabled']] as const) {
      const reply = await admin.post(path(), { to: [receivers[0], to], disable: true });
      expect(reply.body).toMatchObject({ status: 422, issues: [{ path: '/to/1', code }] });
    }
    // Sales operations may hand over and disable nobody: all or none.
    expect((await ops.post(path(), { to: receivers, disable: true })).status).toBe(403);
    expect(count(await listed())).toEqual({ customer: 7, opportunity: 2, followup_plan: 1, lead: 1, task: 1, quote: 1, schedule_event: 1, public_pool: 1 });
  });

  it('shares out in turn: seven customers among three are three, two and two, with what belongs to them', async () => {
    const reply = await admin.post(path(), { to: receivers, disable: true });
    expect(reply.status, reply.text).toBe(200);
    const { tables } = reply.body as HandedOver;
    const [a, b, c] = receivers as [string, string, string];
    expect(tables.find(({ table }) => table === 'customer')?.to).toEqual({ [a]: 3, [b]: 2, [c]: 2 });
    expect(await Promise.all(customers.map((id) => of('customer', id)))).toEqual([a, b, c, a, b, c, a]);
    // The opportunity goes where its customer went.
    expect(await of('opportunity', ids.own as string)).toBe(b);
    expect([await of('task', ids.task as string), await of('task', ids.task as string, 'assignee')]).toEqual([c, c]);
    expect(await of('quote', ids.quote as string)).toBe(b);
    // A seat goes to a colleague once: who sits there already keeps it.
    expect(await of('schedule_event', ids.event as string, 'participants')).toEqual([b, a]);
    expect(await of('public_pool', ids.pool as string, 'admins')).toEqual([a]);
    expect(await of('opportunity', ids.foreign as string)).not.toBe(leaver.userId);
    expect(await of('followup_plan', ids.plan as string, 'assignee')).not.toBe(leaver.userId);
    expect(await of('lead', ids.lead as string)).not.toBe(leaver.userId);
    expect(await listed()).toMatchObject({ tables: [], approvals: 0 });
  });

  it('leaves what is closed where it was, the account disabled, a note in the audit and a word to the receivers', async () => {
    for (const [table, id] of [['opportunity', ids.lost], ['lead', ids.invalid], ['activity', ids.visit], ['schedule_event', ids.past]] as const) expect(await of(table, id as string), table).toBe(leaver.userId);
    expect(server.workspace.directory.user(leaver.userId)?.active).toBe(false);
    const { database: db } = server.workspace;
    expect(await db.all(sql`SELECT action FROM relata_audit WHERE table_name = 'user' AND record_id = ${leaver.userId} AND action = 'hand_over'`)).toHaveLength(1);
    for (const receiver of receivers) expect(await db.all(sql`SELECT id FROM relata_notice WHERE user_id = ${receiver} AND table_name = 'user' AND record_id = ${leaver.userId}`), receiver).toHaveLength(1);
  });
});
