import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { deskApp } from '../testing/desk-app.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { deleteRecord, purgeRecord, restoreRecord } from './delete-record.ts';
import { findRecords } from './find-records.ts';
import { getRecord } from './get-record.ts';
import { updateRecord } from './update-record.ts';
import { writeSession } from './write-session.ts';

describe.each(DATABASES)('deleting records on %s', (database) => {
  let workspace: TestWorkspace;
  let clerk: Actor;
  let other: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: deskApp });
    clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'] });
    other = await workspace.addUser({ name: 'other', roles: ['clerk'] });
  });
  afterAll(() => workspace.close());

  const create = (table: string, values: Record<string, Json>) => workspace.create(clerk, table, values);
  const remove = (table: string, id: string, version?: number) => writeSession(workspace, clerk, (session) => deleteRecord(session, table, id, version));
  const restore = (table: string, id: string, actor = clerk) => writeSession(workspace, actor, (session) => restoreRecord(session, table, id));
  const purge = (table: string, id: string) => writeSession(workspace, systemActor, (session) => purgeRecord(session, table, id));
  const get = async (table: string, id: string) => (await getRecord(workspace, clerk, table, id)).data;
  const listed = async (table: string, id: string, deleted = false) =>
    (await findRecords(workspace, clerk, table, { filter: { '==': [{ var: 'id' }, id] }, deleted })).data.length === 1;

  it('moves a record to the bin, out of lists, search and references, and back', async () => {
    const id = await create('account', { name: 'Binned' });
    await remove('account', id);
    expect([await listed('account', id), await listed('account', id, true)]).toEqual([false, true]);
    expect((await findRecords(workspace, clerk, 'account', { search: 'Binned' })).data).toEqual([]);
    expect((await refusalOf(create('note', { title: 'n', account: id, at: '2026-01-01T00:00:00.000Z' }))).issues).toEqual(['/account no_such_record']);
    expect((await refusalOf(remove('account', id))).code).toBe('not_found');
    expect((await refusalOf(writeSession(workspace, clerk, (session) => updateRecord(session, 'account', id, { name: 'x' })))).code).toBe('not_found');
    await restore('account', id);
    expect([await listed('account', id), await listed('account', id, true)]).toEqual([true, false]);
    expect((await findRecords(workspace, clerk, 'account', { search: 'Binned' })).data).toHaveLength(1);
    expect((await refusalOf(restore('account', id))).code).toBe('not_found');
  });

  it('refuses while a record that restricts refers to it', async () => {
    const account = await create('account', { name: 'Restricted' });
    const deal = await create('deal', { account, title: 'Deal' });
    const note = await create('note', { title: 'n', account, at: '2026-01-01T00:00:00.000Z' });
    const refused = await refusalOf(remove('account', account));
    expect([refused.code, refused.issues]).toEqual(['validation_failed', [' in_use']]);
    expect(refused.error.issues[0]?.message.en).toContain('1 deal');
    expect(await get('note', note)).toMatchObject({ deleted_at: null, version: 1 });
    await remove('deal', deal);
    await remove('account', account);
    expect(await listed('account', account)).toBe(false);
  });

  it('takes children along, and brings back as one what went as one', async () => {
    const account = await create('account', { name: 'Unit' });
    const early = await create('note', { title: 'early', account, at: '2026-01-01T00:00:00.000Z' });
    const late = await create('note', { title: 'late', account, at: '2026-01-02T00:00:00.000Z' });
    await remove('note', early);
    await remove('account', account);
    expect(await listed('note', late)).toBe(false);
    expect((await refusalOf(restore('note', late))).code).toBe('conflict');
    await restore('account', account);
    expect([await listed('note', early), await listed('note', late)]).toEqual([false, true]);
  });

  it('empties a reference that says so, and keeps one that says so', async () => {
    const account = await create('account', { name: 'Left' });
    const seen = await create('account', { name: 'Seen' });
    const task = await create('task', { title: 'Task', account, seen });
    await remove('account', account);
    await remove('account', seen);
    expect(await get('task', task)).toMatchObject({ account: null, seen, version: 2 });
    await purge('account', seen);
    expect(await get('task', task)).toMatchObject({ seen: null });
  });

  it('refuses a deletion based on an old version', async () => {
    const id = await create('account', { name: 'Versioned' });
    await writeSession(workspace, clerk, (session) => updateRecord(session, 'account', id, { name: 'Changed' }));
    expect((await refusalOf(remove('account', id, 1))).code).toBe('conflict');
    await remove('account', id, 2);
  });

  it('removes for good only what lies in the bin, with its lines, links and words', async () => {
    const partner = await create('account', { name: 'Partner' });
    const account = await create('account', { name: 'Purged', partners: [partner] });
    const deal = await create('deal', { account, title: 'Purgeable', lines: [{ item: 'x', quantity: 1, price: 1 }] });
    expect((await refusalOf(purge('deal', deal))).code).toBe('not_found');
    await remove('deal', deal);
    await purge('deal', deal);
    expect(await workspace.database.all(sql`SELECT id FROM deal_line WHERE deal = ${deal}`)).toEqual([]);
    await remove('account', account);
    await purge('account', account);
    expect((await refusalOf(get('account', account))).code).toBe('not_found');
    expect(await workspace.database.all(sql`SELECT 1 AS one FROM account__partners WHERE record_id = ${account}`)).toEqual([]);
    const [audit] = await workspace.database.all<{ action: string }>(sql`SELECT action FROM relata_audit WHERE record_id = ${account} ORDER BY seq DESC LIMIT 1`);
    expect(audit?.action).toBe('purge');
  });

  it('deletes two records that point at each other', async () => {
    const a = await create('account', { name: 'A' });
    const b = await create('account', { name: 'B', parent: a });
    await writeSession(workspace, clerk, (session) => updateRecord(session, 'account', a, { parent: b }));
    await remove('account', a);
    expect(await get('account', b)).toMatchObject({ parent: null });
  });

  it('P26 lets nobody else look into the bin or empty it', async () => {
    const id = await create('account', { name: 'Mine' });
    await remove('account', id);
    expect((await refusalOf(restore('account', id, other))).code).toBe('not_found');
    expect((await refusalOf(writeSession(workspace, other, (session) => purgeRecord(session, 'account', id)))).code).toBe('not_found');
    expect((await findRecords(workspace, other, 'account', { deleted: true })).data).toEqual([]);
  });
});
