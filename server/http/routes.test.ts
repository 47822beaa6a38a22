/** Every route with every kind of id: what is somebody else's answers as what is not there, and a refusal changes nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#engine/permissions/actor.ts';
import type { NoticePage } from '#engine/workflows/reports.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { deleteRecord } from '../records/delete-record.ts';
import { writeSession } from '../records/write-session.ts';
import { deskApp } from '../testing/desk-app.ts';
import { type Client, type Reply, type RequestOptions, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { ROUTES } from './routes.ts';

type Thing = 'account' | 'view' | 'file' | 'import' | 'user' | 'notice' | 'comment' | 'none';
interface Probe {
  /** What `:id` names. */
  readonly of: Thing;
  readonly options?: RequestOptions;
  /** What one's own answers, where that is not a success. */
  readonly own?: number;
}

const view = { name: 'mine', label: { 'zh-CN': '我的', en: 'Mine' }, type: 'table', columns: ['name'] };
const version = { 'If-Match': '"1"' };

/** One line a route; a route without a line fails the test. */
const PROBES: Readonly<Record<string, Probe>> = {
  'get /health': { of: 'none' },
  'get /openapi.json': { of: 'none' },
  'get /session': { of: 'none' },
  'post /session': { of: 'none', options: { body: { login: 'nobody', password: 'wrong' } }, own: 401 },
  'post /session/link': { of: 'none', options: { body: { token: 'x'.repeat(43) } }, own: 401 },
  'post /session/code': { of: 'none', options: { body: { ticket: 'x'.repeat(43), code: '123456' } }, own: 401 },
  'post /session/second-factor': { of: 'none', options: { body: { password: 'wrong' } }, own: 422 },
  'post /session/second-factor/confirm': { of: 'none', options: { body: { code: '123456' } }, own: 422 },
  'post /session/second-factor/remove': { of: 'none', options: { body: { password: 'wrong' } }, own: 422 },
  'get /session/list': { of: 'none' },
  'delete /session/list/:id': { of: 'none', own: 404 },
  'post /session/list/end-others': { of: 'none' },
  'post /users': { of: 'none', options: { body: { name: 'x', login: 'x', roles: ['clerk'] } }, own: 403 },
  'delete /users/:id/second-factor': { of: 'user', own: 403 },
  'delete /session': { of: 'none' },
  'patch /session/user': { of: 'none', options: { body: { locale: 'en' } } },
  'post /users/:id/sign-in-link': { of: 'user', own: 403 },
  'get /app': { of: 'none' },
  'get /setup': { of: 'none', own: 403 },
  'post /setup': { of: 'none', options: { body: { profile: 'lite' } }, own: 403 },
  'get /events': { of: 'none' },
  'get /search': { of: 'none' },
  'get /tables/:table/records': { of: 'none' },
  'post /tables/:table/records': { of: 'none', options: { body: { name: 'New' } } },
  'post /tables/:table/records/bulk': { of: 'none', options: { body: { ids: ['nothing'], action: 'delete' } } },
  'post /tables/:table/lines-ahead': { of: 'none', options: { body: { id: null, values: { name: 'New' } } }, own: 400 },
  'get /tables/:table/records/:id': { of: 'account' },
  'patch /tables/:table/records/:id': { of: 'account', options: { body: { name: 'Changed' }, headers: version } },
  'delete /tables/:table/records/:id': { of: 'account' },
  'post /tables/:table/records/:id/purge-request': { of: 'account', own: 403 },
  'post /tables/:table/records/:id/restore': { of: 'account', own: 404 },
  'get /tables/:table/records/:id/timeline': { of: 'account' },
  'get /tables/:table/records/:id/comments': { of: 'account' },
  'post /tables/:table/records/:id/comments': { of: 'account', options: { body: { body: 'Seen' } } },
  'get /tables/:table/records/:id/mentionable': { of: 'account' },
  'patch /comments/:id': { of: 'comment', options: { body: { body: 'Seen again' }, headers: version } },
  'delete /comments/:id': { of: 'comment', options: { headers: version } },
  'post /tables/:table/aggregate': { of: 'none', options: { body: { measures: [{ function: 'count' }] } } },
  'post /dashboards/:name/data': { of: 'none', options: { body: {} }, own: 404 },
  'post /charts/export': { of: 'none', options: { body: { chart: { name: 'count', label: view.label, type: 'number', table: 'account', measures: [{ name: 'count', label: view.label, function: 'count' }] }, format: 'csv', sheet: { title: 'count', columns: [{ text: 'count', format: 'number' }], rows: [[1]] } } } },
  'post /charts/data': { of: 'none', options: { body: { chart: { name: 'count', label: view.label, type: 'number', table: 'account', measures: [{ name: 'count', label: view.label, function: 'count' }] } } } },
  'post /tables/:table/duplicates': { of: 'none', options: { body: { values: { name: 'x' } } } },
  'post /tables/:table/records/share': { of: 'none', options: { body: { ids: ['nothing'], with: [{ kind: 'role', id: 'lead' }], access: 'read', until: null } } },
  'post /tables/:table/records/transfer': { of: 'none', options: { body: { ids: ['nothing'], owner: 'nobody' } } },
  'get /tables/:table/merge': { of: 'none', own: 403 },
  'post /tables/:table/merge': { of: 'none', options: { body: { survivor: { id: 'nothing', version: 1 }, losers: [{ id: 'neither', version: 1 }] } }, own: 403 },
  'get /merges': { of: 'none' },
  'post /merges/:id/undo': { of: 'none', own: 404 },
  'get /tables/:table/records/:id/shares': { of: 'account' },
  'delete /shares/:id': { of: 'none', own: 404 },
  'get /tables/:table/records/:id/why': { of: 'account' },
  'post /tables/:table/records/:id/reveal': { of: 'account', options: { body: { field: 'phone', reason: 'test' } } },
  'post /session/view-as': { of: 'none', options: { body: { user: 'nobody' } }, own: 403 },
  'delete /session/view-as': { of: 'none' },
  'get /views': { of: 'none' },
  'post /views': { of: 'none', options: { body: { table: 'account', view } } },
  'patch /views/:id': { of: 'view', options: { body: { view } } },
  'delete /views/:id': { of: 'view' },
  'post /files': { of: 'none', own: 415 },
  'get /files/:id': { of: 'file' },
  'get /files/:id/inline': { of: 'file', own: 415 },
  'get /files/:id/text': { of: 'file' },
  'get /files/:id/thumbnail': { of: 'file', own: 404 },
  'get /imports': { of: 'none' },
  'post /tables/:table/imports': { of: 'none', own: 415 },
  'get /imports/:id': { of: 'import' },
  'patch /imports/:id': { of: 'import', options: { body: { options: { duplicates: 'skip' } } } },
  'post /imports/:id/run': { of: 'import', options: { body: { dryRun: true } } },
  'post /imports/:id/cancel': { of: 'import' },
  'post /imports/:id/undo': { of: 'import', own: 409 },
  'get /imports/:id/failures.csv': { of: 'import', own: 404 },
  // Nobody here is a system owner; what owners get is tested with definitions and templates.
  'get /definitions': { of: 'none', own: 403 },
  'get /definitions/draft': { of: 'none', own: 403 },
  'put /definitions/draft': { of: 'none', own: 403 },
  'delete /definitions/draft': { of: 'none', own: 403 },
  'post /definitions/plan': { of: 'none', own: 403 },
  'post /definitions/publish': { of: 'none', own: 403 },
  'get /definitions/progress': { of: 'none', own: 403 },
  'post /definitions/cancel': { of: 'none', own: 403 },
  'get /definitions/history': { of: 'none', own: 403 },
  'get /definitions/history/:version': { of: 'none', own: 403 },
  'post /definitions/history/:version/undo': { of: 'none', own: 403 },
  'get /definitions/history/:version/rejects.csv': { of: 'none', own: 403 },
  'get /definitions/trash': { of: 'none', own: 403 },
  'post /definitions/trash/:id/restore': { of: 'none', own: 403 },
  'delete /definitions/trash/:id': { of: 'none', own: 403 },
  'post /definitions/formula': { of: 'none', own: 403 },
  'post /definitions/where-used': { of: 'none', own: 403 },
  'get /definitions/export': { of: 'none', own: 403 },
  'post /definitions/import': { of: 'none', own: 403 },
  'get /templates': { of: 'none', own: 403 },
  'post /templates/:name/install': { of: 'none', own: 403 },
  'post /templates/:name/upgrade': { of: 'none', own: 403 },
  'post /templates/:name/uninstall': { of: 'none', own: 403 },
  'post /templates/:name/samples': { of: 'none', own: 403 },
  'post /tables/:table/export': { of: 'none', options: { body: { format: 'csv' } }, own: 403 },
  'post /tables/:table/records/:id/card': { of: 'account' },
  'get /exports': { of: 'none' },
  'get /exports/:id': { of: 'none', own: 404 },
  'post /exports/:id/cancel': { of: 'none', own: 404 },
  'get /exports/:id/file': { of: 'none', own: 404 },
  'get /audit': { of: 'none', own: 403 },
  'post /audit/verify': { of: 'none', own: 403 },
  'post /audit/export': { of: 'none', own: 403 },
  'get /backups': { of: 'none', own: 403 },
  'post /backups': { of: 'none', own: 403 },
  'get /tables/:table/form-links': { of: 'none' },
  'post /tables/:table/form-links': { of: 'none', options: { body: { form: 'web', days: 1, once: false } }, own: 422 },
  'delete /form-links/:id': { of: 'none', own: 404 },
  'get /public/forms/:token': { of: 'none' },
  'post /public/forms/:token': { of: 'none', options: { body: { name: 'x' } } },
  'get /users/:id/hand-over': { of: 'none', own: 403 },
  'put /users/:id/hand-over': { of: 'none', options: { body: { to: ['nobody'], disable: false, on: '2099-01-01' } }, own: 403 },
  'delete /users/:id/hand-over': { of: 'none', own: 403 },
  'post /users/:id/hand-over': { of: 'none', options: { body: { to: ['nobody'], disable: false } }, own: 403 },
  'get /level-changes': { of: 'none', own: 403 },
  'post /users/:id/level-change': { of: 'none', options: { body: { decision: 'confirm', question: 'x' } }, own: 403 },
  'get /permissions': { of: 'none' },
  'get /permissions/:id': { of: 'none', own: 404 },
  'post /backups/cancel': { of: 'none', own: 403 },
  'post /backups/:name/verify': { of: 'none', own: 403 },
  'post /backups/:name/restore': { of: 'none', options: { body: { confirm: 'x' } }, own: 403 },
  'get /backups/:name/file': { of: 'none', own: 403 },
  'get /notices': { of: 'none' },
  'post /notices/read-all': { of: 'none' },
  'get /notices/preferences': { of: 'none' },
  'put /notices/preferences': { of: 'none', options: { body: { email: true, quiet: null, digestAt: null, muted: [], absence: null } } },
  'patch /notices/:id': { of: 'notice', options: { body: { done: true } } },
  'get /workflows/statistics': { of: 'none', own: 403 },
  'get /workflows/runs': { of: 'none', own: 403 },
  'get /workflows/runs/:id': { of: 'none', own: 403 },
  'post /workflows/runs/:id/retry': { of: 'none', options: { body: { seq: 0 } }, own: 403 },
  'post /workflows/runs/:id/cancel': { of: 'none', own: 403 },
  'post /workflows/runs/:id/override': { of: 'none', options: { body: { seq: 0, decision: 'approved', reason: 'x' } }, own: 403 },
  'post /workflows/runs/:id/withdraw': { of: 'none', own: 404 },
  'post /workflows/trial': { of: 'none', own: 403 },
  'post /workflows/back-test': { of: 'none', own: 403 },
  'post /workflows/simulate': { of: 'none', own: 403 },
  'get /workflows/:name/older': { of: 'none', own: 403 },
  'post /workflows/:name/move': { of: 'none', own: 403 },
  'get /workflows/:name/webhook': { of: 'none', own: 403 },
  'post /workflows/:name/webhook/rotate': { of: 'none', own: 403 },
  'post /workflows/:name/start': { of: 'none', options: { body: { records: ['nothing'] } }, own: 404 },
  'post /approvals/:id/decide': { of: 'none', options: { body: { decision: 'approved', comment: '' } }, own: 404 },
  'post /approvals/:id/delegate': { of: 'none', options: { body: { to: 'nobody', comment: '' } }, own: 404 },
  'post /approvals/:id/add': { of: 'none', options: { body: { approvers: ['nobody'], comment: '' } }, own: 404 },
  'get /tables/:table/buttons': { of: 'none' },
  'get /tables/:table/records/:id/workflows': { of: 'account' },
  'post /hooks/:name': { of: 'none', own: 401 },
  'get /imports/:id/automations': { of: 'import' },
  'get /workflows/outbox': { of: 'none', own: 403 },
  'post /workflows/outbox/:id/retry': { of: 'none', own: 403 },
  'delete /workflows/outbox/:id': { of: 'none', own: 403 },
  'get /workflows/secrets': { of: 'none', own: 403 },
  'put /workflows/secrets/:name': { of: 'none', own: 403 },
  'delete /workflows/secrets/:name': { of: 'none', own: 403 },
  'get /calendar': { of: 'none', own: 403 },
  'put /calendar': { of: 'none', own: 403 },
};

