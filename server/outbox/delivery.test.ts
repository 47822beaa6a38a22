/** The outbox on both databases: what is sent, again and with the same id, what is given up, and that no host holds up the others. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '#engine/permissions/actor.ts';
import type { DeliveryResult, OutgoingRequest } from '#engine/workflows/services.ts';
import { sql } from '../db/sql.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { thingApp } from '../testing/thing-app.ts';
import { waitAfter } from './back-off.ts';
import { createDelivery, type Delivery, type DeliverySettings } from './delivery.ts';
import type { MailMessage, MailOutcome } from './mailer.ts';
import { outboxPage, removeDelivery, retryDelivery } from './outbox-items.ts';
import { queueEmail, queueRequest } from './queue.ts';
import { createSafeFetch } from './safe-fetch.ts';
import { storeSecret } from './secrets.ts';

const START = '2026-06-15T04:00:00.000Z';
const later = (seconds: number): string => new Date(Date.parse(START) + seconds * 1000).toISOString();
const email = { to: 'anna@example.com', subject: 'Hello', text: 'Text', link: '/tables/thing/records/1', locale: 'en' } as const;

describe.each(DATABASES)('the outbox on %s', (database) => {
  let workspace: TestWorkspace;
  let servers: Server[] = [];
  let results: { key: string; result: DeliveryResult }[] = [];
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp, now: START });
  });
  beforeEach(async () => {
    workspace.setNow(START);
    results = [];
    await workspace.database.transaction((tx) => tx.run(sql`DELETE FROM relata_outbox`));
  });
  afterEach(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    servers = [];
  });
  afterAll(() => workspace.close());

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function deliveryTo(hosts: readonly string[], settings: Partial<DeliverySettings> = {}): Delivery {
    return createDelivery(workspace, {
      mailer: null,
      fetcher: createSafeFetch({ allowed: hosts, timeoutMs: 500 }),
      publicUrl: 'https://crm.example.com',
      random: () => 0,
      onResult: async (_tx, key, result) => void results.push({ key, result }),
      ...settings,
    });
  }

  const request = (url: string, rest: Partial<OutgoingRequest> = {}): OutgoingRequest => ({ method: 'POST', url, headers: {}, body: '{"a":1}', attempts: 3, ...rest });
  const put = (own: OutgoingRequest, wakeKey: string | null = null): Promise<string> => workspace.database.transaction((tx) => queueRequest(tx, { request: own, run: 'run1', wakeKey, at: workspace.now() }));
  const items = async () => (await outboxPage(workspace.database, {})).items;

  async function bodyOf(incoming: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  }

  it('sends a request with its id and tells the run that waits what was answered', async () => {
    const seen: { headers: IncomingMessage['headers']; body: string }[] = [];
    const host = await serve(async (incoming, response) => {
      seen.push({ headers: incoming.headers, body: await bodyOf(incoming) });
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"ok":true}');
    });
    const id = await put(request(`http://${host}/hook?secret=x`), 'step1');
    expect(await deliveryTo([host]).deliverDue()).toBe(1);
    expect(seen[0]?.headers).toMatchObject({ 'idempotency-key': id, 'user-agent': 'Relata', 'content-type': 'application/json; charset=utf-8' });
    expect(seen[0]?.body).toBe('{"a":1}');
    expect(results).toEqual([{ key: 'step1', result: { ok: true, status: 200, body: { ok: true }, error: null } }]);
    expect(await items()).toMatchObject([{ id, state: 'sent', target: `POST http://${host}/hook`, run: 'run1', attempts: 1 }]);
    expect(await deliveryTo([host]).deliverDue()).toBe(0);
  });

  it('tries again with growing waits and the same id, then gives up and says so once', async () => {
    const ids: unknown[] = [];
    const host = await serve((incoming, response) => {
      ids.push(incoming.headers['idempotency-key']);
      response.writeHead(500).end('no');
    });
    const id = await put(request(`http://${host}/`), 'step');
    const delivery = deliveryTo([host]);
    await delivery.deliverDue();
    expect((await items())[0]).toMatchObject({ state: 'pending', nextAt: later(30), problem: { en: 'It answered 500' } });
    expect(await delivery.deliverDue()).toBe(0);
    workspace.setNow(later(30));
    await delivery.deliverDue();
    expect((await items())[0]?.nextAt).toBe(later(150));
    workspace.setNow(later(150));
    await delivery.deliverDue();
    expect((await items())[0]).toMatchObject({ state: 'dead', attempts: 3, nextAt: null });
    expect(ids).toEqual([id, id, id]);
    expect(results).toEqual([{ key: 'step', result: { ok: false, status: 500, body: 'no', error: { 'zh-CN': '对方返回 500', en: 'It answered 500' } } }]);
  });

  it.each([
    [410, 'It answers that it is gone for good (410)'],
    [302, 'It redirects elsewhere (302), which is not followed'],
    [404, 'It answered 404'],
  ])('gives up at once at %d', async (status, problem) => {
    const host = await serve((_incoming, response) => void response.writeHead(status, { Location: 'http://169.254.169.254/' }).end());
    await put(request(`http://${host}/`));
    await deliveryTo([host]).deliverDue();
    expect((await items())[0]).toMatchObject({ state: 'dead', attempts: 1, problem: { en: problem } });
  });

  it('never reaches a private address', async () => {
    let heard = 0;
    const host = await serve((_incoming, response) => {
      heard += 1;
      response.end();
    });
    await put(request(`http://${host}/`));
    await deliveryTo([]).deliverDue();
    expect(heard).toBe(0);
    expect((await items())[0]).toMatchObject({ state: 'dead', problem: { en: '"127.0.0.1" is not a public address; the request was refused' } });
  });

  it('fills in secrets when it sends, keeps them nowhere, and does not let an echo bring them back', async () => {
    let seen = '';
    const host = await serve((incoming, response) => {
      seen = `${incoming.url} ${incoming.headers.authorization}`;
      response.end(`you sent ${incoming.headers.authorization}`);
    });
    await storeSecret(workspace, systemActor, 'api_key', 'very-secret-value');
    await put(request(`http://${host}/?key={{$secrets.api_key}}`, { headers: { Authorization: 'Bearer {{ $secrets.api_key }}' } }), 'step');
    await deliveryTo([host]).deliverDue();
    expect(seen).toBe('/?key=very-secret-value Bearer very-secret-value');
    expect(results[0]?.result.body).toBe('you sent Bearer [hidden]');
    const stored = await workspace.database.all(sql`SELECT payload, problem FROM relata_outbox`);
    const audit = await workspace.database.all(sql`SELECT record_id, changes FROM relata_audit`);
    expect(JSON.stringify([stored, audit])).not.toContain('very-secret-value');
  });

  it('with a secret that nobody has stored is given up with its name', async () => {
    await put(request('https://example.com/{{$secrets.lost}}'));
    await deliveryTo([]).deliverDue();
    expect((await items())[0]).toMatchObject({ state: 'dead', problem: { en: 'There is no secret named "lost"' } });
  });

  it('sends again, with the same id, what a process was sending when it died', async () => {
    const ids: unknown[] = [];
    const host = await serve((incoming, response) => {
      ids.push(incoming.headers['idempotency-key']);
      response.end();
    });
    const id = await put(request(`http://${host}/`), 'step');
    await workspace.database.transaction((tx) => tx.run(sql`UPDATE relata_outbox SET state = 'sending', attempts = 1, lease_owner = 'dead process', lease_until = ${later(30)} WHERE id = ${id}`));
    expect(await deliveryTo([host]).deliverDue()).toBe(0);
    workspace.setNow(later(31));
    expect(await deliveryTo([host]).deliverDue()).toBe(1);
    expect(ids).toEqual([id]);
    expect(results).toHaveLength(1);
  });

  it('is sent once however many processes look', async () => {
    let heard = 0;
    const host = await serve((_incoming, response) => {
      heard += 1;
      setTimeout(() => response.end(), 20);
    });
    for (let n = 0; n < 6; n++) await put(request(`http://${host}/${n}`));
    const processes = [deliveryTo([host]), deliveryTo([host]), deliveryTo([host])];
    while ((await Promise.all(processes.map((one) => one.deliverDue()))).some((tried) => tried > 0));
    expect(heard).toBe(6);
  });

  it('has at most two under way at one host, and a hanging host holds up no other', async () => {
    let atOnce = 0;
    let most = 0;
    const hanging = await serve((incoming) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      incoming.on('close', () => {
        atOnce -= 1;
      });
    });
    let answered = 0;
    const quick = await serve((_incoming, response) => {
      answered += 1;
      response.end();
    });
    for (let n = 0; n < 60; n++) await put(request(`http://${hanging}/${n}`, { attempts: 1 }));
    await put(request(`http://${quick}/`), 'quick');
    const delivery = deliveryTo([hanging, quick]);
    delivery.start();
    const began = Date.now();
    while (answered === 0 && Date.now() - began < 5_000) await new Promise((done) => setTimeout(done, 20));
    const took = Date.now() - began;
    await delivery.stop();
    expect(most).toBeLessThanOrEqual(2);
    expect(took).toBeLessThan(450);
  });

  it('leaves a host alone for a minute after five failures', async () => {
    let heard = 0;
    const host = await serve((_incoming, response) => {
      heard += 1;
      response.writeHead(503).end();
    });
    for (let n = 0; n < 12; n++) await put(request(`http://${host}/${n}`, { attempts: 8 }));
    const delivery = deliveryTo([host]);
    await delivery.deliverDue();
    expect(heard).toBeLessThanOrEqual(6);
    const before = heard;
    expect(await delivery.deliverDue()).toBe(0);
    workspace.setNow(later(61));
    await delivery.deliverDue();
    expect(heard).toBeGreaterThan(before);
  });

  it('holds mail while no server is set up, and sends it when the administrator says so', async () => {
    await workspace.database.transaction((tx) => queueEmail(tx, { email, at: START }));
    expect(await deliveryTo([]).deliverDue()).toBe(0);
    const [held] = await items();
    expect(held).toMatchObject({ state: 'held', kind: 'email', target: 'anna@example.com', subject: 'Hello', body: 'Text\n\n/tables/thing/records/1' });
    const sent: MailMessage[] = [];
    const mailer = {
      send: async (message: MailMessage): Promise<MailOutcome> => {
        sent.push(message);
        return { kind: 'sent' };
      },
    };
    const delivery = deliveryTo([], { mailer });
    expect(await delivery.deliverDue()).toBe(0);
    await retryDelivery(workspace.database, held?.id ?? '', START);
    await delivery.deliverDue();
    expect(sent).toEqual([{ id: held?.id, to: 'anna@example.com', subject: 'Hello', text: 'Text\n\nhttps://crm.example.com/tables/thing/records/1' }]);
  });

  it('loses no mail in a day without a mail server', async () => {
    const down: MailOutcome = { kind: 'later', problem: { 'zh-CN': '停', en: 'down' } };
    let outcome: MailOutcome = down;
    const ids: string[] = [];
    const delivery = deliveryTo([], {
      mailer: {
        send: async ({ id }) => {
          ids.push(id);
          return outcome;
        },
      },
    });
    const id = await workspace.database.transaction((tx) => queueEmail(tx, { email, at: START }));
    for (let hour = 0; hour <= 24; hour++) {
      workspace.setNow(later(hour * 3600));
      await delivery.deliverDue();
    }
    expect((await items())[0]?.state).toBe('pending');
    outcome = { kind: 'sent' };
    workspace.setNow(later(48 * 3600));
    await delivery.deliverDue();
    expect((await items())[0]?.state).toBe('sent');
    expect(new Set(ids)).toEqual(new Set([id]));
  });

  it('shows the words of a mail server that refuses', async () => {
    await workspace.database.transaction((tx) => queueEmail(tx, { email, at: START }));
    await deliveryTo([], { mailer: { send: async () => ({ kind: 'refused', problem: { 'zh-CN': '拒收', en: 'refused: no such user' } }) } }).deliverDue();
    expect((await items())[0]).toMatchObject({ state: 'dead', problem: { en: 'refused: no such user' } });
  });

  it('can be taken out by hand, unless a run waits for it', async () => {
    const free = await put(request('https://example.com/'));
    const awaited = await put(request('https://example.com/'), 'step');
    await removeDelivery(workspace.database, free);
    await expect(removeDelivery(workspace.database, awaited)).rejects.toMatchObject({ code: 'conflict' });
    expect((await items()).map(({ id }) => id)).toEqual([awaited]);
  });
});

describe('the wait before the next try', () => {
  it('grows fourfold up to a day, a little earlier at random', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => waitAfter(attempts, 0) / 1000)).toEqual([30, 120, 480, 1920, 7680, 30_720, 86_400, 86_400]);
    expect(waitAfter(1, 1)).toBe(24_000);
  });
});
