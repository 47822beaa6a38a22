/** A `lines` field that is read-only is so on every way; tried once with the guard taken away. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definitions } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { createRecord } from './create-record.ts';
import { deleteRecord, restoreRecord } from './delete-record.ts';
import { importRecords } from './import-records.ts';
import { updateRecord } from './update-record.ts';
import { type WriteSession, writeSession } from './write-session.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const sent = { '==': [{ var: 'state' }, 'sent'] };
const definitions: Definitions = {
  app: { name: 'offers', label: label('o'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('o'), owner: true }, { name: 'staff', label: label('s') }, { name: 'keeper', label: label('k'), level: 8 }] },
  tables: [
    {
      name: 'offer', label: label('offer'), titleField: 'name',
      fields: [
        { name: 'name', label: label('n'), type: 'text' },
        { name: 'state', label: label('s'), type: 'select', default: 'draft', options: [{ value: 'draft', label: label('d') }, { value: 'sent', label: label('s') }] },
        { name: 'lines', label: label('Lines'), type: 'lines', table: 'line', field: 'parent', readOnlyWhen: sent },
      ],
      permissions: { staff: { create: true, read: true, update: true, delete: true }, keeper: { create: true, read: true, import: true } },
    },
    {
      name: 'line', label: label('line'), titleField: 'what',
      fields: [{ name: 'what', label: label('w'), type: 'text' }, { name: 'parent', label: label('p'), type: 'reference', table: 'offer', onDelete: 'cascade', required: true }],
      permissions: { staff: { create: true, read: true, update: true, delete: true, import: true }, keeper: { create: true, read: true, import: true } },
    },
  ],
};

describe.each(DATABASES)('rows of a locked lines field on %s', (database) => {
  let workspace: TestWorkspace;
  let staff: Actor;
  let keeper: Actor;
  let draft: string;
  let offer: string;
  let line: string;
  const as = <T>(actor: Actor, work: (session: WriteSession) => Promise<T>) => writeSession(workspace, actor, work);
  const what = async (of: string) => (await workspace.database.all<{ what: string }>(sql`SELECT what FROM line WHERE parent = ${of} AND deleted_at IS NULL ORDER BY what`)).map((row) => row.what);
  const locked = (path: string) => ({ issues: [{ path, code: 'locked', message: { 'zh-CN': '“offer”的Lines现在不能修改', en: 'Lines of this offer cannot be changed now' } }] });

  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions });
    staff = await workspace.addUser({ name: 'staff', roles: ['staff'] });
    keeper = await workspace.addUser({ name: 'keeper', roles: ['keeper'] });
    draft = await workspace.create(staff, 'offer', { name: 'draft', lines: [{ what: 'other' }] });
    offer = await workspace.create(staff, 'offer', { name: 'one' });
    line = await workspace.create(staff, 'line', { what: 'a', parent: offer });
  });
  afterAll(() => workspace.close());

  it('come along with the save that locks them, and a record that is locked from its first day has them', async () => {
    await as(staff, (session) => updateRecord(session, 'offer', offer, { state: 'sent', lines: [{ id: line, what: 'a' }, { what: 'b' }] }));
    expect(await what(offer)).toEqual(['a', 'b']);
    const at = await workspace.create(staff, 'offer', { name: 'at once', state: 'sent', lines: [{ what: 'c' }] });
    expect(await what(at)).toEqual(['c']);
  });

  it('are neither added, changed, taken away, moved in or out, nor brought back, in the form or one by one', async () => {
    const other = await workspace.create(staff, 'line', { what: 'x', parent: draft });
    await expect(as(staff, (session) => updateRecord(session, 'offer', offer, { lines: [{ id: line, what: 'z' }] }))).rejects.toMatchObject(locked('/lines/0'));
    await expect(as(staff, (session) => updateRecord(session, 'offer', offer, { lines: [] }))).rejects.toMatchObject(locked(''));
    await expect(as(staff, (session) => createRecord(session, 'line', { what: 'd', parent: offer }))).rejects.toMatchObject(locked(''));
    await expect(as(staff, (session) => updateRecord(session, 'line', line, { what: 'z' }))).rejects.toMatchObject(locked(''));
    await expect(as(staff, (session) => updateRecord(session, 'line', line, { parent: draft }))).rejects.toMatchObject(locked(''));
    await expect(as(staff, (session) => updateRecord(session, 'line', other, { parent: offer }))).rejects.toMatchObject(locked(''));
    await expect(as(staff, (session) => deleteRecord(session, 'line', line))).rejects.toMatchObject(locked(''));
    await as(systemActor, (session) => deleteRecord(session, 'line', line));
    await expect(as(staff, (session) => restoreRecord(session, 'line', line))).rejects.toMatchObject(locked(''));
    await as(systemActor, (session) => restoreRecord(session, 'line', line));
    expect(await what(offer)).toEqual(['a', 'b']);
  });

  it('go with the record they belong to, and come back with it', async () => {
    await as(staff, (session) => deleteRecord(session, 'offer', offer));
    expect(await what(offer)).toEqual([]);
    await as(staff, (session) => restoreRecord(session, 'offer', offer));
    expect(await what(offer)).toEqual(['a', 'b']);
  });

  it('are imported by who keeps the application only: rows of old books come after what they belong to', async () => {
    const importing = (actor: Actor, importId: string) => importRecords(workspace, actor, { table: 'line', importId, rows: [{ number: 1, values: { what: 'old', parent: offer }, children: [] }] as never, duplicates: 'create' as never, dryRun: false });
    await importing(staff, 'i1');
    expect(await what(offer)).toEqual(['a', 'b']);
    await importing(keeper, 'i2');
    expect(await what(offer)).toEqual(['a', 'b', 'old']);
  });
});
