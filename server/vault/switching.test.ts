/** The flag on a field that has values: what stands there is encrypted in place with its history, and comes back by undo. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { raw, sql } from '../db/sql.ts';
import { planDefinitions } from '../definitions/plan.ts';
import { liveDefinitions } from '../definitions/store.ts';
import { trashEntries } from '../definitions/trash.ts';
import { undoPublication } from '../definitions/undo.ts';
import { getRecord } from '../records/get-record.ts';
import { recordTimeline } from '../records/record-timeline.ts';
import { updateRecord } from '../records/update-record.ts';
import { verifyAudit } from '../records/verify-audit.ts';
import { writeSession } from '../records/write-session.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { vaultApp, withField } from '../testing/vault-app.ts';
import { whereItStands } from '../testing/where-it-stands.ts';
import { runDue } from '../workflows/worker.ts';

const SECRET = 'zqonceinclear';
/** Nothing is encrypted to begin with, so that there is no key either. */
const CLEAR = ['family', 'mobile'].reduce((own, name) => withField(own, 'person', name, ({ encrypted: _, ...field }) => field), vaultApp);

describe.each(DATABASES)('encryption switched on and off on %s', (database) => {
  let workspace: TestWorkspace;
  let owner: Actor;
  let id: string;

  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: withField(CLEAR, 'person', 'family', (field) => ({ ...field, searchable: true })) });
    owner = await workspace.addUser({ name: 'owner', roles: ['owner'] });
    id = await workspace.create(owner, 'person', { name: 'Anna', family: `${SECRET}-one`, plain: 'x' });
    await writeSession(workspace, owner, (session) => updateRecord(session, 'person', id, { family: `${SECRET}-two` }));
    for (let i = 0; i < 30; i++) await workspace.create(owner, 'person', { name: `p${i}`, family: i % 2 === 0 ? `${SECRET}-${i}` : null });
    await runDue(workspace);
  });
  afterAll(() => workspace.close());

  const publish = async (definitions: Definitions, restore: readonly string[] = []) => {
    const plan = await planDefinitions(workspace, { definitions, restore });
    return workspace.publish({ definitions, base: plan.base, hash: plan.hash, confirm: plan.confirm, by: owner.userId, note: '', restore });
  };
  const live = async (): Promise<Definitions> => (await liveDefinitions(workspace.database))?.definitions as Definitions;
  const family = async (): Promise<unknown> => (await getRecord(workspace, owner, 'person', id)).data.family;
  const stored = async (): Promise<(string | null)[]> => (await workspace.database.all<{ family: string | null }>(raw('SELECT family FROM person'))).map((row) => row.family);

  it('is planned with the number of values it turns, and says what stays in clear elsewhere', async () => {
    expect(await whereItStands(workspace, SECRET)).not.toEqual([]);
    const plan = await planDefinitions(workspace, { definitions: withField(CLEAR, 'person', 'family', (field) => ({ ...field, encrypted: true })) });
    expect(plan.class).toBe('safe');
    const [change] = plan.changes.filter(({ field }) => field === 'family');
    expect(change).toMatchObject({ class: 'safe', effect: { records: 31, filled: 16, converted: 16, samples: [] } });
    expect(change?.notes[0]?.en).toMatch(/16 value\(s\).*older backups/);
  });

  it('is refused while the field is searched', async () => {
    const plan = await planDefinitions(workspace, { definitions: withField(await live(), 'person', 'family', (field) => ({ ...field, encrypted: true })) });
    expect(plan.issues).toMatchObject([{ path: '/tables/person/fields/1/searchable', code: 'encrypted' }]);
  });

  it('encrypts what stands there, with its history, and leaves nothing in clear', async () => {
    const before = await verifyAudit(workspace.database);
    await publish(withField(CLEAR, 'person', 'family', (field) => ({ ...field, encrypted: true })));
    expect((await stored()).filter((value) => value !== null)).toHaveLength(16);
    expect((await stored()).every((value) => value === null || value.startsWith('enc1.'))).toBe(true);
    expect(await whereItStands(workspace, SECRET)).toEqual([]);
    expect(await family()).toBe(`${SECRET}-two`);
    expect(JSON.stringify(await recordTimeline(workspace, owner, 'person', id))).toContain(`${SECRET}-one`);
    expect(await trashEntries(workspace.database)).toEqual([]);
    const after = await verifyAudit(workspace.database);
    expect(after.broken).toBeNull();
    // One row for the sealing, one for the publication.
    expect(after.rows).toBe(before.rows + 2);
  });

  it('keeps the audit from being changed as before, and a row that was tampered with broken', async () => {
    await expect(workspace.database.transaction((tx) => tx.run(sql`UPDATE relata_audit SET actor = ${'x'} WHERE seq = ${1}`))).rejects.toThrow(/append only/);
  });

  it('comes back by undo, decrypted, with what was written since', async () => {
    await writeSession(workspace, owner, (session) => updateRecord(session, 'person', id, { family: `${SECRET}-since` }));
    const way = await undoPublication(workspace.database, workspace.definitionsVersion);
    const plan = await planDefinitions(workspace, { definitions: way.definitions, restore: way.restore });
    expect(plan.changes.find(({ field }) => field === 'family')).toMatchObject({ class: 'lossy', effect: { filled: 16 } });
    expect(plan.confirm).toEqual(['person.family']);
    await expect(workspace.publish({ definitions: way.definitions, base: plan.base, hash: plan.hash, by: owner.userId, note: '' })).rejects.toMatchObject({ code: 'validation_failed' });
    await publish(way.definitions, way.restore);
    expect(await family()).toBe(`${SECRET}-since`);
    expect((await stored()).filter((value) => value?.startsWith('enc1.'))).toEqual([]);
    const story = JSON.stringify(await recordTimeline(workspace, owner, 'person', id));
    for (const value of ['one', 'two', 'since']) expect(story).toContain(`${SECRET}-${value}`);
  });

  it('removes for good what the trash holds of the field in clear, and says so before', async () => {
    const long = withField(await live(), 'person', 'family', ({ searchable: _, ...field }) => ({ ...field, type: 'longText' }));
    await publish(long);
    expect(await trashEntries(workspace.database)).toHaveLength(1);
    const sealed = withField(long, 'person', 'family', (field) => ({ ...field, encrypted: true }));
    const plan = await planDefinitions(workspace, { definitions: sealed });
    expect(plan.changes[0]).toMatchObject({ class: 'lossy' });
    expect(plan.changes[0]?.notes[1]?.en).toMatch(/16 older value\(s\)/);
    await publish(sealed);
    expect(await whereItStands(workspace, SECRET)).toEqual([]);
    expect(await family()).toBe(`${SECRET}-since`);
  });

  it('does not let an encrypted field change its type', async () => {
    const plan = await planDefinitions(workspace, { definitions: withField(await live(), 'person', 'family', (field) => ({ ...field, type: 'text' })) });
    expect(plan.class).toBe('blocked');
  });

  it('keeps a removed field encrypted in the trash, from where it comes back', async () => {
    const definitions = await live();
    const without: Definitions = { ...definitions, tables: definitions.tables.map((table) => (table.name === 'person' ? { ...table, fields: table.fields.filter(({ name }) => name !== 'family'), permissions: {} } : table)), workflows: [] };
    const plan = await planDefinitions(workspace, { definitions: without });
    expect(JSON.stringify(plan)).not.toContain(SECRET);
    await publish(without);
    expect(await whereItStands(workspace, SECRET)).toEqual([]);
    const way = await undoPublication(workspace.database, workspace.definitionsVersion);
    await publish(way.definitions, way.restore);
    expect(await family()).toBe(`${SECRET}-since`);
  });
});
