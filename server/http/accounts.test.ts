/** Accounts: invited, disabled, kept by a second factor; sessions ended one by one; an owner always remains. */
import { createServer, type Server, type Socket } from 'node:net';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definitions } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { raw, sql } from '../db/sql.ts';
import { deleteRecord } from '../records/delete-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { hashPassword, storePassword } from '../session/passwords.ts';
import { deskApp } from '../testing/desk-app.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';

const PASSWORD = 'correct horse battery';
const START = Date.parse('2026-06-15T04:00:00.000Z');

describe.each(DATABASES)('accounts on %s', (database) => {
  let server: TestServer;
  let owner: Actor;
  let ownerClient: Client;
  let steps = 0;
  let people = 0;

  beforeAll(async () => {
    server = await startTestServer(database, { definitions: deskApp });
    owner = await server.workspace.addUser({ name: 'owner', roles: ['owner'] });
    ownerClient = await server.signedIn(owner);
  });
  afterAll(() => server.close());

  /** Half a minute later, so that the next code is another one. */
  const later = (): number => {
    steps += 1;
    server.workspace.setNow(new Date(START + steps * 30_000).toISOString());
    return START / 1000 + steps * 30;
  };
  async function addUser(): Promise<Actor & { login: string }> {
    const login = `p${people++}@example.com`;
    const actor = await server.workspace.addUser({ name: login, roles: ['clerk'], login });
    const hash = await hashPassword(PASSWORD);
    await server.workspace.database.transaction((tx) => storePassword(tx, actor.userId, hash, server.workspace.now()));
    return { ...actor, login };
  }
  const signIn = async (login: string) => {
    const client = server.visitor();
    const reply = await client.post('/api/session', { login, password: PASSWORD });
    return { client, reply, ticket: (reply.body as { ticket?: string }).ticket ?? '' };
  };
  async function enrol(login: string): Promise<{ client: Client; secret: string; recovery: string[] }> {
    const { client } = await signIn(login);
    const begun = await client.post('/api/session/second-factor', { password: PASSWORD });
    expect(begun.status, begun.text).toBe(200);
    const { secret, qr } = begun.body as { secret: string; qr: string };
    expect(qr).toMatch(/^data:image\/png;base64,/);
    const confirmed = await client.post('/api/session/second-factor/confirm', { code: generateSync({ secret, epoch: later() }) });
    expect(confirmed.status, confirmed.text).toBe(200);
    return { client, secret, recovery: (confirmed.body as { recoveryCodes: string[] }).recoveryCodes };
  }

  it('ask for the code after the password, once for each code, and never show the secret again', async () => {
    const user = await addUser();
    const { client: first, secret, recovery } = await enrol(user.login);
    expect(new Set(recovery).size).toBe(10);
    expect((await first.get('/api/session')).body).toMatchObject({ user: { secondFactor: true, mustEnrol: false } });
    expect((await first.post('/api/session/second-factor', { password: PASSWORD })).status).toBe(409);
    const { client, reply, ticket } = await signIn(user.login);
    expect(Object.keys(reply.body as object)).toEqual(['ticket']);
    expect(client.cookie).toBe('');
    const code = generateSync({ secret, epoch: later() });
    expect((await client.post('/api/session/code', { ticket, code: '000000' })).status).toBe(401);
    const two = await Promise.all([client.post('/api/session/code', { ticket, code }), server.visitor().post('/api/session/code', { ticket, code })]);
    expect(two.map(({ status }) => status).sort()).toEqual([200, 401]);
    // The same code again, with a new ticket, within its half minute.
    const replay = await signIn(user.login);
    expect((await replay.client.post('/api/session/code', { ticket: replay.ticket, code })).status).toBe(401);
    const next = await signIn(user.login);
    expect((await next.client.post('/api/session/code', { ticket: next.ticket, code: generateSync({ secret, epoch: later() }) })).status).toBe(200);
  });

  it('let in once by each recovery code, which are kept as hashes', async () => {
    const user = await addUser();
    const { recovery } = await enrol(user.login);
    const [paper = ''] = recovery;
    const stored = JSON.stringify(await server.workspace.database.all(raw('SELECT recovery FROM relata_second_factor')));
    for (const code of recovery) expect(stored).not.toContain(code.replace('-', ''));
    const first = await signIn(user.login);
    expect((await first.client.post('/api/session/code', { ticket: first.ticket, code: paper.toUpperCase() })).status).toBe(200);
    const second = await signIn(user.login);
    expect((await second.client.post('/api/session/code', { ticket: second.ticket, code: paper })).status).toBe(401);
  });

  it('burn a ticket after five wrong codes and stop counting for nobody after eight', async () => {
    const user = await addUser();
    const { secret } = await enrol(user.login);
    const { client, ticket } = await signIn(user.login);
    for (let i = 0; i < 5; i++) expect((await client.post('/api/session/code', { ticket, code: '000000' })).status).toBe(401);
    expect((await client.post('/api/session/code', { ticket, code: generateSync({ secret, epoch: later() }) })).status).toBe(401);
    const again = await signIn(user.login);
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await again.client.post('/api/session/code', { ticket: again.ticket, code: '000000' })).status);
    expect(statuses).toContain(429);
  });

  it('ask for the code behind a sign-in link too, and can be reset by an owner alone', async () => {
    const user = await addUser();
    const { client } = await enrol(user.login);
    const visitor = server.visitor();
    const byLink = await visitor.post('/api/session/link', { token: await server.linkFor(user.userId) });
    expect(Object.keys(byLink.body as object)).toEqual(['ticket']);
    expect((await client.post('/api/session/second-factor/remove', { password: 'wrong password' })).status).toBe(422);
    expect((await client.delete(`/api/users/${user.userId}/second-factor`)).status).toBe(403);
    expect((await ownerClient.delete(`/api/users/${user.userId}/second-factor`)).status).toBe(204);
    expect((await client.get('/api/session')).status).toBe(401);
    expect((await signIn(user.login)).reply.body).toHaveProperty('user');
    const noted = await server.workspace.database.all<{ action: string; changes: string }>(sql`SELECT action, changes FROM relata_audit WHERE record_id = ${`sign_in:${user.userId}`} AND action = ${'second_factor'} ORDER BY seq`);
    expect(noted.map(({ changes }) => JSON.parse(changes) as unknown)).toEqual([{ on: true }, { reset: true }]);
  });

  it('show their sessions, and end one or all others', async () => {
    const user = await addUser();
    const [one, two, three] = [await signIn(user.login), await signIn(user.login), await signIn(user.login)].map(({ client }) => client) as [Client, Client, Client];
    const list = async () => ((await one.get('/api/session/list')).body as { data: { id: string; current: boolean; address: string }[] }).data;
    expect((await list()).map(({ current }) => current).sort()).toEqual([false, false, true]);
    const other = (await list()).find(({ current }) => !current);
    expect((await one.delete(`/api/session/list/${other?.id}`)).status).toBe(204);
    expect((await list())).toHaveLength(2);
    expect((await one.post('/api/session/list/end-others')).status).toBe(204);
    expect([(await one.get('/api/session')).status, (await two.get('/api/session')).status, (await three.get('/api/session')).status]).toEqual([200, 401, 401]);
    expect((await ownerClient.delete(`/api/session/list/${(await list())[0]?.id}`)).status).toBe(404);
  });

  it('are noted in the audit with what was refused before, and without a secret', async () => {
    const user = await addUser();
    for (let i = 0; i < 3; i++) await server.visitor().post('/api/session', { login: user.login, password: 'not the password' });
    await signIn(user.login);
    const rows = await server.workspace.database.all<{ actor: string; action: string; changes: string }>(sql`SELECT actor, action, changes FROM relata_audit WHERE record_id = ${`sign_in:${user.userId}`}`);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ actor: user.userId, action: 'sign_in' });
    expect(JSON.parse(rows[0]?.changes ?? '')).toMatchObject({ by: 'password', refused: 3 });
  });

  it('are made by invitation: a link for a week, a password, and in', async () => {
    const invited = await ownerClient.post('/api/users', { name: '新同事', login: 'new@example.com', roles: ['clerk'], superior: owner.userId });
    expect(invited.status, invited.text).toBe(201);
    const { id, url, mailed } = invited.body as { id: string; url: string; mailed: boolean };
    expect(mailed).toBe(false);
    const token = /#token=([^&]+)&welcome=1$/.exec(url)?.[1] ?? '';
    const now = server.workspace.now();
    server.workspace.setNow(new Date(Date.parse(now) + 6.9 * 86_400_000).toISOString());
    const visitor = server.visitor();
    expect((await visitor.post('/api/session/link', { token })).body).toMatchObject({ user: { id, hasPassword: false } });
    expect((await visitor.patch('/api/session/user', { password: { next: 'short' } })).status).toBe(422);
    expect((await visitor.patch('/api/session/user', { password: { next: PASSWORD } })).status).toBe(200);
    expect((await server.visitor().post('/api/session/link', { token })).status).toBe(401);
    server.workspace.setNow(now);
    const clerk = await server.signedIn(await server.workspace.addUser({ name: 'clerk', roles: ['clerk'] }));
    expect((await clerk.post('/api/users', { name: 'x', login: 'x@example.com', roles: ['owner'] })).status).toBe(403);
    expect((await ownerClient.post('/api/users', { name: 'x', login: 'new@example.com', roles: ['clerk'] })).status).toBe(422);
  });

  it('P24 are out at once when disabled, for good: the session does not revive', async () => {
    const user = await addUser();
    const { client } = await signIn(user.login);
    const link = await server.linkFor(user.userId);
    await writeSession(server.workspace, owner, (session) => updateRecord(session, 'user', user.userId, { active: false }));
    expect((await client.get('/api/session')).status).toBe(401);
    await writeSession(server.workspace, owner, (session) => updateRecord(session, 'user', user.userId, { active: true }));
    expect((await client.get('/api/session')).status).toBe(401);
    expect((await server.visitor().post('/api/session/link', { token: link })).status).toBe(401);
  });

  it('P21 keep one active owner, also when two take each other down at the same moment', async () => {
    const { workspace } = server;
    const other = await workspace.addUser({ name: 'second owner', roles: ['owner', 'clerk'] });
    const results = await Promise.allSettled([
      writeSession(workspace, owner, (session) => updateRecord(session, 'user', other.userId, { active: false })),
      writeSession(workspace, other, (session) => updateRecord(session, 'user', owner.userId, { roles: ['clerk'] })),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const left = workspace.directory.withRole('owner');
    expect(left).toHaveLength(1);
    const [last = ''] = left;
    const actor = workspace.directory.actor(last);
    for (const [by, values] of [[actor, { active: false }], [systemActor, { roles: ['clerk'] }]] as const) {
      await expect(writeSession(workspace, by, (session) => updateRecord(session, 'user', last, values))).rejects.toMatchObject({ issues: [{ code: 'last_owner' }] });
    }
    await expect(writeSession(workspace, actor, (session) => deleteRecord(session, 'user', last))).rejects.toMatchObject({ issues: [{ code: 'last_owner' }] });
    expect(workspace.directory.withRole('owner')).toEqual([last]);
  });
});

