import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { contentOf } from '../testing/database-content.ts';
import { deskApp } from '../testing/desk-app.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { ROUTES } from './routes.ts';

const ACCOUNTS = '/api/tables/account/records';

describe.each(DATABASES)('the API on %s', (database) => {
  let server: TestServer;
  let clerkUser: Actor;
  let ownerUser: Actor;
  let clerk: Client;
  let owner: Client;
  beforeAll(async () => {
    server = await startTestServer(database, { definitions: deskApp });
    clerkUser = await server.workspace.addUser({ name: 'clerk', roles: ['clerk'] });
    ownerUser = await server.workspace.addUser({ name: 'owner', roles: ['owner'] });
    clerk = await server.signedIn(clerkUser);
    owner = await server.signedIn(ownerUser);
  });
  afterAll(() => server.close());

  const account = async (values: object = {}): Promise<string> => {
    const reply = await clerk.post(ACCOUNTS, { name: 'Account', ...values });
    expect(reply.status, reply.text).toBe(201);
    return (reply.body as { data: { id: string } }).data.id;
  };
  const codes = (body: unknown): string[] => (body as { issues: { path: string; code: string }[] }).issues.map((issue) => `${issue.path} ${issue.code}`);

  describe('takes changes', () => {
    it('from its own pages and from programs, not from the pages of others', async () => {
      const send = (headers: Record<string, string>) => clerk.post(ACCOUNTS, { name: 'x' }, headers);
      for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'null' }, { Origin: `${server.url}.evil.example` }, { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }] as Record<string, string>[]) {
        expect((await send(headers)).status, JSON.stringify(headers)).toBe(403);
      }
      expect((await send({ Origin: server.url, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(201);
      expect((await clerk.delete('/api/session', { Origin: 'https://evil.example' })).status).toBe(403);
    });

    it('never from a form, which cannot send JSON', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        const reply = await clerk.send('POST', ACCOUNTS, { body: '{"name":"x"}', headers: { 'Content-Type': type } });
        expect([415, 422], type).toContain(reply.status);
      }
    });

    it('never by reading', async () => {
      const id = await account();
      for (const route of ROUTES.filter(({ method, path }) => method === 'get' && path !== '/events')) {
        const path = `/api${route.path.replace(':table', 'account').replace(':id', id)}`;
        for (const method of ['GET', 'HEAD']) {
          const before = await contentOf(server.workspace);
          await clerk.send(method, path);
          expect(await contentOf(server.workspace), `${method} ${path}`).toEqual(before);
        }
      }
    });
  });

  it('keeps its answers out of every cache and says what they are', async () => {
    for (const path of [ACCOUNTS, '/api/session', '/api/search?q=x', '/api/nothing']) {
      const reply = await clerk.get(path);
      expect([reply.headers.get('cache-control'), reply.headers.get('x-content-type-options')], path).toEqual(['no-store', 'nosniff']);
      expect(reply.headers.get('content-type'), path).toMatch(/^application\/(problem\+)?json; charset=utf-8$/);
    }
  });

  it('tells of problems in the language that was asked for', async () => {
    const say = async (language: string) => (await clerk.get(`${ACCOUNTS}/nothing`, { 'Accept-Language': language })).body;
    expect(await say('en')).toEqual({ type: 'urn:relata:not_found', title: 'Not found', status: 404, detail: 'There is no such account record', issues: [] });
    expect(await say('zh-CN')).toMatchObject({ title: '未找到', detail: '没有这条“account”记录' });
    expect(await say('fr')).toMatchObject({ title: '未找到' });
    const refused = await clerk.post(ACCOUNTS, { name: '', level: 'none' }, { 'Accept-Language': 'zh-CN' });
    expect(refused.status).toBe(422);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.body).toMatchObject({ issues: expect.arrayContaining([{ path: '/name', code: 'required', message: '请填写name' }]) });
  });

  it('refuses what is no JSON, too large or too deep, and stays up', async () => {
    const raw = (body: string) => clerk.send('POST', ACCOUNTS, { body, headers: { 'Content-Type': 'application/json' } });
    for (const body of ['{', '{"name":', 'undefined', "{'name':'x'}", '\u0000', '{"name":"x"}}']) expect((await raw(body)).status, body).toBe(400);
    for (const body of ['[]', '"x"', 'null', '1', 'true']) expect((await raw(body)).status, body).toBe(422);
    expect((await raw(`{"name":"${'x'.repeat(2_000_000)}"}`)).status).toBe(413);
    expect([400, 422]).toContain((await raw(`{"name":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)).status);
    expect([400, 422]).toContain((await raw(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`)).status);
    expect([400, 422]).toContain((await clerk.send('POST', '/api/tables/account/aggregate', { body: `{"measures":[{"function":"count"}],"filter":${'{"!":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, headers: { 'Content-Type': 'application/json' } })).status);
    expect((await clerk.send('POST', ACCOUNTS, { body: '{"name":"x"}', headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'nonsense' } })).status).toBe(415);
    expect((await clerk.get('/api/health')).status).toBe(200);
  });

  it('takes keys of the prototype as unknown fields', async () => {
    const reply = await clerk.send('POST', ACCOUNTS, { body: '{"name":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}', headers: { 'Content-Type': 'application/json' } });
    expect(codes(reply.body)).toEqual(['/__proto__ unknown_field', '/constructor unknown_field']);
    expect((await clerk.send('POST', '/api/tables/account/aggregate', { body: '{"measures":[{"function":"count"}],"__proto__":{"x":1}}', headers: { 'Content-Type': 'application/json' } })).status).toBe(422);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('refuses malformed and hostile rules with their place', async () => {
    const list = (filter: string) => clerk.get(`${ACCOUNTS}?filter=${encodeURIComponent(filter)}`);
    expect(codes((await list('{')).body)).toEqual(['/filter not_json']);
    for (const filter of ['{"method":["x","constructor"]}', '{"log":["x"]}', '{"var":"constructor.prototype"}', '{"__proto__":[1]}', '{"nothing":[1]}', '{"a":1,"b":2}', '[1,{"b":1}]', '{"==":[{"var":"secret"},"x"]}']) {
      const reply = await list(filter);
      expect(reply.status, filter).toBe(422);
      expect(codes(reply.body)[0], filter).toMatch(/^\/filter/);
    }
    const huge = { measures: [{ function: 'count' }], filter: { and: Array(5000).fill({ '==': [{ var: 'name' }, 'x'] }) } };
    const wide = { ...huge, filter: { and: Array(40).fill({ and: Array(40).fill({ '!': [{ '!': [true] }] }) }) } };
    expect(codes((await clerk.post('/api/tables/account/aggregate', wide)).body).join()).toContain('rule_too_large');
    expect(codes((await clerk.post('/api/tables/account/aggregate', huge)).body)[0]).toMatch(/^\/filter.* (rule_too_large|argument_count)$/);
  });

  it('refuses parameters that it does not know, stand twice or make no sense', async () => {
    const refused = async (query: string) => codes((await clerk.get(`${ACCOUNTS}?${query}`)).body);
    expect(await refused('filtre=1')).toEqual(['/filtre unknown_parameter']);
    expect(await refused('sort=name&sort=code')).toEqual(['/sort repeated_parameter']);
    expect(await refused('limit=many')).toEqual(['/limit out_of_range']);
    expect(await refused('limit=1000')).toEqual(['/limit out_of_range']);
    expect(await refused('cursor=nonsense')).toEqual(['/cursor bad_cursor']);
    expect(await refused(`search=${'x'.repeat(201)}`)).toEqual(['/search too_long']);
    expect((await clerk.get('/api/nothing')).status).toBe(404);
    expect((await clerk.send('PUT', ACCOUNTS, { body: {} })).status).toBe(404);
  });

  it('gives each actor their own model under its own tag', async () => {
    const [mine, theirs] = [await clerk.get('/api/app'), await owner.get('/api/app')];
    const tag = mine.headers.get('etag') ?? '';
    expect(tag).not.toBe(theirs.headers.get('etag'));
    expect(mine.headers.get('cache-control')).toMatch(/private/);
    expect((await clerk.get('/api/app', { 'If-None-Match': tag })).status).toBe(304);
    expect((await owner.get('/api/app', { 'If-None-Match': tag })).status).toBe(200);
    expect(mine.text.includes('secret')).toBe(false);
    expect((await clerk.get('/api/openapi.json')).text.includes('"secret"')).toBe(false);
    expect(theirs.text.includes('secret')).toBe(true);
  });

  it('makes one record of twenty equal requests under one key, and refuses another body', async () => {
    const key = { 'Idempotency-Key': 'once-only' };
    const replies = await Promise.all(Array.from({ length: 20 }, () => clerk.post(ACCOUNTS, { name: 'Once' }, key)));
    expect(replies.map((reply) => reply.status)).toEqual(Array(20).fill(201));
    expect(new Set(replies.map((reply) => (reply.body as { data: { id: string } }).data.id)).size).toBe(1);
    expect(codes((await clerk.post(ACCOUNTS, { name: 'Twice' }, key)).body)).toEqual(['/Idempotency-Key key_reused']);
    expect((await owner.post(ACCOUNTS, { name: 'Other actor' }, key)).status).toBe(201);
    expect((await clerk.post(ACCOUNTS, { name: 'x' }, { 'Idempotency-Key': 'x'.repeat(201) })).status).toBe(422);
    const rows = await server.workspace.database.all(sql`SELECT id FROM account WHERE name = ${'Once'}`);
    expect(rows).toHaveLength(1);
  });

  it('changes a record only from the version it was read at', async () => {
    const id = await account({ code: 'V1' });
    const read = await clerk.get(`${ACCOUNTS}/${id}`);
    expect(read.headers.get('etag')).toBe('"1"');
    expect((await clerk.patch(`${ACCOUNTS}/${id}`, { name: 'x' })).status).toBe(428);
    expect(codes((await clerk.patch(`${ACCOUNTS}/${id}`, { name: 'x' }, { 'If-Match': 'abc' })).body)).toEqual(['/If-Match bad_version']);
    await writeSession(server.workspace, ownerUser, (session) => updateRecord(session, 'account', id, { name: 'Theirs', secret: 'x' }));
    const stale = await clerk.patch(`${ACCOUNTS}/${id}`, { name: 'Mine', phone: '13800138000' }, { 'If-Match': '"1"' });
    expect(stale.status).toBe(409);
    expect(stale.body).toMatchObject({ type: 'urn:relata:conflict', issues: [{ path: '/name', code: 'conflict', message: expect.stringContaining('owner') }] });
    expect((await clerk.delete(`${ACCOUNTS}/${id}`, { 'If-Match': '"1"' })).status).toBe(409);
    expect((await clerk.patch(`${ACCOUNTS}/${id}`, { name: 'Mine' }, { 'If-Match': '"2"' })).body).toMatchObject({ data: { name: 'Mine', version: 3 } });
  });

  it('deletes, shows the bin, restores and removes for good', async () => {
    const id = await account({ name: 'Binned' });
    expect((await clerk.delete(`${ACCOUNTS}/${id}`)).status).toBe(204);
    expect((await clerk.get(`${ACCOUNTS}?deleted=true&fields=name`)).text).toContain('Binned');
    expect((await clerk.post(`${ACCOUNTS}/${id}/restore`)).body).toMatchObject({ data: { deleted_at: null } });
    expect((await clerk.delete(`${ACCOUNTS}/${id}?purge=true`)).status).toBe(404);
    await clerk.delete(`${ACCOUNTS}/${id}`);
    // For good is for owners: nobody wipes out what they were told to put away.
    expect((await clerk.delete(`${ACCOUNTS}/${id}?purge=true`)).status).toBe(403);
    expect((await clerk.post(`${ACCOUNTS}/${id}/purge-request`)).status).toBe(403);
    expect((await owner.delete(`${ACCOUNTS}/${id}?purge=true`)).status).toBe(204);
    expect((await clerk.get(`${ACCOUNTS}/${id}`)).status).toBe(404);
  });

  it('keeps views of one’s own, checked like a list', async () => {
    const view = (rest: object) => ({ name: 'v', label: { 'zh-CN': '视图', en: 'View' }, type: 'table', columns: ['name'], ...rest });
    const made = await clerk.post('/api/views', { table: 'account', view: view({ filter: { '==': [{ var: 'level' }, 'vip'] } }) });
    expect(made.status).toBe(201);
    for (const rest of [{ columns: ['secret'] }, { filter: { '==': [{ var: 'secret' }, 1] } }, { sort: ['-secret'] }, { type: 'nothing' }, { type: '__proto__' }, { columns: [] }, { extra: 1 }]) {
      expect((await clerk.post('/api/views', { table: 'account', view: view(rest) })).status, JSON.stringify(rest)).toBe(422);
    }
    expect((await clerk.post('/api/views', { table: 'account', view: view({ label: { 'zh-CN': 'a\u0000b\ud800', en: 'x' } }) })).status).toBe(201);
    expect((await clerk.get('/api/views')).body).toMatchObject({ data: [{ id: (made.body as { id: string }).id }, {}] });
    expect((await owner.get('/api/views')).body).toEqual({ data: [] });
  });

  it('tells open screens only of what they may see, and ends with the session', async () => {
    const user = await server.workspace.addUser({ name: 'watcher', roles: ['clerk'] });
    const watcher = await server.signedIn(user);
    const heard: string[] = [];
    const closed = new Promise<void>((resolve, reject) => {
      const request = httpRequest(`${server.url}/api/events`, { headers: { Cookie: watcher.cookie } }, (response) => {
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => heard.push(chunk));
        response.on('end', resolve);
      });
      request.on('error', reject);
      request.end();
    });
    await expect.poll(() => heard.join('')).toContain('retry');
    const hidden = await account({ name: 'Not for the watcher' });
    const own = await server.workspace.create(user, 'account', { name: 'For the watcher' });
    await expect.poll(() => heard.join('')).toContain(own);
    expect(heard.join('')).not.toContain(hidden);
    await watcher.delete('/api/session');
    await closed;
    expect(heard.join('')).toContain('signed-out');
  });
});
