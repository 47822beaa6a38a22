import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { hashPassword, storePassword } from '../session/passwords.ts';
import { deskApp } from '../testing/desk-app.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';

const PASSWORD = 'correct horse battery';

describe.each(DATABASES)('sessions on %s', (database) => {
  let server: TestServer;
  let count = 0;
  beforeAll(async () => {
    server = await startTestServer(database, { definitions: deskApp });
  });
  afterAll(() => server.close());

  async function addUser(password?: string, roles = ['clerk']): Promise<Actor & { login: string }> {
    const login = `u${count++}@example.com`;
    const actor = await server.workspace.addUser({ name: login, roles, login });
    if (password !== undefined) {
      const hash = await hashPassword(password);
      await server.workspace.database.transaction((tx) => storePassword(tx, actor.userId, hash, server.workspace.now()));
    }
    return { ...actor, login };
  }
  const whoAmI = (client: Client) => client.get('/api/session');

  it('opens by password with a cookie that scripts cannot read', async () => {
    const user = await addUser(PASSWORD);
    const client = server.visitor();
    const reply = await client.post('/api/session', { login: user.login.toUpperCase(), password: PASSWORD });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ user: { id: user.userId, login: user.login, roles: ['clerk'], hasPassword: true } });
    expect(reply.headers.getSetCookie().join()).toMatch(/HttpOnly.*SameSite=Lax/i);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect((await whoAmI(client)).status).toBe(200);
    expect(reply.text).not.toContain('argon');
  });

  it('keeps no token that could be replayed from the database', async () => {
    const client = await server.signedIn(await addUser());
    const token = client.cookie.split('=')[1] ?? '';
    const rows = await server.workspace.database.all<{ token_hash: string }>(sql`SELECT token_hash FROM relata_session`);
    expect(rows.some((row) => row.token_hash === token)).toBe(false);
    expect(token.length).toBeGreaterThanOrEqual(43);
  });

  it('gets a new token at every sign-in, and the one it had ends', async () => {
    const user = await addUser(PASSWORD);
    const client = await server.signedIn(user);
    const old = client.cookie;
    await client.post('/api/session', { login: user.login, password: PASSWORD });
    expect(client.cookie).not.toBe(old);
    const replay = server.visitor();
    replay.cookie = old;
    expect((await whoAmI(replay)).status).toBe(401);
  });

  it('answers a wrong password, an unknown login and a disabled user alike', async () => {
    const user = await addUser(PASSWORD);
    const disabled = await addUser(PASSWORD);
    await writeSession(server.workspace, systemActor, (session) => updateRecord(session, 'user', disabled.userId, { active: false }));
    const client = server.visitor();
    const wrong = await client.post('/api/session', { login: user.login, password: 'not this one' });
    const unknown = await client.post('/api/session', { login: 'nobody@example.com', password: PASSWORD });
    const off = await client.post('/api/session', { login: disabled.login, password: PASSWORD });
    expect(wrong.status).toBe(401);
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text]);
    expect([off.status, off.text]).toEqual([wrong.status, wrong.text]);
    expect(Object.keys(Object.fromEntries(unknown.headers))).toEqual(Object.keys(Object.fromEntries(wrong.headers)));
  });

  it('stops guessing after a few attempts, also when the right password follows', async () => {
    const user = await addUser(PASSWORD);
    const client = server.visitor();
    const statuses: number[] = [];
    for (let i = 0; i < 10; i++) statuses.push((await client.post('/api/session', { login: user.login, password: 'wrong' })).status);
    expect(statuses.slice(0, 8)).toEqual(Array(8).fill(401));
    expect(statuses.slice(8)).toEqual([429, 429]);
    const right = await client.post('/api/session', { login: user.login, password: PASSWORD });
    expect(right.status).toBe(429);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('ends with sign-out', async () => {
    const client = await server.signedIn(await addUser());
    const { cookie } = client;
    expect((await client.delete('/api/session')).status).toBe(204);
    client.cookie = cookie;
    expect((await whoAmI(client)).status).toBe(401);
  });

  it('ends at the next request when the user is disabled', async () => {
    const user = await addUser();
    const client = await server.signedIn(user);
    await writeSession(server.workspace, systemActor, (session) => updateRecord(session, 'user', user.userId, { active: false }));
    expect((await whoAmI(client)).status).toBe(401);
    expect((await client.get('/api/tables/account/records')).status).toBe(401);
  });

  it('loses a role at the next request', async () => {
    const user = await addUser(undefined, ['clerk']);
    const client = await server.signedIn(user);
    expect((await client.get('/api/tables/account/records')).status).toBe(200);
    await writeSession(server.workspace, systemActor, (session) => updateRecord(session, 'user', user.userId, { roles: ['neighbour'] }));
    expect((await client.get('/api/tables/note/records')).status).toBe(404);
  });

  it('ends elsewhere when the password is changed, and stays here', async () => {
    const user = await addUser(PASSWORD);
    const here = await server.signedIn(user);
    const elsewhere = await server.signedIn(user);
    const wrong = await here.patch('/api/session/user', { password: { current: 'not this one', next: 'another long password' } });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toMatchObject({ issues: [{ path: '/password/current', code: 'wrong_password' }] });
    expect((await whoAmI(elsewhere)).status).toBe(200);
    expect((await here.patch('/api/session/user', { password: { current: PASSWORD, next: 'another long password' } })).status).toBe(200);
    expect((await whoAmI(here)).status).toBe(200);
    expect((await whoAmI(elsewhere)).status).toBe(401);
    const again = server.visitor();
    expect((await again.post('/api/session', { login: user.login, password: PASSWORD })).status).toBe(401);
    expect((await again.post('/api/session', { login: user.login, password: 'another long password' })).status).toBe(200);
  });

  it('changes all of a profile or nothing', async () => {
    const user = await addUser(PASSWORD);
    const client = await server.signedIn(user);
    const reply = await client.patch('/api/session/user', { name: '   ', password: { current: PASSWORD, next: 'another long password' } });
    expect(reply.status).toBe(422);
    expect((await server.visitor().post('/api/session', { login: user.login, password: PASSWORD })).status).toBe(200);
    expect((await client.patch('/api/session/user', { name: 'Me', locale: 'en' })).body).toMatchObject({ user: { name: 'Me', locale: 'en' } });
    expect((await client.patch('/api/session/user', { roles: ['owner'] })).status).toBe(422);
    expect((await client.patch('/api/session/user', { password: { current: PASSWORD, next: 'short' } })).body).toMatchObject({ issues: [{ path: '/password/next' }] });
  });

  it('opens by a link once', async () => {
    const user = await addUser();
    const token = await server.linkFor(user.userId);
    expect((await server.visitor().post('/api/session/link', { token })).status).toBe(200);
    expect((await server.visitor().post('/api/session/link', { token })).status).toBe(401);
    expect((await server.visitor().post('/api/session/link', { token: 'x'.repeat(43) })).status).toBe(401);
  });

  it('opens once when fifty ask with one link at the same moment', async () => {
    const limited = await startTestServer(database, { definitions: deskApp });
    const user = await limited.workspace.addUser({ name: 'racer', roles: ['clerk'] });
    const token = await limited.linkFor(user.userId);
    const replies = await Promise.all(Array.from({ length: 50 }, () => limited.visitor().post('/api/session/link', { token })));
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    expect(replies.every((reply) => [200, 401, 429].includes(reply.status))).toBe(true);
    const sessions = await limited.workspace.database.all(sql`SELECT 1 AS one FROM relata_session WHERE user_id = ${user.userId}`);
    expect(sessions).toHaveLength(1);
    await limited.close();
  });

  it('does not open by a link that is a day old, nor for a disabled user', async () => {
    const user = await addUser();
    const token = await server.linkFor(user.userId);
    server.workspace.setNow('2026-06-16T04:00:01.000Z');
    expect((await server.visitor().post('/api/session/link', { token })).status).toBe(401);
    server.workspace.setNow('2026-06-15T04:00:00.000Z');
    await writeSession(server.workspace, systemActor, (session) => updateRecord(session, 'user', user.userId, { active: false }));
    expect((await server.visitor().post('/api/session/link', { token })).status).toBe(401);
  });

  it('ends after a week without use and after thirty days in any case', async () => {
    const client = await server.signedIn(await addUser());
    server.workspace.setNow('2026-06-22T04:00:01.000Z');
    expect((await whoAmI(client)).status).toBe(401);
    server.workspace.setNow('2026-06-15T04:00:00.000Z');
    for (const day of ['06-21', '06-27', '07-03', '07-09']) {
      server.workspace.setNow(`2026-${day}T04:00:00.000Z`);
      expect((await whoAmI(client)).status, day).toBe(200);
    }
    server.workspace.setNow('2026-07-15T04:00:00.000Z');
    expect((await whoAmI(client)).status).toBe(401);
    server.workspace.setNow('2026-06-15T04:00:00.000Z');
  });

  it('gives links for colleagues to system owners only', async () => {
    const owner = await server.signedIn(await addUser(undefined, ['owner']));
    const clerkUser = await addUser();
    const clerk = await server.signedIn(clerkUser);
    expect((await clerk.post(`/api/users/${clerkUser.userId}/sign-in-link`)).status).toBe(403);
    const reply = await owner.post(`/api/users/${clerkUser.userId}/sign-in-link`);
    const { url } = reply.body as { url: string };
    const token = new URL(url).hash.slice('#token='.length);
    expect((await server.visitor().post('/api/session/link', { token })).body).toMatchObject({ user: { id: clerkUser.userId } });
  });
});
