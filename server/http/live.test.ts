/** Live events reach those who may read the record, and nobody else; a session that ends, ends its stream. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thingApp } from '../testing/thing-app.ts';
import { eventually, listen } from '../testing/live-stream.ts';
import { type Client, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import type { Actor } from '#engine/permissions/actor.ts';

describe.each(DATABASES)('live events on %s', (database) => {
  let server: TestServer;
  let anna: Actor;
  let bert: Actor;
  let annas: Client;
  let berts: Client;
  beforeAll(async () => {
    server = await startTestServer(database, { definitions: thingApp });
    anna = await server.workspace.addUser({ name: 'anna', roles: ['worker'] });
    bert = await server.workspace.addUser({ name: 'bert', roles: ['worker'] });
    annas = await server.signedIn(anna);
    berts = await server.signedIn(bert);
  });
  afterAll(() => server.close());

  it('tell the one who may read the record, and not the other', async () => {
    const [hers, his] = [await listen(server, annas), await listen(server, berts)];
    const id = await server.workspace.create(anna, 'thing', { name: 'only hers' });
    expect(await eventually(() => hers.events.length > 0)).toBe(true);
    expect(hers.events[0]).toEqual({ event: 'record', data: { table: 'thing', id, action: 'create', by: anna.userId } });
    const own = await server.workspace.create(bert, 'thing', { name: 'only his' });
    expect(await eventually(() => his.events.length > 0)).toBe(true);
    expect(his.events.map((event) => (event.data as { id: string }).id)).toEqual([own]);
    hers.close();
    his.close();
    await Promise.all([hers.ended, his.ended]);
  });

  it('need a session', async () => {
    expect((await server.visitor().get('/api/events')).status).toBe(401);
  });

  it('end with the session they belong to', async () => {
    const client = await server.signedIn(bert);
    const stream = await listen(server, client);
    await client.delete('/api/session');
    await stream.ended;
    expect(stream.events.at(-1)?.event).toBe('signed-out');
  });
});
