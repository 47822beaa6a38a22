import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { findRecords } from '../records/find-records.ts';
import { getRecord } from '../records/get-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { approvalApp } from '../testing/approval-app.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { addApprovers, decide, delegate, handOverApprovals, waitingApprovals, withAsked } from './approvals.ts';
import { withdrawRun } from './manage-runs.ts';
import { press } from './manual.ts';
import { passTime } from './pass-time.ts';
import { openApprovals, overrideApproval } from './override-approval.ts';
import { runDue } from './worker.ts';

describe.each(DATABASES)('approvals on %s', (database) => {
  let workspace: TestWorkspace;
  let admin: Actor;
  let seller: Actor;
  let bosses: Actor[];
  let other: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: approvalApp });
    admin = await workspace.addUser({ name: 'admin', roles: ['owner'] });
    bosses = [];
    for (const name of ['a', 'b', 'c']) bosses.push(await workspace.addUser({ name, roles: ['boss'] }));
    other = await workspace.addUser({ name: 'other', roles: ['sales'] });
    seller = await workspace.addUser({ name: 'seller', roles: ['sales'], superior: other.userId });
  });
  afterAll(() => workspace.close());

  const submit = async (workflow: string): Promise<string> => {
    const id = await workspace.create(admin, 'contract', { title: workflow, salary: 9, owner: seller.userId });
    expect(await press(workspace, seller, workflow, [id])).toEqual({ started: 1, refused: [] });
    await runDue(workspace);
    return id;
  };
  const asked = async (user: Actor, record: string): Promise<string> => {
    const row = await workspace.database.get<{ id: string }>(sql`SELECT id FROM relata_approval WHERE user_id = ${user.userId} AND record_id = ${record} AND state = 'pending'`);
    if (!row) throw new Error(`${user.userId} is not asked`);
    return row.id;
  };
  const say = async (user: Actor, record: string, decision: 'approved' | 'rejected' | 'returned', comment = 'because'): Promise<void> => {
    await decide(workspace, user, await asked(user, record), { decision, comment });
    await runDue(workspace);
  };
  const state = async (id: string) => (await getRecord(workspace, admin, 'contract', id)).data;
  const [a, b, c] = [0, 1, 2].map((i) => () => bosses[i] as Actor) as [() => Actor, () => Actor, () => Actor];

  it('by everyone take everyone, and end with the first refusal', async () => {
    const id = await submit('everyone');
    await say(a(), id, 'approved');
    await say(b(), id, 'approved');
    expect((await state(id)).state).toBe('draft');
    await say(c(), id, 'approved', 'fine');
    expect(await state(id)).toMatchObject({ state: 'approved', remark: 'fine' });
    const second = await submit('everyone');
    await say(b(), second, 'rejected', 'too dear');
    expect(await state(second)).toMatchObject({ state: 'rejected', remark: 'too dear' });
    await expect(asked(a(), second)).rejects.toThrow('not asked');
  });

  it('go to a colleague when who is asked leaves, never to whoever set it off', async () => {
    const id = await submit('everyone');
    const moved = await workspace.database.transaction((tx) => handOverApprovals(workspace, tx, { from: a().userId, to: [seller.userId, other.userId], by: admin.userId }));
    expect(moved).toBe(1);
    expect(await waitingApprovals(workspace.database, a().userId)).toEqual([]);
    await expect(asked(seller, id)).rejects.toThrow('not asked');
    await say(b(), id, 'approved');
    await say(c(), id, 'approved');
    expect((await state(id)).state).toBe('draft');
    await say(other, id, 'approved');
    expect(await state(id)).toMatchObject({ state: 'approved' });
    // Nobody left who may decide: it stays with whom it was.
    const second = await submit('everyone');
    expect(await workspace.database.transaction((tx) => handOverApprovals(workspace, tx, { from: a().userId, to: [seller.userId], by: admin.userId }))).toBe(0);
    await say(a(), second, 'rejected');
  });

  it('are decided in place of everybody asked by who keeps the application, with a reason, told and noted', async () => {
    const id = await submit('everyone');
    await say(a(), id, 'approved');
    const [open] = await openApprovals(workspace, admin, 'contract', id);
    expect(open).toMatchObject({ waiting: ['b', 'c'], mayOverride: true });
    expect(await openApprovals(workspace, { ...other, asked: { tables: ['contract'], records: [id] } }, 'contract', id)).toMatchObject([{ mayOverride: false }]);
    const { run, seq } = open as NonNullable<typeof open>;
    const override = (by: Actor, reason: string) => overrideApproval(workspace, by, run, { seq, decision: 'approved', reason });
    await expect(override(b(), 'I may')).rejects.toThrow('forbidden');
    await expect(override(admin, '  ')).rejects.toThrow('/reason');
    expect((await state(id)).state).toBe('draft');
    await override(admin, 'both are away');
    await runDue(workspace);
    expect(await state(id)).toMatchObject({ state: 'approved', remark: 'both are away' });
    for (const user of [b(), c()]) await expect(asked(user, id)).rejects.toThrow('not asked');
    await expect(override(admin, 'again')).rejects.toThrow('conflict');
    const noted = await workspace.database.get<{ changes: string | object }>(sql`SELECT changes FROM relata_audit WHERE record_id = ${id} AND action = 'override_approval'`);
    expect(typeof noted?.changes === 'string' ? JSON.parse(noted.changes) : noted?.changes).toEqual({ decision: 'approved', reason: 'both are away', of: [b().userId, c().userId] });
    const told = await workspace.database.all<{ user_id: string }>(sql`SELECT user_id FROM relata_notice WHERE record_id = ${id} AND body LIKE '%both are away%' ORDER BY user_id`);
    expect(told.map(({ user_id }) => user_id)).toEqual([seller.userId]);
    // Who is no longer asked may not read the record: they learn that the workflow had something to say.
    for (const user of [b(), c()]) expect(await workspace.database.get(sql`SELECT body, record_id FROM relata_notice WHERE user_id = ${user.userId} ORDER BY id DESC LIMIT 1`)).toEqual({ body: null, record_id: null });
  });

  it('are not decided by an administrator who set them off', async () => {
    const id = await workspace.create(admin, 'contract', { title: 'own', salary: 9, owner: admin.userId });
    await press(workspace, admin, 'everyone', [id]);
    await runDue(workspace);
    const [open] = await openApprovals(workspace, admin, 'contract', id);
    expect(open).toMatchObject({ mayOverride: false });
    await expect(overrideApproval(workspace, admin, open?.run ?? '', { seq: open?.seq ?? 0, decision: 'approved', reason: 'mine' })).rejects.toThrow('forbidden');
    await withdrawRun(workspace, admin, open?.run ?? '');
  });

  it('by anyone take one, and a vote takes its share', async () => {
    const id = await submit('anyone');
    await say(c(), id, 'approved');
    expect((await state(id)).state).toBe('approved');
    const vote = await submit('vote');
    await say(a(), vote, 'approved');
    await say(b(), vote, 'rejected');
    expect((await state(vote)).state).toBe('draft');
    await say(c(), vote, 'approved');
    expect((await state(vote)).state).toBe('approved');
    const lost = await submit('vote');
    await say(a(), lost, 'rejected');
    await say(b(), lost, 'rejected');
    expect((await state(lost)).state).toBe('rejected');
  });

  it('in turn ask the next when the one before has decided', async () => {
    const id = await submit('in_turn');
    await expect(asked(b(), id)).rejects.toThrow();
    await say(a(), id, 'approved');
    await say(b(), id, 'returned', 'one more page');
    expect(await state(id)).toMatchObject({ state: 'draft', remark: 'back: one more page' });
  });

  it('can be delegated and widened, and need a reason to refuse', async () => {
    const id = await submit('anyone');
    const row = await asked(a(), id);
    await expect(decide(workspace, a(), row, { decision: 'rejected', comment: ' ' })).rejects.toMatchObject({ issues: [{ path: '/comment' }] });
    await expect(delegate(workspace, a(), row, { to: 'nobody', comment: '' })).rejects.toMatchObject({ issues: [{ path: '/to' }] });
    await delegate(workspace, a(), row, { to: other.userId, comment: 'you know better' });
    await expect(decide(workspace, a(), row, { decision: 'approved', comment: '' })).rejects.toMatchObject({ code: 'conflict' });
    await addApprovers(workspace, b(), await asked(b(), id), { approvers: [admin.userId], comment: '' });
    expect(await asked(admin, id)).toBeTruthy();
    await say(other, id, 'approved', 'well then');
    expect(await state(id)).toMatchObject({ state: 'approved', remark: 'well then' });
  });

  it('P19 let approvers read the record while they are asked, and only then, and nothing sensitive', async () => {
    const id = await submit('anyone');
    await expect(getRecord(workspace, a(), 'contract', id)).rejects.toMatchObject({ code: 'not_found' });
    const reader = await withAsked(workspace.database, a());
    expect((await getRecord(workspace, reader, 'contract', id)).data).toMatchObject({ title: 'anyone' });
    expect((await getRecord(workspace, reader, 'contract', id)).data.salary).not.toBe(9);
    expect((await findRecords(workspace, reader, 'contract', {})).data).toHaveLength(1);
    await expect(writeSession(workspace, reader, (session) => updateRecord(session, 'contract', id, { title: 'x' }))).rejects.toMatchObject({ code: 'forbidden' });
    await say(b(), id, 'approved');
    const after = await withAsked(workspace.database, a());
    await expect(getRecord(workspace, after, 'contract', id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuse who lost the role, who is not asked, and who comes too late', async () => {
    const id = await submit('anyone');
    const row = await asked(c(), id);
    await expect(decide(workspace, a(), row, { decision: 'approved', comment: '' })).rejects.toMatchObject({ code: 'not_found' });
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'user', c().userId, { roles: ['sales'] }));
    await expect(decide(workspace, c(), row, { decision: 'approved', comment: '' })).rejects.toMatchObject({ code: 'forbidden' });
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'user', c().userId, { roles: ['boss'] }));
    await say(a(), id, 'approved');
    await expect(decide(workspace, c(), row, { decision: 'approved', comment: '' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('can be withdrawn by whoever set them off, and by nobody else', async () => {
    const id = await submit('everyone');
    const run = await workspace.database.get<{ id: string }>(sql`SELECT id FROM relata_run WHERE record_id = ${id}`);
    await expect(withdrawRun(workspace, a(), run?.id ?? '')).rejects.toMatchObject({ code: 'not_found' });
    await withdrawRun(workspace, seller, run?.id ?? '');
    await expect(asked(a(), id)).rejects.toThrow();
    await expect(withdrawRun(workspace, seller, run?.id ?? '')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('go up when they are late, then take the way of the timeout', async () => {
    const id = await submit('late');
    await passTime(workspace, (now) => workspace.setNow(now), new Date(Date.parse(workspace.now()) + 3 * 3_600_000).toISOString());
    await expect(asked(a(), id)).rejects.toThrow();
    expect(await asked(other, id)).toBeTruthy();
    await passTime(workspace, (now) => workspace.setNow(now), new Date(Date.parse(workspace.now()) + 3 * 3_600_000).toISOString());
    expect(await state(id)).toMatchObject({ remark: 'late' });
  });

  it('are offered as a button only where the rule holds, and only on records one may read', async () => {
    const id = await submit('anyone');
    await say(a(), id, 'approved');
    expect((await press(workspace, seller, 'anyone', [id])).refused).toHaveLength(1);
    const foreign = await workspace.create(admin, 'contract', { title: 'foreign' });
    expect((await press(workspace, seller, 'anyone', [foreign])).refused[0]?.reason.en).toBe('There is no such record');
  });
});
