import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { deskApp } from '../testing/desk-app.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { noteInAudit } from './audit.ts';
import type { AuditEntry } from './search-audit.ts';
import { updateRecord } from './update-record.ts';
import { writeSession } from './write-session.ts';

/** Reads every account but its secret, and no tasks. */
const withAuditor: Definitions = {
  ...deskApp,
  app: { ...deskApp.app, roles: [...deskApp.app.roles, { name: 'auditor', label: { 'zh-CN': '审计', en: 'Auditor' }, audit: true }] },
  tables: deskApp.tables.map((table) => (table.name === 'account' ? { ...table, permissions: { ...table.permissions, auditor: { read: true, fields: { secret: 'hidden', secret_twice: 'hidden' } } } } : table)),
};

describe.each(DATABASES)('the audit as owners read it on %s', (database) => {
  let server: TestServer;
  let owner: Client;
  let account: string;
  let clerk: string;

  beforeAll(async () => {
    server = await startTestServer(database, { definitions: withAuditor });
    const { workspace } = server;
    owner = await server.signedIn(await workspace.addUser({ name: 'owner', roles: ['owner'] }));
    const actor = await workspace.addUser({ name: '陈晓', roles: ['clerk'] });
    clerk = actor.userId;
    account = await workspace.create(systemActor, 'account', { name: '华信科技', budget: 4711, owner: clerk });
    workspace.setNow('2026-06-16T04:00:00.000Z');
    await writeSession(workspace, actor, (session) => updateRecord(session, 'account', account, { name: '华信"新"', level: 'vip' }));
    for (let i = 0; i < 60; i++) await workspace.create(actor, 'task', { title: `task ${i}` });
  });
  afterAll(() => server.close());

  const audit = async (query: Record<string, string>) => (await owner.get(`/api/audit?${new URLSearchParams(query)}`)).body as { data: AuditEntry[]; next: number | null };

  it('names who, what, when, with values by label and what is sensitive masked', async () => {
    const { data } = await audit({ record: account });
    expect(data.map(({ action, byName, title, tableLabel }) => ({ action, byName, title, tableLabel }))).toEqual([
      { action: 'update', byName: '陈晓', title: '华信"新"', tableLabel: 'account' },
      { action: 'create', byName: 'System', title: '华信"新"', tableLabel: 'account' },
    ]);
    expect(data[0]?.changes).toContainEqual({ field: 'level', label: 'level', before: 'plain', after: 'vip' });
    const budget = data[1]?.changes.find(({ field }) => field === 'budget');
    expect(budget).toMatchObject({ before: '', after: '***' });
    expect(data[1]?.changes.find(({ field }) => field === 'owner')?.after).toBe('陈晓');
  });

  it('finds by user, table, action, time and text, and pages by key', async () => {
    expect((await audit({ user: clerk, table: 'account' })).data).toHaveLength(1);
    expect((await audit({ action: 'update' })).data).toHaveLength(1);
    expect((await audit({ table: 'account', to: '2026-06-15T23:00:00.000Z' })).data.map(({ action }) => action)).toEqual(['create']);
    expect((await audit({ text: '"新"' })).data.map(({ record }) => record)).toEqual([account]);
    expect((await audit({ text: '% OR 1=1' })).data).toEqual([]);
    const first = await audit({ table: 'task' });
    expect(first.data).toHaveLength(50);
    const second = await audit({ table: 'task', cursor: String(first.next) });
    expect(second.data).toHaveLength(10);
    expect(new Set([...first.data, ...second.data].map(({ seq }) => seq)).size).toBe(60);
    expect(second.next).toBeNull();
    for (const query of ['from=x', 'cursor=x', 'cursor=-1']) expect((await owner.get(`/api/audit?${query}`)).status).toBe(422);
  });

  it('names people, roles and tables in entries about shares and comments, and leaves what has no name', async () => {
    const shared = await owner.post('/api/tables/account/records/share', { ids: [account], with: [{ kind: 'user', id: clerk }, { kind: 'role', id: 'lead' }], access: 'read', until: null });
    expect(shared.status, shared.text).toBeLessThan(300);
    expect((await owner.post(`/api/tables/account/records/${account}/comments`, { body: `@{${clerk}} look` })).status).toBe(201);
    const entries = (await audit({ record: account })).data;
    const share = entries.find(({ action }) => action === 'share');
    expect(share).toMatchObject({ detail: { with: [`user:${clerk}`, 'role:lead'], access: 'read' }, names: { [`user:${clerk}`]: '陈晓', 'role:lead': 'lead', read: 'to read' } });
    expect(entries.find(({ action }) => action === 'comment')?.names).toEqual({ [clerk]: '陈晓' });
    expect(entries.find(({ action }) => action === 'update')?.names).toEqual({});
    const other = await server.workspace.create(systemActor, 'account', { name: 'Other', owner: clerk });
    const note = { at: server.workspace.now(), by: clerk, table: 'account', id: '', action: 'read', version: 0, changes: { records: [other, 'gone'] } };
    await server.workspace.database.transaction((tx) => noteInAudit(tx, note));
    expect((await audit({ action: 'read' })).data[0]?.names).toEqual({ [other]: 'Other' });
  });

  it('is read by auditors without what they may not see, is not searched by its values and not taken out', async () => {
    await writeSession(server.workspace, systemActor, (session) => updateRecord(session, 'account', account, { secret: 'canary', code: 'A-1' }));
    const auditor = await server.signedIn(await server.workspace.addUser({ name: 'auditor', roles: ['auditor'] }));
    const seen = await auditor.get(`/api/audit?record=${account}`);
    expect((seen.body as { data: AuditEntry[] }).data[0]?.changes.map(({ field }) => field)).toEqual(['code']);
    expect(seen.text).not.toContain('canary');
    expect(((await auditor.get('/api/audit?table=task')).body as { data: AuditEntry[] }).data).toEqual([]);
    for (const reply of [await auditor.get('/api/audit?text=canary'), await auditor.post('/api/audit/export'), await (await server.signedIn(await server.workspace.addUser({ name: 'other clerk', roles: ['clerk'] }))).get('/api/audit')]) expect(reply.status).toBe(403);
    expect((await auditor.post('/api/audit/verify')).body).toMatchObject({ broken: null });
  });

  it('is taken out as a file, which is noted, and examined', async () => {
    const reply = await owner.post(`/api/audit/export?table=account`);
    expect(reply.text.startsWith('\ufeffNo.,Time,Who')).toBe(true);
    expect(reply.text).toContain('华信科技,"华信""新"""');
    expect(reply.text).not.toContain('4711');
    const noted = await server.workspace.database.all<{ changes: string }>(sql`SELECT changes FROM relata_audit WHERE table_name = ${'relata_audit'}`);
    expect(noted.map(({ changes }) => JSON.parse(changes) as unknown)).toEqual([{ format: 'csv', filter: { table: 'account' } }]);
    expect((await owner.post('/api/audit/verify')).body).toMatchObject({ broken: null });
    const user = await server.signedIn(await server.workspace.addUser({ name: 'nobody', roles: ['lead'] }));
    for (const reply of [await user.get('/api/audit'), await user.post('/api/audit/export'), await user.post('/api/audit/verify')]) expect(reply.status).toBe(403);
  });
});
