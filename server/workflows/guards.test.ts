/** What must not be possible with workflows, each tried once with its guard taken away. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#engine/permissions/actor.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { sql } from '../db/sql.ts';
import { createDelivery } from '../outbox/delivery.ts';
import type { PlainRequest } from '../outbox/safe-fetch.ts';
import { storeSecret } from '../outbox/secrets.ts';
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
      fields: [{ name: 'title', label: label('t'), type: 'text' }, { name: 'count', label: label('c'), type: 'integer', default: 0 }, { name: 'kind', label: label('k'), type: 'select', options: [{ value: 'x', label: label('x') }] }],
      permissions: { staff: { create: true, read: true, update: true, fields: { count: 'read' } } },
    },
  ],
  workflows: [
    button('send', [{ name: 'a', type: 'http', url: 'https://example.com/{{title}}?key={{$secrets.key}}', body: '{"title": "{{title}}"}', headers: { 'X-Title': '{{title}}' }, next: { done: 'b' } }, { name: 'b', type: 'update', values: { count: 1 } }]),
    button('all', [
      { name: 'a', type: 'transaction', next: { inside: 'f', error: 'e' } },
      { name: 'f', type: 'find', table: 'thing', filter: { startsWith: [{ var: 'title' }, 'row'] }, sort: ['title'], next: { done: 'l' } },
      { name: 'l', type: 'loop', over: '$f.records', next: { each: 'u' } },
      { name: 'u', type: 'update', record: '$l.record', values: { count: { '+': [{ var: '$l.record.count' }, 1] }, kind: { if: [{ '==': [{ var: '$l.index' }, 3] }, 'nonsense', 'x'] } } },
      { name: 'e', type: 'update', values: { title: 'taken back' } },
    ]),
    button('empty', [{ name: 'a', type: 'parallel', branches: [{ name: 'one', label: label('1') }, { name: 'two', label: label('2') }], next: { done: 'b' } }, { name: 'b', type: 'update', values: { count: { '+': [{ var: 'count' }, 1] } } }]),
    button('empty_any', [{ name: 'a', type: 'parallel', branches: [{ name: 'one', label: label('1') }, { name: 'two', label: label('2') }], join: 'any', next: { done: 'b' } }, { name: 'b', type: 'update', values: { count: { '+': [{ var: 'count' }, 1] } } }]),
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
  const row = async (id: string) => workspace.database.get<{ title: string; count: number }>(sql`SELECT title, count FROM thing WHERE id = ${id}`);

  it('send no secret that a value names, and let no value break out of where it stands', async () => {
    await storeSecret(workspace, admin, 'key', 'top-secret-value');
    const sent: PlainRequest[] = [];
    const delivery = createDelivery(workspace, {
      mailer: null,
      publicUrl: '',
      fetcher: async (request) => {
        sent.push(request);
        return { kind: 'answer', status: 500, text: '', isJson: false } as never;
      },
      onResult: async (tx, key, result) => void (await wakeStep(tx, key, { ...result }, workspace.now())),
    });
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
