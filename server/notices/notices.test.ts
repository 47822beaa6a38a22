/** Notices on both databases: whom they reach, when, by which way, and that nobody learns from one what they may not read. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#engine/permissions/actor.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import type { NoticePreferences } from '#engine/workflows/reports.ts';
import { sql } from '../db/sql.ts';
import { outboxPage } from '../outbox/outbox-items.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';
import { sendDigests } from './digest.ts';
import { changeNotice, closeApprovalNotices, inboxPage, readAll, unreadOf } from './inbox.ts';
import { delegateOf, savePreferences, USUAL_PREFERENCES } from './preferences.ts';
import { type QueuedNotice, queueNotices } from './queue-notices.ts';

/** 12:00, 22:30 and 8:00 of the next day in Shanghai. */
const NOON = '2026-06-15T04:00:00.000Z';
const NIGHT = '2026-06-15T14:30:00.000Z';
const MORNING = '2026-06-16T00:00:00.000Z';

const both = (text: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': `${text}（中）`, en: text });

describe.each(DATABASES)('notices on %s', (database) => {
  let workspace: TestWorkspace;
  let anna: Actor;
  let bert: Actor;
  let thing: string;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp, now: NOON });
    anna = await workspace.addUser({ name: 'anna', roles: ['worker'], login: 'anna@example.com' });
    bert = await workspace.addUser({ name: 'bert', roles: ['worker'], login: 'bert@example.com' });
    thing = await workspace.create(anna, 'thing', { name: 'secret plan' });
  });
  beforeEach(async () => {
    workspace.setNow(NOON);
    await workspace.database.transaction(async (tx) => {
      for (const table of ['relata_notice', 'relata_outbox', 'relata_preference', 'relata_setting', 'relata_approval'] as const) await tx.run({ text: `DELETE FROM ${table}`, params: [] });
    });
  });
  afterAll(() => workspace.close());

  const tell = (rest: Partial<QueuedNotice> = {}): Promise<number> =>
    workspace.database.transaction((tx) =>
      queueNotices(tx, workspace, {
        to: [anna.userId, bert.userId], title: both('Look'), body: both('secret plan is stuck'), record: { table: 'thing', id: thing }, channels: ['inApp'], urgent: false,
        workflow: 'reminder', run: 'run1', at: workspace.now(), mandatory: false, ...rest,
      }),
    );
  const wish = (actor: Actor, preferences: Partial<NoticePreferences>): Promise<void> => workspace.database.transaction((tx) => savePreferences(tx, actor.userId, { ...USUAL_PREFERENCES, ...preferences }));
  const inbox = async (actor: Actor, part: 'open' | 'approvals' | 'done' = 'open') => (await inboxPage(workspace, actor, part)).items;
  const mails = async () => (await outboxPage(workspace.database, {})).items;

  it('P17 show the record to who may read it; who may not learns only where it came from', async () => {
    expect(await tell({ channels: ['inApp', 'email'] })).toBe(2);
    expect(await inbox(anna)).toMatchObject([{ title: 'Look（中）', body: 'secret plan is stuck（中）', record: { table: 'thing', id: thing, title: 'secret plan' }, readAt: null, kind: 'notice' }]);
    const [his] = await inbox(bert);
    expect(his).toMatchObject({ title: '流程通知', body: null, record: null });
    const [toBert, toAnna] = (await mails()).sort((a, b) => b.target.localeCompare(a.target));
    expect(toAnna?.body).toContain(`/tables/thing/records/${thing}`);
    expect(toBert?.target).toBe('bert@example.com');
    expect(JSON.stringify([his, toBert])).not.toMatch(/secret plan|records/);
  });

  it('lose what stood in the record with the right to read it', async () => {
    await tell();
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'thing', thing, { owner: bert.userId }));
    expect((await inbox(anna))[0]).toMatchObject({ title: '流程通知', body: null, record: { title: '' } });
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'thing', thing, { owner: anna.userId }));
  });

  it('are written in the language of each', async () => {
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'user', bert.userId, { locale: 'en' }));
    await tell({ channels: ['inApp', 'email'], record: null });
    expect((await mails()).map(({ subject }) => subject).sort()).toEqual(['Look', 'Look（中）']);
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'user', bert.userId, { locale: 'zh-CN' }));
  });

  it('wait for the end of quiet hours, unless they are urgent', async () => {
    workspace.setNow(NIGHT);
    await tell({ channels: ['inApp', 'email'], record: null });
    expect(await inbox(anna)).toEqual([]);
    expect((await mails()).map(({ nextAt }) => nextAt)).toEqual([MORNING, MORNING]);
    await tell({ urgent: true, title: both('Fire') });
    expect(await inbox(anna)).toMatchObject([{ title: 'Fire（中）', urgent: true }]);
    workspace.setNow(MORNING);
    expect(await inbox(anna)).toHaveLength(2);
    await wish(anna, { quiet: null });
    workspace.setNow(NIGHT);
    await tell({ title: both('Awake') });
    expect((await inbox(anna))[0]?.title).toBe('Awake（中）');
  });

  it('of a muted workflow do not come, unless nobody may mute it or it asks for a decision', async () => {
    await wish(anna, { muted: ['reminder'] });
    expect(await tell({ to: [anna.userId] })).toBe(0);
    expect(await tell({ to: [anna.userId], mandatory: true })).toBe(1);
    expect(await tell({ to: [anna.userId], approval: 'approval1' })).toBe(1);
  });

  it('do not reach people who are no longer active', async () => {
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'user', bert.userId, { active: false }));
    expect(await tell({ channels: ['inApp', 'email'] })).toBe(1);
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'user', bert.userId, { active: true }));
  });

  it('belong to the transaction: what is taken back was never said', async () => {
    const heard: string[] = [];
    const stop = workspace.changes.subscribeInboxes((users) => heard.push(...users));
    await expect(
      workspace.database.transaction(async (tx) => {
        await queueNotices(tx, workspace, { to: [anna.userId], title: both('x'), record: null, channels: ['inApp', 'email'], urgent: false, workflow: null, run: null, at: NOON, mandatory: false });
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    expect([await inbox(anna), await mails(), heard]).toEqual([[], [], []]);
    await tell({ to: [anna.userId] });
    expect(heard).toEqual([anna.userId]);
    stop();
  });

  it('are read, done, put off and taken up again by whom they are for, and nobody else', async () => {
    await tell({ to: [anna.userId] });
    const [notice] = await inbox(anna);
    const id = notice?.id ?? '';
    await expect(changeNotice(workspace, bert, id, { read: true })).rejects.toMatchObject({ code: 'not_found' });
    expect(await unreadOf(workspace.database, anna.userId, workspace.now())).toBe(1);
    expect((await changeNotice(workspace, anna, id, { read: true })).readAt).toBe(NOON);
    const until = '2026-06-15T05:00:00.000Z';
    expect((await changeNotice(workspace, anna, id, { snoozedUntil: until })).snoozedUntil).toBe(until);
    expect(await inbox(anna)).toEqual([]);
    workspace.setNow('2026-06-15T05:00:01.000Z');
    expect(await inbox(anna)).toMatchObject([{ id, readAt: null, at: until }]);
    await changeNotice(workspace, anna, id, { done: true });
    expect(await inbox(anna)).toEqual([]);
    expect(await inbox(anna, 'done')).toMatchObject([{ id }]);
    await changeNotice(workspace, anna, id, { done: false });
    expect(await inbox(anna)).toMatchObject([{ id }]);
    await expect(changeNotice(workspace, anna, id, { snoozedUntil: NOON })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('come in pages, latest first, and all can be read at once', async () => {
    for (let n = 0; n < 35; n++) await tell({ to: [anna.userId], title: both(`n${n}`) });
    const first = await inboxPage(workspace, anna, 'open');
    const second = await inboxPage(workspace, anna, 'open', { cursor: first.next ?? undefined });
    expect([first.items.length, second.items.length, second.next, first.unread]).toEqual([30, 5, null, 35]);
    expect(first.items[0]?.title).toBe('n34（中）');
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(35);
    await readAll(workspace, anna);
    expect((await inboxPage(workspace, anna, 'open')).unread).toBe(0);
  });

  it('that ask for a decision show who else is asked, and are done only with the decision', async () => {
    await workspace.database.transaction(async (tx) => {
      for (const [id, user, position, state] of [['a1', anna.userId, 0, 'pending'], ['a2', bert.userId, 1, 'queued']] as const) {
        await tx.run(
          sql`INSERT INTO relata_approval (id, run_id, seq, user_id, position, state, title, instructions, may_delegate, may_add, may_return)
              VALUES (${id}, 'run1', 3, ${user}, ${position}, ${state}, 'Discount', ${JSON.stringify(both('Below the limit'))}, 1, 0, 1)`,
        );
      }
    });
    await tell({ to: [anna.userId], approval: 'a1' });
    const [notice] = await inbox(anna, 'approvals');
    expect(notice).toMatchObject({
      kind: 'approval',
      approval: { id: 'a1', instructions: 'Below the limit（中）', state: 'pending', mayDelegate: true, mayAdd: false, mayReturn: true, others: [{ name: 'bert', state: 'queued', comment: null }] },
    });
    await expect(changeNotice(workspace, anna, notice?.id ?? '', { done: true })).rejects.toMatchObject({ code: 'conflict' });
    await workspace.database.transaction((tx) => closeApprovalNotices(tx, workspace, ['a1']));
    expect(await inbox(anna, 'approvals')).toEqual([]);
    expect(await inbox(anna, 'done')).toHaveLength(1);
  });

  it('are collected into one mail a day for who wants that, once over all processes', async () => {
    await wish(anna, { digestAt: '17:00' });
    await tell({ to: [anna.userId], channels: ['email'] });
    await tell({ to: [anna.userId], channels: ['inApp', 'email'], title: both('Second') });
    await tell({ to: [anna.userId], channels: ['email'], title: both('Fire'), urgent: true });
    expect((await mails()).map(({ subject }) => subject)).toEqual(['Fire（中）']);
    expect(await sendDigests(workspace)).toBe(0);
    workspace.setNow('2026-06-15T09:00:00.000Z');
    expect(await Promise.all([sendDigests(workspace), sendDigests(workspace)])).toEqual(expect.arrayContaining([1, 0]));
    const [digest] = await mails();
    expect(digest?.subject).toBe('今日消息：2 条');
    expect(digest?.body).toContain('· Second（中）');
    workspace.setNow('2026-06-16T09:00:00.000Z');
    expect(await sendDigests(workspace)).toBe(0);
  });

  it('for an absent person go to the colleague they named, over several absences', async () => {
    const carl = await workspace.addUser({ name: 'carl', roles: ['worker'] });
    const away = (delegate: Actor) => ({ absence: { delegate: delegate.userId, from: '2026-06-10', to: '2026-06-20' } });
    const of = (actor: Actor, day = '2026-06-15') => delegateOf(workspace, workspace.database, actor.userId, day);
    expect(await of(anna)).toBeNull();
    await wish(anna, away(bert));
    expect(await of(anna)).toBe(bert.userId);
    expect(await of(anna, '2026-06-21')).toBeNull();
    await wish(bert, away(carl));
    expect(await of(anna)).toBe(carl.userId);
    await wish(carl, away(anna));
    expect(await of(anna)).toBeNull();
  });
});
