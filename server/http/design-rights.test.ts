/** How far each level may change the definitions, over HTTP: what goes beyond is told by the plan and refused by publishing, and changes nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '#engine/changes/plan.ts';
import type { Label } from '#engine/errors.ts';
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';
import { liveDefinitions, type StoredDefinitions } from '../definitions/store.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';

const label = (text: string): Label => ({ 'zh-CN': text, en: text });
const text = (name: string, rest: object = {}) => ({ name, label: label(name), type: 'text', ...rest });
const title = [{ name: 'name', label: label('name'), type: 'text' }];

const app: Definitions = {
  app: {
    name: 'rights', label: label('rights'), version: '1.0.0', navigation: [], options: { colour: [{ value: 'red', label: label('red') }] },
    roles: [{ name: 'owner', label: label('owner'), owner: true }, { name: 'keeper', label: label('keeper'), level: 8 }, { name: 'second', label: label('second'), level: 2 }, { name: 'operator', label: label('operator'), level: 7 }, { name: 'seller', label: label('seller'), level: 2 }],
  },
  tables: [
    { name: 'deal', label: label('deal'), titleField: 'name', sharing: 'private', fields: [...title, text('phone', { sensitive: true }), text('code'), { name: 'kind', label: label('kind'), type: 'select', options: [{ value: 'a', label: label('a') }] }], views: [{ name: 'all', label: label('all'), type: 'table', columns: ['name'] }] },
    { name: 'salary', label: label('salary'), titleField: 'name', sharing: 'strict', fields: [...title, { name: 'amount', label: label('amount'), type: 'decimal' }] },
  ],
  workflows: [{ name: 'call', label: label('call'), trigger: { type: 'recordCreated', table: 'deal' }, nodes: [] }],
};

const table = (name: string, change: (old: TableDefinition) => TableDefinition) => (old: Definitions): Definitions => ({ ...old, tables: old.tables.map((one) => (one.name === name ? change(one) : one)) });
const field = (name: string, change: object) => table('deal', (old) => ({ ...old, fields: old.fields.map((one) => (one.name === name ? { ...one, ...change } : one)) }));
const inApp = (change: (old: Definitions['app']) => Definitions['app']) => (old: Definitions): Definitions => ({ ...old, app: change(old.app) });
const workflow = (change: object) => (old: Definitions): Definitions => ({ ...old, workflows: old.workflows?.map((one) => ({ ...one, ...change })) ?? [] });

const VIEW = table('deal', (old) => ({ ...old, views: [...(old.views ?? []), { name: 'more', label: label('more'), type: 'table', columns: ['name'] }] }));
const OPTION = inApp((old) => ({ ...old, options: { colour: [...(old.options?.colour ?? []), { value: 'blue', label: label('blue') }] } }));
const FIELD_OPTION = field('kind', { options: [{ value: 'a', label: label('a') }, { value: 'b', label: label('b') }] });
const FIELD = table('deal', (old) => ({ ...old, fields: [...old.fields, text('added')] }));
const LABEL = field('kind', { label: label('sort') });
const WITH_SECRET = workflow({ trigger: { type: 'recordCreated', table: 'deal', next: 'send' }, nodes: [{ name: 'send', type: 'http', method: 'POST', url: 'https://example.com/{{$secrets.key}}', attempts: 1 }] });

describe.each(DATABASES)('rights to change the definitions on %s', (database) => {
  let server: TestServer;
  const people: Record<string, Client> = {};

  beforeAll(async () => {
    server = await startTestServer(database, { definitions: app });
    for (const [name, roles] of Object.entries({ owner: ['owner'], keeper: ['keeper', 'second'], operator: ['operator'], seller: ['seller'] })) people[name] = await server.signedIn(await server.workspace.addUser({ name, roles }));
    await server.workspace.create((await server.workspace.addUser({ name: 'hand', roles: ['owner'] })), 'deal', { name: 'one', phone: '13800138000', code: 'abc' });
  });
  afterAll(() => server.close());

  const live = async (): Promise<StoredDefinitions> => (await liveDefinitions(server.workspace.database)) as StoredDefinitions;
  async function attempt(who: string, change: (old: Definitions) => Definitions) {
    const client = people[who] as Client;
    const { version, definitions: old } = await live();
    const definitions = change(old);
    const planned = await client.post('/api/definitions/plan', { definitions, base: version });
    const plan = planned.body as Plan;
    const reply = await client.post('/api/definitions/publish', { definitions, base: version, hash: plan.hash ?? 'none', confirm: plan.confirm ?? [], note: '' });
    return { plan, planned: planned.status, status: reply.status, moved: (await live()).version - version, issues: (reply.body as { issues?: { path: string; code: string; message: string }[] }).issues ?? [] };
  }

  it.each([['a view', VIEW], ['an option list', OPTION], ['the options of a field', FIELD_OPTION]] as const)('lets level 7 publish %s', async (_, change) => {
    expect(await attempt('operator', change)).toMatchObject({ status: 200, moved: 1 });
  });

  it.each([['a field', FIELD, '/tables/deal/fields/added'], ['the label of a field', LABEL, '/tables/deal/fields/kind'], ['a workflow', workflow({ disabled: true }), '/workflows/call'], ['a role', inApp((old) => ({ ...old, roles: [...old.roles, { name: 'new', label: label('new') }] })), '/app/roles/new']] as const)(
    'tells level 7 that %s is for administrators, and changes nothing', async (_, change, path) => {
      const { plan, status, moved, issues } = await attempt('operator', change);
      expect(plan.class).toBe('blocked');
      expect(plan.issues).toContainEqual(expect.objectContaining({ path, code: 'above_own_level' }));
      expect({ status, moved }).toEqual({ status: 422, moved: 0 });
      expect(issues).toContainEqual(expect.objectContaining({ path, code: 'above_own_level' }));
    },
  );

  it('lets level 8 shape tables, lower roles and their rights', async () => {
    const change = (old: Definitions) => table('deal', (deal) => ({ ...deal, permissions: { seller: { read: 'own', create: true } } }))(inApp((of) => ({ ...of, roles: [...of.roles, { name: 'junior', label: label('junior'), level: 1 }] }))(FIELD(old)));
    expect(await attempt('keeper', change)).toMatchObject({ status: 200, moved: 1 });
  });

  it.each([
    ['a role of level 8', inApp((old) => ({ ...old, roles: [...old.roles, { name: 'high', label: label('high'), level: 8 }] })), '/app/roles/high'],
    ['an auditor', inApp((old) => ({ ...old, roles: old.roles.map((role) => (role.name === 'seller' ? { ...role, audit: true as const } : role)) })), '/app/roles/seller'],
    ['another owner', inApp((old) => ({ ...old, roles: old.roles.map((role) => (role.name === 'seller' ? { name: 'seller', label: role.label, owner: true as const } : role)) })), '/app/roles/seller'],
    ['a role of their own', inApp((old) => ({ ...old, roles: old.roles.map((role) => (role.name === 'second' ? { ...role, level: 7 } : role)) })), '/app/roles/second'],
    ['the rights of their own role', table('deal', (old) => ({ ...old, permissions: { ...old.permissions, keeper: { read: true, sensitive: true } } })), '/tables/deal/permissions/keeper'],
    ['exporting by a salesperson', table('deal', (old) => ({ ...old, permissions: { ...old.permissions, seller: { ...old.permissions?.seller, export: true } } })), '/tables/deal/permissions/seller'],
    ['a new table that a salesperson exports', (old: Definitions) => ({ ...old, tables: [...old.tables, { name: 'more', label: label('more'), titleField: 'name', fields: title, permissions: { seller: { read: true, export: true } } }] }), '/tables/more/permissions/seller'],
    ['exporting by a level', inApp((old) => ({ ...old, levels: { 2: { export: 10 } } })), '/app'],
    ['what level 8 may do', inApp((old) => ({ ...old, levels: { 8: { read: 'all', sensitive: true } } })), '/app'],
    ['the second factor', inApp((old) => ({ ...old, settings: { ...old.settings, secondFactor: 'required' as const } })), '/app'],
    ['a mask', table('deal', (old) => ({ ...old, fields: old.fields.map(({ sensitive: _, ...one }) => one as typeof one & { name: string }) as TableDefinition['fields'] })), '/tables/deal/fields/phone'],
    ['a strict table', table('salary', (old) => ({ ...old, sharing: 'private' })), '/tables/salary'],
    ['the rights to a strict table', table('salary', (old) => ({ ...old, permissions: { seller: { read: true } } })), '/tables/salary/permissions/seller'],
    ['a workflow that reads a strict table', (old: Definitions) => ({ ...old, workflows: [...(old.workflows ?? []), { name: 'spy', label: label('spy'), trigger: { type: 'recordCreated', table: 'salary' }, nodes: [] }] as never }), '/workflows/spy/trigger'],
    ['a workflow with a secret', WITH_SECRET, '/workflows/call'],
    ['a workflow that sends what is masked', workflow({ trigger: { type: 'recordCreated', table: 'deal', next: 'send' }, nodes: [{ name: 'send', type: 'http', method: 'POST', url: 'https://example.com/', body: '{{phone}}', sensitive: true, attempts: 1 }] }), '/workflows/call'],
    ['a field that may hold document numbers', field('code', { allowNumbers: true }), '/tables/deal/fields/code'],
    ['a new field that may hold document numbers', table('deal', (old) => ({ ...old, fields: [...old.fields, text('paper', { allowNumbers: true })] })), '/tables/deal/fields/paper'],
  ] as const)('refuses level 8 %s, and changes nothing', async (_, change, path) => {
    const { status, moved, issues } = await attempt('keeper', change);
    expect({ status, moved }).toEqual({ status: 422, moved: 0 });
    expect(issues.filter(({ code }) => code === 'above_own_level').map((issue) => issue.path)).toContainEqual(expect.stringContaining(path));
  });

  it('lets an owner do each of them', async () => {
    expect(await attempt('owner', WITH_SECRET)).toMatchObject({ status: 200, moved: 1 });
    expect(await attempt('owner', inApp((old) => ({ ...old, roles: [...old.roles, { name: 'high', label: label('high'), level: 8 }] })))).toMatchObject({ status: 200, moved: 1 });
  });

  it('lets nobody below level 7 in', async () => {
    expect(await attempt('seller', VIEW)).toMatchObject({ planned: 403, status: 403, moved: 0 });
    for (const path of ['', '/draft', '/history', '/progress']) expect((await people.seller?.get(`/api/definitions${path}`))?.status, path).toBe(403);
  });

  it('shows level 8 no value that is masked for them', async () => {
    const samples = ({ plan }: { plan: Plan }) => plan.changes.flatMap(({ effect }) => effect?.samples ?? []);
    expect(samples(await attempt('keeper', field('phone', { type: 'integer' })))).toEqual([]);
    expect(samples(await attempt('keeper', field('code', { type: 'integer' })))).not.toEqual([]);
    const { definitions } = await live();
    const preview = await people.keeper?.post('/api/definitions/formula', { definitions, table: 'deal', formula: 'concat(phone, "x")', result: 'text' });
    expect(preview?.body).toMatchObject({ issues: [], value: null, text: '' });
  });

  it.each([['get', '/workflows/runs'], ['get', '/workflows/secrets'], ['get', '/workflows/outbox'], ['get', '/workflows/call/webhook']] as const)('keeps %s %s for owners', async (_, path) => {
    expect((await people.keeper?.get(`/api${path}`))?.status).toBe(403);
    expect((await people.keeper?.get('/api/workflows/statistics'))?.status).toBe(200);
  });
});
