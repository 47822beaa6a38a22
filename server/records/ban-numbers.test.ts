/** An ID or card number that was refused is nowhere: not in a table, not in a file of the database, not in an answer, whatever the way. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { raw, sql } from '../db/sql.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { sign, takeWebhook, webhookSecret } from '../workflows/webhook.ts';
import { press } from '../workflows/manual.ts';
import { runDue } from '../workflows/worker.ts';
import { updateRecord } from './update-record.ts';
import { writeSession } from './write-session.ts';

const ID = '110101199003070011';
const CARD = '6222020200012345670';
const DISGUISED = ['身份证:110101199003070011', '110101 19900307 0011', '１１０１０１１９９００３０７００１１', '110101199003\u200b070011', '34052419800101001x', '6222 0202 0001 2345 670', '4111-1111-1111-1111'];

const label = (text: string) => ({ 'zh-CN': text, en: text });
const field = (name: string, type: string, rest: Record<string, unknown> = {}): TableDefinition['fields'][number] => ({ name, label: label(name), type, ...rest });

const definitions: Definitions = {
  app: { name: 'ban', label: label('ban'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('owner'), owner: true }] },
  tables: [
    {
      name: 'paper',
      label: label('paper'),
      titleField: 'title',
      fields: [
        field('title', 'text', { searchable: true, pinyin: true }),
        field('body', 'longText', { searchable: true }),
        field('rich', 'richText'),
        field('marks', 'tags'),
        field('todo', 'checklist'),
        field('data', 'json'),
        field('address', 'address'),
        field('site', 'url'),
        field('mail', 'email'),
        field('count', 'integer'),
        field('code', 'creditCode'),
        field('tracking', 'text', { allowNumbers: true }),
        field('twin', 'text', { default: { rule: { cat: [{ var: 'title' }, { var: 'body' }] } } }),
        field('pages', 'lines', { table: 'page', field: 'paper' }),
      ],
      effects: [{ name: 'copy', on: ['create'], when: { '==': [{ var: 'title' }, 'effect'] }, create: { table: 'page', values: { paper: { var: 'id' }, text: { cat: ['110101', '199003070011'] } } } }],
    },
    { name: 'page', label: label('page'), titleField: 'text', fields: [field('paper', 'reference', { table: 'paper', required: true, onDelete: 'cascade' }), field('text', 'text')] },
  ],
  workflows: [
    { name: 'inside', label: label('inside'), trigger: { type: 'recordUpdated', table: 'paper', inside: true, fields: ['title'], rule: { '==': [{ var: 'title' }, 'inside'] }, next: 'a' }, nodes: [{ name: 'a', type: 'setFields', values: { body: { cat: ['6222020200', '012345670'] } } }] },
    { name: 'later', label: label('later'), trigger: { type: 'manual', table: 'paper', button: label('later'), place: 'record', next: 'a' }, nodes: [{ name: 'a', type: 'update', values: { body: { cat: ['110101', '199003070011'] } } }] },
    { name: 'hook', label: label('hook'), trigger: { type: 'webhook', next: 'a' }, nodes: [{ name: 'a', type: 'set', variables: { said: { var: '$trigger.body.text' } } }] },
  ],
};

describe.each(DATABASES)('the ban on ID and card numbers on %s', (database) => {
  let server: TestServer;
  let owner: Actor;
  let client: Client;

  beforeAll(async () => {
    server = await startTestServer(database, { definitions });
    owner = await server.workspace.addUser({ name: 'owner', roles: ['owner'] });
    client = await server.signedIn(owner);
  });
  afterAll(() => server.close());

  const addPaper = async (values: Record<string, unknown>): Promise<string> => {
    const reply = await client.post('/api/tables/paper/records', values);
    expect(reply.status, reply.text).toBe(201);
    return (reply.body as { data: { id: string } }).data.id;
  };
  const refused = (reply: { status: number; text: string }, path: string): void => {
    expect(reply.status, reply.text).toBe(422);
    expect(reply.text).toContain('sensitive_number');
    expect(reply.text).toContain(`"${path}"`);
    expect(reply.text).not.toMatch(/0011|2345|1111/);
  };

  it('refuses it in a value of every type that holds text, naming the field and not the number', async () => {
    const values: Record<string, unknown> = {
      title: ID, body: `a\n${CARD}`, rich: `**${ID}**`, marks: ['ok', ID], todo: [{ text: ID, done: false }], data: { deep: [{ [ID]: 1 }] },
      address: `${CARD} street`, site: `https://example.com/${ID}`, mail: `${ID}@example.com`, count: 4111111111111111,
    };
    for (const [name, value] of Object.entries(values)) refused(await client.post('/api/tables/paper/records', { [name]: value }), `/${name}`);
    for (const text of DISGUISED) refused(await client.post('/api/tables/paper/records', { title: text }), '/title');
    expect((await client.post('/api/tables/paper/records', { code: ID })).text).toContain('"id_number"');
  });

  it('lets through what only resembles one, and anything in a field that is exempt', async () => {
    await addPaper({ title: '110101199003070012', body: '流水2024031544030019850101123X', code: '91350100M000100Y43', tracking: CARD.replace(/0$/, '1') });
  });

  it('refuses it on every way of writing', async () => {
    const id = await addPaper({ title: 'first' });
    refused(await client.patch(`/api/tables/paper/records/${id}`, { body: ID }, { 'If-Match': '*' }), '/body');
    refused(await client.post('/api/tables/paper/records', { title: 'lines', pages: [{ text: 'fine' }, { text: CARD }] }), '/pages/1/text');
    refused(await client.patch(`/api/tables/paper/records/${id}`, { pages: [{ text: ID }] }, { 'If-Match': '*' }), '/pages/0/text');
    refused(await client.post('/api/tables/paper/records', { title: ID.slice(0, 6), body: ID.slice(6) }), '/twin');
    refused(await client.post('/api/tables/paper/records', { title: 'effect' }), '/text');
    refused(await client.patch(`/api/tables/paper/records/${id}`, { title: 'inside' }, { 'If-Match': '*' }), '/body');
    refused(await client.post('/api/tables/paper/records', { title: ID }, { 'Idempotency-Key': 'key-1' }), '/title');
    refused(await client.patch('/api/session/user', { name: ID }), '/name');
    const bulk = await client.post('/api/tables/paper/records/bulk', { ids: [id], action: 'update', values: { body: ID } });
    expect(bulk.text).toContain('"ok":false');
    expect(bulk.text).not.toContain('0011');
    refused(await client.upload('/api/files', { name: `证件 ${ID}.txt`, content: 'x' }), '/file');
    refused(await client.upload('/api/tables/paper/imports', { name: `${CARD}.csv`, content: 'title\nx\n' }), '/file');
  });

  it('refuses the row of an import and keeps the number out of the report and the file of failures', async () => {
    const draft = await client.upload('/api/tables/paper/imports', { name: 'papers.csv', content: `title,body,mail\ngood,fine,\nbad,${ID},\nworse,x,${CARD}\n` });
    expect(draft.status, draft.text).toBe(201);
    const { id } = draft.body as { id: string };
    await client.post(`/api/imports/${id}/run`, { dryRun: false });
    const state = async () => ((await client.get(`/api/imports/${id}`)).body as { run: { state: string; created: number; failed: number } }).run;
    await expect.poll(async () => (await state()).state).toBe('done');
    expect(await state()).toMatchObject({ created: 1, failed: 2 });
    const report = JSON.stringify(await state());
    expect(report).not.toMatch(/0011|345670/);
    const failures = (await client.get(`/api/imports/${id}/failures.csv`)).text;
    expect(failures).toContain('110101********0011');
    expect(failures).not.toContain(ID);
    expect(failures).not.toContain(CARD);
    refused(await client.patch(`/api/imports/${id}`, { columns: [{ index: 0, target: 'title', values: { [ID]: 'x' } }] }), '/columns');
  });

  it('stops a workflow that would write one, and masks what a webhook brings', async () => {
    const { workspace } = server;
    const id = await addPaper({ title: 'flow' });
    await press(workspace, owner, 'later', [id]);
    const secret = await webhookSecret(workspace, 'hook');
    const body = JSON.stringify({ text: `身份证 ${ID}`, card: Number('4111111111111111') });
    const timestamp = String(Math.floor(Date.parse(workspace.now()) / 1000));
    await takeWebhook(workspace, 'hook', { id: 'm1', timestamp, body, signature: sign(secret, { id: 'm1', timestamp, body }) });
    await runDue(workspace);
    const runs = await workspace.database.all<{ workflow: string; state: string; data: string }>(sql`SELECT workflow, state, data FROM relata_run ORDER BY workflow`);
    expect(runs.map(({ workflow, state }) => [workflow, state])).toEqual([['hook', 'done'], ['later', 'failed']]);
    expect(runs[0]?.data).toContain('110101********0011');
  });

  it('has left none of them anywhere in the database', async () => {
    const { workspace } = server;
    const needles = [ID, CARD, '4111111111111111', '34052419800101001', '１１０１０１', '6222 0202 0001', '19900307 0011'];
    const tables = database === 'sqlite'
      ? await workspace.database.all<{ name: string }>(sql`SELECT name FROM sqlite_master WHERE type = 'table'`)
      : await workspace.database.all<{ name: string }>(sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()`);
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const text = JSON.stringify(await workspace.database.all(raw(`SELECT * FROM "${name}"`)));
      for (const needle of needles) expect(text.includes(needle), `${needle} in ${name}`).toBe(false);
    }
    if (database !== 'sqlite') return;
    for (const file of readdirSync(workspace.dataDir).filter((one) => one.startsWith('relata.db'))) {
      const bytes = readFileSync(join(workspace.dataDir, file));
      for (const needle of needles) expect(bytes.includes(needle), `${needle} in ${file}`).toBe(false);
    }
  });
});

describe.each(DATABASES)('what an app may do instead on %s', (database) => {
  it.each(['mask', 'warn'] as const)('%s', async (mode) => {
    const server = await startTestServer(database, { definitions: { ...definitions, app: { ...definitions.app, settings: { sensitiveNumbers: mode } } } });
    try {
      const owner = await server.workspace.addUser({ name: 'owner', roles: ['owner'] });
      const client = await server.signedIn(owner);
      const reply = await client.post('/api/tables/paper/records', { title: `客户 ${ID}`, data: { card: 4111111111111111 } });
      expect(reply.status, reply.text).toBe(201);
      const { data, warnings } = reply.body as { data: { id: string; title: string; data: { card: unknown } }; warnings: { path: string; message: string }[] };
      expect(data.title).toBe(mode === 'mask' ? '客户 110101********0011' : `客户 ${ID}`);
      expect(data.data.card).toBe(mode === 'mask' ? '411111******1111' : 4111111111111111);
      expect(warnings.map(({ path }) => path)).toEqual(['/title', '/data', '/twin']);
      expect(JSON.stringify(warnings)).not.toMatch(/0011|1111/);
      // A masked number has no place in a number field.
      expect((await client.post('/api/tables/paper/records', { count: 4111111111111111 })).status).toBe(mode === 'mask' ? 422 : 201);
    } finally {
      await server.close();
    }
  });

  it('leaves alone what was stored before and is not being changed', async () => {
    const server = await startTestServer(database, { definitions: { ...definitions, app: { ...definitions.app, settings: { sensitiveNumbers: 'warn' } } } });
    try {
      const { workspace } = server;
      const owner = await workspace.addUser({ name: 'owner', roles: ['owner'] });
      const id = await workspace.create(owner, 'paper', { title: ID });
      await workspace.publish({ base: workspace.definitionsVersion, definitions, by: owner.userId, note: 'stricter' });
      expect(workspace.model.settings.sensitiveNumbers).toBe('block');
      await writeSession(workspace, owner, (session) => updateRecord(session, 'paper', id, { body: 'more' }));
    } finally {
      await server.close();
    }
  });
});
