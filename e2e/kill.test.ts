/** Killing the process at any moment loses no acknowledged write: what was answered with 201 is there after the next start, once. */
import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './server.ts';

const ROUNDS = 6;
const WRITERS = 6;

/** The session cookie of someone who signed in with a password. */
async function signIn(server: RunningServer): Promise<string> {
  const response = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'kill@example.com', password: 'a long enough password' }),
  });
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

describe('a killed server', () => {
  it('has every acknowledged record after the next start, once, and finds it', async () => {
    const env = { RELATA_ADMIN_EMAIL: 'kill@example.com', RELATA_ADMIN_PASSWORD: 'a long enough password', RELATA_SAMPLE_DATA: 'off' };
    let server = await startServer({ env });
    const { dataDir } = server;
    const acknowledged: string[] = [];
    let cookie = await signIn(server);
    let count = 0;
    for (let round = 0; round < ROUNDS; round++) {
      let alive = true;
      const write = async (): Promise<void> => {
        while (alive) {
          count += 1;
          const name = `K${count}x`;
          try {
            const response = await fetch(`${server.url}/api/tables/product_category/records`, {
              method: 'POST',
              headers: { cookie, 'content-type': 'application/json', 'idempotency-key': name },
              body: JSON.stringify({ name }),
            });
            if (response.status === 201) acknowledged.push(name);
            await response.arrayBuffer();
          } catch {
            // The connection died with the process: nothing was acknowledged.
          }
        }
      };
      const writers = Array.from({ length: WRITERS }, write);
      await new Promise((resolve) => setTimeout(resolve, 150 + round * 70));
      await server.kill();
      alive = false;
      await Promise.all(writers);
      server = await startServer({ dataDir, env });
      cookie = await signIn(server);
    }
    const found: string[] = [];
    let cursor = '';
    do {
      const page = (await (await fetch(`${server.url}/api/tables/product_category/records?limit=200&fields=name${cursor && `&cursor=${cursor}`}`, { headers: { cookie } })).json()) as {
        data: { name: string }[];
        next: string | null;
      };
      found.push(...page.data.map((record) => record.name));
      cursor = page.next ?? '';
    } while (cursor);
    expect(acknowledged.length).toBeGreaterThan(50);
    expect(new Set(found).size).toBe(found.length);
    expect(acknowledged.filter((name) => !found.includes(name))).toEqual([]);
    const last = acknowledged.at(-1) ?? '';
    const hits = (await (await fetch(`${server.url}/api/tables/product_category/records?search=${last}&fields=name`, { headers: { cookie } })).json()) as { data: { name: string }[] };
    expect(hits.data.map((record) => record.name)).toContain(last);
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});

describe('a server that is asked to stop', () => {
  it('answers what it has begun and ends, with live streams open', async () => {
    const env = { RELATA_ADMIN_EMAIL: 'kill@example.com', RELATA_ADMIN_PASSWORD: 'a long enough password', RELATA_SAMPLE_DATA: 'off' };
    const server = await startServer({ env });
    const cookie = await signIn(server);
    const stream = await fetch(`${server.url}/api/events`, { headers: { cookie } });
    const requests = Array.from({ length: 20 }, (_, i) =>
      fetch(`${server.url}/api/tables/product_category/records`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ name: `S${i}` }),
      }).then((response) => response.status),
    );
    await Promise.race(requests);
    const stopped = server.stop();
    // A connection that was still waiting to be accepted is refused; what was begun is answered.
    const answers = await Promise.allSettled(requests);
    const statuses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    expect(statuses.length).toBeGreaterThan(0);
    expect(statuses.every((status) => status === 201)).toBe(true);
    expect(await stopped).toBe(0);
    expect(await stream.text()).toContain('retry:');
  });
});
