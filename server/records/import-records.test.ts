import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import type { ImportRecord } from '../import/run-import.ts';
import { deskApp } from '../testing/desk-app.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { findRecords } from './find-records.ts';
import { getRecord } from './get-record.ts';
import { type ImportBatch, importRecords, undoImportedRecords } from './import-records.ts';
import { updateRecord } from './update-record.ts';
import { writeSession } from './write-session.ts';

describe.each(DATABASES)('importing records on %s', (database) => {
  let workspace: TestWorkspace;
  let lead: Actor;
  let clerk: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: deskApp });
    lead = await workspace.addUser({ name: 'lead', roles: ['lead'] });
    clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'] });
  });
  afterAll(() => workspace.close());

  let imports = 0;
  const rows = (...values: Record<string, Json>[]): ImportRecord[] => values.map((record, i) => ({ row: i + 2, values: record, children: [] }));
  const run = (batch: Partial<ImportBatch> & { rows: readonly ImportRecord[] }, actor = lead) =>
    importRecords(workspace, actor, { table: 'account', importId: `import-${++imports}`, duplicates: 'create', dryRun: false, ...batch });
  const living = async (name: string) => (await findRecords(workspace, lead, 'account', { filter: { '==': [{ var: 'name' }, name] } })).data;

  it('keeps the good rows and says of each bad one what is wrong', async () => {
    const outcomes = await run({ rows: rows({ name: 'Good 1' }, { name: ' ', level: 'none' }, { name: 'Good 2', code: 'I1' }, { name: 'Twin', code: 'I1' }) });
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['created', 'failed', 'created', 'failed']);
    expect(outcomes[1]).toMatchObject({ issues: expect.arrayContaining([expect.objectContaining({ path: '/name', code: 'required' }), expect.objectContaining({ path: '/level' })]) });
    expect(outcomes[3]).toMatchObject({ issues: [{ path: '/code', code: 'not_unique' }] });
    expect([(await living('Good 1')).length, (await living('Twin')).length]).toEqual([1, 0]);
  });

  it('makes a row and what belongs to it together or not at all', async () => {
    const withTask = (title: string): ImportRecord => ({ row: 2, values: { name: `With ${title}` }, children: [{ table: 'task', reference: 'account', values: { title } }] });
    const outcomes = await run({ rows: [withTask('Task'), withTask(' ')] });
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['created', 'failed']);
    expect(outcomes[1]).toMatchObject({ issues: [{ path: '/children/0/title' }] });
    expect((await living('With  ')).length + (await living('With')).length).toBe(0);
  });

  it('tries without writing anything', async () => {
    const before = await workspace.database.get(sql`SELECT max(seq) AS seq FROM relata_audit`);
    const outcomes = await run({ rows: rows({ name: 'Dry' }, { name: '' }), dryRun: true });
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['created', 'failed']);
    expect(await living('Dry')).toEqual([]);
    expect(await workspace.database.get(sql`SELECT max(seq) AS seq FROM relata_audit`)).toEqual(before);
  });

  it('creates, skips or updates what is there already, as asked, and points it out', async () => {
    await run({ rows: rows({ name: 'Known', phone: '13800138000' }) });
    expect(await run({ rows: rows({ name: 'Known', code: 'K1' }), duplicates: 'skip' })).toMatchObject([{ outcome: 'skipped', duplicate: { title: 'Known' } }]);
    expect(await run({ rows: rows({ name: 'Known', code: 'K1' }), duplicates: 'update' })).toMatchObject([{ outcome: 'updated' }]);
    expect(await living('Known')).toMatchObject([{ code: 'K1', version: 2 }]);
    expect(await run({ rows: rows({ name: 'Like', phone: '13800138000' }), duplicates: 'skip' })).toMatchObject([{ outcome: 'created', duplicate: { title: 'Known' } }]);
  });

  it('sees the rows before it in the same file', async () => {
    expect(await run({ rows: rows({ name: 'Double' }, { name: 'Double' }), duplicates: 'skip' })).toMatchObject([{ outcome: 'created' }, { outcome: 'skipped' }]);
  });

  it('takes a whole import back, except what was changed since', async () => {
    const importId = 'undo-1';
    await workspace.create(lead, 'account', { name: 'Before', phone: '13700137000' });
    const outcomes = await run({ importId, duplicates: 'update', rows: rows({ name: 'Fresh' }, { name: 'Touched' }, { name: 'Before', phone: '13600136000' }) });
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['created', 'created', 'updated']);
    const touched = (await living('Touched'))[0]?.id as string;
    await writeSession(workspace, lead, (session) => updateRecord(session, 'account', touched, { code: 'mine' }));
    expect(await undoImportedRecords(workspace, lead, importId)).toEqual({ undone: 2, kept: 1 });
    expect([(await living('Fresh')).length, (await living('Touched')).length]).toEqual([0, 1]);
    expect(await living('Before')).toMatchObject([{ phone: '+8613700137000' }]);
    expect(await undoImportedRecords(workspace, lead, importId)).toMatchObject({ undone: 0 });
  });

  it('is for those who may import, with their own eyes and rights', async () => {
    expect((await refusalOf(run({ rows: rows({ name: 'x' }) }, clerk))).code).toBe('forbidden');
    expect((await refusalOf(run({ rows: rows({ title: 'x' }), table: 'note' }))).code).toBe('not_found');
    const foreign = await workspace.create(clerk, 'account', { name: 'Of the clerk', code: 'F1' });
    const outcomes = await run({ rows: rows({ name: 'Of the clerk' }, { name: 'Child', parent: foreign }, { name: 'System', version: 9, created_by: clerk.userId }, { name: 'Secret', secret: 'x' }), duplicates: 'update' });
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(['created', 'failed', 'failed', 'created']);
    expect(outcomes[1]).toMatchObject({ issues: [{ path: '/parent', code: 'no_such_record' }] });
    expect(outcomes[2]).toMatchObject({ issues: [{ path: '/version', code: 'read_only' }, { path: '/created_by', code: 'read_only' }] });
    expect((await getRecord(workspace, clerk, 'account', foreign)).data.version).toBe(1);
  });
});
