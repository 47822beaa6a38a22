import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { deskApp } from '../testing/desk-app.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { findDuplicates } from './find-duplicates.ts';
import { recordTimeline, type TimelineEntry } from './record-timeline.ts';
import { updateRecord } from './update-record.ts';
import { writeSession } from './write-session.ts';

describe.each(DATABASES)('the timeline on %s', (database) => {
  let workspace: TestWorkspace;
  let clerk: Actor;
  let owner: Actor;
  let other: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: deskApp });
    clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'] });
    other = await workspace.addUser({ name: 'other', roles: ['clerk'] });
    owner = await workspace.addUser({ name: 'owner', roles: ['owner'] });
  });
  afterAll(() => workspace.close());

  let second = 0;
  const tick = (): void => workspace.setNow(new Date(Date.parse('2026-06-15T04:00:00.000Z') + 1000 * ++second).toISOString());
  const create = (table: string, values: Record<string, Json>, actor = clerk) => {
    tick();
    return workspace.create(actor, table, values);
  };
  const update = (id: string, values: Record<string, Json>, actor = clerk) => {
    tick();
    return writeSession(workspace, actor, (session) => updateRecord(session, 'account', id, values));
  };
  async function whole(id: string, actor = clerk): Promise<TimelineEntry[]> {
    const entries: TimelineEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await recordTimeline(workspace, actor, 'account', id, { cursor });
      entries.push(...page.data);
      cursor = page.next ?? undefined;
      expect(entries.length).toBeLessThan(500);
    } while (cursor !== undefined);
    return entries;
  }
  const brief = (entries: readonly TimelineEntry[]) => entries.map((entry) => (entry.kind === 'record' ? entry.title : entry.kind === 'comment' ? entry.body : `${entry.action} ${entry.changes.map((change) => change.field).join()}`));

  it('tells notes and changes together, newest first, with the values before and after', async () => {
    const id = await create('account', { name: 'A' });
    await update(id, { name: 'B' });
    await create('note', { title: 'called', account: id, at: '2026-06-15T05:00:00.000Z' });
    const entries = await whole(id);
    expect(brief(entries)).toEqual(['called', 'update name', expect.stringMatching(/^create .*name/)]);
    expect(entries[1]).toMatchObject({ by: clerk.userId, changes: [{ field: 'name', before: 'A', after: 'B' }] });
    const { included } = await recordTimeline(workspace, clerk, 'account', id);
    expect(included.user?.[clerk.userId]?.title).toBe('clerk');
  });

  it('keeps changes of hidden and masked cells to itself, values and all', async () => {
    const id = await create('account', { name: 'Hidden' });
    await update(id, { secret: 'canary-1', budget: 12_345 }, owner);
    await update(id, { name: 'Seen', secret: 'canary-2' }, owner);
    expect(brief(await whole(id))).toEqual(['update name', expect.stringMatching(/^create/)]);
    expect(JSON.stringify(await whole(id))).not.toMatch(/canary|12345|secret|budget/);
    expect(JSON.stringify(await whole(id, owner))).toMatch(/canary-1.*/);
  });

  it('shows a page as full when many hidden changes lie between', async () => {
    const id = await create('account', { name: 'Many' });
    for (let i = 0; i < 70; i++) await update(id, { secret: `s${i}` }, owner);
    expect(brief((await recordTimeline(workspace, clerk, 'account', id)).data)).toEqual([expect.stringMatching(/^create/)]);
  });

  it('loses nothing between pages, not even what happened at the same moment', async () => {
    const id = await create('account', { name: 'Long' });
    const moment = '2026-06-20T00:00:00.000Z';
    workspace.setNow(moment);
    for (let i = 0; i < 75; i++) await writeSession(workspace, clerk, (session) => updateRecord(session, 'account', id, { name: `n${i}` }));
    for (let i = 0; i < 40; i++) await workspace.create(clerk, 'note', { title: `note ${i}`, account: id, at: moment });
    const entries = await whole(id);
    expect(entries).toHaveLength(75 + 40 + 1);
    expect(new Set(entries.map((entry) => JSON.stringify(entry))).size).toBe(entries.length);
  });

  it('answers for a hidden record as for a missing one', async () => {
    const id = await create('account', { name: 'Of another' }, other);
    const hidden = await refusalOf(recordTimeline(workspace, clerk, 'account', id));
    const missing = await refusalOf(recordTimeline(workspace, clerk, 'account', 'nothing'));
    expect([hidden.code, hidden.error.detail]).toEqual([missing.code, missing.error.detail]);
    expect((await refusalOf(recordTimeline(workspace, clerk, 'account', await create('account', { name: 'x' }), { cursor: 'yesterday' }))).issues).toEqual(['/cursor bad_cursor']);
  });
});

describe.each(DATABASES)('duplicates on %s', (database) => {
  let workspace: TestWorkspace;
  let clerk: Actor;
  let other: Actor;
  let owner: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: deskApp });
    clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'] });
    other = await workspace.addUser({ name: 'other', roles: ['clerk'] });
    owner = await workspace.addUser({ name: 'owner', roles: ['owner'] });
  });
  afterAll(() => workspace.close());
  const matches = async (values: Record<string, Json>, exclude?: string) => (await findDuplicates(workspace, clerk, 'account', values, exclude)).map((match) => `${match.title} ${match.level}`);

  it('points out records alike, except the one being edited', async () => {
    const id = await workspace.create(clerk, 'account', { name: '华信', phone: '138 0013 8000' });
    expect(await matches({ name: ' 华信 ' })).toEqual(['华信 same']);
    expect(await matches({ name: '华信' }, id)).toEqual([]);
    expect(await matches({ name: 'else', phone: '+86 138-0013-8000' })).toEqual(['华信 similar']);
    expect(await matches({ name: '' })).toEqual([]);
  });

  it('never tells of a record or a cell that is hidden', async () => {
    await workspace.create(other, 'account', { name: '别人的客户' });
    expect(await matches({ name: '别人的客户' })).toEqual([]);
    await workspace.create(owner, 'account', { name: 'With secret', secret: 'canary', owner: clerk.userId });
    expect(await matches({ secret: 'canary' })).toEqual([]);
    expect((await findDuplicates(workspace, owner, 'account', { secret: 'canary' })).length).toBe(1);
  });

  it('takes values of any shape without failing', async () => {
    for (const value of [1, true, null, [], ['x'], { a: 1 }, 'x'.repeat(100_000), "' OR 1=1"] as Json[]) expect(await matches({ name: value, phone: value, nothing: value }), JSON.stringify(value)?.slice(0, 50)).toEqual([]);
  });
});
