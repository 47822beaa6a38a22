/** Requests of workflows reach public addresses only, however the address is written; and no server can hold them up. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSafeFetch, type FetchOutcome, readAnswer } from './safe-fetch.ts';

const get = { method: 'GET', headers: {}, body: null } as const;

const PRIVATE_HOSTS = [
  '127.0.0.1', '127.0.0.2', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0177.0.0.1', '017700000001', '0', '0.0.0.0', '0x0',
  '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '2852039166', '0xa9fea9fe', '100.64.0.1', '198.18.0.1', '192.0.2.1', '224.0.0.1', '255.255.255.255',
  '[::]', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:a9fe:a9fe]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '[::ffff:0:7f00:1]', '[2001:0:7f00:1::]',
  'localhost', 'LOCALHOST', 'localhost.', 'app.localhost', '127.0.0.1.', '①②⑦.⓪.⓪.①', '127。0。0。1',
];

describe('a request of a workflow', () => {
  let listener: Server;
  let port = 0;
  let heard = 0;
  beforeAll(async () => {
    listener = createSocketServer(() => {
      heard += 1;
    }) as unknown as Server;
    await new Promise<void>((done) => listener.listen(0, '::', done));
    port = (listener.address() as AddressInfo).port;
  });
  afterAll(() => void listener.close());

  it.each(PRIVATE_HOSTS)('is refused for %s, and nothing is opened', async (host) => {
    const fetch = createSafeFetch({ allowed: [] });
    for (const url of [`http://${host}:${port}/`, `https://${host}:${port}/`]) {
      const outcome = await fetch({ ...get, url });
      expect(outcome.kind, url).toBe('refused');
    }
    expect(heard).toBe(0);
  });

  it.each(['127.0.0.1', '10.1.2.3', '::1', '::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe', 'fd00::1'])('is refused when DNS answers %s', async (address) => {
    const fetch = createSafeFetch({ allowed: [], resolve: async () => [{ address: '93.184.216.34', family: 4 }, { address, family: address.includes(':') ? 6 : 4 }] });
    expect((await fetch({ ...get, url: `http://rebound.example:${port}/` })).kind).toBe('refused');
    expect(heard).toBe(0);
  });

  it('asks DNS anew for each connection, so that a second answer is judged too', async () => {
    const answers = ['93.184.216.34', '127.0.0.1'];
    let asked = 0;
    const fetch = createSafeFetch({ allowed: [], timeoutMs: 300, resolve: async () => [{ address: answers[asked++] ?? '127.0.0.1', family: 4 }] });
    await fetch({ ...get, url: `http://flips.example:${port}/` });
    expect((await fetch({ ...get, url: `http://flips.example:${port}/` })).kind).toBe('refused');
    expect(heard).toBe(0);
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'http://user:pass@example.com/', 'http://example.com:25/', 'http://example.com:6/', 'gopher://example.com', 'not a url', ''])('is refused for %s', async (url) => {
    expect((await createSafeFetch({ allowed: [] })({ ...get, url })).kind).toBe('refused');
  });

  it('lets through only the very target that is allowed', async () => {
    const fetch = createSafeFetch({ allowed: ['127.0.0.1:1'] });
    expect((await fetch({ ...get, url: `http://127.0.0.1:${port}/` })).kind).toBe('refused');
    expect((await fetch({ ...get, url: 'http://127.0.0.1:1/' })).kind).toBe('failed');
  });

  it('with a line break in a header is refused', async () => {
    const fetch = createSafeFetch({ allowed: [`127.0.0.1:${port}`] });
    expect((await fetch({ ...get, headers: { 'X-A': 'a\r\nX-B: b' }, url: `http://127.0.0.1:${port}/` })).kind).toBe('refused');
  });
});

describe('a hostile server', () => {
  const servers: Server[] = [];
  async function answering(listener: RequestListener): Promise<{ url: string; fetch: (path?: string) => Promise<FetchOutcome> }> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const fetch = createSafeFetch({ allowed: [`127.0.0.1:${port}`], timeoutMs: 400 });
    return { url: `http://127.0.0.1:${port}`, fetch: (path = '/') => fetch({ ...get, url: `http://127.0.0.1:${port}${path}` }) };
  }
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('that never answers is given up after the time limit', async () => {
    const { fetch } = await answering(() => undefined);
    expect(await fetch()).toMatchObject({ kind: 'failed', problem: { en: 'No complete answer within 0.4 seconds' } });
  });

  it('that drips one byte at a time is given up after the time limit', async () => {
    const { fetch } = await answering((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(drip));
    });
    expect((await fetch()).kind).toBe('failed');
  });

  it('that never stops talking is cut at 64 kB', async () => {
    let written = 0;
    const { fetch } = await answering((_request, response) => {
      const block = Buffer.alloc(16_384, 'x');
      const more = (): void => {
        while (!response.destroyed && written < 50_000_000 && response.write(block)) written += block.length;
        response.once('drain', more);
      };
      more();
    });
    const outcome = await fetch();
    expect(outcome.kind === 'answer' && outcome.text.length).toBe(65_536);
    expect(written).toBeLessThan(50_000_000);
  });

  it('that redirects is not followed', async () => {
    const asked: string[] = [];
    const { fetch } = await answering((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { Location: 'http://169.254.169.254/latest/meta-data' }).end();
    });
    expect(await fetch('/start')).toMatchObject({ kind: 'answer', status: 302 });
    expect(asked).toEqual(['/start']);
  });
});

describe('an answer', () => {
  it('is JSON where it says so and is, else text without what no database keeps', () => {
    expect(readAnswer({ text: '{"a":1}', isJson: true })).toEqual({ a: 1 });
    expect(readAnswer({ text: '{"a":', isJson: true })).toBe('{"a":');
    expect(readAnswer({ text: 'a\0b', isJson: false })).toBe('ab');
  });
});
