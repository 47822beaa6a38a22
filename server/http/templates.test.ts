import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstallProposal, TemplateProposal, UpgradeProposal } from '../definitions/template-proposals.ts';
import type { TemplateCard } from '../definitions/template-samples.ts';
import { definitionFiles } from '#engine/changes/print-definitions.ts';
import { diffDefinitions } from '#engine/changes/diff-definitions.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { readTemplate } from '../definitions/read-template.ts';
import type { StoredDefinitions } from '../definitions/store.ts';
import { recordsChecksum } from '../testing/records-checksum.ts';
import { copyTemplates, type TemplatesDir } from '../testing/templates-dir.ts';
import { type Client, type Reply, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';

/** What a new workspace holds before anything is put into it. */
const empty: Definitions = {
  app: { name: 'firm', label: { 'zh-CN': '公司', en: 'Firm' }, version: '1.0.0', navigation: [], roles: [{ name: 'chief', label: { 'zh-CN': '负责人', en: 'Chief' }, owner: true }] },
  tables: [],
};
const codesOf = (reply: Reply): [number, string[]] => [reply.status, ((reply.body as { issues?: { code: string }[] }).issues ?? []).map(({ code }) => code)];

describe.each(DATABASES)('templates over HTTP on %s', (database) => {
  let templates: TemplatesDir;
  let server: TestServer;
  let fresh: TestServer;
  let ownerActor: Actor;
  let owner: Client;
  let stranger: Client;
  let elsewhere: Client;

  beforeAll(async () => {
    templates = await copyTemplates();
    const { definitions, samples } = await readTemplate(`${templates.dir}/crm`);
    server = await startTestServer(database, { definitions, samples, now: '2026-11-21T15:00:00.000Z', templatesDir: templates.dir });
    ownerActor = await server.workspace.addUser({ name: 'Olga', roles: ['system_owner'] });
    owner = await server.signedIn(ownerActor);
    stranger = await server.signedIn(await server.workspace.addUser({ name: 'Wang', roles: ['manager'] }));
    fresh = await startTestServer(database, { definitions: empty, now: '2026-11-21T15:00:00.000Z', templatesDir: templates.dir });
    elsewhere = await fresh.signedIn(await fresh.workspace.addUser({ name: 'Olga', roles: ['chief'] }));
  });
  afterAll(async () => {
    await Promise.all([server.close(), fresh.close()]);
    await templates.remove();
  });

  const live = async (by = owner) => (await by.get('/api/definitions')).body as StoredDefinitions;
  const card = async (name: string, by = owner) => ((await by.get('/api/templates')).body as { data: TemplateCard[] }).data.find((one) => one.name === name) as TemplateCard;
  const propose = async <T extends TemplateProposal>(path: string, body: object = {}, by = owner): Promise<T> => {
    const reply = await by.post(`/api/templates/${path}`, body);
    expect(reply.status, reply.text).toBe(200);
    return reply.body as T;
  };
  const publish = async ({ definitions, templates: list, plan }: TemplateProposal, by = owner) => {
    const reply = await by.post('/api/definitions/publish', { definitions, templates: list, base: plan.base, hash: plan.hash, confirm: plan.confirm, note: 'test' });
    expect(reply.status, reply.text).toBe(200);
    return (reply.body as { version: number }).version;
  };
  const total = async (table: string, by = owner) => ((await by.get(`/api/tables/${table}/records?count=true&limit=1`)).body as { count: { value: number } }).count.value;

  it.each([['get', '/templates'], ['post', '/templates/desk/install'], ['post', '/templates/crm/upgrade'], ['post', '/templates/crm/uninstall'], ['post', '/templates/crm/samples'], ['get', '/definitions/export'], ['post', '/definitions/import']] as const)('lets only a system owner %s %s', async (method, path) => {
    expect((await stranger.send(method.toUpperCase(), `/api${path}`, method === 'post' ? { body: {} } : {})).status).toBe(403);
  });

  it('refuses files that are no definitions, or too much', async () => {
    const send = async (content: string | Uint8Array, fields = {}) => codesOf(await elsewhere.upload('/api/definitions/import', { name: 'x.zip', content }, fields));
    const app = strToU8(JSON.stringify(empty.app));
    const bomb = zipSync({ 'app.json': app, 'tables/bomb.json': new Uint8Array(30 * 1_048_576) });
    const many = zipSync(Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`tables/t${i}.json`, strToU8('{}')])));
    expect(bomb.length).toBeLessThan(100_000);
    expect([await send(bomb), await send(many), await send(new Uint8Array(6 * 1_048_576))].map(([status]) => status)).toEqual([413, 413, 413]);
    for (const content of ['', 'PK', 'not a zip at all, only some text', zipSync({ 'app.json': app }).subarray(0, 60), zipSync({ '../app.json': app }), zipSync({ 'tables/../../x.json': app, 'app.json': app }), zipSync({ '/app.json': app }), zipSync({ 'C:\\app.json': app })]) expect((await send(content))[0]).toBe(415);
    expect((await send(zipSync({ 'app.json': new Uint8Array([0xff, 0xfe, 0xc0]) })))[0]).toBe(415);
    expect(await send(zipSync({ 'readme.txt': app }))).toEqual([422, []]);
    expect(await send(zipSync({ 'app.json': strToU8('{"name":') }))).toEqual([422, ['invalid_json']]);
    expect((await send(zipSync({ 'app.json': strToU8('{"name":1}') })))[0]).toBe(422);
    expect((await send('{"app":{},"tables":[1]}'))[0]).toBe(422);
    expect((await send('{"app":{"__proto__":{"polluted":1}},"tables":[]}'))[0]).toBe(422);
    expect(await send(JSON.stringify(empty), { mode: 'other' })).toEqual([400, []]);
    expect((await elsewhere.post('/api/definitions/import', {})).status).toBe(415);
  });

  it('lets what only does not fit together become a draft, with its problems', async () => {
    const broken = { ...empty, app: { ...empty.app, navigation: [{ name: 'main', label: { 'zh-CN': '主', en: 'Main' }, tables: ['nowhere'] }] } };
    const reply = await elsewhere.upload('/api/definitions/import', { name: 'x.json', content: JSON.stringify(broken) });
    expect([reply.status, (reply.body as { issues: { code: string }[] }).issues.map(({ code }) => code)]).toEqual([200, ['unknown_table']]);
  });

  it('shows what there is and what is installed', async () => {
    expect(await card('crm')).toMatchObject({ installed: '2.2.0', upgrade: false, isEmpty: false, version: '2.2.0' });
    expect(await card('desk')).toMatchObject({ installed: null, upgrade: false, isEmpty: false, records: expect.any(Number), label: { en: 'Service desk' } });
    for (const name of ['nothing', '..', '%2e%2e%2fcrm', 'CRM', '__proto__']) expect((await owner.post(`/api/templates/${name}/install`, {})).status, name).toBe(404);
  });

  it('installs one beside another, with its samples, and takes it out again', async () => {
    const before = await live();
    const sums = await recordsChecksum(server.workspace);
    const proposal = await propose<InstallProposal>('desk/install');
    expect(proposal.plan.class).toBe('safe');
    expect(proposal.clashes).toEqual(expect.arrayContaining([{ name: 'manager', kind: 'role', resolution: 'rename' }]));
    expect(proposal.renames.roles).toEqual({ manager: 'desk_manager' });
    expect(await live()).toEqual(before);
    await publish(proposal);
    expect((await live()).templates).toEqual([{ name: 'crm', version: '2.2.0' }, { name: 'desk', version: '1.0.0' }]);
    expect(await card('desk')).toMatchObject({ installed: '1.0.0', isEmpty: true });
    expect((await owner.post('/api/templates/desk/install', {})).status).toBe(409);

    const samples = await owner.post('/api/templates/desk/samples', {});
    expect(samples.status, samples.text).toBe(200);
    const { records } = await card('desk');
    expect(samples.body).toEqual({ records });
    expect(await total('ticket')).toBeGreaterThan(10);
    expect((await owner.post('/api/templates/desk/samples', {})).status).toBe(409);

    const away = await propose('desk/uninstall');
    expect(away.plan.class).toBe('lossy');
    // People still have these roles.
    expect(away.definitions.app.roles.map(({ name }) => name)).toEqual(expect.arrayContaining(['desk_manager', 'agent']));
    const version = await publish(away);
    expect(await card('desk')).toMatchObject({ installed: null });
    expect((await owner.post('/api/templates/desk/uninstall', {})).status).toBe(404);
    const left = await recordsChecksum(server.workspace);
    for (const { name } of before.definitions.tables) expect(left[name], name).toBe(sums[name]);

    const way = (await owner.post(`/api/definitions/history/${version}/undo`, {})).body as TemplateProposal & { restore: string[] };
    const undone = await owner.post('/api/definitions/publish', { definitions: way.definitions, templates: way.templates, restore: way.restore, undoes: version, base: way.plan.base, hash: way.plan.hash, note: 'undo' });
    expect(undone.status, undone.text).toBe(200);
    expect(await total('ticket')).toBeGreaterThan(10);
    expect(await card('desk')).toMatchObject({ installed: '1.0.0', isEmpty: false });
    await publish(await propose('desk/uninstall'));
  });

  it('comes again under other names, and its samples find the people who stayed', async () => {
    await server.workspace.publish({ definitions: withTicket(await live()), base: (await live()).version, by: ownerActor.userId, note: 'own tickets' });
    const left = await propose<InstallProposal>('desk/install', { clashes: { ticket: 'skip' } });
    expect(left.definitions.tables.filter(({ name }) => name.includes('ticket'))).toHaveLength(1);
    const proposal = await propose<InstallProposal>('desk/install');
    expect(proposal.renames.tables).toEqual({ ticket: 'desk_ticket' });
    await publish(proposal);
    expect((await live()).templates).toContainEqual({ name: 'desk', version: '1.0.0+2' });
    expect(await card('desk')).toMatchObject({ installed: '1.0.0', upgrade: false });
    const people = await total('user');
    expect((await owner.post('/api/templates/desk/samples', {})).status).toBe(200);
    expect(await total('user')).toBe(people);
    expect(await total('desk_ticket')).toBeGreaterThan(10);
    expect(await total('ticket')).toBe(0);

    await templates.change('desk', (app, table) => {
      app.version = '1.2.0';
      table('ticket').label.en = 'Case';
    });
    expect(await card('desk')).toMatchObject({ installed: '1.0.0', upgrade: true, version: '1.2.0' });
    expect((await owner.post('/api/templates/desk/samples', {})).status).toBe(409);
    const upgrade = await propose<UpgradeProposal>('desk/upgrade', {});
    expect(upgrade.plan.changes.map(({ path }) => path)).toEqual(['/tables/desk_ticket']);
    await publish(upgrade);
    expect(await card('desk')).toMatchObject({ installed: '1.2.0', upgrade: false });
  });

  it('keeps what a template holds by its folder, whatever a request says', async () => {
    const { version, definitions } = await live();
    const publishing = (list: unknown) => owner.post('/api/definitions/publish', { definitions, base: version, hash: 'x', note: '', templates: list });
    expect((await publishing([{ name: 'crm', version: '2.2.0', definitions: empty }])).status).toBe(422);
    expect((await publishing([{ name: 'crm', version: '9.0.0' }])).status).toBe(422);
    expect((await publishing([{ name: 'crm', version: '9.0.0', install: { clashes: {} } }])).status).toBe(409);
    expect((await publishing([{ name: '../crm', version: '1.0.0', install: { clashes: {} } }])).status).toBe(404);
  });

  it('goes into an empty workspace, and an exported app arrives elsewhere as it left', async () => {
    const proposal = await propose<InstallProposal>('crm/install', {}, elsewhere);
    expect(proposal.clashes).toEqual([]);
    await publish(proposal, elsewhere);
    expect((await elsewhere.post('/api/templates/crm/samples', {})).status).toBe(200);
    expect(await total('customer', elsewhere)).toBeGreaterThan(10);

    const file = await owner.get('/api/definitions/export');
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect((await owner.get('/api/definitions/export')).bytes.equals(file.bytes)).toBe(true);
    const imported = (await elsewhere.upload('/api/definitions/import', { name: 'crm.zip', content: file.bytes })).body as { definitions: Definitions; issues: unknown[] };
    expect(imported.issues).toEqual([]);
    const { definitions, version } = await live();
    expect(definitionFiles(imported.definitions)).toEqual(definitionFiles(definitions));
    expect(version).toBeGreaterThan(1);
    // Whoever imports keeps a role of their own.
    const roles = [...imported.definitions.app.roles, ...empty.app.roles];
    const draft = { ...imported.definitions, app: { ...imported.definitions.app, roles } };
    const plan = (await elsewhere.post('/api/definitions/plan', { definitions: draft, base: (await live(elsewhere)).version })).body as TemplateProposal['plan'];
    await publish({ definitions: draft, templates: [{ name: 'crm', version: '2.2.0' }], plan }, elsewhere);
    const back = (await owner.upload('/api/definitions/import', { name: 'firm.zip', content: (await elsewhere.get('/api/definitions/export')).bytes })).body as { definitions: Definitions };
    expect(diffDefinitions(definitions, back.definitions).map(({ path }) => path)).toEqual(['/app/roles/chief']);
  });

  it('exports a part with what it calls, and merges it in', async () => {
    const part = await owner.get('/api/definitions/export?tables=product,product_category');
    const { definitions } = await live();
    const merged = (await owner.upload('/api/definitions/import', { name: 'part.zip', content: part.bytes }, { mode: 'merge' })).body as { definitions: Definitions };
    expect(diffDefinitions(definitions, merged.definitions)).toEqual([]);
    const alone = (await owner.upload('/api/definitions/import', { name: 'part.zip', content: part.bytes })).body as { definitions: Definitions; issues: { path: string; code: string }[] };
    // What stayed behind is missed by pages, and as the table of a roll-up or a button.
    const missing = ({ path, code }: { path: string; code: string }): boolean => code === 'unknown_table' && /^\/tables\/product\/(?:fields|actions)\/\d+\/table$/.test(path);
    expect(alone.issues.filter((issue) => !issue.path.startsWith('/tables/product/page/related/') && !missing(issue))).toEqual([]);
    expect(alone.definitions.tables.map(({ name }) => name)).toEqual(['product', 'product_category']);
    const json = (await owner.upload('/api/definitions/import', { name: 'app.json', content: JSON.stringify(await live()) })).body as { definitions: Definitions };
    expect(diffDefinitions(definitions, json.definitions)).toEqual([]);
    expect((await owner.get('/api/definitions/export?tables=nothing')).status).toBe(400);
  });

  it('reads a template’s folder as it is zipped, and a single table', async () => {
    const inFolder = zipSync({ 'desk/app.json': strToU8(await templates.file('desk', 'app.json')), ...Object.fromEntries(await Promise.all(['milestone', 'project', 'ticket', 'work_log'].map(async (name) => [`desk/tables/${name}.json`, strToU8(await templates.file('desk', `tables/${name}.json`))]))), 'desk/demo/ticket.json': strToU8('[]') });
    const whole = (await owner.upload('/api/definitions/import', { name: 'desk.zip', content: inFolder })).body as { definitions: Definitions };
    expect(diffDefinitions(whole.definitions, await templates.read('desk'))).toEqual([]);
    const one = zipSync({ 'tables/product.json': strToU8(await templates.file('crm', 'tables/product.json')) });
    const { definitions } = await live();
    const merged = (await owner.upload('/api/definitions/import', { name: 'product.zip', content: one }, { mode: 'merge' })).body as { definitions: Definitions };
    expect(diffDefinitions(definitions, merged.definitions)).toEqual([]);
    expect(codesOf(await owner.upload('/api/definitions/import', { name: 'product.zip', content: one }))).toEqual([422, ['missing_file']]);
  });
});

function withTicket({ definitions }: StoredDefinitions): Definitions {
  const ticket: Definitions['tables'][number] = { name: 'ticket', label: { 'zh-CN': '票', en: 'Ticket' }, titleField: 'name', fields: [{ name: 'name', label: { 'zh-CN': '名称', en: 'Name' }, type: 'text' }] };
  return { ...definitions, tables: [...definitions.tables, ticket] };
}
