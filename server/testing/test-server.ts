/**
 * The API on a free port over a test workspace. Every answer with a 4xx status is checked: what the database and the
 * files folder held before must be there after, or the request fails the test, whatever it was about. Requests that run
 * side by side cannot be told apart, so they are not checked.
 */
import { join } from 'node:path';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import type { Actor } from '#engine/permissions/actor.ts';
import type { Config } from '../config.ts';
import { createApp } from '../http/app.ts';
import type { Restoring } from '../http/endpoint.ts';
import { createSignInLink } from '../session/sessions.ts';
import { createFormLimit } from '../public-forms/form-limit.ts';
import { createSignInLimit } from '../session/sign-in-limit.ts';
import { changedContent, contentOf } from './database-content.ts';
import { type DatabaseName, openTestWorkspace, type TestSettings, type TestWorkspace } from './test-workspace.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Buffer;
  /** The answer as JSON; undefined when it is none. */
  readonly body: unknown;
}

export interface RequestOptions {
  /** Sent as JSON unless it is a string, bytes or a form. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Client {
  /** The session cookie; empty when signed out. */
  cookie: string;
  send(method: string, path: string, options?: RequestOptions): Promise<Reply>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  patch(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  delete(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** A file as a browser sends it. */
  upload(path: string, file: { name: string; content: string | Uint8Array }, fields?: Readonly<Record<string, string>>): Promise<Reply>;
}

export interface TestServer {
  readonly workspace: TestWorkspace;
  readonly url: string;
  /** Nobody, or whoever signs in through it. */
  visitor(): Client;
  /** Signed in through a one-time link. */
  signedIn(actor: Actor): Promise<Client>;
  linkFor(userId: string): Promise<string>;
  close(): Promise<void>;
}

export async function startTestServer(database: DatabaseName, settings: TestSettings & { readonly templatesDir?: string; readonly smtpUrl?: string; readonly restoring?: Restoring }): Promise<TestServer> {
  const workspace = await openTestWorkspace(database, settings);
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    dataDir: workspace.dataDir,
    databaseUrl: workspace.databaseUrl,
    admin: undefined,
    backupDir: join(workspace.dataDir, 'backups'),
    logLevel: 'silent',
    templatesDir: settings.templatesDir ?? '',
    publicDir: undefined,
    sampleData: false,
    secureCookies: false,
    trustedProxies: 0,
    publicUrl: 'http://localhost',
    smtpUrl: settings.smtpUrl,
    mailFrom: 'relata@localhost',
    allowPrivateTargets: [],
  };
  const app = createApp({ workspace, config, signInLimit: createSignInLimit(), formLimit: createFormLimit(), ...(settings.restoring && { restoring: settings.restoring }) });
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
    // Tests work on the server's own thread for longer than that; a connection kept by the client would be closed under its next request.
    listening.keepAliveTimeout = 600_000;
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const traffic = { running: 0, started: 0 };

  async function unchangedBy4xx(what: string, request: () => Promise<Reply>): Promise<Reply> {
    traffic.running += 1;
    traffic.started += 1;
    const mine = traffic.started;
    const alone = traffic.running === 1;
    try {
      const before = alone ? await contentOf(workspace) : {};
      const reply = await request();
      if (alone && reply.status >= 400 && reply.status < 500) {
        const after = await contentOf(workspace);
        if (traffic.started === mine) expect(changedContent(before, after), `${what} answered ${reply.status} and yet changed something`).toEqual([]);
      }
      return reply;
    } finally {
      traffic.running -= 1;
    }
  }

  function visitor(): Client {
    const client: Client = {
      cookie: '',
      async send(method, path, { body, headers = {} } = {}) {
        const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
        const sent: Record<string, string> = { 'Accept-Language': 'en', 'X-Relata': '1', ...headers };
        if (client.cookie !== '') sent.Cookie = client.cookie;
        if (!isRaw && body !== undefined) sent['Content-Type'] ??= 'application/json';
        return unchangedBy4xx(`${method} ${path.slice(0, 200)}`, async () => {
          const response = await fetch(url + path, {
            method,
            headers: sent,
            redirect: 'manual',
            ...(body !== undefined && { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
          });
          const bytes = Buffer.from(await response.arrayBuffer());
          rememberCookie(client, response);
          return toReply(response, bytes);
        });
      },
      get: (path, headers) => client.send('GET', path, { headers }),
      post: (path, body, headers) => client.send('POST', path, { body, headers }),
      patch: (path, body, headers) => client.send('PATCH', path, { body, headers }),
      delete: (path, headers) => client.send('DELETE', path, { headers }),
      upload(path, { name, content }, fields = {}) {
        const form = new FormData();
        for (const [key, value] of Object.entries(fields)) form.set(key, value);
        form.set('file', new Blob([content as BlobPart]), name);
        return client.send('POST', path, { body: form });
      },
    };
    return client;
  }

  async function linkFor(userId: string): Promise<string> {
    return workspace.database.transaction((tx) => createSignInLink(tx, userId, workspace.now()));
  }

  return {
    workspace,
    url,
    visitor,
    linkFor,
    async signedIn(actor) {
      const client = visitor();
      const reply = await client.post('/api/session/link', { token: await linkFor(actor.userId) });
      expect(reply.status, reply.text).toBe(200);
      return client;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await workspace.close();
    },
  };
}

function rememberCookie(client: Client, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    client.cookie = pair.endsWith('=') ? '' : pair;
  }
}

function toReply(response: Response, bytes: Buffer): Reply {
  const text = bytes.toString('utf8');
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, bytes, body: isJson && text !== '' ? (JSON.parse(text) as unknown) : undefined };
}
