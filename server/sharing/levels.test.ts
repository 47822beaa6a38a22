/** What the nine levels, shares, transfers and denials promise, asked over HTTP as people would. Numbers name the tests of the permission model. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { liveDefinitions, type StoredDefinitions } from '../definitions/store.ts';
import { data, issueCodes, type LevelPeople, names, type Page, startLevelPeople } from '../testing/level-people.ts';
import type { Reply } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';

describe.each(DATABASES)('permission levels on %s', (database) => {
  let server: LevelPeople['server'];
  let actors: LevelPeople['actors'];
  let accounts: LevelPeople['accounts'];
  let departments: LevelPeople['departments'];
  let as: LevelPeople['as'];
  let path: LevelPeople['path'];
  let list: LevelPeople['list'];
  let patch: LevelPeople['patch'];
  let change: LevelPeople['change'];
  let changeUser: LevelPeople['changeUser'];
  let share: LevelPeople['share'];
  beforeAll(async () => {
    ({ server, actors, accounts, departments, as, path, list, patch, change, changeUser, share } = await startLevelPeople(database));
  });
  afterAll(() => server.close());

  it('P01 lets a salesperson change the own record', async () => {
    expect((await change('anna', 'anna', { name: 'of anna' })).status).toBe(200);
  });

  it('P02 answers for a colleague’s record as for one that is not there, on every road', async () => {
    const anna = as('anna');
    const id = accounts.bert;
    for (const road of ['', '/timeline', '/comments', '/why', '/shares', '/workflows']) expect((await anna.get(`${path('bert')}${road}`)).status, road).toBe(404);
    expect((await change('anna', 'bert', { name: 'x' })).status).toBe(404);
    expect((await anna.delete(path('bert'))).status).toBe(403);
    expect((await anna.get(`/api/tables/account/records?filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: 'id' }, id] }))}`)).body).toMatchObject({ data: [] });
    expect((await anna.get('/api/search?q=bert')).text).not.toContain('of bert');
    expect(issueCodes(await anna.post('/api/tables/note/records', { body: 'x', account: id as string }))).toEqual(['no_such_record']);
    expect((await anna.post(`${path('bert')}/reveal`, { field: 'phone', reason: 'because' })).status).toBe(404);
    const sum = (await anna.post('/api/tables/account/aggregate', { measures: [{ function: 'count' }] })).body as { groups: { values: number[] }[] };
    expect(sum.groups[0]?.values).toEqual([1]);
  });

  it('P03 lets service read all notes and change no account', async () => {
    expect((await list('agent', 'note')).body).toMatchObject({ count: { value: 9 } });
    expect((await change('agent', 'anna', { name: 'x' })).status).toBe(403);
    expect(Object.hasOwn(data(await as('agent').get(path('anna'))), 'budget')).toBe(false);
    expect((await as('agent').get('/api/tables/contract/records')).status).toBe(404);
  });

  it('P04 gives the right to export by level', async () => {
    const access = async (user: string): Promise<unknown> => ((await as(user).get('/api/app')).body as { access: Record<string, { export: boolean }> }).access.account?.export;
    expect([await access('carl'), await access('anna'), await access('lead'), await access('head'), await access('ops')]).toEqual([false, false, false, true, true]);
  });

  it('P05 shows a lead the records of the team, and nobody the lead’s', async () => {
    expect(names(await list('lead'))).toEqual(['of anna', 'of bert', 'of lead']);
    expect(names(await list('anna'))).toEqual(['of anna']);
  });

  it('P06 isolates department managers of equal rank', async () => {
    expect(names(await list('head'))).not.toContain('of peer');
    expect(names(await list('peer'))).not.toContain('of head');
    expect(names(await list('peer'))).toEqual(['of anna', 'of bert', 'of deputy', 'of lead', 'of peer']);
  });

  it('P07 shows a manager the deputy of lower rank, not the other way', async () => {
    expect(names(await list('head'))).toContain('of deputy');
    expect(names(await list('deputy'))).toEqual(['of anna', 'of bert', 'of deputy', 'of lead']);
  });

  it('lets a department open itself to its own people', async () => {
    const { workspace } = server;
    await workspace.database.transaction(async (tx) => void (await tx.run(sql`UPDATE "department" SET "peer_visibility" = 1 WHERE "id" = ${departments.north as string}`)));
    expect(names(await list('peer'))).toContain('of head');
    await workspace.database.transaction(async (tx) => void (await tx.run(sql`UPDATE "department" SET "peer_visibility" = 0 WHERE "id" = ${departments.north as string}`)));
    expect(names(await list('peer'))).not.toContain('of head');
  });

  it('opens the department tree to level 5, all to read to level 6, all to write to level 7', async () => {
    expect(names(await list('director'))).toEqual(['of anna', 'of bert', 'of carl', 'of deputy', 'of director', 'of head', 'of lead', 'of peer']);
    expect((await list('board')).body).toMatchObject({ count: { value: 9 } });
    expect((await change('board', 'anna', { name: 'of anna' })).status).toBe(403);
    expect((await change('ops', 'anna', { name: 'of anna' })).status).toBe(200);
    expect((await as('board').post('/api/tables/account/records', { name: 'x' })).status).toBe(403);
  });

  it('P08, P10 shares to read with what goes along, and not further', async () => {
    expect((await share('anna', 'anna', 'bert')).status).toBe(204);
    // Other processes, which keep numbers of their own, hear of it.
    expect(await server.workspace.database.get(sql`SELECT table_name, actor FROM relata_event ORDER BY seq DESC LIMIT 1`)).toEqual({ table_name: 'relata_share', actor: actors.anna?.userId });
    const bert = as('bert');
    expect(names(await list('bert'))).toEqual(['of anna', 'of bert']);
    expect(names(await list('bert', 'note'))).toEqual(['note of anna', 'note of bert']);
    expect(((await list('bert', 'contract')).body as Page).data.map((record) => record.title)).toEqual(['contract of bert']);
    expect((await change('bert', 'anna', { name: 'x' })).status).toBe(403);
    expect(issueCodes(await share('bert', 'anna', 'carl'))).toEqual(['forbidden_record']);
    expect((await share('anna', 'anna', 'bert', { access: 'edit', along: ['note', 'contract'] })).status).toBe(204);
    expect((await change('bert', 'anna', { budget: 6 })).status).toBe(200);
    expect(((await list('bert', 'contract')).body as Page).data).toHaveLength(2);
    expect((await bert.delete(path('anna'))).status).toBe(403);
    expect((await change('bert', 'anna', { owner: actors.bert?.userId as string })).status).toBe(422);
    expect(issueCodes(await share('bert', 'anna', 'carl'))).toEqual(['forbidden_record']);
    const shares = ((await as('anna').get(`${path('anna')}/shares`)).body as { data: { id: string; with: { name: string }; along: string[] }[] }).data;
    expect(shares).toMatchObject([{ with: { name: 'bert' }, access: 'edit', along: ['contract', 'note'], until: null, by: 'anna' }]);
    expect((await as('carl').delete(`/api/shares/${shares[0]?.id}`)).status).toBe(404);
    expect((await as('anna').delete(`/api/shares/${shares[0]?.id}`)).status).toBe(204);
    expect((await bert.get(path('anna'))).status).toBe(404);
  });

  it('P09 ends a share at its end, to the moment', async () => {
    const { workspace } = server;
    expect((await share('anna', 'anna', 'bert', { until: '2026-06-15T05:00:00.000Z' })).status).toBe(204);
    workspace.setNow('2026-06-15T04:59:59.000Z');
    expect((await as('bert').get(path('anna'))).status).toBe(200);
    workspace.setNow('2026-06-15T05:00:00.000Z');
    expect((await as('bert').get(path('anna'))).status).toBe(404);
    expect(((await as('anna').get(`${path('anna')}/shares`)).body as { data: unknown[] }).data).toEqual([]);
    workspace.setNow('2026-06-15T04:00:00.000Z');
    await workspace.database.transaction(async (tx) => void (await tx.run(sql`DELETE FROM relata_share`)));
  });

  it('refuses shares that end in the past, name nobody, or take along what does not hang on the record', async () => {
    expect(issueCodes(await share('anna', 'anna', 'bert', { until: '2020-01-01T00:00:00Z' }))).toEqual(['in_the_past']);
    expect(issueCodes(await share('anna', 'anna', 'bert', { until: 'soon' }))).toEqual(['not_readable']);
    expect(issueCodes(await share('anna', 'anna', 'bert', { with: [{ kind: 'role', id: 'nobody' }, { kind: 'user', id: actors.anna?.userId }] }))).toEqual(['no_such_record', 'own_share']);
    expect(issueCodes(await share('anna', 'anna', 'bert', { along: ['price'] }))).toEqual(['not_along']);
    expect(issueCodes(await share('anna', 'bert', 'carl'))).toEqual(['no_such_record']);
  });

  it('P11 a roll-up counts all there is, for who may read what it counts', async () => {
    expect(data(await as('anna').get(path('anna'))).notes).toBe(1);
  });

  it('P12 tells of a colleague’s duplicate what the definition lets everybody know, and nothing more', async () => {
    const hint = async (user: string, values: Record<string, Json>): Promise<unknown[]> => ((await as(user).post('/api/tables/account/duplicates', { values })).body as { matches: unknown[] }).matches;
    expect(await hint('anna', { name: 'of bert' })).toEqual([{ id: null, table: 'account', title: 'of bert', level: 'same', message: 'The same name', fields: ['name'], foreign: ['of bert', 'bert'] }]);
    expect(await hint('lead', { name: 'of bert' })).toMatchObject([{ id: accounts.bert, title: 'of bert' }]);
    // The phone lets nobody know anything.
    expect((await hint('carl', { phone: '13800138000' })).every((match) => (match as { id: string | null }).id !== null)).toBe(true);
    const note = (await as('anna').post('/api/tables/note/duplicates', { values: { body: 'of anna' } })).body as { matches: { table: string; id: string }[] };
    expect(note.matches).toMatchObject([{ table: 'account', id: accounts.anna }]);
  });

  it('P14 refuses to group or filter by a hidden field', async () => {
    const refused = await as('anna').post('/api/tables/account/aggregate', { groupBy: [{ field: 'cost' }], measures: [{ function: 'count' }] });
    expect([refused.status, issueCodes(refused)]).toEqual([422, ['unknown_field']]);
    expect((await as('anna').get(`/api/tables/account/records?filter=${encodeURIComponent(JSON.stringify({ '>': [{ var: 'cost' }, 1] }))}`)).status).toBe(422);
  });

  it('P15 masks what is sensitive until it is uncovered with a reason, which is logged', async () => {
    const admin = as('admin');
    expect(data(await admin.get(path('anna'))).phone).toBe('138****8000');
    expect((await list('admin')).text).not.toContain('13800138000');
    expect(issueCodes(await admin.post(`${path('anna')}/reveal`, { field: 'phone', reason: ' ' }))).toEqual(['required']);
    const revealed = await admin.post(`${path('anna')}/reveal`, { field: 'phone', reason: 'call back' });
    expect(revealed.text).toContain('13800138000');
    const logged = await server.workspace.database.all<{ actor: string; changes: string }>(sql`SELECT actor, changes FROM relata_audit WHERE action = 'reveal'`);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatchObject({ actor: actors.admin?.userId });
    expect(JSON.parse(String(logged[0]?.changes))).toEqual({ field: 'phone', reason: 'call back' });
    expect(JSON.stringify(logged)).not.toContain('13800138000');
  });

  it('P16 lets nobody place a record out of their own reach', async () => {
    expect((await as('head').post('/api/tables/account/records', { name: 'x', owner: actors.carl?.userId as string })).status).toBe(403);
    expect((await as('head').post('/api/tables/account/records', { name: 'reach', owner: actors.anna?.userId as string })).status).toBe(201);
    const transferred = await as('head').post('/api/tables/account/records/transfer', { ids: [accounts.anna], owner: actors.carl?.userId });
    expect(transferred.status).toBe(403);
  });

  it('lets a lead bring in 500 rows at once, and a salesperson none', async () => {
    const sheet = (rows: number) => ({ name: 'accounts.csv', content: `name\n${Array.from({ length: rows }, (_, i) => `brought ${i}`).join('\n')}\n` });
    const run = async (user: string, rows: number) => {
      const made = await as(user).upload('/api/tables/account/imports', sheet(rows));
      return made.status === 201 ? as(user).post(`/api/imports/${(made.body as { id: string }).id}/run`, { dryRun: true }) : made;
    };
    expect((await run('anna', 1)).status).toBe(403);
    const many = await run('lead', 501);
    expect(many.body).toMatchObject({ status: 422, issues: [{ path: '/rows', code: 'too_many_rows' }] });
    expect((await run('lead', 500)).status).toBe(202);
    // It goes on in the background; its writes belong to no later request.
    await expect.poll(async () => (await as('lead').get('/api/imports')).text, { timeout: 20_000 }).not.toContain('"state":"running"');
  });

  it('P18 keeps a strict table to the owners of its records, and to system owners', async () => {
    const id = await server.workspace.create(systemActor, 'vault', { name: 'diary', owner: actors.anna?.userId as string });
    for (const user of ['lead', 'head', 'director', 'board', 'ops', 'admin']) expect((await as(user).get(`/api/tables/vault/records/${id}`)).status, user).toBe(404);
    for (const user of ['anna', 'owner']) expect((await as(user).get(`/api/tables/vault/records/${id}`)).status, user).toBe(200);
    expect(issueCodes(await as('anna').post('/api/tables/vault/records/share', { ids: [id], with: [{ kind: 'user', id: actors.bert?.userId }], access: 'read', until: null }))).toEqual([]);
    await as('owner').get('/api/tables/vault/records?fields=name');
    // The system owner may, and it is written down; who reads the own record leaves no trace.
    const noted = await server.workspace.database.all<{ actor: string; record_id: string; changes: string }>(sql`SELECT actor, record_id, changes FROM relata_audit WHERE table_name = 'vault' AND action = 'read' ORDER BY seq`);
    const owner = actors.owner?.userId;
    expect(noted.map((note) => ({ ...note, changes: JSON.parse(note.changes) as Json }))).toEqual([{ actor: owner, record_id: id, changes: {} }, { actor: owner, record_id: '', changes: { records: [id] } }]);
  });

  it('P18 also writes down who reads the timeline or the comments of a strict record by themselves', async () => {
    const ofAnna = await server.workspace.create(systemActor, 'vault', { name: 'letters', owner: actors.anna?.userId as string });
    const ofOwner = await server.workspace.create(systemActor, 'vault', { name: 'own', owner: actors.owner?.userId as string });
    for (const id of [ofAnna, ofOwner]) {
      for (const part of ['timeline', 'comments']) expect((await as('owner').get(`/api/tables/vault/records/${id}/${part}`)).status).toBe(200);
      for (const part of ['timeline', 'comments']) expect((await as('anna').get(`/api/tables/vault/records/${id}/${part}`)).status).toBe(id === ofAnna ? 200 : 404);
    }
    const noted = await server.workspace.database.all<{ actor: string; record_id: string; changes: string }>(sql`SELECT actor, record_id, changes FROM relata_audit WHERE table_name = 'vault' AND action = 'read' AND record_id IN (${ofAnna}, ${ofOwner}) ORDER BY seq`);
    const owner = actors.owner?.userId;
    expect(noted.map((note) => ({ ...note, changes: JSON.parse(note.changes) as Json }))).toEqual(['timeline', 'comments'].map((part) => ({ actor: owner, record_id: ofAnna, changes: { part } })));
  });

  it('P18 also writes down strict records that are read in the timeline of another one', async () => {
    const about = accounts.anna as string;
    const [ofAnna] = await Promise.all(['anna', 'owner'].map((name) => server.workspace.create(systemActor, 'vault', { name: `by ${name}`, account: about, owner: actors[name]?.userId as string })));
    const since = await server.workspace.database.get<{ seq: number }>(sql`SELECT max(seq) AS seq FROM relata_audit`);
    expect((await as('owner').get(`/api/tables/account/records/${about}/timeline?kind=record`)).body).toMatchObject({ data: [{ table: 'vault' }, { table: 'vault' }] });
    const noted = await server.workspace.database.all<{ record_id: string; changes: string }>(sql`SELECT record_id, changes FROM relata_audit WHERE action = 'read' AND seq > ${Number(since?.seq)}`);
    expect(noted.map(({ record_id, changes }) => [record_id, JSON.parse(changes)])).toEqual([['', { records: [ofAnna] }]]);
  });

  it('opens a public table to all, and a table just drawn to nobody', async () => {
    await server.workspace.create(systemActor, 'price', { name: 'list' });
    expect(names(await list('carl', 'price'))).toEqual(['list']);
    expect((await list('ops', 'fresh')).status).toBe(404);
    expect((await list('owner', 'fresh')).status).toBe(200);
  });

  it('P20 a change of level counts from the next request of a session that is open', async () => {
    expect(names(await list('carl'))).toEqual(['of carl']);
    expect((await changeUser('owner', 'carl', { roles: ['level6'] })).status).toBe(200);
    const [waiting] = ((await as('admin').get('/api/level-changes')).body as { data: { id: string }[] }).data;
    expect((await as('admin').post(`/api/users/${actors.carl?.userId}/level-change`, { decision: 'confirm', question: waiting?.id })).status).toBe(204);
    expect((await list('carl')).body).toMatchObject({ count: { value: 10 } });
    await changeUser('owner', 'carl', { roles: ['level1'] });
    expect(names(await list('carl'))).toEqual(['of carl']);
  });

  it('P22 a change of department counts at once; records keep the department they were made in', async () => {
    await changeUser('owner', 'peer', { department: departments.south as string });
    expect(names(await list('peer'))).toEqual(['of carl', 'of peer']);
    expect(data(await as('owner').get(path('peer'))).owner_department).toBe(departments.north);
    await changeUser('owner', 'peer', { department: departments.north as string });
  });

  it('tells in a record’s own story with whom it was shared and to whom it went, and why', async () => {
    const story = async (): Promise<{ action: string; note?: { en: string } }[]> => ((await as('lead').get(`${path('anna')}/timeline?kind=change`)).body as { data: { action: string; note?: { en: string } }[] }).data.filter(({ note }) => note);
    expect((await share('anna', 'anna', 'carl')).status).toBe(204);
    expect((await story())[0]).toMatchObject({ action: 'share', note: { en: expect.stringMatching(/^carl · may (read|edit)/) } });
    const give = (owner: string, reason: string): Promise<Reply> => as('lead').post('/api/tables/account/records/transfer', { ids: [accounts.anna], owner: actors[owner]?.userId, reason });
    expect((await give('bert', 'on leave')).status).toBe(200);
    expect((await story())[0]).toMatchObject({ action: 'transfer', note: { en: 'anna → bert · on leave' } });
    expect((await give('anna', 'back')).status).toBe(200);
    await server.workspace.database.transaction(async (tx) => void (await tx.run(sql`DELETE FROM relata_share`)));
  });

  it('P22 or they follow their owner, where the workspace says so', async () => {
    const { definitions, version } = (await liveDefinitions(server.workspace.database)) as StoredDefinitions;
    const owner = as('owner');
    const publish = async (ownerDepartment: 'keep' | 'follow', base: number): Promise<void> => {
      const changed = { ...definitions, app: { ...definitions.app, settings: { ...definitions.app.settings, ownerDepartment } } };
      const { hash, confirm } = (await owner.post('/api/definitions/plan', { definitions: changed, base })).body as { hash: string; confirm: string[] };
      expect((await owner.post('/api/definitions/publish', { definitions: changed, base, hash, confirm, note: '' })).status).toBe(200);
    };
    await publish('follow', version);
    await changeUser('owner', 'peer', { department: departments.south as string });
    expect(data(await owner.get(path('peer'))).owner_department).toBe(departments.south);
    await changeUser('owner', 'peer', { department: departments.north as string });
    expect(data(await owner.get(path('peer'))).owner_department).toBe(departments.north);
    await publish('keep', version + 1);
  });

  it('P23 refuses circles of superiors, departments and parents', async () => {
    expect(issueCodes(await changeUser('owner', 'head', { superior: actors.anna?.userId as string }))).toEqual(['cycle']);
    expect(issueCodes(await patch('owner', 'department', departments.hq, { parent: departments.south as string }))).toEqual(['cycle']);
    expect(issueCodes(await change('anna', 'anna', { parent: accounts.anna as string }))).toEqual(['cycle']);
  });

  it('grants no level above one’s own, nor one’s own, nor changes people above', async () => {
    expect(issueCodes(await changeUser('admin', 'anna', { roles: ['level8'] }))).toEqual(['level_too_high']);
    expect(issueCodes(await changeUser('admin', 'anna', { roles: ['owner'] }))).toEqual(['level_too_high']);
    expect(issueCodes(await changeUser('admin', 'admin', { roles: ['level1'] }))).toEqual(['own_level']);
    expect((await changeUser('admin', 'owner', { name: 'x' })).status).toBe(403);
    expect(issueCodes(await as('admin').post('/api/tables/user/records', { name: 'n', login: 'n@example.com', roles: ['level8'] }))).toEqual(['level_too_high']);
    expect((await changeUser('admin', 'bert', { roles: ['level3'] })).status).toBe(200);
    expect((await changeUser('admin', 'bert', { roles: ['seller'] })).status).toBe(200);
    expect((await changeUser('ops', 'bert', { roles: ['level1'] })).status).toBe(403);
  });

  it('P29 shows what lies in one’s pool without the ways to contact it, and nothing that hangs on it', async () => {
    const { workspace } = server;
    const pool = await workspace.create(systemActor, 'pool', { name: 'north', members: [actors.anna?.userId as string] });
    const id = await workspace.create(systemActor, 'account', { name: 'pooled', pool, phone: '13900139000', budget: 9 });
    await workspace.create(systemActor, 'note', { body: 'note of the pool', account: id });
    const seen = data(await as('anna').get(`/api/tables/account/records/${id}`));
    expect(seen).toMatchObject({ name: 'pooled', budget: 9 });
    expect(Object.hasOwn(seen, 'phone')).toBe(false);
    expect(names(await list('anna', 'note'))).not.toContain('note of the pool');
    expect((await as('bert').get(`/api/tables/account/records/${id}`)).status).toBe(404);
    const why = (await as('anna').get(`/api/tables/account/records/${id}/why`)).body as { reasons: { reason: { en: string } }[] };
    expect(why.reasons.map(({ reason }) => reason.en)).toEqual(['In your public pool']);
  });

  it('says why somebody sees a record, from the rules that open it', async () => {
    const why = async (user: string, road: string): Promise<string[]> => ((await as(user).get(road)).body as { reasons: { reason: { en: string } }[] }).reasons.map(({ reason }) => reason.en);
    expect(await why('anna', `${path('anna')}/why`)).toEqual(['You own it']);
    expect(await why('lead', `${path('anna')}/why`)).toEqual(['Its owner reports to you']);
    expect(await why('head', `${path('anna')}/why`)).toEqual(['Its owner reports to you', 'Its owner is in your department, of lower rank']);
    expect(await why('board', `${path('anna')}/why`)).toEqual(['The role sees every record of this table']);
    const [note] = ((await list('lead', 'note')).body as Page).data.filter((record) => record.body === 'note of anna');
    expect(await why('lead', `/api/tables/note/records/${String(note?.id)}/why`)).toContain('You may see the account it belongs to');
    expect(await why('owner', `${path('anna')}/why`)).toEqual(['You are a system owner and see everything']);
  });

  it('transfers a record with what goes along, leaves the old owner what is asked for, and tells both', async () => {
    const { workspace } = server;
    const id = await workspace.create(systemActor, 'account', { name: 'moving', owner: actors.anna?.userId as string });
    const note = async (values: Record<string, Json>): Promise<string> => workspace.create(systemActor, 'note', { account: id, ...values });
    const open = await note({ body: 'open', owner: actors.anna?.userId as string, assignee: actors.anna?.userId as string });
    const done = await note({ body: 'done', owner: actors.anna?.userId as string, open: false });
    const other = await note({ body: 'other', owner: actors.lead?.userId as string, assignee: actors.anna?.userId as string });
    const reply = await as('lead').post('/api/tables/account/records/transfer', { ids: [id], owner: actors.bert?.userId, along: ['note'], leave: 'read', reason: 'holiday' });
    expect([reply.status, reply.body]).toEqual([200, { records: 1, along: { note: 2 } }]);
    const rows = await workspace.database.all<{ id: string; owner: string; assignee: string | null }>(sql`SELECT "id", "owner", "assignee" FROM "note" WHERE "account" = ${id}`);
    const bert = actors.bert?.userId;
    expect(Object.fromEntries(rows.map((row) => [row.id, [row.owner, row.assignee]]))).toEqual({ [open]: [bert, bert], [done]: [actors.anna?.userId, null], [other]: [actors.lead?.userId, bert] });
    expect((await as('anna').get(`/api/tables/account/records/${id}`)).status).toBe(200);
    expect((await patch('anna', 'account', id, { name: 'x' })).status).toBe(403);
    for (const user of ['anna', 'bert']) expect((await as(user).get('/api/notices')).text, user).toContain('holiday');
  });

  it('transfers to nobody who is disabled, and all or nothing', async () => {
    const { workspace } = server;
    const gone = await workspace.addUser({ name: 'gone', roles: ['level2'] });
    await patch('owner', 'user', gone.userId, { active: false });
    const refused = await as('ops').post('/api/tables/account/records/transfer', { ids: [accounts.anna], owner: gone.userId });
    expect([refused.status, issueCodes(refused)]).toEqual([422, ['user_disabled']]);
    expect(issueCodes(await change('ops', 'anna', { owner: gone.userId }))).toEqual(['user_disabled']);
    const half = await as('lead').post('/api/tables/account/records/transfer', { ids: [accounts.anna, accounts.carl], owner: actors.bert?.userId });
    expect(half.status).toBe(404);
    expect(data(await as('ops').get(path('anna'))).owner).toBe(actors.anna?.userId);
  });

  it('writes the rows of lines with the right on the record they belong to', async () => {
    const id = await server.workspace.create(systemActor, 'contract', { title: 'lined', account: accounts.bert as string, owner: actors.bert?.userId as string, rows: [{ title: 'one' }, { title: 'two' }] });
    const read = await as('bert').get(`/api/tables/contract/records/${id}`);
    const rows = data(read).rows as { id: string; title: string }[];
    expect(rows).toHaveLength(2);
    const written = await patch('bert', 'contract', id, { rows: [{ id: rows[0]?.id as string, title: 'first' }, { title: 'third' }] });
    expect(written.status).toBe(200);
    expect((data(written).rows as { title: string }[]).map((row) => row.title).sort()).toEqual(['first', 'third']);
  });

  it('unites roles, but what one of them hides no other shows, and an export that one takes away is gone', async () => {
    const { workspace } = server;
    const both = await workspace.addUser({ name: 'both', roles: ['seller', 'buyer'] });
    const id = await workspace.create(systemActor, 'account', { name: 'costly', owner: both.userId, cost: 7 });
    const client = await server.signedIn(both);
    expect(Object.hasOwn(data(await client.get(`/api/tables/account/records/${id}`)), 'cost')).toBe(false);
    const muted = await server.signedIn(await workspace.addUser({ name: 'muted', roles: ['buyer', 'mute'] }));
    expect(((await muted.get('/api/app')).body as { access: Record<string, { export: boolean }> }).access.account?.export).toBe(false);
  });

  it('lets administrators look through the eyes of those below them, reading only, and logs it', async () => {
    const admin = as('admin');
    expect((await admin.post('/api/session/view-as', { user: actors.owner?.userId })).status).toBe(403);
    expect((await as('ops').post('/api/session/view-as', { user: actors.anna?.userId })).status).toBe(403);
    expect((await admin.post('/api/session/view-as', { user: actors.bert?.userId })).status).toBe(204);
    expect((await admin.get('/api/session')).body).toMatchObject({ user: { name: 'bert' }, viewedBy: { name: 'admin' } });
    expect((await admin.get(path('carl'))).status).toBe(404);
    expect((await change('admin', 'bert', { name: 'x' })).status).toBe(403);
    expect((await admin.post('/api/session/view-as', { user: actors.anna?.userId })).status).toBe(403);
    expect((await admin.post('/api/tables/account/aggregate', { measures: [{ function: 'count' }] })).status).toBe(200);
    expect((await admin.delete('/api/session/view-as')).status).toBe(204);
    expect((await admin.get(path('carl'))).status).toBe(200);
    const logged = await server.workspace.database.all<{ record_id: string }>(sql`SELECT record_id FROM relata_audit WHERE action = 'view_as'`);
    expect(logged).toEqual([{ record_id: actors.bert?.userId }]);
  });
});
