/** Two workspaces on one database, as two server processes are: what one publishes the other follows, and never writes by the old definitions. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { createApp } from '../http/app.ts';
import { openWorkspace, type OpenWorkspace } from '../open-workspace.ts';
import { writeSession } from '../records/write-session.ts';
import { createRecord } from '../records/create-record.ts';
import { findRecords } from '../records/find-records.ts';
import { createFormLimit } from '../public-forms/form-limit.ts';
import { createSignInLimit } from '../session/sign-in-limit.ts';
import { openSession } from '../session/sessions.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { Config } from '../config.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const withFields = (definitions: Definitions, change: (fields: Definitions['tables'][number]['fields']) => Definitions['tables'][number]['fields']): Definitions => ({
  ...definitions,
  tables: definitions.tables.map((table) => (table.name === 'thing' ? { ...table, fields: change(table.fields) } : table)),
});

describe.each(DATABASES)('two processes on %s', (database) => {
  let one: TestWorkspace;
  let other: OpenWorkspace;
  let owner: Actor;
  let server: Server;
  let url: string;
  let cookie: string;

  beforeAll(async () => {
    one = await openTestWorkspace(database, { definitions: thingApp, now: new Date().toISOString() });
    owner = await one.addUser({ name: 'Olga', roles: ['owner'] });
    other = await openWorkspace({ dataDir: one.dataDir, databaseUrl: one.databaseUrl, template: () => Promise.reject(new Error('installed already')), sampleData: false, log: one.log });
    const config: Config = { port: 0, host: '127.0.0.1', dataDir: one.dataDir, databaseUrl: undefined, admin: undefined, backupDir: '', logLevel: 'silent', templatesDir: '', publicDir: undefined, sampleData: false, secureCookies: false, trustedProxies: 0, publicUrl: '', smtpUrl: undefined, mailFrom: '', allowPrivateTargets: [] };
    server = await new Promise<Server>((resolve) => {
      const listening = createApp({ workspace: other, config, signInLimit: createSignInLimit(), formLimit: createFormLimit() }).listen(0, '127.0.0.1', () => resolve(listening));
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/tables/thing/records`;
    cookie = `relata_session=${await other.database.transaction((tx) => openSession(tx, owner.userId, other.now(), 'test'))}`;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    await other.close();
    await one.close();
  });

  const publish = (definitions: Definitions) => one.publish({ definitions, base: one.definitionsVersion, by: owner.userId, note: '' });

  it('follows by itself', async () => {
    await publish(withFields(thingApp, (fields) => [...fields, { name: 'level', label: label('level'), type: 'text' }]));
    await expect.poll(() => other.model.tables.thing?.fields.level?.type, { interval: 20, timeout: 5000 }).toBe('text');
  });

  it('writes nothing by definitions that are no longer live, and answers by the new ones', async () => {
    await publish(withFields(thingApp, (fields) => [...fields.filter((field) => field.name !== 'note'), { name: 'note', label: label('note'), type: 'integer' }, { name: 'level', label: label('level'), type: 'text' }]));
    // Before the other has looked: an operation finds out under the write lock, and follows first.
    await expect(writeSession(other, owner, (session) => createRecord(session, 'thing', { name: 'late', note: 'text' }))).rejects.toMatchObject({ issues: [{ path: '/note' }] });
    expect(other.definitionsVersion).toBe(one.definitionsVersion);
    const refused = await fetch(url, { method: 'POST', headers: { cookie, 'content-type': 'application/json', 'x-relata': '1' }, body: JSON.stringify({ name: 'late', note: 'text' }) });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('/note')]);
    const made = await fetch(url, { method: 'POST', headers: { cookie, 'content-type': 'application/json', 'x-relata': '1' }, body: JSON.stringify({ name: 'right', note: 5 }) });
    expect(made.status, await made.clone().text()).toBe(201);
    expect((await findRecords(one, owner, 'thing', { fields: ['name', 'note'] })).data).toMatchObject([{ name: 'right', note: 5 }]);
  });

  it('reads through a change of columns without an error', async () => {
    for (let i = 0; i < 6; i++) {
      const type = i % 2 ? 'integer' : 'text';
      const reading = Promise.all(Array.from({ length: 20 }, () => fetch(`${url}?fields=name,note`, { headers: { cookie } }).then((reply) => reply.status)));
      await publish(withFields(thingApp, (fields) => [...fields.filter((field) => field.name !== 'note'), { name: 'note', label: label('note'), type }]));
      const after = await Promise.all(Array.from({ length: 5 }, () => fetch(`${url}?fields=name,note`, { headers: { cookie } }).then((reply) => reply.status)));
      expect([...new Set([...(await reading), ...after])]).toEqual([200]);
    }
  });
});
