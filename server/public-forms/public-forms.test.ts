/** Public forms (P25): somebody without an account sends one in and reads nothing by it. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { Label } from '#engine/errors.ts';
import { buildModel } from '#engine/model/build-model.ts';
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { readDefinitions } from '../definitions/read-template.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { runDue } from '../workflows/worker.ts';
import { type Client, type Reply, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';

const TEMPLATE = fileURLToPath(new URL('../../templates/crm', import.meta.url));
const label = (text: string): Label => ({ 'zh-CN': text, en: text });
const text = (name: string, rest: object = {}) => ({ name, label: label(name), type: 'text', ...rest });
const main = (...fields: string[]) => [{ name: 'main', label: label('main'), fields }];

const survey: TableDefinition = {
  name: 'survey', label: label('survey'), titleField: 'name', sharing: 'private', inherits: 'customer',
  fields: [
    text('name', { required: true }),
    { name: 'customer', label: label('customer'), type: 'reference', table: 'customer', required: true, onDelete: 'cascade' },
    { name: 'channel', label: label('channel'), type: 'select', options: [{ value: 'web', label: label('web') }, { value: 'phone', label: label('phone') }] },
    { name: 'score', label: label('score'), type: 'integer', requiredWhen: { '==': [{ var: 'channel' }, 'web'] }, min: 0, max: 10 },
    text('verdict'),
    { name: 'customer_secret', label: label('secret of the customer'), type: 'lookup', path: 'customer.secret' },
  ],
  validate: [{ rule: { or: [{ empty: [{ var: 'verdict' }] }, { '!=': [{ var: 'verdict' }, { var: 'customer.secret' }] }] }, message: label('is the secret') }],
  forms: [{ name: 'default', label: label('default'), sections: main('name', 'customer', 'score', 'verdict', 'channel') }, { name: 'web', label: label('web'), sections: main('name', 'score'), public: { values: { channel: 'web' }, thanks: label('thank you') } }],
};
const app: Definitions = {
  app: { name: 'public', label: label('public'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('owner'), owner: true }, { name: 'seller', label: label('seller'), level: 2 }, { name: 'reader', label: label('reader'), level: 6 }] },
  tables: [
    { name: 'customer', label: label('customer'), titleField: 'name', sharing: 'private', fields: [text('name'), text('secret')] },
    survey,
    { name: 'lead', label: label('lead'), titleField: 'name', sharing: 'private', fields: [text('name', { required: true }), text('code', { unique: true }), text('kind', { required: true })], forms: [{ name: 'web', label: label('web'), sections: main('name'), public: {} }, { name: 'whole', label: label('whole'), sections: main('name', 'kind'), public: {} }] },
  ],
};

describe.each(DATABASES)('public forms on %s', (database) => {
  let server: TestServer;
  let seller: Client;
  let other: Client;
  let actor: Actor;
  let customer: string;
  beforeAll(async () => {
    server = await startTestServer(database, { definitions: app });
    actor = await server.workspace.addUser({ name: 'Sun', roles: ['seller'] });
    seller = await server.signedIn(actor);
    other = await server.signedIn(await server.workspace.addUser({ name: 'Li', roles: ['seller'] }));
    customer = await server.workspace.create(actor, 'customer', { name: 'ACME', secret: 'hush' });
  });
  afterAll(() => server.close());

  const ask = (client: Client, table: string, body: object): Promise<Reply> => client.post(`/api/tables/${table}/form-links`, { days: 7, once: false, ...body });
  const tokenOf = (reply: Reply): string => (reply.body as { url: string }).url.split('/f/')[1] as string;
  const surveyLink = async (rest: object = {}): Promise<string> => tokenOf(await ask(seller, 'survey', { form: 'web', about: { field: 'customer', record: customer }, ...rest }));
  const send = (token: string, values: object, headers?: Record<string, string>): Promise<Reply> => server.visitor().post(`/api/public/forms/${token}`, values, headers);
  const surveys = async (): Promise<Record<string, Json>[]> => ((await seller.get('/api/tables/survey/records')).body as { data: Record<string, Json>[] }).data;

  it('take an answer in the name of whoever sent the link, and answer nothing', async () => {
    const token = await surveyLink();
    const before = (await surveys()).length;
    const reply = await send(token, { name: 'Zhou', score: 9 });
    expect([reply.status, reply.text]).toEqual([204, '']);
    const [found] = await surveys();
    expect(await surveys()).toHaveLength(before + 1);
    expect(found).toMatchObject({ name: 'Zhou', score: 9, customer, channel: 'web', owner: actor.userId, created_by: actor.userId });
    expect(((await seller.get(`/api/tables/survey/form-links?record=${customer}`)).body as { data: object[] }).data).toContainEqual(expect.objectContaining({ form: 'web', used: 1, once: false }));
  });

  it('show what is asked, and no record, person or other field', async () => {
    const reply = await server.visitor().get(`/api/public/forms/${await surveyLink()}`);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ form: { name: 'web', public: { thanks: label('thank you') } }, table: { name: 'survey', forms: [{ name: 'web' }], views: [], permissions: {}, unique: [], invariants: [], stamps: [], follows: [] } });
    expect(Object.keys((reply.body as { table: TableDefinition }).table.fields)).toEqual(['name', 'channel', 'score']);
    for (const told of ['ACME', 'hush', customer, 'Sun', actor.userId, 'customer_secret', 'verdict', 'is the secret']) expect(reply.text).not.toContain(told);
  });

  it.each([['verdict', 'x'], ['customer', 'me'], ['owner', 'me'], ['id', 'x'], ['created_by', 'x'], ['channel', 'phone'], ['customer_secret', 'x'], ['version', 9]] as const)('refuse %s, which the form does not ask for', async (name, value) => {
    const reply = await send(await surveyLink(), { name: 'Zhou', score: 9, [name]: value });
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({ issues: [{ path: `/${name}`, code: 'unknown_field' }] });
  });

  it('tell what is wrong with an answer, and nothing of records', async () => {
    const token = await surveyLink();
    expect((await send(token, { score: 11 })).body).toMatchObject({ issues: expect.arrayContaining([expect.objectContaining({ path: '/name' }), expect.objectContaining({ path: '/score' })]) });
    // What the kept channel asks for is asked for here too.
    expect((await send(token, { name: 'Zhou' })).body).toMatchObject({ issues: [{ path: '/score' }] });
    expect((await send(token, { name: 'Zhou', score: 9, 'a\u0000': 1 })).status).toBeGreaterThanOrEqual(400);
  });

  it('are answered once where once is said, also by two at a time', async () => {
    const token = await surveyLink({ once: true });
    const replies = await Promise.all([send(token, { name: 'first', score: 1 }), send(token, { name: 'second', score: 2 })]);
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect((await send(token, { name: 'third', score: 3 })).status).toBe(404);
    expect((await server.visitor().get(`/api/public/forms/${token}`)).status).toBe(404);
    expect((await surveys()).filter(({ name }) => ['first', 'second', 'third'].includes(String(name)))).toHaveLength(1);
  });

  it('write once when the answer was lost and is sent again', async () => {
    const token = await surveyLink();
    const key = { 'Idempotency-Key': 'again-1' };
    expect((await send(token, { name: 'again', score: 5 }, key)).status).toBe(204);
    expect((await send(token, { name: 'again', score: 5 }, key)).status).toBe(204);
    expect((await surveys()).filter(({ name }) => name === 'again')).toHaveLength(1);
    const single = await surveyLink({ once: true });
    for (let i = 0; i < 2; i++) expect((await send(single, { name: 'only', score: 5 }, { 'Idempotency-Key': 'again-2' })).status).toBe(204);
    expect((await send(single, { name: 'only', score: 6 }, { 'Idempotency-Key': 'again-3' })).status).toBe(404);
    expect((await surveys()).filter(({ name }) => name === 'only')).toHaveLength(1);
  });

  it('end with their date, when taken back, and with whoever sent them', async () => {
    const unknown = await server.visitor().get('/api/public/forms/nothing-like-it');
    const ended = await ask(seller, 'survey', { form: 'web', about: { field: 'customer', record: customer } });
    const { id } = ended.body as { id: string };
    expect((await other.delete(`/api/form-links/${id}`)).status).toBe(404);
    expect((await seller.delete(`/api/form-links/${id}`)).status).toBe(204);
    for (const reply of [await send(tokenOf(ended), { name: 'x', score: 1 }), await server.visitor().get(`/api/public/forms/${tokenOf(ended)}`)]) expect([reply.status, reply.text]).toEqual([404, unknown.text]);
    const left = await server.workspace.addUser({ name: 'Wu', roles: ['seller'] });
    const theirs = await server.workspace.create(left, 'customer', { name: 'Other' });
    const link = tokenOf(await ask(await server.signedIn(left), 'survey', { form: 'web', about: { field: 'customer', record: theirs } }));
    await writeSession(server.workspace, systemActor, (session) => updateRecord(session, 'user', left.userId, { active: false }));
    expect((await send(link, { name: 'x', score: 1 })).status).toBe(404);
  });

  it('say nothing of why the sender can no longer take it', async () => {
    const token = await surveyLink();
    await writeSession(server.workspace, systemActor, (session) => updateRecord(session, 'user', actor.userId, { roles: ['reader'] }));
    const reply = await send(token, { name: 'x', score: 1 });
    await writeSession(server.workspace, systemActor, (session) => updateRecord(session, 'user', actor.userId, { roles: ['seller'] }));
    expect([reply.status, (reply.body as { issues: object[] }).issues ?? []]).toEqual([409, []]);
    for (const told of ['Sun', 'survey', 'reader', 'ACME']) expect(reply.text).not.toContain(told);
  });

  it.each([
    ['a form that is not public', 'survey', { form: 'default' }, 422],
    ['no form of that name', 'survey', { form: 'nothing' }, 422],
    ['what is required and nobody can fill in', 'lead', { form: 'web' }, 422],
    ['a record one may not read', 'survey', { form: 'web', about: { field: 'customer', record: 'OTHER' } }, 404],
    ['a field that is no reference', 'survey', { form: 'web', about: { field: 'name', record: 'x' } }, 422],
    ['a link for ever', 'lead', { form: 'whole', days: 100_000 }, 422],
  ] as const)('are not made for %s', async (_, table, body, status) => {
    const hidden = await server.workspace.create(systemActor, 'customer', { name: 'Hidden' });
    const asked = JSON.parse(JSON.stringify(body).replace('OTHER', hidden)) as object;
    expect((await ask(seller, table, asked)).status).toBe(status);
  });

  it('are made by whom may create such a record', async () => {
    expect((await ask(seller, 'lead', { form: 'whole' })).status).toBe(201);
    expect((await ask(await server.signedIn(await server.workspace.addUser({ name: 'Reader', roles: ['reader'] })), 'lead', { form: 'whole' })).status).toBe(403);
    expect((await ask(server.visitor(), 'lead', { form: 'whole' })).status).toBe(401);
  });

  it('are answered sixty times by one address, and then not', async () => {
    const fresh = await startTestServer(database, { definitions: app });
    try {
      const maker = await fresh.signedIn(await fresh.workspace.addUser({ name: 'Sun', roles: ['seller'] }));
      const token = tokenOf(await ask(maker, 'lead', { form: 'whole' }));
      for (let i = 0; i < 60; i++) expect((await fresh.visitor().post(`/api/public/forms/${token}`, { name: `n${i}`, kind: 'k' })).status).toBe(204);
      expect((await fresh.visitor().post(`/api/public/forms/${token}`, { name: 'more', kind: 'k' })).status).toBe(429);
    } finally {
      await fresh.close();
    }
  });
});

describe('the definition of a public form', () => {
  const issuesOf = (change: (table: TableDefinition) => TableDefinition): string[] => buildModel({ ...app, tables: app.tables.map((table) => (table.name === 'survey' ? change(table) : table)) }).issues.map(({ path, code }) => `${path} ${code}`);
  const web = (table: TableDefinition, rest: object): TableDefinition => ({ ...table, forms: [{ ...(table.forms?.[1] as NonNullable<TableDefinition['forms']>[number]), ...rest }] });
  it.each([
    ['a reference', { sections: main('name', 'customer') }, '/tables/survey/forms/0/public not_for_public'],
    ['what is computed', { sections: main('name', 'customer_secret') }, '/tables/survey/forms/0/public not_for_public'],
    ['what a rule compares with another record', { sections: main('name', 'verdict') }, '/tables/survey/forms/0/public reads_records_in_public'],
    ['a value of no field', { public: { values: { nothing: 'x' } } }, '/tables/survey/forms/0/public/values/nothing unknown_field'],
    ['a value that is no option', { public: { values: { channel: 'fax' } } }, '/tables/survey/forms/0/public/values/channel wrong_value'],
    ['a value of a text', { public: { values: { verdict: 'good' } } }, '/tables/survey/forms/0/public/values/verdict wrong_value'],
  ] as const)('may not hold %s', (_, rest, issue) => {
    expect(issuesOf((table) => web(table, rest))).toContain(issue);
  });
  it('may not be checked against a field that was computed over another record', () => {
    expect(issuesOf((table) => ({ ...web(table, {}), validate: [{ rule: { '!=': [{ var: 'name' }, { var: 'customer_secret' }] }, message: label('is the secret') }] }))).toContain('/tables/survey/forms/0/public reads_records_in_public');
  });
  it('may not ask for what must be unique', () => {
    expect(issuesOf((table) => ({ ...web(table, {}), fields: table.fields.map((field) => (field.name === 'name' ? { ...field, unique: true } : field)) }))).toContain('/tables/survey/forms/0/public unique_in_public');
  });
});

describe.each(DATABASES)('the public forms of the CRM template on %s', (database) => {
  it('bring leads and opinions to who handed them out', async () => {
    const server = await startTestServer(database, { definitions: await readDefinitions(TEMPLATE) });
    try {
      const actor = await server.workspace.addUser({ name: 'Sun', roles: ['salesperson'] });
      const seller = await server.signedIn(actor);
      const customer = await server.workspace.create(actor, 'customer', { name: '华东精密制造有限公司' });
      const fillIn = async (table: string, form: object, values: object): Promise<number> => {
        const made = await seller.post(`/api/tables/${table}/form-links`, { days: 7, once: true, ...form });
        expect(made.status, made.text).toBe(201);
        return (await server.visitor().post(`/api/public/forms/${(made.body as { url: string }).url.split('/f/')[1]}`, values)).status;
      };
      expect(await fillIn('lead', { form: 'web' }, { company: '新能科技', name: '周敏', mobile: '13800138000', need: '想了解压力传感器' })).toBe(204);
      expect(await fillIn('lead', { form: 'web' }, { company: '新能科技' })).toBe(422);
      expect(await fillIn('feedback', { form: 'survey', about: { field: 'customer', record: customer } }, { score: 4, text: '交货慢' })).toBe(204);
      const first = async (table: string) => ((await seller.get(`/api/tables/${table}/records`)).body as { data: Record<string, Json>[] }).data[0];
      expect(await first('lead')).toMatchObject({ company: '新能科技', source: 'website', owner: actor.userId });
      expect(await first('feedback')).toMatchObject({ customer, score: 4, kind: 'csat', channel: 'web', followup_needed: true });
      await runDue(server.workspace);
      expect((await seller.get('/api/notices')).text).toMatch(/(网上有新线索：|A new lead from the web: )新能科技/);
    } finally {
      await server.close();
    }
  }, 60_000);
});
