/** A role above level 5 takes two people: who asks, who may answer, what holds meanwhile. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireModel } from '#engine/model/build-model.ts';
import { sql } from '../db/sql.ts';
import { levelApp } from '../testing/level-app.ts';
import { issueCodes, type LevelPeople, startLevelPeople } from '../testing/level-people.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { needsTwo } from './level-changes.ts';

interface Listed {
  readonly user: { readonly name: string };
  readonly gives: string;
  readonly takes: string | null;
  readonly refusal: string | null;
  readonly isOwn: boolean;
}

describe.each(DATABASES)('roles above level 5 on %s', (database) => {
  let people: LevelPeople;
  beforeAll(async () => {
    people = await startLevelPeople(database);
  });
  afterAll(() => people.server.close());

  const idOf = (user: string): string => people.actors[user]?.userId as string;
  const rolesOf = async (user: string): Promise<string[]> => JSON.parse((await people.server.workspace.database.get<{ roles: string }>(sql`SELECT roles FROM "user" WHERE id = ${idOf(user)}`))?.roles ?? '[]') as string[];
  const question = async (id: string): Promise<string> => (await people.server.workspace.database.get<{ id: string }>(sql`SELECT id FROM relata_level_change WHERE user_id = ${id}`))?.id ?? 'none';
  const decide = async (by: string, user: string, decision: 'confirm' | 'refuse') => people.as(by).post(`/api/users/${idOf(user)}/level-change`, { decision, question: await question(idOf(user)) });
  const listed = async (by: string) => ((await people.as(by).get('/api/level-changes')).body as { data: Listed[] }).data;
  const noted = async (user: string) => (await people.server.workspace.database.all<{ action: string }>(sql`SELECT action FROM relata_audit WHERE table_name = 'user' AND record_id = ${idOf(user)} ORDER BY seq`)).map(({ action }) => action).filter((action) => action.endsWith('_roles'));

  it('are held, while the rest of the change is made, and the writer is told', async () => {
    const reply = await people.changeUser('owner', 'anna', { roles: ['level7'], title: 'Operations' });
    expect(reply.body).toMatchObject({ data: { roles: ['seller'], title: 'Operations' }, warnings: [{ path: '/roles', code: 'waits_for_second' }] });
    expect(await listed('admin')).toMatchObject([{ user: { name: 'anna' }, gives: 'L7', takes: 'seller', refusal: null, isOwn: false }]);
    expect(await listed('owner')).toMatchObject([{ refusal: 'Another administrator than who asked and who is concerned must confirm it', isOwn: true }]);
    const told = (await people.as('admin').get('/api/notices')).body as { items: { title: string }[] };
    expect(told.items[0]?.title).toBe('To confirm: owner gives anna the role "L7"');
  });

  it('are confirmed neither by who asked nor by who is below', async () => {
    expect((await decide('owner', 'anna', 'confirm')).status).toBe(403);
    for (const user of ['ops', 'anna']) expect((await decide(user, 'anna', 'confirm')).status).toBe(403);
    expect(await rolesOf('anna')).toEqual(['seller']);
  });

  it('hold from the second person’s yes, and are asked once', async () => {
    expect((await decide('admin', 'anna', 'confirm')).status).toBe(204);
    expect(await rolesOf('anna')).toEqual(['level7']);
    expect((await people.list('anna')).body).toMatchObject({ count: { value: 9 } });
    expect((await decide('admin', 'anna', 'confirm')).status).toBe(404);
    expect(await noted('anna')).toEqual(['ask_roles', 'confirm_roles']);
    const told = (await people.as('owner').get('/api/notices')).body as { items: { title: string }[] };
    expect(told.items[0]?.title).toBe('admin confirmed: anna is now "L7"');
  });

  it('go at once when a level is lowered', async () => {
    expect((await people.changeUser('admin', 'anna', { roles: ['seller'] })).status).toBe(200);
    expect(await rolesOf('anna')).toEqual(['seller']);
  });

  it('are refused, or withdrawn by who asked, and nothing changes', async () => {
    await people.changeUser('admin', 'bert', { roles: ['level6'] });
    expect((await decide('owner', 'bert', 'refuse')).status).toBe(204);
    await people.changeUser('admin', 'bert', { roles: ['level6'] });
    expect((await decide('admin', 'bert', 'refuse')).status).toBe(204);
    expect(await rolesOf('bert')).toEqual(['seller']);
    expect(await listed('owner')).toEqual([]);
    expect(await noted('bert')).toEqual(['ask_roles', 'refuse_roles', 'ask_roles', 'refuse_roles']);
  });

  it('are decided as they were seen, and who asked before hears that they were replaced', async () => {
    await people.changeUser('admin', 'bert', { roles: ['level6'] });
    const seen = await question(idOf('bert'));
    await people.changeUser('owner', 'bert', { roles: ['level7'] });
    expect((await people.as('admin').post(`/api/users/${idOf('bert')}/level-change`, { decision: 'confirm', question: seen })).status).toBe(409);
    expect(await rolesOf('bert')).toEqual(['seller']);
    const told = (await people.as('admin').get('/api/notices')).body as { items: { title: string }[] };
    expect(told.items.map(({ title }) => title)).toContain('owner asked for other roles of bert; yours no longer wait');
    expect((await decide('owner', 'bert', 'refuse')).status).toBe(204);
  });

  it('are added to what the user has by then', async () => {
    await people.changeUser('owner', 'carl', { roles: ['level1', 'level6'] });
    await people.changeUser('admin', 'carl', { title: 'meanwhile' });
    await people.server.workspace.database.transaction((tx) => tx.run(sql`UPDATE "user" SET roles = '["level1","buyer"]' WHERE id = ${idOf('carl')}`));
    expect((await decide('admin', 'carl', 'confirm')).status).toBe(204);
    expect(await rolesOf('carl')).toEqual(['level1', 'buyer', 'level6']);
    await people.changeUser('owner', 'carl', { roles: ['level1'] });
  });

  it('of a new account wait, and low ones are given', async () => {
    const made = await people.as('admin').post('/api/users', { name: 'newcomer', login: `new-${database}@example.com`, roles: ['level1', 'level7'] });
    expect(made.body).toMatchObject({ warnings: [{ code: 'waits_for_second' }] });
    const { id } = made.body as { id: string };
    expect((await people.as('owner').get(`/api/tables/user/records/${id}`)).body).toMatchObject({ data: { roles: ['level1'] } });
    expect(await listed('owner')).toMatchObject([{ user: { name: 'newcomer' }, gives: 'L7', takes: null, refusal: null }]);
    expect((await people.as('owner').post(`/api/users/${id}/level-change`, { decision: 'confirm', question: await question(id) })).status).toBe(204);
    expect((await people.as('owner').get(`/api/tables/user/records/${id}`)).body).toMatchObject({ data: { roles: ['level1', 'level7'] } });
  });

  it('die with the account, and with the right of who asked', async () => {
    await people.changeUser('admin', 'deputy', { roles: ['level7'] });
    await people.changeUser('owner', 'deputy', { active: false });
    expect(await listed('owner')).toEqual([]);
    await people.changeUser('admin', 'peer', { roles: ['level6'] });
    await people.changeUser('owner', 'admin', { active: false });
    expect((await decide('owner', 'peer', 'confirm')).status).toBe(403);
    expect(await rolesOf('peer')).toEqual(['level4']);
    expect((await decide('owner', 'peer', 'refuse')).status).toBe(204);
  });

  it('are given at once where nobody else could confirm', async () => {
    expect((await people.changeUser('owner', 'carl', { roles: ['level6'] })).status).toBe(200);
    expect(await rolesOf('carl')).toEqual(['level6']);
  });

  it('still obey what may be given at all', async () => {
    await people.changeUser('owner', 'admin', { active: true });
    people.clients.admin = await people.server.signedIn(people.server.workspace.directory.actor(idOf('admin')));
    expect(issueCodes(await people.changeUser('admin', 'bert', { roles: ['level8'] }))).toEqual(['level_too_high']);
    expect(await listed('owner')).toEqual([]);
    const { workspace } = people.server;
    await workspace.addUser({ name: 'second owner', roles: ['owner'] });
    await people.changeUser('owner', 'bert', { roles: ['level8'] });
    expect(await listed('admin')).toMatchObject([{ refusal: 'This level must be confirmed by somebody above it' }]);
    expect((await decide('admin', 'bert', 'confirm')).status).toBe(403);
    expect(await rolesOf('bert')).toEqual(['seller']);
  });
});

describe('whether two are needed', () => {
  const users = (n: number) => ({ userCount: () => n }) as never;
  const model = (dualControl?: 'on' | 'off') => requireModel({ ...levelApp, app: { ...levelApp.app, settings: { ...levelApp.app.settings, ...(dualControl && { dualControl }) } } });
  it('follows the number of users unless the workspace says it', () => {
    expect([4, 5].map((n) => needsTwo({ model: model(), directory: users(n) }))).toEqual([false, true]);
    expect(needsTwo({ model: model('on'), directory: users(2) })).toBe(true);
    expect(needsTwo({ model: model('off'), directory: users(50) })).toBe(false);
  });
});