const RANDOM = '01900000-0000-7000-8000-000000000000';
const HOSTILE = ["' OR 1=1 --", '"; DROP TABLE account', '../', '..\\..', '__proto__', 'constructor', 'a'.repeat(10_000), '%', '*', '\u202e', '0', 'null', '{"$ne":1}'];
const keyOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

describe.each(DATABASES)('every route on %s', (database) => {
  let server: TestServer;
  let mine: Actor;
  let theirs: Actor;
  let client: Client;
  let neighbour: Client;
  beforeAll(async () => {
    server = await startTestServer(database, { definitions: deskApp });
    mine = await server.workspace.addUser({ name: 'mine', roles: ['lead'] });
    theirs = await server.workspace.addUser({ name: 'theirs', roles: ['lead'] });
    client = await server.signedIn(mine);
    neighbour = await server.signedIn(theirs);
  });
  afterAll(() => server.close());

  async function make(of: Thing, actor: Actor, by: Client): Promise<string> {
    const idIn = (reply: Reply): string => {
      expect(reply.status, reply.text).toBe(201);
      return (reply.body as { id: string }).id;
    };
    switch (of) {
      case 'account': return server.workspace.create(actor, 'account', { name: 'Account' });
      case 'view': return idIn(await by.post('/api/views', { table: 'account', view }));
      case 'file': return idIn(await by.upload('/api/files', { name: 'a.txt', content: 'text' }));
      case 'import': return idIn(await by.upload('/api/tables/account/imports', { name: 'a.csv', content: 'name\nAcme\nBeta\n' }));
      case 'user': return actor.userId;
      case 'comment': {
        const about = await server.workspace.create(actor, 'account', { name: 'Talked about' });
        return ((await by.post(`/api/tables/account/records/${about}/comments`, { body: 'Look' })).body as { data: { id: string } }).data.id;
      }
      case 'notice': return noticeTo(actor, by);
      case 'none': return RANDOM;
    }
  }
  async function noticeTo({ userId }: Actor, by: Client): Promise<string> {
    const { workspace } = server;
    await workspace.database.transaction((tx) =>
      queueNotices(tx, workspace, { to: [userId], title: { 'zh-CN': '看', en: 'Look' }, record: null, channels: ['inApp'], urgent: true, workflow: null, run: null, at: workspace.now(), mandatory: false }),
    );
    return ((await by.get('/api/notices')).body as NoticePage).items[0]?.id ?? '';
  }
  const pathOf = (path: string, id: string, table = 'account'): string => `/api${path.replace(':table', encodeURIComponent(table)).replace(':id', encodeURIComponent(id))}`;
  /** Status and body, without the name that was asked for. */
  const answer = (reply: Reply, asked: string): string => {
    const body = JSON.stringify(reply.body);
    return `${reply.status} ${body.replaceAll(JSON.stringify(`"${asked}"`).slice(1, -1), '(name)')}`;
  };

  it('has its line in this test and is in the OpenAPI document', async () => {
    expect(ROUTES.map(keyOf).sort()).toEqual(Object.keys(PROBES).sort());
    const { paths, openapi } = (await client.get('/api/openapi.json')).body as { openapi: string; paths: Record<string, Record<string, { responses: object; summary: string }>> };
    expect(openapi).toBe('3.1.0');
    for (const { method, path } of ROUTES) {
      const operation = paths[`/api${path.replace(/:(\w+)/g, '{$1}')}`]?.[method];
      expect(operation?.summary, `${method} ${path}`).toBeTruthy();
      expect(Object.keys(operation?.responses ?? {})).toContain('default');
    }
  });

  it('answers nobody who is signed out, unless it is public', async () => {
    for (const route of ROUTES) {
      const probe = PROBES[keyOf(route)] as Probe;
      const reply = await server.visitor().send(route.method.toUpperCase(), pathOf(route.path, RANDOM), probe.options);
      if (!route.public) expect(reply.status, keyOf(route)).toBe(401);
      else expect(route.path.includes(':token') ? [404] : [200, 204, 401], keyOf(route)).toContain(reply.status);
    }
  });

  it.each(ROUTES.filter((route) => route.path.includes(':id')).map((route) => [keyOf(route), route] as const))('%s answers alike for what is hidden and what is not there', async (key, route) => {
    const { of, options, own } = PROBES[key] as Probe;
    const send = (id: string, by = client) => by.send(route.method.toUpperCase(), pathOf(route.path, id), options);
    const missing = answer(await send(RANDOM), RANDOM);
    expect(missing).toMatch(/^(404|403) /);
    const foreign = await make(of, theirs, neighbour);
    expect(answer(await send(foreign), foreign)).toBe(missing);
    for (const id of HOSTILE) expect(answer(await send(id), id), id.slice(0, 40)).toBe(missing);
    const nul = await client.send(route.method.toUpperCase(), pathOf(route.path, 'x').replace('/x', '/x%00'), options);
    expect(nul.status).toBe(400);
    const owned = await make(of, mine, client);
    const mineToo = await send(owned);
    // A run goes on in the background; its writes belong to no later request.
    if (of === 'import') await expect.poll(async () => (await client.get(`/api/imports/${owned}`)).text).not.toContain('"state":"running"');
    if (own === undefined) expect(mineToo.status, mineToo.text).toBeLessThan(300);
    else expect(mineToo.status).toBe(own);
    if (of === 'account' && route.method !== 'get') {
      const gone = await server.workspace.create(mine, 'account', { name: 'Gone' });
      await writeSession(server.workspace, mine, (session) => deleteRecord(session, 'account', gone));
      const reply = await send(gone);
      if (route.path.endsWith('/restore')) expect(reply.status).toBe(200);
      else expect(answer(reply, gone)).toBe(missing);
    }
  });

  it.each(ROUTES.filter((route) => route.path.includes(':table')).map((route) => [keyOf(route), route] as const))('%s knows no table that is hidden', async (key, route) => {
    const send = (table: string) => client.send(route.method.toUpperCase(), pathOf(route.path, RANDOM, table), (PROBES[key] as Probe).options);
    const missing = answer(await send('nothing'), 'nothing');
    if (route.path.endsWith('/bulk')) return expect(missing).toMatch(/^200 .*not_found/);
    expect(missing).toMatch(/^404 /);
    for (const table of ['note', 'relata_session', 'sqlite_master', ...HOSTILE]) expect(answer(await send(table), table), table.slice(0, 40)).toBe(missing);
  });

  it('refuses records of a hidden table one by one in a bulk change', async () => {
    const foreign = await make('account', theirs, neighbour);
    const own = await make('account', mine, client);
    const reply = await client.post('/api/tables/account/records/bulk', { ids: [foreign, own, RANDOM], action: 'delete' });
    expect(reply.body).toMatchObject({ results: [{ id: foreign, ok: false, issues: [{ code: 'not_found' }] }, { id: own, ok: true }, { id: RANDOM, ok: false, issues: [{ code: 'not_found' }] }] });
    const again = await client.post('/api/tables/account/records/bulk', { ids: [own], action: 'restore' });
    expect(again.body).toMatchObject({ results: [{ id: own, ok: true }] });
    expect((await client.post('/api/tables/account/records/bulk', { ids: [own], action: 'transfer', values: { owner: theirs.userId } })).body).toMatchObject({ results: [{ ok: true }] });
    expect((await client.get(`/api/tables/account/records/${own}`)).status).toBe(404);
    for (const body of [{ ids: [], action: 'delete' }, { ids: Array(501).fill(own), action: 'delete' }, { ids: [own], action: 'purge' }, { ids: [own] }]) {
      expect((await client.post('/api/tables/account/records/bulk', body)).status).toBe(422);
    }
  });
});
