/** People of every level with a record each, in a small organisation, and what they ask over HTTP. */
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { ident, sql } from '../db/sql.ts';
import { levelApp } from './level-app.ts';
import { type Client, type Reply, startTestServer, type TestServer } from './test-server.ts';
import type { DatabaseName } from './test-workspace.ts';

export type Page = { data: Record<string, Json>[]; count?: { value: number } };
export const data = (reply: Reply): Record<string, Json> => (reply.body as { data: Record<string, Json> }).data;
export const names = (reply: Reply): Json[] => (reply.body as Page).data.map((record) => record.name ?? record.body ?? null).sort();
export const issueCodes = (reply: Reply): string[] => ((reply.body as { issues?: { code: string }[] }).issues ?? []).map((issue) => issue.code);

export type LevelPeople = Awaited<ReturnType<typeof startLevelPeople>>;

export async function startLevelPeople(database: DatabaseName) {
  const server: TestServer = await startTestServer(database, { definitions: levelApp });
  const actors: Record<string, Actor> = {};
  const clients: Record<string, Client> = {};
  const accounts: Record<string, string> = {};
  const departments: Record<string, string> = {};

  const as = (user: string): Client => clients[user] as Client;
  const path = (account: string): string => `/api/tables/account/records/${accounts[account]}`;
  const list = (user: string, table = 'account'): Promise<Reply> => as(user).get(`/api/tables/${table}/records?limit=200&count=true`);
  /** With the version as it stands: who may not see the record could not know it. */
  const patch = async (user: string, table: string, id: string | undefined, values: Record<string, Json>): Promise<Reply> => {
    const row = await server.workspace.database.get<{ version: number }>(sql`SELECT "version" FROM ${ident(table)} WHERE "id" = ${id ?? ''}`);
    return as(user).patch(`/api/tables/${table}/records/${id}`, values, { 'If-Match': `"${row?.version}"` });
  };
  const change = (user: string, account: string, values: Record<string, Json>): Promise<Reply> => patch(user, 'account', accounts[account], values);
  const changeUser = (user: string, changed: string, values: Record<string, Json>): Promise<Reply> => patch(user, 'user', actors[changed]?.userId, values);
  const share = (user: string, account: string, grantee: string, rest: object = {}): Promise<Reply> =>
    as(user).post('/api/tables/account/records/share', { ids: [accounts[account]], with: [{ kind: 'user', id: actors[grantee]?.userId }], access: 'read', until: null, ...rest });

  async function person(name: string, role: string, rest: { department?: string; superior?: string; rank?: number } = {}): Promise<void> {
    const { workspace } = server;
    const id = await workspace.create(systemActor, 'user', {
      name, login: `${name}@example.com`, roles: [role], active: true,
      ...(rest.department && { department: departments[rest.department] as string }),
      ...(rest.superior && { superior: actors[rest.superior]?.userId as string }),
      ...(rest.rank && { rank: rest.rank }),
    });
    actors[name] = workspace.directory.actor(id);
    clients[name] = await server.signedIn(actors[name]);
  }

  const { workspace } = server;
  departments.hq = await workspace.create(systemActor, 'department', { name: 'hq' });
  departments.north = await workspace.create(systemActor, 'department', { name: 'north', parent: departments.hq });
  departments.south = await workspace.create(systemActor, 'department', { name: 'south', parent: departments.hq });
  await person('owner', 'owner');
  await person('admin', 'level8');
  await person('ops', 'level7');
  await person('board', 'level6');
  await person('director', 'level5', { department: 'hq' });
  await person('head', 'level4', { department: 'north', superior: 'director' });
  await person('peer', 'level4', { department: 'north' });
  await person('deputy', 'level4', { department: 'north', rank: 35 });
  await person('lead', 'level3', { department: 'north', superior: 'head' });
  await person('anna', 'seller', { department: 'north', superior: 'lead' });
  await person('bert', 'seller', { department: 'north', superior: 'lead' });
  await person('carl', 'level1', { department: 'south' });
  await person('agent', 'service', { department: 'south' });
  for (const name of ['anna', 'bert', 'carl', 'lead', 'head', 'peer', 'deputy', 'director', 'board']) {
    accounts[name] = await workspace.create(systemActor, 'account', { name: `of ${name}`, owner: actors[name]?.userId as string, phone: '13800138000', budget: 5, cost: 3 });
    await workspace.create(systemActor, 'note', { body: `note of ${name}`, account: accounts[name], owner: actors[name]?.userId as string });
    await workspace.create(systemActor, 'contract', { title: `contract of ${name}`, account: accounts[name], owner: actors[name]?.userId as string });
  }
  return { server, actors, clients, accounts, departments, as, path, list, patch, change, changeUser, share };
}
