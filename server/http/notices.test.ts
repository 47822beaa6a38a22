/** Inbox, preferences, outbox, secrets and calendar over HTTP: who may, and what open screens hear. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#engine/permissions/actor.ts';
import type { NoticePage } from '#engine/workflows/reports.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { queueEmail } from '../outbox/queue.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';

const preferences = { email: true, quiet: null, digestAt: '08:30', muted: [], absence: null };

describe.each(DATABASES)('notices over HTTP on %s', (database) => {
  let server: TestServer;
  let anna: Actor;
  let annas: Client;
  let owners: Client;
  beforeAll(async () => {
    server = await startTestServer(database, { definitions: thingApp });
    anna = await server.workspace.addUser({ name: 'anna', roles: ['worker'] });
    annas = await server.signedIn(anna);
    owners = await server.signedIn(await server.workspace.addUser({ name: 'olga', roles: ['owner'] }));
  });
  afterAll(() => server.close());

  const tell = (to: string): Promise<number> =>
    server.workspace.database.transaction((tx) =>
      queueNotices(tx, server.workspace, { to: [to], title: { 'zh-CN': '看', en: 'Look' }, record: null, channels: ['inApp'], urgent: true, workflow: null, run: null, at: server.workspace.now(), mandatory: false }),
    );

  it('are listed, changed and counted for oneself alone', async () => {
    await tell(anna.userId);
    const page = (await annas.get('/api/notices')).body as NoticePage;
    expect(page).toMatchObject({ unread: 1, next: null, items: [{ title: 'Look', kind: 'notice' }] });
    expect(((await annas.get('/api/notices', { 'Accept-Language': 'zh-CN' })).body as NoticePage).items[0]?.title).toBe('看');
    expect(((await owners.get('/api/notices')).body as NoticePage).items).toEqual([]);
    const id = page.items[0]?.id;
    expect((await owners.patch(`/api/notices/${id}`, { read: true })).status).toBe(404);
    expect((await annas.patch(`/api/notices/${id}`, { done: true })).body).toMatchObject({ id, doneAt: server.workspace.now() });
    expect((await annas.get('/api/notices?show=else')).status).toBe(400);
    expect((await server.visitor().get('/api/notices')).status).toBe(401);
    expect((await annas.post('/api/notices/read-all')).status).toBe(204);
  });

  it('keep one’s wishes, checked', async () => {
    expect((await annas.get('/api/notices/preferences')).body).toEqual({ email: true, quiet: { from: '21:00', to: '08:00' }, digestAt: null, muted: [], absence: null, workflows: [] });
    expect((await annas.send('PUT', '/api/notices/preferences', { body: preferences })).body).toEqual({ ...preferences, workflows: [] });
    const refused = await annas.send('PUT', '/api/notices/preferences', { body: { ...preferences, absence: { delegate: anna.userId, from: '2026-07-10', to: '2026-07-01' } } });
    expect(refused).toMatchObject({ status: 422, body: { issues: [{ path: '/absence/delegate' }, { path: '/absence/to' }] } });
    expect((await annas.send('PUT', '/api/notices/preferences', { body: { ...preferences, digestAt: '25:00' } })).status).toBe(422);
  });

  it('are told to the open screens of whom they are for', async () => {
    const abort = new AbortController();
    const response = await fetch(`${server.url}/api/events`, { headers: { cookie: annas.cookie }, signal: abort.signal });
    const heard: string[] = [];
    const reading = (async () => {
      for await (const chunk of response.body ?? []) heard.push(Buffer.from(chunk as Uint8Array).toString());
    })().catch(() => undefined);
    await new Promise((done) => setTimeout(done, 100));
    await tell(anna.userId);
    for (let tries = 0; tries < 100 && !heard.join('').includes('event: notice'); tries++) await new Promise((done) => setTimeout(done, 20));
    expect(heard.join('')).toContain('event: notice\ndata: {"unread":1}');
    abort.abort();
    await reading;
  });

  it('leave outbox, secrets and calendar to system owners', async () => {
    for (const path of ['/api/workflows/outbox', '/api/workflows/secrets', '/api/calendar']) {
      expect((await annas.get(path)).status, path).toBe(403);
      expect((await owners.get(path)).status, path).toBe(200);
    }
    expect((await annas.send('PUT', '/api/workflows/secrets/key', { body: { value: 'x' } })).status).toBe(403);
    expect((await owners.send('PUT', '/api/workflows/secrets/key', { body: { value: 'hidden-value' } })).status).toBe(204);
    const names = await owners.get('/api/workflows/secrets');
    expect(names.body).toEqual({ names: ['key'] });
    expect((await owners.send('PUT', '/api/workflows/secrets/Not-A-Name', { body: { value: 'x' } })).status).toBe(422);
    expect((await owners.delete('/api/workflows/secrets/key')).status).toBe(204);
    expect((await owners.delete('/api/workflows/secrets/key')).status).toBe(404);
  });

  it('let the owner send again or take out what lies in the outbox', async () => {
    const id = await server.workspace.database.transaction((tx) => queueEmail(tx, { email: { to: 'a@b.cn', subject: 's', text: 't', link: null, locale: 'en' }, at: server.workspace.now() }));
    expect((await owners.get('/api/workflows/outbox?state=pending')).body).toMatchObject({ items: [{ id, state: 'pending', target: 'a@b.cn' }], next: null });
    expect((await owners.get('/api/workflows/outbox?state=else')).status).toBe(400);
    expect((await owners.post(`/api/workflows/outbox/${id}/retry`)).body).toMatchObject({ id, state: 'pending', attempts: 0 });
    expect((await annas.delete(`/api/workflows/outbox/${id}`)).status).toBe(403);
    expect((await owners.delete(`/api/workflows/outbox/${id}`)).status).toBe(204);
    expect((await owners.delete(`/api/workflows/outbox/${id}`)).status).toBe(404);
  });

  it('keep a calendar that is sent back as it was read', async () => {
    const { missingYears, ...calendar } = (await owners.get('/api/calendar')).body as { missingYears: number[]; days: object[] };
    expect(missingYears).toContain(2026);
    const saved = await owners.send('PUT', '/api/calendar', { body: { ...calendar, days: [{ day: '2026-10-01', working: false, name: '国庆节' }] } });
    expect(saved).toMatchObject({ status: 200, body: { days: [{ day: '2026-10-01', working: false, name: '国庆节' }] } });
    expect((await owners.send('PUT', '/api/calendar', { body: { ...calendar, from: '19:00' } })).status).toBe(422);
  });
});
