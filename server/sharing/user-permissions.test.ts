/** What people may do as administrators read it; what follows from it elsewhere: searches, kept numbers, invitations. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueCodes, type LevelPeople, type Page, startLevelPeople } from '../testing/level-people.ts';
import { DATABASES } from '../testing/test-workspace.ts';

describe.each(DATABASES)('what people may do on %s', (database) => {
  let server: LevelPeople['server'];
  let actors: LevelPeople['actors'];
  let clients: LevelPeople['clients'];
  let accounts: LevelPeople['accounts'];
  let as: LevelPeople['as'];
  let path: LevelPeople['path'];
  let list: LevelPeople['list'];
  let share: LevelPeople['share'];
  beforeAll(async () => {
    ({ server, actors, clients, accounts, as, path, list, share } = await startLevelPeople(database));
  });
  afterAll(() => server.close());

  it('lists what people may do, everybody’s to administrators and one’s own to others', async () => {
    const listed = async (user: string) => ((await as(user).get('/api/permissions')).body as { data: { name: string; level: number; rank: number }[] }).data;
    expect(await listed('anna')).toMatchObject([{ name: 'anna', level: 2, rank: 20 }]);
    for (const user of ['admin', 'owner']) expect((await listed(user)).map(({ name }) => name)).toEqual([...Object.keys(actors)].sort());
    expect((await as('anna').get(`/api/permissions/${actors.bert?.userId}`)).status).toBe(404);
    const shown = async (by: string, user: string) => (await as(by).get(`/api/permissions/${actors[user]?.userId}`)).body as { tables: { table: string; actions: Record<string, string>; export: boolean | number; hidden: { en: string }[]; masked: { en: string }[] }[]; shared: unknown[] };
    const account = async (user: string) => (await shown('owner', user)).tables.find(({ table }) => table === 'account');
    expect(await account('anna')).toMatchObject({ actions: { read: 'shared', update: 'shared', share: 'own' }, export: false, hidden: [{ en: 'cost' }] });
    expect(await account('lead')).toMatchObject({ actions: { read: 'team', delete: 'own', transfer: 'team' }, import: 500, export: false });
    expect(await account('director')).toMatchObject({ actions: { read: 'departmentTree' } });
    expect(await account('admin')).toMatchObject({ actions: { read: 'all' }, masked: [{ en: 'phone' }] });
    expect((await shown('owner', 'anna')).tables.find(({ table }) => table === 'fresh')).toBeUndefined();
    await share('anna', 'anna', 'bert');
    expect((await shown('bert', 'bert')).shared).toMatchObject([{ table: 'account', title: 'of anna', access: 'read', until: null, by: 'anna' }]);
    const [given] = ((await as('anna').get(`${path('anna')}/shares`)).body as { data: { id: string }[] }).data;
    await as('anna').delete(`/api/shares/${given?.id}`);
    expect((await shown('bert', 'bert')).shared).toEqual([]);
  });

  it('lets an administrator invite whom they stand above, and nobody below an administrator anybody', async () => {
    const invite = (user: string, role: string) => as(user).post('/api/users', { name: 'new', login: `${user}-${role}@example.com`, roles: [role] });
    expect((await invite('ops', 'level1')).status).toBe(403);
    expect((await invite('admin', 'level7')).status).toBe(201);
    for (const role of ['level8', 'owner']) expect(issueCodes(await invite('admin', role))).toEqual(['level_too_high']);
  });

  it('counts anew what was shared and taken back, at once', async () => {
    const counted = async (): Promise<unknown> => {
      const reply = await as('bert').post('/api/charts/data', { chart: { name: 'n', label: { 'zh-CN': '数', en: 'n' }, type: 'number', table: 'account', measures: [{ name: 'count', label: { 'zh-CN': '数', en: 'n' }, function: 'count' }] } });
      return (reply.body as { totals: number[] }).totals;
    };
    const before = await counted();
    expect((await share('anna', 'anna', 'bert')).status).toBe(204);
    expect(await counted()).toEqual([Number((before as number[])[0]) + 1]);
    const [given] = ((await as('anna').get(`${path('anna')}/shares`)).body as { data: { id: string }[] }).data;
    await as('anna').delete(`/api/shares/${given?.id}`);
    expect(await counted()).toEqual(before);
  });

  it('P27 finds by search exactly what the list holds', async () => {
    for (const user of Object.keys(clients)) {
      const listed = (await list(user)).body as Page;
      const found = (await as(user).get('/api/tables/account/records?search=of&limit=200&count=true')).body as Page;
      expect(found.count, user).toEqual(listed.count);
      expect(found.data.map(({ id }) => id).sort(), user).toEqual(listed.data.map(({ id }) => id).sort());
      const everywhere = ((await as(user).get('/api/search?q=of')).body as { groups?: unknown }) as Record<string, unknown>;
      for (const [name, id] of Object.entries(accounts)) if (!listed.data.some((record) => record.id === id)) expect(JSON.stringify(everywhere), `${user} ${name}`).not.toContain(id);
    }
  });
});
