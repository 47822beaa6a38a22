import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { sql } from '../db/sql.ts';
import { getRecord } from '../records/get-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { lookAtClock } from './clock.ts';
import { stepsOf } from './runs.ts';
import { runDue } from './worker.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });

const workflows: WorkflowDefinition[] = [
  {
    name: 'remind',
    label: label('提醒'),
    parameters: [{ name: 'days', label: label('天数'), type: 'number', default: 1 }],
    trigger: { type: 'dateReached', table: 'plan', field: 'due_at', rule: { '==': [{ var: 'state' }, 'open'] }, next: 'tell' },
    nodes: [
      { name: 'tell', type: 'notify', to: [{ path: 'owner' }], title: { 'zh-CN': '该跟进了：{{title}}', en: 'Due: {{title}}' }, channels: ['inApp'], next: { done: 'hold' } },
      { name: 'hold', type: 'wait', for: { amount: { var: '$params.days' }, unit: 'businessDay' }, next: { done: 'open' } },
      { name: 'open', type: 'condition', rule: { '==': [{ var: 'state' }, 'open'] }, next: { yes: 'superior' } },
      { name: 'superior', type: 'notify', to: [{ path: 'owner.superior' }], title: { 'zh-CN': '逾期：{{title}}（{{owner}}）', en: 'Overdue: {{title}} ({{owner}})' }, channels: ['inApp'] },
    ],
  },
  {
    name: 'gate',
    label: label('准入'),
    trigger: { type: 'recordUpdated', table: 'plan', fields: ['state'], rule: { '==': [{ var: 'state' }, 'done'] }, inside: true, next: 'has_note' },
    nodes: [
      { name: 'has_note', type: 'condition', rule: { empty: [{ var: 'note' }] }, next: { yes: 'no', no: 'stamp' } },
      { name: 'no', type: 'refuse', message: { 'zh-CN': '完成前请填写备注', en: 'Write a note before it is done' }, field: 'note' },
      { name: 'stamp', type: 'setFields', values: { count: { '+': [{ var: 'count' }, 10] } } },
    ],
  },
  {
    name: 'spread',
    label: label('展开'),
    trigger: { type: 'recordUpdated', table: 'plan', fields: ['note'], next: 'siblings' },
    nodes: [
      { name: 'siblings', type: 'find', table: 'plan', filter: { and: [{ '==': [{ var: 'title' }, { var: '$record.title' }] }, { '!=': [{ var: 'id' }, { var: '$record.id' }] }] }, next: { done: 'each' } },
      { name: 'each', type: 'loop', over: '$siblings.records', next: { each: 'mark', done: 'after' } },
      { name: 'mark', type: 'update', record: '$each.record', values: { count: { '+': [{ var: '$each.record.count' }, { var: '$each.index' }] } } },
      { name: 'after', type: 'parallel', branches: [{ name: 'a', label: label('甲') }, { name: 'b', label: label('乙') }], next: { a: 'one', b: 'two', done: 'sum' } },
      { name: 'one', type: 'create', table: 'plan', values: { title: 'copy of {{title}}', state: 'open' } },
      { name: 'two', type: 'wait', for: { amount: 2, unit: 'hour' } },
      { name: 'sum', type: 'aggregate', table: 'plan', function: 'count', next: { done: 'keep' } },
      { name: 'keep', type: 'set', variables: { twice: { '*': [{ var: '$sum.value' }, 2] } } },
    ],
  },
  {
    name: 'ping',
    label: label('乒'),
    trigger: { type: 'recordUpdated', table: 'plan', fields: ['ping'], next: 'to' },
    nodes: [{ name: 'to', type: 'update', record: '$record', values: { pong: { '+': [{ var: 'pong' }, 1] } } }],
  },
  {
    name: 'pong',
    label: label('乓'),
    trigger: { type: 'recordUpdated', table: 'plan', fields: ['pong'], next: 'back' },
    nodes: [{ name: 'back', type: 'update', record: '$record', values: { ping: { '+': [{ var: 'ping' }, 1] } } }],
  },
  {
    name: 'confirm',
    label: label('确认'),
    trigger: { type: 'recordMeets', table: 'plan', rule: { '>=': [{ var: 'count' }, 1000] }, next: 'await' },
    nodes: [
      { name: 'await', type: 'waitFor', event: 'changed', rule: { '==': [{ var: 'state' }, 'done'] }, timeout: { amount: 7, unit: 'day' }, next: { event: 'yes', timeout: 'late' } },
      { name: 'yes', type: 'update', values: { title: 'confirmed' } },
      { name: 'late', type: 'update', values: { title: 'too late' } },
    ],
  },
];

