import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';
import type { Plan } from '#engine/changes/plan.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });

interface Problem {
  readonly detail: string;
  readonly issues: readonly { path: string; code: string; message: string }[];
}

describe.each(DATABASES)('definitions over HTTP on %s', (database) => {
  let server: TestServer;
  let owner: Client;
  let worker: Client;
  let ownerActor: Actor;

  beforeAll(async () => {
    server = await startTestServer(database, { definitions: thingApp });
    ownerActor = await server.workspace.addUser({ name: 'Olga', roles: ['owner'] });
    const workerActor = await server.workspace.addUser({ name: 'Wang', roles: ['worker'] });
    [owner, worker] = [await server.signedIn(ownerActor), await server.signedIn(workerActor)];
    await server.workspace.create(ownerActor, 'thing', { name: 'one', secret: 'hidden', note: 'text', owner: workerActor.userId });
    await server.workspace.create(ownerActor, 'thing', { name: 'two' });
  });
  afterAll(() => server.close());

  const live = async () => (await owner.get('/api/definitions')).body as { version: number; definitions: Definitions };
  const withThing = (definitions: Definitions, change: (table: TableDefinition) => TableDefinition): Definitions => ({ ...definitions, tables: definitions.tables.map((table) => (table.name === 'thing' ? change(table) : table)) });
  const plan = async (definitions: Definitions, base: number) => (await owner.post('/api/definitions/plan', { definitions, base })).body as Plan;
  const publish = async (change: (definitions: Definitions) => Definitions) => {
    const { version, definitions } = await live();
    const draft = change(definitions);
    const seen = await plan(draft, version);
    const reply = await owner.post('/api/definitions/publish', { definitions: draft, base: version, hash: seen.hash, confirm: seen.confirm, note: 'test' });
    expect(reply.status, reply.text).toBe(200);
    return seen;
  };

  it.each([
    ['get', '/api/definitions'], ['get', '/api/definitions/draft'], ['get', '/api/definitions/history'], ['get', '/api/definitions/history/1'], ['get', '/api/definitions/trash'], ['get', '/api/definitions/progress'],
    ['post', '/api/definitions/plan'], ['post', '/api/definitions/publish'], ['post', '/api/definitions/history/1/undo'], ['post', '/api/definitions/cancel'], ['post', '/api/definitions/formula'], ['post', '/api/definitions/where-used'], ['delete', '/api/definitions/draft'],
  ] as const)('lets only a system owner %s %s', async (method, path) => {
    const body = { definitions: thingApp, base: 1, hash: 'x', note: '', table: 'thing', formula: '=1', target: { table: 'thing' } };
    const allowed: Record<string, readonly string[]> = { plan: ['definitions', 'base'], publish: ['definitions', 'base', 'hash', 'note'], undo: [], cancel: [], formula: ['definitions', 'table', 'formula'], 'where-used': ['target'] };
    const sent = Object.fromEntries((allowed[path.split('/').at(-1) ?? ''] ?? []).map((key) => [key, body[key as keyof typeof body]]));
    const reply = await worker.send(method.toUpperCase(), path, method === 'post' ? { body: sent } : {});
    expect(reply.status, reply.text).toBe(403);
  });

  it('keeps a draft for its author', async () => {
    const { version, definitions } = await live();
    expect((await owner.get('/api/definitions/draft')).status).toBe(204);
    await owner.send('PUT', '/api/definitions/draft', { body: { base: version, definitions } });
    expect((await owner.get('/api/definitions/draft')).body).toMatchObject({ base: version, definitions });
    await owner.delete('/api/definitions/draft');
    expect((await owner.get('/api/definitions/draft')).status).toBe(204);
  });

  it('shows a new field to whoever is signed in, and refuses a form drawn before', async () => {
    const before = ((await worker.get('/api/app')).body as { definitionsVersion: number }).definitionsVersion;
    await publish((now) => withThing(now, (table) => ({ ...table, fields: [...table.fields, { name: 'level', label: label('级别'), type: 'text' }] })));
    const app = (await worker.get('/api/app')).body as { definitionsVersion: number; model: { tables: Record<string, { fields: object }> } };
    expect([app.definitionsVersion, Object.keys(app.model.tables.thing?.fields ?? {}).includes('level')]).toEqual([before + 1, true]);
    const old = await worker.post('/api/tables/thing/records', { name: 'typed long' }, { 'Relata-Definitions': String(before) });
    expect([old.status, (old.body as Problem).issues[0]?.code]).toEqual([409, 'definitions_changed']);
    expect((await worker.post('/api/tables/thing/records', { name: 'typed long', level: 'gold' }, { 'Relata-Definitions': String(before + 1) })).status).toBe(201);
    // Another table's form is as it was.
    expect((await owner.post('/api/tables/thing_row/records', { title: 'row' }, { 'Relata-Definitions': String(before) })).status).not.toBe(409);
  });

  it('names every user who gains or loses records and fields, before it is saved', async () => {
    const { version, definitions } = await live();
    const seen = await plan(withThing(definitions, (table) => ({ ...table, permissions: { ...table.permissions, worker: { read: true, fields: { note: 'hidden' } } } })), version);
    const change = seen.changes.find((one) => one.subject === 'permission');
    expect(change?.access).toEqual([{ user: { id: expect.any(String), name: 'Wang' }, table: 'thing', recordsGained: 1, recordsLost: 0, fieldsGained: ['secret'], fieldsLost: ['note'] }]);
  });

  it('computes a formula of the draft on a real record, and says where it is wrong', async () => {
    const { definitions } = await live();
    const [record] = ((await owner.get('/api/tables/thing/records?limit=1')).body as { data: { id: string }[] }).data;
    const good = await owner.post('/api/definitions/formula', { definitions, table: 'thing', formula: '=LEN(name)+1', record: record?.id });
    expect(good.body).toMatchObject({ issues: [], record: record?.id, value: expect.any(Number) });
    const bad = (await owner.post('/api/definitions/formula', { definitions, table: 'thing', formula: '=LEN(nam)' })).body as Problem;
    expect(bad.issues).toHaveLength(1);
  });

  it('undoes over HTTP and hands out what did not convert', async () => {
    await publish((now) => withThing(now, (table) => ({ ...table, fields: table.fields.map((field) => (field.name === 'note' ? { name: 'note', label: field.label, type: 'integer' } : field)) })));
    const { version } = await live();
    const csv = await owner.get(`/api/definitions/history/${version}/rejects.csv`);
    expect([csv.status, csv.text.includes('text')]).toEqual([200, true]);
    const trash = (await owner.get('/api/definitions/trash')).body as { data: { table: string; field: string; filled: number }[] };
    expect(trash.data[0]).toMatchObject({ table: 'thing', field: 'note', filled: 1 });
    const way = (await owner.post(`/api/definitions/history/${version}/undo`, {})).body as { definitions: Definitions; restore: string[]; undoes: number; plan: Plan };
    const reply = await owner.post('/api/definitions/publish', { definitions: way.definitions, base: way.plan.base, hash: way.plan.hash, confirm: way.plan.confirm, restore: way.restore, undoes: way.undoes, note: '' });
    expect(reply.status, reply.text).toBe(200);
    const found = (await owner.get(`/api/tables/thing/records?filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: 'note' }, 'text'] }))}`)).body as { data: unknown[] };
    expect(found.data).toHaveLength(1);
    const list = (await owner.get('/api/definitions/history')).body as { data: { version: number; undoes: number | null; byName: string }[] };
    expect(list.data[0]).toMatchObject({ undoes: version, byName: 'Olga' });
  });

  const HOSTILE: Record<string, (now: Definitions) => unknown> = {
    'no tables': ({ app }) => ({ app }),
    'a list for an app': ({ tables }) => ({ app: [], tables }),
    'a table that is a number': ({ app }) => ({ app, tables: [1] }),
    'a name with SQL in it': (now) => withThing(now, (table) => ({ ...table, fields: [...table.fields, { name: 'x"; DROP TABLE thing; --', label: label('x'), type: 'text' }] })),
    'a reserved word': (now) => withThing(now, (table) => ({ ...table, fields: [...table.fields, { name: 'select', label: label('x'), type: 'text' }] })),
    'the name of a system field': (now) => withThing(now, (table) => ({ ...table, fields: [...table.fields, { name: 'owner', label: label('x'), type: 'text' }] })),
    '__proto__': (now) => withThing(now, (table) => ({ ...table, fields: [...table.fields, { name: '__proto__', label: label('x'), type: 'text' }] })),
    'a name used twice': (now) => withThing(now, (table) => ({ ...table, fields: [...table.fields, table.fields[0] as (typeof table.fields)[number]] })),
    'a circle of formulas': (now) => withThing(now, (table) => ({ ...table, fields: [...table.fields, { name: 'a1', label: label('a'), type: 'formula', formula: '=b1' }, { name: 'b1', label: label('b'), type: 'formula', formula: '=a1' }] })),
    'unknown references in many places': (now) => withThing(now, (table) => ({ ...table, titleField: 'nope', views: [{ name: 'v', label: label('v'), type: 'table', columns: ['gone', 'other.gone'], sort: ['-gone'] }], indexes: [['gone']] })),
    '501 fields': (now) => withThing(now, (table) => ({ ...table, fields: [...table.fields, ...Array.from({ length: 501 }, (_, i) => ({ name: `f${i}`, label: label(`f${i}`), type: 'text' }))] })),
    'a rule that escapes': (now) => withThing(now, (table) => ({ ...table, validate: [{ rule: { method: ['x', 'constructor'] } as never, message: label('m') }] })),
    'a type that is none': (now) => withThing(now, (table) => ({ ...table, fields: [...table.fields, { name: 'odd', label: label('o'), type: 'constructor' }] })),
  };

  it.each(Object.keys(HOSTILE))('refuses %s with paths, and nothing is applied', async (kind) => {
    const { version, definitions } = await live();
    const hostile = HOSTILE[kind]?.(definitions);
    const seen = await owner.post('/api/definitions/plan', { definitions: hostile, base: version });
    const problems = seen.status === 200 ? (seen.body as Plan).issues : (seen.body as Problem).issues;
    expect(seen.status === 200 ? (seen.body as Plan).class : 'refused').toBe(seen.status === 200 ? 'blocked' : 'refused');
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem.path).toMatch(/^\//);
    const reply = await owner.post('/api/definitions/publish', { definitions: hostile, base: version, hash: 'any', note: '' });
    expect(reply.status).toBe(422);
    expect((await live()).version).toBe(version);
  });

  it('plans nothing against a version that is no longer live: it would take back what somebody else published', async () => {
    const { version, definitions } = await live();
    await publish((now) => withThing(now, (table) => ({ ...table, description: label('theirs') })));
    const seen = await owner.post('/api/definitions/plan', { definitions, base: version });
    expect([seen.status, (seen.body as Problem).issues[0]?.code]).toEqual([409, 'stale_base']);
  });

  it('names all problems of a broken draft at once', async () => {
    const { version, definitions } = await live();
    const seen = await plan(HOSTILE['unknown references in many places']?.(definitions) as Definitions, version);
    expect(seen.issues.length).toBeGreaterThanOrEqual(5);
  });

  it('shows a label with HTML in it as text, whatever it says', async () => {
    const { version, definitions } = await live();
    const seen = await plan(withThing(definitions, (table) => ({ ...table, label: label('<img src=x onerror=alert(1)>') })), version);
    expect([seen.class, seen.issues]).toEqual(['safe', []]);
  });

  it('takes 480 more fields in one publication', async () => {
    await publish((now) => withThing(now, (table) => ({ ...table, fields: [...table.fields, ...Array.from({ length: 450 }, (_, i) => ({ name: `many_${i}`, label: label(`m${i}`), type: 'text' }))] })));
    expect((await worker.get('/api/tables/thing/records')).status).toBe(200);
  });
});
