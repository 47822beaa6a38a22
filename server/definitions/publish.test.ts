import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { Definitions, FieldDefinition, TableDefinition } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { createComment } from '../comments/write-comment.ts';
import { sql } from '../db/sql.ts';
import { findRecords } from '../records/find-records.ts';
import { getRecord } from '../records/get-record.ts';
import { deleteRecord, purgeRecord } from '../records/delete-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { recordsChecksum } from '../testing/records-checksum.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';
import { planDefinitions } from './plan.ts';
import { liveDefinitions, type StoredDefinitions } from './store.ts';
import { purgeTrash } from './purge-trash.ts';
import { trashEntries } from './trash.ts';
import { restoreFromTrash, undoPublication } from './undo.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });

describe.each(DATABASES)('publishing on %s', (database) => {
  let workspace: TestWorkspace;
  let owner: Actor;
  const ids: string[] = [];

  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp });
    owner = await workspace.addUser({ name: 'Olga', roles: ['owner'] });
    for (let i = 0; i < 12; i++) {
      ids.push(
        await workspace.create(owner, 'thing', {
          name: `华信 ${i}`,
          code: `C${i}`,
          note: i % 2 ? String(i * 10) : `note ${i}`,
          count: i,
          weight: i + 0.125,
          price: i * 100 + 0.5,
          day: `2026-01-${String(i + 1).padStart(2, '0')}`,
          state: i % 3 === 0 ? 'new' : 'done',
          colors: i % 2 ? ['red', 'blue'] : null,
          helpers: [owner.userId],
          parent: ids[i - 1] ?? null,
          related: i > 1 ? [ids[0] as string, ids[1] as string] : null,
          rows: [{ title: `row ${i}`, quantity: i + 1 }],
        }),
      );
    }
  });
  afterAll(() => workspace.close());

  const live = async (): Promise<StoredDefinitions> => (await liveDefinitions(workspace.database)) as StoredDefinitions;
  const plan = async (definitions: Definitions, restore: readonly string[] = []) => planDefinitions(workspace, { definitions, restore });
  const publish = async (definitions: Definitions, more: object = {}) => {
    const { version } = await live();
    const seen = await plan(definitions, (more as { restore?: string[] }).restore);
    return { ...(await workspace.publish({ definitions, base: version, hash: seen.hash, confirm: seen.confirm, by: owner.userId, note: 'test', ...more })), seen };
  };
  const undo = async (version: number) => {
    const way = await undoPublication(workspace.database, version);
    return publish(way.definitions, way);
  };
  const get = async (id: string) => (await getRecord(workspace, owner, 'thing', id)).data;
  const withTable = (definitions: Definitions, change: (table: TableDefinition) => TableDefinition): Definitions => ({
    ...definitions,
    tables: definitions.tables.map((table) => (table.name === 'thing' ? change(table) : table)),
  });
  const withField = (definitions: Definitions, name: string, change: (field: FieldDefinition) => FieldDefinition | null): Definitions =>
    withTable(definitions, (table) => ({ ...table, fields: table.fields.flatMap((field) => (field.name === name ? (change(field) ?? []) : field)) }));
  const added = (definitions: Definitions, field: FieldDefinition): Definitions => withTable(definitions, (table) => ({ ...table, fields: [...table.fields, field] }));

  const KINDS: Record<string, (definitions: Definitions) => Definitions> = {
    'a renamed label': (now) => withField(now, 'name', (field) => ({ ...field, label: label('称呼') })),
    'a new field': (now) => added(now, { name: 'level', label: label('级别'), type: 'select', options: [{ value: 'gold', label: label('金') }] }),
    'a new formula': (now) => added(now, { name: 'twice', label: label('twice'), type: 'formula', formula: '=count*2', result: 'number' }),
    'a removed field': (now) => withField(now, 'weight', () => null),
    'a removed list of links': (now) => withField(now, 'related', () => null),
    'a removed reference with what reads it': (now) =>
      withTable(now, (table) => ({ ...table, fields: table.fields.filter((field) => !['parent', 'parent_price', 'children', 'children_price', 'parent_name'].includes(field.name)) })),
    'text to integer, half of which does not convert': (now) => withField(now, 'note', (field) => ({ name: field.name, label: field.label, type: 'integer' })),
    'decimal to integer, which rounds': (now) => withField(now, 'weight', (field) => ({ name: field.name, label: field.label, type: 'integer' })),
    'select to text': (now) => withField(now, 'state', (field) => ({ name: field.name, label: field.label, type: 'text' })),
    'reference to text': (now) =>
      withTable(now, (table) => ({
        ...table,
        fields: table.fields.filter((field) => !['parent_price', 'children', 'children_price', 'parent_name'].includes(field.name)).map((field) => (field.name === 'parent' ? { name: 'parent', label: field.label, type: 'text' } : field)),
      })),
    'links to text': (now) => withField(now, 'helpers', (field) => ({ name: field.name, label: field.label, type: 'text' })),
    'another scale': (now) => withField(now, 'weight', (field) => ({ ...field, scale: 1 })),
    'another formula': (now) => withField(now, 'double_price', (field) => ({ ...field, formula: '=price*3' })),
    'pinyin taken away': (now) => withField(now, 'name', ({ pinyin: _, ...field }) => field as FieldDefinition),
    'a limit of length': (now) => withField(now, 'note', (field) => ({ ...field, maxLength: 3 })),
    'required and indexed': (now) => withField(now, 'day', (field) => ({ ...field, required: true, index: true })),
    'unique': (now) => withField(now, 'count', (field) => ({ ...field, unique: true })),
    'a removed table with its lines': (now) => ({ ...withField(now, 'rows', () => null), tables: withField(now, 'rows', () => null).tables.filter((table) => table.name !== 'thing_row') }),
    'a new table': (now) => ({ ...now, tables: [...now.tables, { name: 'place_of', label: label('place'), titleField: 'name', fields: [{ name: 'name', label: label('name'), type: 'text' }] }] }),
    'rights and views': (now) => withTable(now, (table) => ({ ...table, views: [{ name: 'all', label: label('all'), type: 'table', columns: ['name', 'count'] }], permissions: { ...table.permissions, auditor: { read: true } } })),
  };

  it.each(Object.keys(KINDS))('takes back %s: every value is as it was', async (kind) => {
    const start = await live();
    const before = await recordsChecksum(workspace);
    const { version, seen } = await publish((KINDS[kind] as (now: Definitions) => Definitions)(start.definitions));
    expect(version).toBe(start.version + 1);
    expect(seen.changes.length).toBeGreaterThan(0);
    await undo(version);
    expect((await live()).definitions).toEqual(start.definitions);
    expect(await recordsChecksum(workspace)).toEqual(before);
    // And once more: taking back the taking back.
    const again = await undo(version + 1);
    await undo(again.version);
    expect(await recordsChecksum(workspace)).toEqual(before);
  });

  it('asks nothing of the database for a new label', async () => {
    const { definitions } = await live();
    const seen = await plan(withField(definitions, 'name', (field) => ({ ...field, label: label('称呼') })));
    expect([seen.class, seen.schema, seen.rowsWritten]).toEqual(['safe', [], 0]);
  });

  it('counts before what happens then, keeps a list of what did not convert, and wants it typed', async () => {
    const { definitions, version } = await live();
    const draft = withField(definitions, 'note', (field) => ({ name: field.name, label: field.label, type: 'integer' }));
    const seen = await plan(draft);
    const change = seen.changes.find((one) => one.field === 'note');
    expect([seen.class, seen.confirm, change?.effect]).toMatchObject(['lossy', ['thing.note'], { records: 12, filled: 12, converted: 6, altered: 0, failed: 6 }]);
    expect(change?.effect?.samples[0]).toMatchObject({ before: 'note 0', after: null });
    const refused = await refusalOf(workspace.publish({ definitions: draft, base: version, hash: seen.hash, by: owner.userId, note: '' }));
    expect(refused.issues).toEqual(['/confirm not_confirmed']);
    const { version: next } = await publish(draft);
    const rejects = await workspace.database.all<{ value: string }>(sql`SELECT value FROM relata_reject WHERE version = ${next}`);
    expect(rejects.map((row) => row.value).sort()).toEqual([0, 10, 2, 4, 6, 8].map((i) => `note ${i}`).sort());
    expect([(await get(ids[1] as string)).note, (await get(ids[0] as string)).note]).toEqual([10, null]);
    await undo(next);
  });

  it('keeps what was written since when it takes back a conversion', async () => {
    const { definitions } = await live();
    const { version } = await publish(withField(definitions, 'note', (field) => ({ name: field.name, label: field.label, type: 'integer' })));
    const [changed, emptied, kept] = [ids[1], ids[3], ids[0]] as [string, string, string];
    await writeSession(workspace, owner, (session) => updateRecord(session, 'thing', changed, { note: 77 }));
    await writeSession(workspace, owner, (session) => updateRecord(session, 'thing', emptied, { note: null }));
    const fresh = await workspace.create(owner, 'thing', { name: 'fresh', note: 5 });
    await undo(version);
    expect([(await get(changed)).note, (await get(emptied)).note, (await get(kept)).note, (await get(fresh)).note]).toEqual(['77', null, 'note 0', '5']);
    await writeSession(workspace, owner, (session) => updateRecord(session, 'thing', changed, { note: '10' }));
    await writeSession(workspace, owner, (session) => updateRecord(session, 'thing', emptied, { note: '30' }));
  });

  it('takes back an older publication and leaves later ones alone', async () => {
    const { definitions } = await live();
    const first = await publish(withField(definitions, 'code', () => null));
    await publish(added((await live()).definitions, { name: 'later', label: label('later'), type: 'text' }));
    await undo(first.version);
    const fields = (await live()).definitions.tables[0]?.fields.map((field) => field.name);
    expect([fields?.includes('code'), fields?.includes('later')]).toEqual([true, true]);
    expect((await get(ids[4] as string)).code).toBe('C4');
  });

  it('finds records by a field that has changed its type, and by one that came back', async () => {
    const finds = async (search: string) => (await findRecords(workspace, owner, 'thing', { search, fields: ['name'], limit: 50 })).data.length;
    const found = await finds('note 4');
    expect(found).toBe(1);
    const { definitions } = await live();
    const { version } = await publish(withField(definitions, 'note', () => null));
    expect(await finds('note 4')).toBe(0);
    await undo(version);
    expect(await finds('note 4')).toBe(1);
  });

  it('brings one field back from the trash with its values, long after', async () => {
    const { definitions } = await live();
    await publish(withField(definitions, 'weight', () => null));
    await publish(withField((await live()).definitions, 'count', (field) => ({ ...field, label: label('数量') })));
    const [entry] = await trashEntries(workspace.database);
    const way = await restoreFromTrash(workspace.database, entry?.id as string);
    await publish(way.definitions, way);
    expect((await get(ids[3] as string)).weight).toBe(3.125);
  });

  it('lets a record go whose id lies in the trash, and removes the trash for good', async () => {
    const target = await workspace.create(owner, 'thing', { name: 'goes' });
    const pointing = await workspace.create(owner, 'thing', { name: 'points', related: [target] });
    const { definitions } = await live();
    const { version } = await publish(withField(definitions, 'related', () => null));
    await writeSession(workspace, owner, (session) => deleteRecord(session, 'thing', target));
    await writeSession(workspace, owner, (session) => purgeRecord(session, 'thing', target));
    await undo(version);
    expect((await get(pointing)).related ?? null).toBeNull();
    const gone = await publish(withField((await live()).definitions, 'related', () => null));
    await purgeTrash(workspace, owner.userId, (entry) => entry.version === gone.version);
    const back = await undo(gone.version);
    expect((await get(ids[5] as string)).related ?? null).toBeNull();
    expect(back.seen.class).toBe('safe');
  });

  it('brings a table back together with the reference to it, and purges either in any order', async () => {
    const place: TableDefinition = { name: 'a_place', label: label('place'), titleField: 'name', fields: [{ name: 'name', label: label('name'), type: 'text' }] };
    // Before the table it points at, in the order of the definitions.
    const pointing: TableDefinition = { name: 'a_house', label: label('house'), titleField: 'name', fields: [{ name: 'name', label: label('name'), type: 'text' }, { name: 'place', label: label('place'), type: 'reference', table: 'a_place', onDelete: 'null' }, { name: 'places', label: label('places'), type: 'manyToMany', table: 'a_place' }] };
    const { definitions } = await live();
    await publish({ ...definitions, tables: [pointing, place, ...definitions.tables] });
    const there = await workspace.create(owner, 'a_place', { name: 'here' });
    const house = await workspace.create(owner, 'a_house', { name: 'ours', place: there, places: [there] });
    const comment = (id: string): Promise<string> => workspace.database.transaction((tx) => createComment(workspace, tx, owner, 'a_place', id, 'seen'));
    const comments = async (): Promise<string[]> => (await workspace.database.all<{ id: string }>(sql`SELECT id FROM relata_comment WHERE table_name = ${'a_place'}`)).map(({ id }) => id);
    const said = await comment(there);
    const whole = (await live()).definitions;
    const without = { ...whole, tables: whole.tables.filter((table) => table.name !== 'a_place').map((table) => (table.name === 'a_house' ? { ...table, fields: table.fields.slice(0, 1) } : table)) };
    const before = await recordsChecksum(workspace);
    const gone = await publish(without);
    await undo(gone.version);
    expect(await recordsChecksum(workspace)).toEqual(before);
    expect((await getRecord(workspace, owner, 'a_house', house)).data).toMatchObject({ place: there, places: [there] });
    // Away again, and another table of the same name: the old reference is not for it.
    const again = await publish(without);
    const old = (await trashEntries(workspace.database)).find((entry) => entry.version === again.version && entry.field === 'place');
    await publish({ ...without, tables: [place, ...without.tables] });
    const saidOfAnother = await comment(await workspace.create(owner, 'a_place', { name: 'another' }));
    expect((await comments()).sort()).toEqual([said, saidOfAnother].sort());
    const way = await restoreFromTrash(workspace.database, old?.id as string);
    await publish(way.definitions, way);
    expect((await getRecord(workspace, owner, 'a_house', house)).data.place).toBeNull();
    await purgeTrash(workspace, owner.userId, () => true);
    expect(await trashEntries(workspace.database)).toEqual([]);
    expect(await comments()).toEqual([saidOfAnother]);
    // Nothing that is left stands in the way of writing.
    await workspace.create(owner, 'a_house', { name: 'new' });
    await workspace.create(owner, 'a_place', { name: 'new' });
    await publish(definitions);
  });

  it('gives the values back however often it is undone and redone', async () => {
    const { definitions } = await live();
    const first = await publish(withField(definitions, 'code', () => null));
    const back = await undo(first.version);
    await undo(back.version);
    await undo(first.version);
    expect((await get(ids[4] as string)).code).toBe('C4');
  });

  it('counts on after the numbers of a text that became an auto-number', async () => {
    const { definitions } = await live();
    const { version } = await publish(added(definitions, { name: 'ticket', label: label('ticket'), type: 'text' }));
    await writeSession(workspace, owner, (session) => updateRecord(session, 'thing', ids[2] as string, { ticket: 'T0041' }));
    await publish(withField((await live()).definitions, 'ticket', (field) => ({ name: field.name, label: field.label, type: 'autoNumber', pattern: 'T{seq:4}', unique: true })));
    const fresh = await workspace.create(owner, 'thing', { name: 'numbered' });
    expect((await get(fresh)).ticket).toBe('T0042');
    await publish(definitions);
    expect(version).toBeGreaterThan(1);
  });

  it('leaves no administrator without the right to change it back', async () => {
    const { definitions, version } = await live();
    const roles = definitions.app.roles.map(({ owner: _, ...role }) => role);
    expect((await refusalOf(workspace.publish({ definitions: { ...definitions, app: { ...definitions.app, roles } }, base: version, by: owner.userId, note: '' }))).issues).toEqual(['/app/roles no_owner']);
  });

  it('refuses what would lose an option in use, make two records one, or leave a name without its thing', async () => {
    const { definitions, version } = await live();
    const refuse = async (draft: Definitions) => {
      const seen = await plan(draft);
      expect(seen.class).toBe('blocked');
      return (await refusalOf(workspace.publish({ definitions: draft, base: version, hash: seen.hash, confirm: seen.confirm, by: owner.userId, note: '' }))).issues;
    };
    const before = await recordsChecksum(workspace);
    expect(await refuse(withField(definitions, 'state', (field) => ({ ...field, options: (field.options as Json[]).slice(1) })))).toEqual(['/tables/thing/fields/state blocked']);
    expect(await refuse(withField(definitions, 'price', (field) => ({ ...field, type: 'formula', formula: '=1' })))).not.toEqual([]);
    expect(await refuse(withField(definitions, 'state', (field) => ({ ...field, unique: true })))).toEqual(['/tables/thing/fields/state blocked']);
    expect((await refuse(withField(definitions, 'price', () => null))).some((issue) => issue.includes('unknown_field') || issue.includes('formula'))).toBe(true);
    expect(await recordsChecksum(workspace)).toEqual(before);
    expect((await live()).version).toBe(version);
  });

  it('lets one of two administrators win and tells the other', async () => {
    const { definitions, version } = await live();
    const mine = added(definitions, { name: 'mine', label: label('mine'), type: 'text' });
    const theirs = added(definitions, { name: 'theirs', label: label('theirs'), type: 'text' });
    const results = await Promise.allSettled([mine, theirs].map((draft) => workspace.publish({ definitions: draft, base: version, by: owner.userId, note: '' })));
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await refusalOf(workspace.publish({ definitions: theirs, base: version, by: owner.userId, note: '' }))).issues).toEqual(['/base stale_base']);
  });

  it('refuses when the data has changed since the plan was looked at', async () => {
    const { definitions, version } = await live();
    const draft = withField(definitions, 'note', () => null);
    const seen = await plan(draft);
    await workspace.create(owner, 'thing', { name: 'one more', note: 'x' });
    expect((await refusalOf(workspace.publish({ definitions: draft, base: version, hash: seen.hash, confirm: seen.confirm, by: owner.userId, note: '' }))).issues).toEqual(['/hash stale_plan']);
  });

  it('changes nothing when it is cancelled half-way', async () => {
    const { definitions, version } = await live();
    const before = await recordsChecksum(workspace);
    const draft = withField(definitions, 'count', (field) => ({ name: field.name, label: field.label, type: 'text' }));
    await expect(workspace.publish({ definitions: draft, base: version, by: owner.userId, note: '', onStep: (step) => (step === 'compute' ? Promise.reject(new Error('stop')) : undefined) })).rejects.toThrow('stop');
    expect([(await live()).version, workspace.definitionsVersion, await recordsChecksum(workspace)]).toEqual([version, version, before]);
  });
});
