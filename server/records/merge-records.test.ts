/** Duplicates become one record, whole or not at all, and for thirty days two again. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import type { MergeReport, MergeUndone } from '#engine/records/merge.ts';
import { ident, sql } from '../db/sql.ts';
import { tidyUp } from '../housekeeping.ts';
import { mergeApp } from '../testing/merge-app.ts';
import { type Client, type Reply, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { decide } from '../workflows/approvals.ts';
import { press } from '../workflows/manual.ts';
import { runDue } from '../workflows/worker.ts';

const DAY = 86_400_000;

describe.each(DATABASES)('merging duplicates on %s', (database) => {
  let server: TestServer;
  const people: Record<string, { actor: Actor; client: Client }> = {};
  let a = '';
  let b = '';

  beforeAll(async () => {
    server = await startTestServer(database, { definitions: mergeApp });
    for (const [name, role] of [['owner', 'owner'], ['ops', 'level7'], ['admin', 'level8'], ['seller', 'level2'], ['other', 'level2'], ['merger', 'merger'], ['narrow', 'narrow']] as const) {
      const actor = await server.workspace.addUser({ name, roles: [role] });
      people[name] = { actor, client: await server.signedIn(actor) };
    }
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    server.workspace.setNow('2026-06-15T04:00:00.000Z');
    a = await make('account', { name: 'Alpha' });
    b = await make('account', { name: 'Alpha Ltd', owner: id('seller') });
  });

  const as = (name: string): Client => (people[name] as { client: Client }).client;
  const id = (name: string): string => (people[name] as { actor: Actor }).actor.userId;
  const make = (table: string, values: Record<string, Json>): Promise<string> => server.workspace.create(systemActor, table, values);
  const get = async (table: string, record: string, name = 'owner'): Promise<Record<string, Json>> => ((await as(name).get(`/api/tables/${table}/records/${record}`)).body as { data: Record<string, Json> }).data;
  const version = async (record: string): Promise<number> => Number((await server.workspace.database.get<{ version: number }>(sql`SELECT "version" FROM "account" WHERE "id" = ${record}`))?.version ?? 1);
  const merge = async (name: string, survivor = a, losers = [b], values: Record<string, string> = {}): Promise<Reply> =>
    as(name).post('/api/tables/account/merge', { survivor: { id: survivor, version: await version(survivor) }, losers: await Promise.all(losers.map(async (loser) => ({ id: loser, version: await version(loser) }))), values });
  const merged = async (name = 'ops', ...rest: [string?, string[]?, Record<string, string>?]): Promise<string> => {
    const reply = await merge(name, ...rest);
    expect(reply.status, reply.text).toBe(200);
    return (reply.body as { merge: string }).merge;
  };
  const undo = (merge: string, name = 'ops'): Promise<Reply> => as(name).post(`/api/merges/${merge}/undo`);
  const codes = (reply: Reply): string[] => ((reply.body as { issues: { path: string; code: string }[] }).issues ?? []).map((issue) => `${issue.path} ${issue.code}`);
  const change = async (table: string, record: string, values: Record<string, Json>, name = 'owner'): Promise<void> => {
    const reply = await as(name).patch(`/api/tables/${table}/records/${record}`, values, { 'If-Match': '*' });
    expect(reply.status, reply.text).toBe(200);
  };
  /** What stored roll-ups hold, beside what they would hold counted anew. */
  const rollups = async (record: string) => {
    const { deals, worth, points } = await get('account', record);
    const rows = await server.workspace.database.all<{ amount: number | null }>(sql`SELECT "amount" FROM "deal" WHERE "account" = ${record} AND "deleted_at" IS NULL`);
    const ledger = await server.workspace.database.all<{ points: number }>(sql`SELECT "points" FROM "ledger" WHERE "account" = ${record} AND "deleted_at" IS NULL`);
    return { held: [deals, worth, points], anew: [rows.length, rows.reduce((sum, { amount }) => sum + Number(amount) / 100, 0), ledger.reduce((sum, row) => sum + Number(row.points), 0)] };
  };

  it('moves what points at the loser, of every table, and brings roll-ups and formulas up to date', async () => {
    const own = await make('deal', { title: 'own', account: a, amount: 10 });
    const moved = await make('deal', { title: 'moved', account: b, amount: 5.5 });
    const entry = await make('ledger', { title: 'welcome', account: b, points: 7 });
    const below = await make('account', { name: 'Below', parent: b });
    const club = await make('club', { name: 'club', accounts: [b] });
    const both = await make('club', { name: 'both', accounts: [a, b] });
    const vault = await make('vault', { name: 'vault', account: b });
    expect((await as('owner').post(`/api/tables/account/records/${b}/comments`, { body: 'Call them' })).status).toBe(201);
    await as('owner').post('/api/tables/account/records/share', { ids: [b], with: [{ kind: 'user', id: id('other') }], access: 'read', until: null });
    const reply = await merge('ops');
    expect(reply.status, reply.text).toBe(200);
    expect((reply.body as { moved: object[] }).moved).toMatchObject([{ table: 'account', count: 1 }, { table: 'deal', count: 1 }, { table: 'ledger', count: 1 }, { table: 'club', count: 2 }]);
    expect(await Promise.all([own, moved].map(async (deal) => (await get('deal', deal)).summary))).toEqual(['Alpha / own', 'Alpha / moved']);
    expect([(await get('ledger', entry)).account, (await get('account', below)).parent, (await get('vault', vault)).account]).toEqual([a, a, a]);
    expect([(await get('club', club)).accounts, (await get('club', both)).accounts]).toEqual([[a], [a]]);
    expect(((await as('owner').get(`/api/tables/account/records/${a}/comments`)).body as { data: { body: string }[] }).data.map(({ body }) => body)).toEqual(['Call them']);
    expect((await get('account', a, 'other')).name).toBe('Alpha');
    const { held, anew } = await rollups(a);
    expect([held, anew]).toEqual([[2, 15.5, 7], [2, 15.5, 7]]);
    const timeline = (await as('ops').get(`/api/tables/account/records/${a}/timeline?kind=change`)).body as { data: { action: string; note?: { en: string } }[] };
    expect(timeline.data.find(({ action }) => action === 'merge')?.note?.en).toBe('Alpha Ltd');
    expect((await as('owner').post('/api/audit/verify')).body).toMatchObject({ broken: null });
  });

  it('keeps the survivor’s own values, fills the empty ones, unites lists, and takes what was chosen', async () => {
    await change('account', a, { phone: '13800138000', tags: ['x'], city: 'Here' });
    await change('account', b, { code: 'B-1', phone: '13900139000', tags: ['x', 'y'], city: 'There', secret: 'of b', price: 3, partners: [a] });
    await merged('ops', a, [b], { name: b, city: b, phone: a });
    expect(await get('account', a)).toMatchObject({ name: 'Alpha Ltd', code: 'B-1', phone: '+8613800138000', tags: ['x', 'y'], city: 'There', secret: 'of b', price: 3, partners: null, owner: null });
    expect((await get('account', a, 'ops')).secret).toBeUndefined();
  });

  it('keeps one of two children where there may be one only, with what hangs on the other', async () => {
    const kept = await make('membership', { team: 'red', account: a });
    const given = await make('membership', { team: 'red', account: b });
    const free = await make('membership', { team: 'blue', account: b });
    const duty = await make('duty', { title: 'goalkeeper', membership: given });
    const badge = await make('badge', { title: 'gold', account: a });
    const other = await make('badge', { title: 'silver', account: b });
    const id = await merged();
    expect([(await get('membership', free)).account, (await get('duty', duty)).membership]).toEqual([a, kept]);
    expect([(await get('membership', given)).deleted_at, (await get('badge', other)).deleted_at, (await get('badge', badge)).deleted_at].map(Boolean)).toEqual([true, true, false]);
    expect((await as('owner').post(`/api/tables/membership/records/${given}/restore`)).status).toBe(409);
    expect((await undo(id)).status).toBe(200);
    expect(await Promise.all([kept, given, free].map(async (one) => (await get('membership', one)).account))).toEqual([a, b, b]);
    expect([(await get('duty', duty)).membership, (await get('membership', given)).deleted_at, (await get('badge', other)).account]).toEqual([given, null, b]);
  });

  it('empties the survivor’s reference to what it takes up, and refuses a circle', async () => {
    await change('account', a, { parent: b });
    await merged();
    expect((await get('account', a)).parent).toBeNull();
    const c = await make('account', { name: 'C' });
    const middle = await make('account', { name: 'Middle', parent: c });
    const d = await make('account', { name: 'D', parent: middle });
    const refused = await merge('ops', d, [c]);
    expect([refused.status, codes(refused)]).toEqual([422, [' cycle']]);
  });

  it('is for level 7 and who is given the right, on records they may read, change and delete', async () => {
    const list = await make('account', { name: 'of merger', owner: id('merger') });
    const twin = await make('account', { name: 'of merger too', owner: id('merger') });
    expect([(await merge('seller')).status, (await merge('seller', b, [a])).status]).toEqual([403, 403]);
    expect((await as('seller').get(`/api/tables/account/merge?ids=${a},${b}`)).status).toBe(403);
    const foreign = await merge('merger', list, [b]);
    const nothing = await as('merger').post('/api/tables/account/merge', { survivor: { id: list, version: 1 }, losers: [{ id: 'nothing', version: 1 }] });
    expect([foreign.status, foreign.text]).toEqual([404, nothing.text]);
    expect((await as('merger').get(`/api/tables/account/merge?ids=${list},${b}`)).text).toBe((await as('merger').get(`/api/tables/account/merge?ids=${list},nothing`)).text);
    expect((await get('account', list, 'merger')).name).toBe('of merger');
    expect((await merge('merger', list, [twin])).status).toBe(200);
    // Who reads, changes and deletes all of them merges those of their own only.
    const mine = await make('account', { name: 'of narrow', owner: id('narrow') });
    expect([(await merge('narrow', mine, [b])).status, (await merge('narrow', b, [mine])).status, (await as('narrow').get(`/api/tables/account/merge?ids=${mine},${b}`)).status]).toEqual([403, 403, 403]);
    expect((await as('ops').post('/api/tables/ledger/merge', { survivor: { id: a, version: 1 }, losers: [{ id: b, version: 1 }] })).status).toBe(403);
    expect((await as('owner').post('/api/tables/user/merge', { survivor: { id: id('ops'), version: 1 }, losers: [{ id: id('other'), version: 1 }] })).status).toBe(403);
  });

  it('refuses another version, a choice that is none, and what an update would refuse, and changes nothing', async () => {
    const stale = await as('ops').post('/api/tables/account/merge', { survivor: { id: a, version: 1 }, losers: [{ id: b, version: 9 }] });
    expect(stale.status).toBe(409);
    await change('account', b, { secret: 'of b', price: 3, name: 'Beta' });
    await server.workspace.database.transaction((tx) => tx.run(sql`UPDATE "account" SET "city" = ${'nowhere'} WHERE "id" = ${b}`));
    expect(codes(await merge('ops', a, [b], { city: b }))).toEqual(['/values/city rule']);
    expect(codes(await merge('ops', a, [b], { secret: b, deals: b, nothing: b, name: 'other' }))).toEqual(['/values/secret unknown_field', '/values/deals read_only', '/values/nothing unknown_field', '/values/name no_such_record']);
    await server.workspace.database.transaction((tx) => tx.run(sql`UPDATE "account" SET "city" = NULL WHERE "id" = ${b}`));
    await change('account', a, { stage: 'signed' });
    expect(codes(await merge('ops', a, [b], { price: b }))).toEqual(['/values/price locked']);
    // What the stage locks keeps its value where nobody insists.
    await merged();
    expect(await get('account', a)).toMatchObject({ price: null, secret: 'of b' });
  });

  it('leads from the old address to the survivor, for who may read it; to others there is nothing', async () => {
    const c = await make('account', { name: 'C' });
    const first = await merged();
    await merged('ops', c, [a]);
    const redirect = await as('ops').get(`/api/tables/account/records/${b}`);
    expect([redirect.status, redirect.body]).toMatchObject([404, { type: 'urn:relata:merged', survivor: c }]);
    const nothing = (await as('seller').get('/api/tables/account/records/nothing')).text;
    expect((await as('seller').get(`/api/tables/account/records/${b}`)).text).toBe(nothing);
    expect(((await as('seller').get('/api/merges')).body as { data: object[] }).data).toEqual([]);
    expect((await undo(first, 'seller')).text).toBe((await undo('nothing', 'seller')).text);
    // Own things come first: the later merge stands on the earlier.
    expect((await undo(first)).status).toBe(409);
  });

  it('comes back only as a whole: not from the bin, and not out of it for good', async () => {
    const one = await merged();
    expect((await as('owner').post(`/api/tables/account/records/${b}/restore`)).status).toBe(409);
    expect((await as('owner').delete(`/api/tables/account/records/${b}?purge=true`)).status).toBe(409);
    const [report] = ((await as('ops').get('/api/merges?table=account')).body as { data: MergeReport[] }).data;
    expect(report).toMatchObject({ id: one, survivor: { id: a, title: 'Alpha' }, losers: [{ id: b, title: 'Alpha Ltd' }], by: 'ops', mayUndo: true });
    expect((await undo(one, 'seller')).status).toBe(404);
    expect((await undo(one)).status).toBe(200);
    expect((await undo(one)).status).toBe(409);
    expect((await get('account', b, 'seller')).name).toBe('Alpha Ltd');
  });

  it('gives everything back that nobody has touched since, and tells of the rest', async () => {
    await change('account', b, { code: 'B-2', city: 'There', tags: ['y'] });
    const stays = await make('deal', { title: 'moved on', account: b, amount: 1 });
    const goes = await make('deal', { title: 'back', account: b, amount: 2 });
    const entry = await make('ledger', { title: 'entry', account: b, points: 3 });
    const third = await make('account', { name: 'Third' });
    await as('owner').post(`/api/tables/account/records/${b}/comments`, { body: 'Mine' });
    await as('owner').post('/api/tables/account/records/share', { ids: [b], with: [{ kind: 'user', id: id('other') }], access: 'edit', until: null });
    const one = await merged('ops', a, [b], { name: b });
    await change('account', a, { city: 'Elsewhere' });
    await change('deal', stays, { account: third });
    const reply = await undo(one);
    expect(reply.status, reply.text).toBe(200);
    const { restored, kept, left } = reply.body as MergeUndone;
    expect([restored, kept.map(({ en }) => en), left]).toMatchObject([[b], ['city'], [{ table: 'deal', count: 1 }]]);
    expect(await get('account', a)).toMatchObject({ name: 'Alpha', code: null, city: 'Elsewhere', tags: null });
    expect(await get('account', b)).toMatchObject({ name: 'Alpha Ltd', code: 'B-2', city: 'There', tags: ['y'], deleted_at: null });
    expect([(await get('deal', stays)).account, (await get('deal', goes)).account, (await get('ledger', entry)).account]).toEqual([third, b, b]);
    expect((await get('deal', goes)).summary).toBe('Alpha Ltd / back');
    for (const account of [a, b, third]) expect((await rollups(account)).held).toEqual((await rollups(account)).anew);
    const comments = async (account: string) => ((await as('owner').get(`/api/tables/account/records/${account}/comments`)).body as { data: object[] }).data.length;
    expect([await comments(a), await comments(b)]).toEqual([0, 1]);
    expect([(await as('other').get(`/api/tables/account/records/${a}`)).status, (await as('other').get(`/api/tables/account/records/${b}`)).status]).toEqual([404, 200]);
  });

  it('takes files along that the survivor takes, and gives them back', async () => {
    const file = ((await as('owner').upload('/api/files', { name: 'a.txt', content: 'text' })).body as { id: string }).id;
    await change('account', b, { files: [file] });
    const one = await merged();
    expect((await get('account', a)).files).toEqual([file]);
    expect((await as('ops').get(`/api/files/${file}`)).status).toBe(200);
    await undo(one);
    expect([(await get('account', a)).files, (await get('account', b)).files]).toEqual([null, [file]]);
    expect((await as('seller').get(`/api/files/${file}`)).status).toBe(200);
  });

  it('lets what workflows have under way go on about the survivor; where it has the same under way, that of the loser ends', async () => {
    const start = async (account: string): Promise<void> => {
      expect(await press(server.workspace, (people.owner as { actor: Actor }).actor, 'approve', [account])).toEqual({ started: 1, refused: [] });
      await runDue(server.workspace);
    };
    const asked = async () => (await server.workspace.database.all<{ id: string; record_id: string }>(sql`SELECT id, record_id FROM relata_approval WHERE state = 'pending' ORDER BY id`));
    await start(b);
    const one = await merged();
    expect((await asked()).map(({ record_id }) => record_id)).toEqual([a]);
    const admin = (people.admin as { actor: Actor }).actor;
    await decide(server.workspace, admin, String((await asked())[0]?.id), { decision: 'approved', comment: 'fine' });
    await runDue(server.workspace);
    expect((await get('account', a)).city).toBe('approved');
    await undo(one);
    await start(a);
    await start(b);
    const two = await merged();
    expect((await asked()).map(({ record_id }) => record_id)).toEqual([a]);
    expect(((await undo(two)).body as MergeUndone).left.map(({ label, count }) => [label.en, count])).toEqual([['Workflows stopped by the merge', 1]]);
  });

  it('can be taken back for thirty days, then keeps no values, and its address still leads on', async () => {
    await change('account', b, { city: 'There' });
    const one = await merged();
    server.workspace.setNow(new Date(Date.parse('2026-06-15T04:00:00.000Z') + 30 * DAY + 1000).toISOString());
    for (const name of ['ops', 'owner']) people[name] = { actor: (people[name] as { actor: Actor }).actor, client: await server.signedIn((people[name] as { actor: Actor }).actor) };
    expect((await undo(one)).body).toMatchObject({ status: 409, detail: expect.stringContaining('30') });
    expect(((await as('ops').get('/api/merges')).body as { data: object[] }).data).toEqual([]);
    await tidyUp(server.workspace);
    expect(await server.workspace.database.get(sql`SELECT memory FROM ${ident('relata_merge')} WHERE id = ${one}`)).toEqual({ memory: null });
    expect((await as('ops').get(`/api/tables/account/records/${b}`)).body).toMatchObject({ survivor: a });
    expect((await as('owner').delete(`/api/tables/account/records/${b}?purge=true`)).status).toBe(204);
  });

  it('shows beforehand what would move, and no field or table that the actor does not know', async () => {
    await make('deal', { title: 'd', account: b });
    await make('vault', { name: 'v', account: b });
    await change('account', b, { secret: 'of b' });
    const reply = await as('ops').get(`/api/tables/account/merge?ids=${a},${b}`);
    expect(reply.text).not.toContain('of b');
    expect(reply.text).not.toContain('vault');
    const { fields, moves, records } = reply.body as { fields: { name: string; united: boolean }[]; moves: Record<string, { table: string | null; count: number }[]>; records: { data: { id: string } }[] };
    expect(records.map(({ data }) => data.id)).toEqual([a, b]);
    expect(fields.filter(({ united }) => united).map(({ name }) => name)).toEqual(['tags', 'partners', 'files', 'collaborators']);
    expect(fields.map(({ name }) => name)).not.toContain('secret');
    expect([moves[a], moves[b]]).toMatchObject([[], [{ table: 'deal', count: 1 }, { table: null, count: 1 }]]);
    expect((await as('ops').get(`/api/tables/account/merge?ids=${a}`)).status).toBe(422);
  });
});