const definitions = {
  app: {
    name: 'desk', label: label('台'), version: '1.0.0', navigation: [],
    roles: [{ name: 'owner', label: label('所有者'), owner: true as const }, { name: 'sales', label: label('销售') }],
  },
  tables: [
    {
      name: 'plan', label: label('计划'), titleField: 'title',
      fields: [
        { name: 'title', label: label('标题'), type: 'text', required: true as const },
        { name: 'due_at', label: label('到期'), type: 'dateTime', index: true as const },
        { name: 'state', label: label('状态'), type: 'select', options: [{ value: 'open', label: label('待办') }, { value: 'done', label: label('完成') }], default: 'open' },
        { name: 'note', label: label('备注'), type: 'text' },
        { name: 'count', label: label('次数'), type: 'integer', default: 0 },
        { name: 'ping', label: label('乒'), type: 'integer', default: 0 },
        { name: 'pong', label: label('乓'), type: 'integer', default: 0 },
      ],
      permissions: { sales: { create: true as const, read: true as const, update: true as const } },
    },
  ],
  workflows,
};

describe.each(DATABASES)('workflows on %s', (database) => {
  let workspace: TestWorkspace;
  let boss: Actor;
  let li: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions, now: '2026-11-20T01:00:00.000Z' });
    boss = await workspace.addUser({ name: '王总', roles: ['owner'] });
    li = await workspace.addUser({ name: '李雷', roles: ['sales'], superior: boss.userId });
  });
  afterAll(() => workspace.close());

  const update = (actor: Actor, id: string, values: Record<string, Json>) => writeSession(workspace, actor, (session) => updateRecord(session, 'plan', id, values));
  const values = async (id: string) => (await getRecord(workspace, boss, 'plan', id)).data;
  const notices = (user: Actor) => workspace.database.all<{ title: string }>(sql`SELECT title FROM relata_notice WHERE user_id = ${user.userId} ORDER BY created_at, id`);
  const runs = (name: string) => workspace.database.all<{ id: string; state: string; problem: string | null }>(sql`SELECT id, state, problem FROM relata_run WHERE workflow = ${name} ORDER BY id`);

  it('remind at a date, wait over the weekend, and tell the superior what is still open', async () => {
    await lookAtClock(workspace);
    const id = await workspace.create(li, 'plan', { title: '回访华信', due_at: '2026-11-20T02:00:00.000Z' });
    expect(await lookAtClock(workspace)).toBe(0);
    workspace.setNow('2026-11-20T02:00:05.000Z');
    expect(await lookAtClock(workspace)).toBe(1);
    expect(await lookAtClock(workspace)).toBe(0);
    await runDue(workspace);
    expect((await notices(li)).map(({ title }) => JSON.parse(title)['zh-CN'])).toEqual(['该跟进了：回访华信']);
    // Friday: one business day on is Monday.
    workspace.setNow('2026-11-22T12:00:00.000Z');
    await runDue(workspace);
    expect(await notices(boss)).toEqual([]);
    workspace.setNow('2026-11-23T02:01:00.000Z');
    await runDue(workspace);
    expect((await notices(boss)).map(({ title }) => JSON.parse(title).en)).toEqual(['Overdue: 回访华信 (李雷)']);
    const [run] = await runs('remind');
    expect(run?.state).toBe('done');
    expect((await stepsOf(workspace.database, run?.id ?? '')).map(({ node, port }) => [node, port])).toEqual([['tell', 'done'], ['hold', 'done'], ['open', 'yes'], ['superior', 'done']]);
    expect((await values(id)).title).toBe('回访华信');
  });

  it('refuse a save with a sentence, and set fields as part of it', async () => {
    const id = await workspace.create(li, 'plan', { title: '准入' });
    await expect(update(li, id, { state: 'done' })).rejects.toMatchObject({ code: 'validation_failed', issues: [{ path: '/note', code: 'refused_by_workflow' }] });
    expect(await values(id)).toMatchObject({ state: 'open', count: 0 });
    await update(li, id, { state: 'done', note: '谈妥' });
    expect(await values(id)).toMatchObject({ state: 'done', count: 10 });
    await runDue(workspace);
  });

  it('find, loop, run branches at once and join them', async () => {
    const first = await workspace.create(li, 'plan', { title: '同名' });
    const others = [await workspace.create(li, 'plan', { title: '同名' }), await workspace.create(li, 'plan', { title: '同名', count: 5 })];
    await update(li, first, { note: '展开' });
    await runDue(workspace);
    expect(await Promise.all(others.map(async (id) => (await values(id)).count))).toEqual([1, 7]);
    const open = (await runs('spread')).at(-1);
    expect(open?.state).toBe('waiting');
    const now = workspace.now();
    workspace.setNow(new Date(Date.parse(now) + 2 * 3_600_000).toISOString());
    await runDue(workspace);
    const run = (await runs('spread')).at(-1);
    expect(run?.state).toBe('done');
    const steps = await stepsOf(workspace.database, run?.id ?? '');
    expect(steps.filter(({ node }) => node === 'mark')).toHaveLength(2);
    const keep = steps.find(({ node }) => node === 'keep');
    const sum = steps.find(({ node }) => node === 'sum');
    expect(keep?.output).toEqual({ twice: Number((sum?.output as { value: number } | undefined)?.value) * 2 });
  });

  it('stop those that set each other off, with a sentence naming the circle', async () => {
    const id = await workspace.create(li, 'plan', { title: '循环' });
    await update(li, id, { ping: 1 });
    await runDue(workspace);
    expect(await values(id)).toMatchObject({ ping: 2, pong: 1 });
    const stopped = (await runs('ping')).find(({ state }) => state === 'stopped');
    expect(JSON.parse(stopped?.problem ?? '{}')['zh-CN']).toBe('流程互相触发，已停止：乒 → 乓 → 乒');
  });

  it('wait for an event, or until it is too late', async () => {
    const happens = await workspace.create(li, 'plan', { title: '等', count: 1000 });
    const never = await workspace.create(li, 'plan', { title: '等', count: 2000 });
    await runDue(workspace);
    await update(li, happens, { state: 'done', note: 'x' });
    await runDue(workspace);
    expect((await values(happens)).title).toBe('confirmed');
    expect((await values(never)).title).toBe('等');
    workspace.setNow(new Date(Date.parse(workspace.now()) + 8 * 86_400_000).toISOString());
    await runDue(workspace);
    expect((await values(never)).title).toBe('too late');
    expect(await workspace.database.all(sql`SELECT * FROM relata_watch`)).toEqual([]);
  });

  it('are named as the authors of what they write', async () => {
    const id = await workspace.create(li, 'plan', { title: '作者', count: 1500 });
    await runDue(workspace);
    await update(li, id, { state: 'done', note: 'x' });
    await runDue(workspace);
    const authors = await workspace.database.all<{ actor: string }>(sql`SELECT DISTINCT actor FROM relata_audit WHERE record_id = ${id} ORDER BY actor`);
    expect(authors.map(({ actor }) => actor).sort()).toEqual([li.userId, 'workflow:confirm', 'workflow:gate', 'workflow:spread'].filter((name) => name !== 'workflow:spread').sort());
    expect(systemActor.userId).toBe('system');
  });
});