describe('where everybody must have a second factor', () => {
  it('one without it may set it up and do nothing else', async () => {
    const definitions: Definitions = { ...deskApp, app: { ...deskApp.app, settings: { secondFactor: 'required' } } };
    const server = await startTestServer('sqlite', { definitions });
    try {
      const clerk = await server.workspace.addUser({ name: 'clerk', roles: ['clerk'] });
      const client = await server.signedIn(clerk);
      expect((await client.get('/api/session')).body).toMatchObject({ user: { mustEnrol: true } });
      for (const path of ['/api/app', '/api/tables/account/records', '/api/notices']) {
        const reply = await client.get(path);
        expect([reply.status, reply.text.includes('second_factor_required')]).toEqual([403, true]);
      }
      await client.patch('/api/session/user', { password: { next: PASSWORD } });
      const { secret } = (await client.post('/api/session/second-factor', { password: PASSWORD })).body as { secret: string };
      await client.post('/api/session/second-factor/confirm', { code: generateSync({ secret, epoch: Date.parse(server.workspace.now()) / 1000 }) });
      expect((await client.get('/api/app')).status).toBe(200);
      expect((await client.post('/api/session/second-factor/remove', { password: PASSWORD })).status).toBe(403);
    } finally {
      await server.close();
    }
  });

  it('carries an invitation by mail where a mail server is set up', async () => {
    const received: string[] = [];
    const smtp: Server = createServer((socket: Socket) => {
      let inData = false;
      socket.write('220 test\r\n');
      socket.on('data', (chunk) => {
        const text = chunk.toString();
        received.push(text);
        if (inData) {
          if (text.endsWith('\r\n.\r\n')) {
            inData = false;
            socket.write('250 ok\r\n');
          }
        } else if (/^DATA/i.test(text)) {
          inData = true;
          socket.write('354 go\r\n');
        } else if (/^QUIT/i.test(text)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      });
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    const { port } = smtp.address() as { port: number };
    const server = await startTestServer('sqlite', { definitions: deskApp, smtpUrl: `smtp://127.0.0.1:${port}` });
    try {
      const owner = await server.signedIn(await server.workspace.addUser({ name: 'owner', roles: ['owner'] }));
      const reply = await owner.post('/api/users', { name: 'New', login: 'new@example.com', roles: ['clerk'], locale: 'en' });
      expect(reply.body).toMatchObject({ mailed: true });
      expect(received.join('').replace(/=\r\n/g, '')).toContain('/sign-in#token=');
      expect(JSON.stringify(await server.workspace.database.all(raw('SELECT * FROM relata_outbox')))).not.toContain('token');
    } finally {
      await server.close();
      smtp.close();
    }
  });
});
