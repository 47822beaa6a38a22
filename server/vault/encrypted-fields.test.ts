/** What an encrypted field promises: read and written by whom the rights allow, and its value nowhere on the disk. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#engine/permissions/actor.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { sql } from '../db/sql.ts';
import { findRecords } from '../records/find-records.ts';
import { getRecord } from '../records/get-record.ts';
import { deleteRecord, restoreRecord } from '../records/delete-record.ts';
import { recordTimeline } from '../records/record-timeline.ts';
import { searchAudit } from '../records/search-audit.ts';
import { updateRecord } from '../records/update-record.ts';
import { verifyAudit } from '../records/verify-audit.ts';
import { writeSession } from '../records/write-session.ts';
import { revealField } from '../sharing/reveal-field.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { vaultApp } from '../testing/vault-app.ts';
import { whereInBackup, whereItStands } from '../testing/where-it-stands.ts';
import { mergeRecords } from '../records/merge-records.ts';
import { undoMerge } from '../records/undo-merge.ts';
import { runDetail } from '../workflows/run-reports.ts';
import { runDue } from '../workflows/worker.ts';
import { sign, takeWebhook, webhookSecret } from '../workflows/webhook.ts';

describe.each(DATABASES)('encrypted fields on %s', (database) => {
  let server: TestServer;
  let actors: Record<'owner' | 'clerk' | 'reader' | 'masked', Actor>;
  let client: Client;
  let id: string;

  beforeAll(async () => {
    server = await startTestServer(database, { definitions: vaultApp });
    const add = (role: string): Promise<Actor> => server.workspace.addUser({ name: role, roles: [role] });
    actors = { owner: await add('owner'), clerk: await add('clerk'), reader: await add('reader'), masked: await add('masked') };
    client = await server.signedIn(actors.clerk);
    id = await server.workspace.create(actors.clerk, 'person', { name: 'Anna', family: 'two-children-zq', mobile: '13800138000' });
  });
  afterAll(() => server.close());

  const change = (of: string, values: Record<string, string | null>) => writeSession(server.workspace, actors.clerk, (session) => updateRecord(session, 'person', of, values));

  it('are ciphertext in their column, and read in clear by whom the rights allow', async () => {
    const [row] = await server.workspace.database.all<{ family: string; mobile: string }>(sql`SELECT family, mobile FROM person WHERE id = ${id}`);
    expect(row?.family).toMatch(/^enc1\.[0-9a-f]{8}\.[A-Za-z0-9_-]+$/);
    expect(row?.mobile).toMatch(/^enc1\./);
    expect((await getRecord(server.workspace, actors.clerk, 'person', id)).data).toMatchObject({ family: 'two-children-zq', mobile: '+8613800138000' });
    expect((await getRecord(server.workspace, actors.reader, 'person', id)).data).not.toHaveProperty('family');
    expect((await getRecord(server.workspace, actors.masked, 'person', id)).data).toMatchObject({ family: '***', mobile: '138****8000' });
    expect(await revealField(server.workspace, actors.masked, 'person', id, { field: 'family', reason: 'a birthday' })).toBe('two-children-zq');
    const list = await findRecords(server.workspace, actors.clerk, 'person', { fields: ['name', 'family'] });
    expect(list.data).toContainEqual(expect.objectContaining({ name: 'Anna', family: 'two-children-zq' }));
  });

  it('are read over a reference, with the rights on the record behind it', async () => {
    const deal = await server.workspace.create(actors.clerk, 'deal', { title: 'D', person: id });
    const over = async (actor: Actor) => (await findRecords(server.workspace, actor, 'deal', { fields: ['person.family'], filter: { '==': [{ var: 'id' }, deal] } })).data[0];
    expect(await over(actors.clerk)).toMatchObject({ 'person.family': 'two-children-zq' });
    expect((await over(actors.masked))?.['person.family']).not.toBe('two-children-zq');
    await expect(over(actors.reader)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('keep equal texts unequal, and what is not touched as it was', async () => {
    const other = await server.workspace.create(actors.clerk, 'person', { name: 'Bo', family: 'two-children-zq' });
    const stored = async (of: string) => (await server.workspace.database.get<{ family: string }>(sql`SELECT family FROM person WHERE id = ${of}`))?.family;
    expect(await stored(other)).not.toBe(await stored(id));
    const before = await stored(id);
    await change(id, { plain: 'x' });
    expect(await stored(id)).toBe(before);
    await change(other, { family: null });
    expect(await stored(other)).toBeNull();
    await expect(change(other, { family: 'never' })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('can be asked for emptiness and for nothing else', async () => {
    const ask = (query: Record<string, unknown>) => client.get(`/api/tables/person/records?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]))}`);
    const empty = (await ask({ filter: { empty: [{ var: 'family' }] } })).body as { data: { name: string }[] };
    expect(empty.data.map(({ name }) => name)).toEqual(['Bo']);
    const filled = (await ask({ filter: { '!=': [{ var: 'family' }, null] } })).body as { data: { name: string }[] };
    expect(filled.data.map(({ name }) => name)).toEqual(['Anna']);
    for (const query of [{ filter: { '==': [{ var: 'family' }, 'two-children-zq'] } }, { filter: { contains: [{ var: 'family' }, 'two'] } }, { filter: { '!': [{ '==': [{ var: 'family' }, { var: 'name' }] }] } }, { sort: 'family' }]) expect((await ask(query)).status).toBe(422);
    const grouped = await client.post('/api/tables/person/aggregate', { groupBy: [{ field: 'family' }], measures: [{ name: 'n', function: 'count' }] });
    expect(grouped.status).toBe(422);
    const least = await client.post('/api/tables/person/aggregate', { measures: [{ name: 'n', function: 'min', field: 'family' }] });
    expect(least.status).toBe(422);
    expect(((await ask({ search: 'children' })).body as { data: unknown[] }).data).toEqual([]);
  });

  it('go into a file in clear only for whom the rights allow', async () => {
    const file = async (actor: Actor, columns: string[]): Promise<string> => {
      const own = await server.signedIn(actor);
      const started = await own.post('/api/tables/person/export', { format: 'csv', columns });
      const { id: row } = started.body as { id: string };
      await expect.poll(async () => ((await own.get(`/api/exports/${row}`)).body as { state: string }).state).toBe('done');
      return (await own.get(`/api/exports/${row}/file`)).text;
    };
    expect(await file(actors.clerk, ['name', 'family'])).toContain('two-children-zq');
    expect(await file(actors.masked, ['name', 'family', 'mobile'])).not.toMatch(/two-children-zq|13800138000/);
    expect(await file(actors.reader, ['name', 'mobile'])).not.toContain('13800138000');
  });

  it('show their history to whom the record shows them, and to nobody else', async () => {
    await change(id, { family: 'three-children-zq' });
    const told = async (actor: Actor) => JSON.stringify(await recordTimeline(server.workspace, actor, 'person', id));
    expect(await told(actors.clerk)).toMatch(/two-children-zq.*|three-children-zq/);
    expect(await told(actors.clerk)).toContain('two-children-zq');
    for (const actor of [actors.reader, actors.masked]) expect(await told(actor)).not.toMatch(/children-zq|enc1\./);
    const audit = JSON.stringify(await searchAudit(server.workspace, actors.owner, { limit: 100 }, 'en'));
    expect(audit).toContain('***');
    expect(audit).not.toMatch(/children-zq|enc1\./);
    expect((await verifyAudit(server.workspace.database)).broken).toBeNull();
  });

  it('do not open in another record, or for another field', async () => {
    const thief = await server.workspace.create(actors.clerk, 'person', { name: 'Thief', family: 'own' });
    await server.workspace.database.transaction((tx) => tx.run(sql`UPDATE person SET family = (SELECT family FROM person WHERE id = ${id}) WHERE id = ${thief}`));
    const moved = await getRecord(server.workspace, actors.clerk, 'person', thief);
    expect(moved.data.family).toMatch(/Cannot be decrypted/);
    expect(moved.access.fields.family).toBe('masked');
    await server.workspace.database.transaction((tx) => tx.run(sql`UPDATE person SET family = ${'two-children in clear'} WHERE id = ${thief}`));
    expect((await getRecord(server.workspace, actors.clerk, 'person', thief)).data.family).toMatch(/Cannot be decrypted/);
    await expect(change(thief, { family: moved.data.family as string })).rejects.toMatchObject({ code: 'validation_failed' });
    await change(thief, { family: 'anew' });
    expect((await getRecord(server.workspace, actors.clerk, 'person', thief)).data.family).toBe('anew');
  });

  it('stand nowhere in clear: not in the database, its files, imports, runs, mail or a backup', async () => {
    const { workspace } = server;
    const secret = 'zq7distinctive';
    const made = await client.post('/api/tables/person/records', { name: 'api', family: `${secret}-api` }, { 'Idempotency-Key': 'k1' });
    expect(made.status).toBe(201);
    const own = (made.body as { data: { id: string } }).data.id;
    await client.patch(`/api/tables/person/records/${own}`, { family: `${secret}-patch` }, { 'If-Match': '*' }).then((reply) => expect([200, 428, 412]).toContain(reply.status));
    await change(own, { family: `${secret}-changed` });
    expect((await client.post('/api/tables/person/records', { name: 'bad', mobile: `${secret}-no-phone` })).text).not.toContain(secret);
    const draft = await client.upload('/api/tables/person/imports', { name: 'people.csv', content: `name,family,mobile\nimported,${secret}-import,13900139000\nwrong,${secret}-import,${secret}-phone\n` });
    const { id: importId } = draft.body as { id: string };
    await client.post(`/api/imports/${importId}/run`, { dryRun: false, automations: 'each' });
    await expect.poll(async () => ((await client.get(`/api/imports/${importId}`)).body as { run: { state: string } }).run.state).toBe('done');
    const body = JSON.stringify({ family: `${secret}-hook` });
    const timestamp = String(Math.floor(Date.parse(workspace.now()) / 1000));
    await takeWebhook(workspace, 'hook', { id: 'm1', timestamp, body, signature: sign(await webhookSecret(workspace, 'hook'), { id: 'm1', timestamp, body }) });
    await runDue(workspace);
    await writeSession(workspace, actors.owner, (session) => deleteRecord(session, 'person', own));
    await writeSession(workspace, actors.owner, (session) => restoreRecord(session, 'person', own));
    await runDue(workspace);

    const pair = [await workspace.create(actors.clerk, 'person', { name: 'kept' }), await workspace.create(actors.clerk, 'person', { name: 'given up', family: `${secret}-merged` })] as const;
    const { merge } = await mergeRecords(workspace, actors.owner, 'person', { survivor: { id: pair[0], version: 1 }, losers: [{ id: pair[1], version: 1 }] });
    await runDue(workspace);
    expect((await findRecords(workspace, actors.clerk, 'person', { fields: ['family'], filter: { '==': [{ var: 'name' }, 'kept'] } })).data[0]?.family).toBe(`${secret}-merged`);

    const rows = await findRecords(workspace, actors.clerk, 'person', { fields: ['name', 'family', 'flag'], limit: 200 });
    expect(rows.data.filter(({ family }) => String(family).includes(secret)).map(({ name }) => name).sort()).toEqual(['api', 'hooked', 'imported', 'kept']);
    expect(rows.data.find(({ name }) => name === 'hooked')?.flag).toBe('told');
    const told = JSON.stringify(await workspace.database.all<{ id: string }>(sql`SELECT id FROM relata_run`).then((runs) => Promise.all(runs.map((run) => runDetail(workspace, run.id)))));
    expect(told).toContain('"family":"***"');
    expect(told).not.toContain(secret);
    expect(await whereItStands(workspace, secret)).toEqual([]);
    await undoMerge(workspace, actors.owner, merge);
    expect((await findRecords(workspace, actors.clerk, 'person', { fields: ['name', 'family'], filter: { in: [{ var: 'name' }, ['kept', 'given up']] }, sort: ['name'] })).data.map(({ family }) => family)).toEqual([`${secret}-merged`, null]);
    const target = join(workspace.dataDir, 'backup.tar');
    const manifest = await writeBackup({ database: workspace.database, filesDir: workspace.filesDir, now: () => workspace.now(), target });
    expect(manifest.encryptionKeys).toEqual([workspace.database.vault.current]);
    expect(await whereInBackup(target, secret)).toEqual([]);
    expect(readFileSync(target).includes(readFileSync(join(workspace.dataDir, 'encryption.key')))).toBe(false);
  });

  it('have a key that its owner alone may read', () => {
    expect(statSync(join(server.workspace.dataDir, 'encryption.key')).mode & 0o777).toBe(0o600);
  });
});
