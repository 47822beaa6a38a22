/** A hand-over that is set for a day to come (P24): done when the day begins, once, or told why it could not be. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HandOverTable } from '#engine/permissions/reports.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { handOverWhenDue } from './planned-hand-over.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const definitions = {
  app: { name: 'a', label: label('a'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('owner'), owner: true as const }, { name: 'ops', label: label('ops'), level: 7 }, { name: 'seller', label: label('seller'), level: 2 }] },
  tables: [{ name: 'firm', label: label('Firm'), titleField: 'name', sharing: 'private' as const, handOver: { people: ['owner'] }, fields: [{ name: 'name', label: label('Name'), type: 'text' as const }] }],
};

describe.each(DATABASES)('a hand-over set ahead on %s', (database) => {
  let server: TestServer;
  let owner: Client;
  let ops: Client;
  let leaver: Actor;
  let heir: Actor;
  let firm: string;
  beforeAll(async () => {
    server = await startTestServer(database, { definitions, now: '2026-06-15T04:00:00.000Z' });
    const { workspace } = server;
    owner = await server.signedIn(await workspace.addUser({ name: 'Owner', roles: ['owner'] }));
    ops = await server.signedIn(await workspace.addUser({ name: 'Ops', roles: ['ops'] }));
    leaver = await workspace.addUser({ name: 'Leaver', roles: ['seller'] });
    heir = await workspace.addUser({ name: 'Heir', roles: ['seller'] });
    firm = await workspace.create(systemActor, 'firm', { name: 'Nova', owner: leaver.userId });
  });
  afterAll(() => server.close());

  const path = (): string => `/api/users/${leaver.userId}/hand-over`;
  const plan = (client: Client, more: object = {}) => client.send('PUT', path(), { body: { to: [heir.userId], disable: false, on: '2026-06-16', ...more } });
  const planned = async () => ((await owner.get(path())).body as { planned: { on: string } | null; tables: HandOverTable[] }).planned;
  const ownerOf = async (): Promise<string | undefined> => (await server.workspace.database.get<{ owner: string }>(sql`SELECT owner FROM firm WHERE id = ${firm}`))?.owner;
  const told = async (title: string) => (await server.workspace.database.all<{ title: string }>(sql`SELECT title FROM relata_notice WHERE record_id = ${leaver.userId}`)).filter((notice) => notice.title.includes(title)).length;

  it('is refused for today and before, for who cannot take anything on, and by who may not', async () => {
    expect((await plan(owner, { on: '2026-06-15' })).body).toMatchObject({ status: 422, issues: [{ path: '/on', code: 'in_the_past' }] });
    expect((await plan(owner, { on: '2026-09-31' })).body).toMatchObject({ status: 422, issues: [{ path: '/on', code: 'not_readable' }] });
    expect((await plan(owner, { to: [leaver.userId] })).body).toMatchObject({ status: 422, issues: [{ path: '/to/0', code: 'same_user' }] });
    // Level 7 hands over, and disables nobody.
    expect((await plan(ops, { disable: true })).status).toBe(403);
    expect(await planned()).toBeNull();
  });

  it('can be dropped before its day', async () => {
    expect((await plan(ops)).status).toBe(204);
    expect(await planned()).toEqual({ on: '2026-06-16', to: [heir.userId], disable: false, by: 'Ops' });
    expect((await ops.delete(path())).status).toBe(204);
    server.workspace.setNow('2026-06-15T17:00:00.000Z');
    await handOverWhenDue(server.workspace);
    expect(await ownerOf()).toBe(leaver.userId);
    server.workspace.setNow('2026-06-15T04:00:00.000Z');
  });

  it('is done when its day begins where the workspace is, once, and told', async () => {
    expect((await plan(owner, { disable: true })).status).toBe(204);
    server.workspace.setNow('2026-06-15T15:59:00.000Z');
    await handOverWhenDue(server.workspace);
    expect(await ownerOf()).toBe(leaver.userId);
    server.workspace.setNow('2026-06-15T16:00:00.000Z');
    await Promise.all([handOverWhenDue(server.workspace), handOverWhenDue(server.workspace)]);
    expect(await ownerOf()).toBe(heir.userId);
    expect(server.workspace.directory.user(leaver.userId)?.active).toBe(false);
    expect(await planned()).toBeNull();
    expect(await told('has been handed over as planned')).toBe(1);
  });

  it('tells why it could not be done, and is not tried again', async () => {
    await server.workspace.create(systemActor, 'firm', { name: 'More', owner: leaver.userId });
    expect((await plan(ops, { on: '2026-06-20' })).status).toBe(204);
    expect((await owner.patch(`/api/tables/user/records/${heir.userId}`, { active: false }, { 'If-Match': '*' })).status).toBe(200);
    server.workspace.setNow('2026-06-20T01:00:00.000Z');
    await handOverWhenDue(server.workspace);
    expect(await told('could not be handed over as planned')).toBe(1);
    expect(await planned()).toBeNull();
  });
});
