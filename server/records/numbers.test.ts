import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#engine/permissions/actor.ts';
import { deskApp } from '../testing/desk-app.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { deleteRecord } from './delete-record.ts';
import { getRecord } from './get-record.ts';
import { importRecords } from './import-records.ts';
import { writeSession } from './write-session.ts';

describe.each(DATABASES)('auto-numbers on %s', (database) => {
  let workspace: TestWorkspace;
  let clerk: Actor;
  let lead: Actor;
  let day = 10;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: deskApp });
    clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'] });
    lead = await workspace.addUser({ name: 'lead', roles: ['lead'] });
  });
  afterAll(() => workspace.close());
  /** A day of its own for each test, since numbers start anew every day. */
  beforeEach(() => {
    day += 1;
    workspace.setNow(`2026-07-${day}T04:00:00.000Z`);
  });

  const numberOf = async (id: string, actor = clerk) => (await getRecord(workspace, actor, 'task', id)).data.number;
  const create = async () => numberOf(await workspace.create(clerk, 'task', { title: 'Task' }));
  const importNumber = (number: string) =>
    importRecords(workspace, lead, { table: 'task', importId: 'i', rows: [{ row: 1, values: { title: 'Old', number }, children: [] }], duplicates: 'create', dryRun: false });

  it('gives fifty records made at once fifty numbers in a row', async () => {
    const numbers = await Promise.all(Array.from({ length: 50 }, create));
    expect([...numbers].sort()).toEqual(Array.from({ length: 50 }, (_, i) => `K202607${day}${String(i + 1).padStart(2, '0')}`));
  });

  it('begins anew when the day changes where the workspace is, not in UTC', async () => {
    workspace.setNow(`2026-07-${day}T15:59:59.999Z`);
    expect(await create()).toBe(`K202607${day}01`);
    workspace.setNow(`2026-07-${day}T16:00:00.000Z`);
    expect(await create()).toBe(`K202607${day + 1}01`);
    day += 1;
  });

  it('grows past its width and does not begin again', async () => {
    await importNumber(`K202607${day}98`);
    expect([await create(), await create(), await create()]).toEqual([`K202607${day}99`, `K202607${day}100`, `K202607${day}101`]);
  });

  it('goes on after the highest number that an import brought, whatever the order', async () => {
    await importNumber(`K202607${day}07`);
    await importNumber(`K202607${day}03`);
    expect(await create()).toBe(`K202607${day}08`);
  });

  it('does not give a number twice after its record is gone', async () => {
    const id = await workspace.create(clerk, 'task', { title: 'Task' });
    const number = await numberOf(id);
    await writeSession(workspace, clerk, (session) => deleteRecord(session, 'task', id));
    expect(await create()).not.toBe(number);
  });

  it('takes no number from a person, and none for a record that is refused', async () => {
    expect((await refusalOf(workspace.create(clerk, 'task', { title: 'Task', number: 'K1' }))).issues).toEqual(['/number read_only']);
    await refusalOf(workspace.create(clerk, 'task', { title: ' ' }));
    expect(await create()).toBe(`K202607${day}01`);
  });
});
