import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { deskApp } from '../testing/desk-app.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { deleteRecord, purgeRecord, restoreRecord } from './delete-record.ts';
import { findRecords } from './find-records.ts';
import { getRecord } from './get-record.ts';
import { updateRecord } from './update-record.ts';
import { writeSession } from './write-session.ts';

describe.each(DATABASES)('roll-ups and formulas on %s', (database) => {
  let workspace: TestWorkspace;
  let clerk: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: deskApp });
    clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk', 'owner'] });
  });
  afterAll(() => workspace.close());

  const create = (table: string, values: Record<string, Json>) => workspace.create(clerk, table, values);
  const update = (table: string, id: string, values: Record<string, Json>) => writeSession(workspace, clerk, (session) => updateRecord(session, table, id, values));
  const remove = (table: string, id: string) => writeSession(workspace, clerk, (session) => deleteRecord(session, table, id));
  const restore = (table: string, id: string) => writeSession(workspace, clerk, (session) => restoreRecord(session, table, id));
  const get = async (table: string, id: string) => (await getRecord(workspace, clerk, table, id)).data;
  const totals = async (id: string) => {
    const { deals, deal_total } = await get('account', id);
    return [deals, deal_total];
  };

  it('carries a line over two levels up, through create, change, move, delete and restore', async () => {
    const a = await create('account', { name: 'A' });
    const b = await create('account', { name: 'B' });
    expect(await totals(a)).toEqual([0, 0]);
    const deal = await create('deal', { account: a, title: 'Deal', lines: [{ item: 'x', quantity: 2, price: 10.25 }] });
    expect(await totals(a)).toEqual([1, 20.5]);
    const line = await create('deal_line', { deal, item: 'y', quantity: 1, price: 0.01 });
    expect((await get('deal', deal)).total).toBe(20.51);
    expect(await totals(a)).toEqual([1, 20.51]);
    await update('deal_line', line, { price: 100 });
    expect(await totals(a)).toEqual([1, 120.5]);
    await update('deal', deal, { account: b });
    expect([await totals(a), await totals(b)]).toEqual([[0, 0], [1, 120.5]]);
    await remove('deal_line', line);
    expect(await totals(b)).toEqual([1, 20.5]);
    await restore('deal_line', line);
    expect(await totals(b)).toEqual([1, 120.5]);
    await remove('deal', deal);
    expect(await totals(b)).toEqual([0, 0]);
    await restore('deal', deal);
    expect(await totals(b)).toEqual([1, 120.5]);
    await remove('deal', deal);
    await writeSession(workspace, systemActor, (session) => purgeRecord(session, 'deal', deal));
    expect(await totals(b)).toEqual([0, 0]);
  });

  it('brings formulas up to date that read over a reference', async () => {
    const account = await create('account', { name: 'Old name' });
    const deal = await create('deal', { account, title: 'Deal' });
    const task = await create('task', { title: 'Task', account });
    expect([(await get('deal', deal)).summary, (await get('task', task)).account_name]).toEqual(['Old name / Deal', 'Old name']);
    await update('account', account, { name: 'New name' });
    expect([(await get('deal', deal)).summary, (await get('task', task)).account_name]).toEqual(['New name / Deal', 'New name']);
    const found = await findRecords(workspace, clerk, 'deal', { filter: { '==': [{ var: 'summary' }, 'New name / Deal'] } });
    expect(found.data.map((record) => record.id)).toEqual([deal]);
    await update('task', task, { account: null });
    expect((await get('task', task)).account_name).toBe('none');
  });

  it('brings a formula up to date when the reference it reads is emptied by a deletion', async () => {
    const account = await create('account', { name: 'Leaving' });
    const task = await create('task', { title: 'Task', account });
    await remove('account', account);
    expect(await get('task', task)).toMatchObject({ account: null, account_name: 'none' });
  });

  it('takes computed changes neither as a new version nor as a change by a person', async () => {
    const account = await create('account', { name: 'Quiet' });
    await create('deal', { account, title: 'Deal', lines: [{ item: 'x', quantity: 1, price: 5 }] });
    expect(await get('account', account)).toMatchObject({ version: 1, deal_total: 5 });
  });

  it('stays right when many write below one record at once', async () => {
    const account = await create('account', { name: 'Busy' });
    const deal = await create('deal', { account, title: 'Deal' });
    await Promise.all(Array.from({ length: 30 }, (_, i) => create('deal_line', { deal, item: `line ${i}`, quantity: 1, price: i })));
    expect(await totals(account)).toEqual([1, 435]);
  });
});
