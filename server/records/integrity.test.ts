/** What keeps several records right together: combinations that stand once, invariants over roll-ups, stamps, followers, ledgers, numbers within a parent. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { buildModel } from '#engine/model/build-model.ts';
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { deleteRecord } from './delete-record.ts';
import { getRecord } from './get-record.ts';
import { importRecords } from './import-records.ts';
import { findRecords } from './find-records.ts';
import { updateRecord } from './update-record.ts';
import { writeSession } from './write-session.ts';

const label = (text: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': text, en: text });
const field = (name: string, type: string, rest: Record<string, unknown> = {}): TableDefinition['fields'][number] => ({ name, label: label(name), type, ...rest });
const all = { create: true, read: true, update: true, delete: true, import: true } as const;

const payment: TableDefinition = {
  name: 'payment',
  label: label('payment'),
  titleField: 'name',
  fields: [field('name', 'text'), field('amount', 'money'), field('allocated', 'rollup', { table: 'allocation', field: 'payment', function: 'sum', of: 'amount', result: 'number' })],
  invariants: [{ rule: { '<=': [{ var: 'allocated' }, { var: 'amount' }] }, message: label('More is allocated than was paid') }],
  permissions: { clerk: all },
};
const plan: TableDefinition = { name: 'plan', label: label('plan'), titleField: 'name', fields: [field('name', 'text')], permissions: { clerk: all } };
const allocation: TableDefinition = {
  name: 'allocation',
  label: label('allocation'),
  titleField: 'id',
  fields: [field('payment', 'reference', { table: 'payment', required: true, onDelete: 'cascade' }), field('plan', 'reference', { table: 'plan', onDelete: 'restrict' }), field('amount', 'money', { required: true }), field('kind', 'text')],
  unique: [
    { fields: ['payment', 'plan'], message: label('This plan stands in the payment already') },
    { fields: ['kind', 'plan'], when: { '==': [{ var: 'kind' }, 'main'] }, emptyCounts: true },
  ],
  permissions: { clerk: all },
};
const order: TableDefinition = {
  name: 'deal',
  label: label('deal'),
  titleField: 'name',
  fields: [
    field('name', 'text'),
    field('state', 'select', { options: ['open', 'won', 'lost'].map((value) => ({ value, label: label(value) })), default: 'open' }),
    field('amount', 'money'),
    field('total', 'rollup', { table: 'line', field: 'deal', function: 'sum', of: 'amount', result: 'number' }),
    field('twice', 'formula', { formula: '=amount*2', result: 'number' }),
    field('closed_at', 'dateTime', { readOnly: true }),
    field('state_since', 'dateTime', { readOnly: true }),
    field('moves', 'integer', { readOnly: true, default: 0 }),
    field('class', 'formula', { formula: '=IF(amount>=100,"big","small")', result: 'option', options: [{ value: 'big', label: { 'zh-CN': '大', en: 'Big' } }, { value: 'small', label: { 'zh-CN': '小', en: 'Small' } }] }),
    field('lines', 'lines', { table: 'line', field: 'deal' }),
  ],
  stamps: [
    { field: 'closed_at', when: { in: [{ var: 'state' }, ['won', 'lost']] }, value: { var: '$now' } },
    { field: 'moves', when: { and: [{ notEmpty: [{ var: '$before.state' }] }, { '!=': [{ var: 'state' }, { var: '$before.state' }] }] }, value: { '+': [{ var: 'moves' }, 1] } },
    { field: 'state_since', when: { '!=': [{ var: 'state' }, { var: '$before.state' }] }, value: { var: '$now' } },
  ],
  follows: [{ field: 'amount', rollup: 'total' }],
  effects: [
    {
      name: 'log',
      on: ['create', 'update'],
      when: { '!=': [{ var: 'state' }, { var: '$before.state' }] },
      asProduct: true,
      create: { table: 'log', values: { deal: { var: 'id' }, from_state: { var: '$before.state' }, to_state: { var: 'state' }, by: { var: '$me' } } },
    },
  ],
  permissions: { clerk: all },
};
const line: TableDefinition = {
  name: 'line',
  label: label('line'),
  titleField: 'seq',
  fields: [field('deal', 'reference', { table: 'deal', required: true, onDelete: 'cascade' }), field('seq', 'integer', { required: true, default: { next: 'deal' } }), field('amount', 'money')],
  permissions: { clerk: all },
};
const log: TableDefinition = {
  name: 'log',
  label: label('log'),
  titleField: 'to_state',
  appendOnly: ['note'],
  fields: [field('deal', 'reference', { table: 'deal', onDelete: 'cascade' }), field('from_state', 'text', { readOnly: true }), field('to_state', 'text', { readOnly: true }), field('by', 'user', { readOnly: true }), field('note', 'text')],
  permissions: { clerk: { read: true, update: true, delete: true } },
};
const product: TableDefinition = {
  name: 'product',
  label: label('product'),
  titleField: 'name',
  fields: [field('name', 'text'), field('stock', 'decimal', { scale: 2, default: 0 })],
  invariants: [{ rule: { '>=': [{ var: 'stock' }, 0] }, message: label('The stock cannot fall below zero') }],
  permissions: { clerk: { read: true } },
};
const move: TableDefinition = {
  name: 'move',
  label: label('move'),
  titleField: 'id',
  appendOnly: true,
  fields: [field('product', 'reference', { table: 'product', required: true, onDelete: 'restrict' }), field('qty', 'decimal', { scale: 2, required: true })],
  effects: [{ name: 'stock', on: ['create'], asProduct: true, update: { reference: 'product', add: { stock: { var: 'qty' } } } }],
  permissions: { clerk: all },
};
const app: Definitions = {
  app: { name: 'books', label: label('books'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('owner'), owner: true }, { name: 'clerk', label: label('clerk') }] },
  tables: [payment, plan, allocation, order, line, log, product, move],
};

describe('integrity rules', () => {
  it('are refused where they name what is not there', () => {
    const wrong = (change: Partial<TableDefinition>): string[] => {
      const { issues } = buildModel({ ...app, tables: app.tables.map((table) => (table.name === 'deal' ? { ...table, ...change } : table)) });
      return issues.map((issue) => issue.path);
    };
    expect(wrong({ unique: [{ fields: ['nothing'] }] })).toEqual(['/tables/deal/unique/0/fields/0']);
    expect(wrong({ unique: [{ fields: ['lines'] }] })).toEqual(['/tables/deal/unique/0/fields/0']);
    expect(wrong({ invariants: [{ rule: { '>': [{ var: 'nothing' }, 1] }, message: label('x') }] })).toHaveLength(1);
    expect(wrong({ stamps: [{ field: 'nothing', when: true, value: { var: '$now' } }] })).toEqual(['/tables/deal/stamps/0/field']);
    expect(wrong({ stamps: [{ field: 'moves', when: { '!=': [{ var: '$before.nothing' }, 1] }, value: 1 }] })).toHaveLength(1);
    expect(wrong({ follows: [{ field: 'amount', rollup: 'twice' }] })).toEqual(['/tables/deal/follows/0/rollup']);
    expect(wrong({ appendOnly: ['nothing'] })).toEqual(['/tables/deal/appendOnly/0']);
    expect(wrong({ invariants: [{ rule: { inherited: ['nothing', 'read'] }, message: label('x') }] })).toHaveLength(1);
  });
});

describe.each(DATABASES)('records on %s', (database) => {
  let workspace: TestWorkspace;
  let clerk: Actor;
  const update = (table: string, id: string, values: Record<string, Json>): Promise<void> => writeSession(workspace, clerk, (session) => updateRecord(session, table, id, values));
  const remove = (table: string, id: string): Promise<void> => writeSession(workspace, clerk, (session) => deleteRecord(session, table, id));
  const read = async (table: string, id: string): Promise<Record<string, Json>> => (await getRecord(workspace, clerk, table, id)).data;
  const codes = async (work: Promise<unknown>): Promise<string[]> => (await refusalOf(work)).issues.map((issue) => issue.split(' ').at(-1) ?? '');

  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: app });
    clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'] });
  });
  afterAll(() => workspace.close());

  it('stand once in a combination; one with an empty member is apart', async () => {
    const [one, two] = [await workspace.create(clerk, 'payment', { name: 'p', amount: 100 }), await workspace.create(clerk, 'payment', { name: 'q', amount: 100 })];
    const first = await workspace.create(clerk, 'plan', { name: 'first' });
    const made = await workspace.create(clerk, 'allocation', { payment: one, plan: first, amount: 10 });
    const refused = await refusalOf(workspace.create(clerk, 'allocation', { payment: one, plan: first, amount: 10 }));
    expect(refused.issues).toEqual(['/plan not_unique']);
    await workspace.create(clerk, 'allocation', { payment: one, amount: 1 });
    await workspace.create(clerk, 'allocation', { payment: one, amount: 1 });
    const other = await workspace.create(clerk, 'allocation', { payment: two, plan: first, amount: 10 });
    expect(await codes(update('allocation', other, { payment: one }))).toEqual(['not_unique']);
    await remove('allocation', made);
    await update('allocation', other, { payment: one });
    // Empty counts as equal where it is said, and only where the condition holds.
    await workspace.create(clerk, 'allocation', { payment: two, amount: 1, kind: 'main' });
    expect(await codes(workspace.create(clerk, 'allocation', { payment: two, amount: 1, kind: 'main' }))).toEqual(['not_unique']);
    await workspace.create(clerk, 'allocation', { payment: two, amount: 1, kind: 'side' });
    await workspace.create(clerk, 'allocation', { payment: two, amount: 1, kind: 'side' });
  });

  it('keep an invariant over a roll-up, from whichever side it is touched, and leave nothing behind', async () => {
    const paid = await workspace.create(clerk, 'payment', { name: 'paid', amount: 100 });
    const part = await workspace.create(clerk, 'allocation', { payment: paid, amount: 60 });
    const before = (await findRecords(workspace, clerk, 'allocation', { count: true })).count;
    expect(await codes(workspace.create(clerk, 'allocation', { payment: paid, amount: 40.01 }))).toEqual(['invariant']);
    expect((await findRecords(workspace, clerk, 'allocation', { count: true })).count).toEqual(before);
    await workspace.create(clerk, 'allocation', { payment: paid, amount: 40 });
    expect(await codes(update('allocation', part, { amount: 61 }))).toEqual(['invariant']);
    expect(await codes(update('payment', paid, { amount: 99 }))).toEqual(['invariant']);
    await update('payment', paid, { name: 'renamed' });
    await remove('allocation', part);
    await update('payment', paid, { amount: 40 });
    expect(await read('payment', paid)).toMatchObject({ amount: 40, allocated: 40 });
  });

  it('take an import row by row when something over several records does not add up', async () => {
    const paid = await workspace.create(clerk, 'payment', { name: 'imported', amount: 10 });
    const rows = [6, 5, 4].map((amount, i) => ({ row: i + 1, values: { payment: paid, amount }, children: [] }));
    const outcomes = await importRecords(workspace, clerk, { table: 'allocation', rows, duplicates: 'create', importId: 'none', dryRun: false } as never);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'failed', 'created']);
    expect(await read('payment', paid)).toMatchObject({ allocated: 10 });
  });

  it('set stamps when something comes to hold, and again only when it does so anew', async () => {
    workspace.setNow('2026-06-15T04:00:00.000Z');
    const deal = await workspace.create(clerk, 'deal', { name: 'd' });
    expect(await read('deal', deal)).toMatchObject({ closed_at: null, moves: 0, state_since: '2026-06-15T04:00:00.000Z' });
    workspace.setNow('2026-06-16T04:00:00.000Z');
    await update('deal', deal, { state: 'won' });
    workspace.setNow('2026-06-17T04:00:00.000Z');
    await update('deal', deal, { name: 'renamed' });
    expect(await read('deal', deal)).toMatchObject({ closed_at: '2026-06-16T04:00:00.000Z', moves: 1, state_since: '2026-06-16T04:00:00.000Z' });
    await update('deal', deal, { state: 'lost' });
    expect(await read('deal', deal)).toMatchObject({ closed_at: '2026-06-16T04:00:00.000Z', moves: 2, state_since: '2026-06-17T04:00:00.000Z' });
    expect(await codes(update('deal', deal, { closed_at: '2026-06-18T04:00:00.000Z' }))).toEqual(['read_only']);
    workspace.setNow('2026-06-15T04:00:00.000Z');
  });

  it('follow a roll-up until somebody types another value', async () => {
    const deal = await workspace.create(clerk, 'deal', { name: 'lined', lines: [{ amount: 40 }, { amount: 60 }] });
    expect(await read('deal', deal)).toMatchObject({ total: 100, amount: 100, twice: 200, class: 'big' });
    const lines = (await read('deal', deal)).lines as { id: string; seq: number }[];
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2]);
    await workspace.create(clerk, 'line', { deal, amount: 5 });
    expect(await read('deal', deal)).toMatchObject({ amount: 105 });
    await update('deal', deal, { amount: 50 });
    await workspace.create(clerk, 'line', { deal, amount: 1 });
    expect(await read('deal', deal)).toMatchObject({ total: 106, amount: 50, class: 'small' });
  });

  it('write a log as the product, with what stood before, in the name of whoever wrote', async () => {
    const deal = await workspace.create(clerk, 'deal', { name: 'logged' });
    await update('deal', deal, { state: 'won' });
    await update('deal', deal, { name: 'same state' });
    const { data } = await findRecords(workspace, clerk, 'log', { filter: { '==': [{ var: 'deal' }, deal] }, sort: ['created_at'] });
    expect(data.map(({ from_state, to_state, by }) => [from_state, to_state, by])).toEqual([[null, 'open', clerk.userId], ['open', 'won', clerk.userId]]);
    const id = String(data[0]?.id);
    expect((await refusalOf(workspace.create(clerk, 'log', { deal }))).code).toBe('forbidden');
    await update('log', id, { note: 'seen' });
    expect((await refusalOf(remove('log', id))).code).toBe('forbidden');
  });

  it('are only added to a ledger, whoever asks, and its sum never falls below zero', async () => {
    const item = await workspace.create(systemActor, 'product', { name: 'item' });
    const into = await workspace.create(clerk, 'move', { product: item, qty: 10.5 });
    await workspace.create(clerk, 'move', { product: item, qty: -10 });
    expect(await codes(workspace.create(clerk, 'move', { product: item, qty: -0.51 }))).toEqual(['invariant']);
    expect(await read('product', item)).toMatchObject({ stock: 0.5 });
    const owner = await workspace.addUser({ name: 'owner', roles: ['owner'] });
    expect(await codes(writeSession(workspace, owner, (session) => updateRecord(session, 'move', into, { qty: 1 })))).toEqual(['append_only']);
    expect((await refusalOf(writeSession(workspace, owner, (session) => deleteRecord(session, 'move', into)))).code).toBe('forbidden');
  });
});
