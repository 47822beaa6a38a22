/** What must not be possible with workflows, each tried once with its guard taken away. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#engine/permissions/actor.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { sql } from '../db/sql.ts';
import { createDelivery } from '../outbox/delivery.ts';
import type { PlainRequest } from '../outbox/safe-fetch.ts';
import { storeSecret } from '../outbox/secrets.ts';
import { deleteRecord } from '../records/delete-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { press } from './manual.ts';
import { runPage } from './run-reports.ts';
import { wakeStep } from './runs.ts';
import { runDue } from './worker.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const button = (name: string, nodes: unknown[], more: Partial<WorkflowDefinition> = {}): WorkflowDefinition => ({
  name, label: label(name), trigger: { type: 'manual', table: 'thing', button: label(name), place: 'record', next: 'a' }, nodes: nodes as WorkflowDefinition['nodes'], ...more,
});

const definitions: Definitions = {
  app: { name: 'guards', label: label('g'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('o'), owner: true }, { name: 'staff', label: label('s') }] },
  tables: [
    {
      name: 'thing', label: label('t'), titleField: 'title',
      fields: [{ name: 'title', label: label('t'), type: 'text' }, { name: 'count', label: label('c'), type: 'integer', default: 0 }, { name: 'kind', label: label('k'), type: 'select', options: [{ value: 'x', label: label('x') }] }, { name: 'phone', label: label('p'), type: 'text', sensitive: true }, { name: 'wage', label: label('w'), type: 'integer' }, { name: 'kept', label: label('k'), type: 'integer', readOnly: true }, { name: 'shut', label: label('s'), type: 'text', readOnlyWhen: { notEmpty: [{ var: 'title' }] } }],
      permissions: { staff: { create: true, read: true, update: { '!=': [{ var: 'title' }, 'theirs'] }, fields: { count: 'read', wage: 'hidden' } } },
    },
    { name: 'part', label: label('part'), titleField: 'name', fields: [{ name: 'name', label: label('n'), type: 'text' }, { name: 'thing', label: label('t'), type: 'reference', table: 'thing', onDelete: 'null' }], permissions: {} },
    { name: 'note', label: label('note'), titleField: 'name', fields: [{ name: 'name', label: label('n'), type: 'text' }, { name: 'things', label: label('t'), type: 'manyToMany', table: 'thing' }], permissions: {} },
  ],
  workflows: [
    button('send', [{ name: 'a', type: 'http', url: 'https://example.com/{{title}}?key={{$secrets.key}}', body: '{"title": "{{title}}"}', headers: { 'X-Title': '{{title}}' }, next: { done: 'b' } }, { name: 'b', type: 'update', values: { count: 1 } }]),
    button('tell', [{ name: 'a', type: 'notify', to: [{ role: 'staff' }, { role: 'owner' }], title: { 'zh-CN': '{{title}}：{{phone}}、{{wage}}', en: '{{title}}: {{phone}}, {{wage}}' }, channels: ['inApp'], next: { done: 'b' } }, { name: 'b', type: 'http', url: 'https://example.com/?p={{phone}}', body: '{"phone": "{{phone}}", "wage": "{{wage}}"}', headers: { 'X-Phone': '{{phone}}' }, attempts: 1, next: { done: 'c', error: 'c' } }, { name: 'c', type: 'http', url: 'https://example.com/open', body: '{{phone}}', sensitive: true, attempts: 1, next: { done: 'd', error: 'd' } }, { name: 'd', type: 'groupMessage', url: 'https://example.com/robot', text: { 'zh-CN': '{{title}} {{phone}}', en: '{{title}} {{phone}}' } }]),
    button('all', [
      { name: 'a', type: 'transaction', next: { inside: 'f', error: 'e' } },
      { name: 'f', type: 'find', table: 'thing', filter: { startsWith: [{ var: 'title' }, 'row'] }, sort: ['title'], next: { done: 'l' } },
      { name: 'l', type: 'loop', over: '$f.records', next: { each: 'u' } },
      { name: 'u', type: 'update', record: '$l.record', values: { count: { '+': [{ var: '$l.record.count' }, 1] }, kind: { if: [{ '==': [{ var: '$l.index' }, 3] }, 'nonsense', 'x'] } } },
      { name: 'e', type: 'update', values: { title: 'taken back' } },
    ]),
    button('empty', [{ name: 'a', type: 'parallel', branches: [{ name: 'one', label: label('1') }, { name: 'two', label: label('2') }], next: { done: 'b' } }, { name: 'b', type: 'update', values: { count: { '+': [{ var: 'count' }, 1] } } }]),
    button('empty_any', [{ name: 'a', type: 'parallel', branches: [{ name: 'one', label: label('1') }, { name: 'two', label: label('2') }], join: 'any', next: { done: 'b' } }, { name: 'b', type: 'update', values: { count: { '+': [{ var: 'count' }, 1] } } }]),
    { ...button('at_once', [
      { name: 'a', type: 'update', values: { kept: 7, shut: 'opened', title: 'touched' }, readOnlyToo: true, next: { done: 'p' } },
      { name: 'p', type: 'pointing', except: ['note'], next: { done: 'c' } },
      { name: 'c', type: 'condition', rule: { '==': [{ var: '$p.count' }, 0] }, next: { yes: 'd', no: 'r' } },
      { name: 'd', type: 'delete', record: '$record', changeIsEnough: true },
      { name: 'r', type: 'refuse', message: { 'zh-CN': '还有：{{$p.list}}', en: 'There is still {{$p.list}}' } },
    ], { runAs: 'starter' }), trigger: { type: 'manual', table: 'thing', button: label('at_once'), place: 'record', next: 'a', inside: true } },
    { ...button('away', [{ name: 'a', type: 'delete', record: '$record', changeIsEnough: true }], { runAs: 'starter' }), trigger: { type: 'manual', table: 'thing', button: label('away'), place: 'record', next: 'a', inside: true } },
    { name: 'first', label: label('first'), trigger: { type: 'recordUpdated', table: 'thing', fields: ['title'], rule: { '==': [{ var: 'title' }, 'go'] }, next: 'a' }, nodes: [{ name: 'a', type: 'update', values: { kind: 'x' } }] },
    { name: 'second', label: label('second'), runAs: 'starter', trigger: { type: 'recordUpdated', table: 'thing', fields: ['kind'], rule: { '==': [{ var: 'title' }, 'go'] }, next: 'a' }, nodes: [{ name: 'a', type: 'update', values: { count: 100 } }] },
  ],
};

describe.each(DATABASES)('workflows on %s', (database) => {
  let workspace: TestWorkspace;
  let admin: Actor;
  let staff: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions });
    admin = await workspace.addUser({ name: 'admin', roles: ['owner'] });
    staff = await workspace.addUser({ name: 'staff', roles: ['staff'] });
  });
  afterAll(() => workspace.close());
  /** Answers every request with `status` and keeps what was sent. */
  const deliveryAnswering = (status: number) => {
    const sent: PlainRequest[] = [];
    const delivery = createDelivery(workspace, {
      mailer: null,
      publicUrl: '',
      fetcher: async (request) => {
        sent.push(request);
        return { kind: 'answer', status, text: '', isJson: false } as never;
      },
      onResult: async (tx, key, result) => void (await wakeStep(tx, key, { ...result }, workspace.now())),
    });
    return { sent, delivery };
  };
  const row = async (id: string) => workspace.database.get<{ title: string; count: number }>(sql`SELECT title, count FROM thing WHERE id = ${id}`);

  it('send no secret that a value names, and let no value break out of where it stands', async () => {
    await storeSecret(workspace, admin, 'key', 'top-secret-value');
    const { sent, delivery } = deliveryAnswering(500);
    const id = await workspace.create(staff, 'thing', { title: '{{$secrets.key}}", "role": "admin&x=../' });
    await press(workspace, admin, 'send', [id]);
    await runDue(workspace);
    await delivery.deliverDue();
    const [request] = sent;
    expect(request?.url.match(/top-secret-value/g)).toHaveLength(1);
    expect(new URL(request?.url ?? '').search).toBe('?key=top-secret-value');
    expect(JSON.stringify([request?.body, request?.headers])).not.toContain('top-secret');
    expect(JSON.parse(request?.body ?? '')).toEqual({ title: expect.stringContaining('", "role": "admin') });
  });

  it('P15, P17 spell out no value to who may not see it, nor to another system unless that is asked for', async () => {
    const id = await workspace.create(admin, 'thing', { title: 'told', phone: '13800138000', wage: 4711 });
    await press(workspace, admin, 'tell', [id]);
    const { sent, delivery } = deliveryAnswering(200);
    for (let i = 0; i < 4; i++) {
      await runDue(workspace);
      await delivery.deliverDue();
    }
    const titles = await workspace.database.all<{ user_id: string; title: string }>(sql`SELECT user_id, title FROM relata_notice WHERE workflow = ${'tell'}`);
    const told = Object.fromEntries(titles.map((notice) => [notice.user_id, (JSON.parse(notice.title) as { en: string }).en]));
    expect(told).toEqual({ [admin.userId]: 'told: 13800138000, 4,711', [staff.userId]: 'told: ***, ***' });
    const mine = sent.filter(({ url }) => url.startsWith('https://example.com/') && !url.includes('key='));
    expect(mine.map(({ url, body }) => [new URL(url).pathname + new URL(url).search, body])).toEqual([
      ['/?p=***', '{"phone": "***", "wage": "4,711"}'],
      ['/open', '13800138000'],
      ['/robot', expect.stringContaining('told ***')],
    ]);
    expect(JSON.stringify(mine[0])).not.toContain('13800138000');
  });

  it('call a request that failed a failure, where nothing is joined to its error port', async () => {
    const id = await workspace.create(staff, 'thing', { title: 'fails' });
    await press(workspace, admin, 'send', [id]);
    await runDue(workspace);
    const key = await workspace.database.get<{ wake_key: string }>(sql`SELECT wake_key FROM relata_step WHERE wake_key IS NOT NULL AND run_id = (SELECT id FROM relata_run WHERE record_id = ${id})`);
    await workspace.database.transaction((tx) => wakeStep(tx, key?.wake_key ?? '', { ok: false, status: 404, body: null, error: null }, workspace.now()));
    await runDue(workspace);
    const [run] = (await runPage(workspace, { record: { table: 'thing', id } })).items;
    expect(run).toMatchObject({ state: 'failed', problem: { en: expect.stringContaining('404') } });
    expect((await row(id))?.count).toBe(0);
  });

  it('take back every turn of a loop inside an all-or-nothing block', async () => {
    const ids: string[] = [];
    for (const title of ['row 1', 'row 2', 'row 3']) ids.push(await workspace.create(staff, 'thing', { title }));
    const id = await workspace.create(staff, 'thing', { title: 'block' });
    await press(workspace, admin, 'all', [id]);
    await runDue(workspace);
    expect((await row(id))?.title).toBe('taken back');
    expect(await Promise.all(ids.map(async (each) => (await row(each))?.count))).toEqual([0, 0, 0]);
  });

  it('do all of a button that runs at once, or nothing of it, with no more than the presser may', async () => {
    const [free, used, foreign] = [await workspace.create(staff, 'thing', { title: 'free' }), await workspace.create(staff, 'thing', { title: 'used' }), await workspace.create(admin, 'thing', { title: 'theirs' })];
    await workspace.create(admin, 'note', { name: 'does not count', things: [free] });
    // Out of sight for who presses, and in the way all the same.
    for (const name of ['one', 'two']) await workspace.create(admin, 'part', { name, thing: used });
    await expect(writeSession(workspace, staff, (session) => deleteRecord(session, 'thing', free))).rejects.toMatchObject({ code: 'forbidden' });
    const answer = await press(workspace, staff, 'at_once', [free, used, foreign]);
    expect(answer.started).toBe(1);
    expect(answer.refused).toMatchObject([
      { record: used, reason: { 'zh-CN': '还有：2 条part', en: 'There is still part: 2' } },
      { record: foreign, reason: { en: expect.stringContaining('may not change') } },
    ]);
    expect(await press(workspace, staff, 'away', [foreign])).toMatchObject({ started: 0, refused: [{ record: foreign }] });
    const found = await workspace.database.all<{ title: string; kept: number; gone: number }>(sql`SELECT title, kept, CASE WHEN deleted_at IS NULL THEN 0 ELSE 1 END AS gone FROM thing WHERE id IN (${free}, ${used}, ${foreign}) ORDER BY _rid`);
    expect(found.map(({ title, kept, gone }) => [title, kept, Number(gone)])).toEqual([['touched', 7, 1], ['used', null, 0], ['theirs', null, 0]]);
  });

  it('go on once after branches that are empty', async () => {
    for (const workflow of ['empty', 'empty_any']) {
      const id = await workspace.create(staff, 'thing', { title: 'branches' });
      await press(workspace, admin, workflow, [id]);
      await runDue(workspace);
      expect((await row(id))?.count).toBe(1);
      expect((await runPage(workspace, { workflow })).items[0]?.state).toBe('done');
    }
  });

  it('act with the rights of whoever set them off, through other workflows too', async () => {
    const id = await workspace.create(staff, 'thing', { title: 'rights' });
    await writeSession(workspace, staff, (session) => updateRecord(session, 'thing', id, { title: 'go' }));
    await runDue(workspace);
    const [run] = (await runPage(workspace, { workflow: 'second' })).items;
    expect(run).toMatchObject({ state: 'failed', starter: { name: 'staff' } });
    expect((await row(id))?.count).toBe(0);
  });
});
