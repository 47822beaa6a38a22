/**
 * The only way from a workflow to another system over HTTP. Reaches public addresses alone, checked where the socket is opened, so that a
 * name that answers differently the second time gains nothing. Follows no redirect, waits ten seconds in all, reads 64 kB.
 */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, request as send } from 'undici';
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { OutgoingRequest } from '#engine/workflows/services.ts';
import { storable } from '../records/storable.ts';
import { checkedUrl, Refused, refuseAnswers, refuseHost } from './public-address.ts';

export type PlainRequest = Pick<OutgoingRequest, 'method' | 'url' | 'headers' | 'body'>;

/** `refused`: trying again would change nothing. `failed`: it may pass. */
export type FetchOutcome =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string; readonly isJson: boolean }
  | { readonly kind: 'refused' | 'failed'; readonly problem: Label };

export type Fetcher = (request: PlainRequest) => Promise<FetchOutcome>;

export interface SafeFetchSettings {
  /** `host:port` of targets inside private networks that may be called all the same. */
  readonly allowed: readonly string[];
  /** Replaced in tests. */
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const LARGEST_ANSWER = 65_536;

export function createSafeFetch({ allowed, resolve: ask = allAddresses, timeoutMs = TIMEOUT_MS }: SafeFetchSettings): Fetcher {
  const targets: ReadonlySet<string> = new Set(allowed);
  const guarded: LookupFunction = (hostname, options, callback) => {
    ask(hostname).then(
      (answers) => {
        try {
          refuseAnswers(hostname, answers);
        } catch (error) {
          return callback(error as Error, '', 0);
        }
        if (options.all) return callback(null, [...answers]);
        const [first] = answers;
        callback(null, first?.address ?? '', first?.family ?? 0);
      },
      (error: Error) => callback(error as NodeJS.ErrnoException, '', 0),
    );
  };
  const toPublic = buildConnector({ lookup: guarded, timeout: timeoutMs });
  const toAllowed = buildConnector({ timeout: timeoutMs });
  const agent = new Agent({
    // Literal addresses are looked up by nobody, so they are checked here as well as in `lookup`.
    connect: (options, callback) => {
      const port = options.port || (options.protocol === 'https:' ? '443' : '80');
      if (targets.has(`${options.hostname}:${port}`)) return toAllowed(options, callback);
      try {
        refuseHost(options.hostname);
      } catch (error) {
        return callback(error as Error, null);
      }
      toPublic(options, callback);
    },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: -1,
    pipelining: 0,
  });

  return async ({ method, url: text, headers, body }) => {
    try {
      const url = checkedUrl(text, targets);
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await send(url, { method, headers, body: method === 'GET' ? null : body, dispatcher: agent, signal });
      return { kind: 'answer', status: answer.statusCode, isJson: /json/i.test(String(answer.headers['content-type'] ?? '')), text: await firstBytes(answer.body) };
    } catch (error) {
      return failure(error, timeoutMs);
    }
  };
}

/** What was read as JSON where it is JSON, else as text. */
export function readAnswer({ text, isJson }: { readonly text: string; readonly isJson: boolean }): Json {
  if (isJson) {
    try {
      return storable(JSON.parse(text) as Json);
    } catch {
      // Cut off, or not what it says it is: the text is kept.
    }
  }
  return storable(text);
}

async function firstBytes(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop destroys the stream, and the connection with it.
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= LARGEST_ANSWER) break;
  }
  return Buffer.concat(chunks).subarray(0, LARGEST_ANSWER).toString('utf8');
}

function allAddresses(hostname: string): Promise<LookupAddress[]> {
  return new Promise((done, fail) => {
    resolve(hostname, { all: true, verbatim: true }, (error, addresses) => (error ? fail(error) : done(addresses)));
  });
}

function failure(error: unknown, timeoutMs: number): FetchOutcome {
  if (error instanceof Refused) return { kind: 'refused', problem: error.problem };
  const { name, code, message, cause } = error as { name?: string; code?: string; message?: string; cause?: unknown };
  if (cause instanceof Refused) return { kind: 'refused', problem: cause.problem };
  if (name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT' || code === 'UND_ERR_CONNECT_TIMEOUT') {
    return { kind: 'failed', problem: { 'zh-CN': `${timeoutMs / 1000} 秒内没有完整应答`, en: `No complete answer within ${timeoutMs / 1000} seconds` } };
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { kind: 'failed', problem: { 'zh-CN': '找不到这个域名', en: 'The host name could not be resolved' } };
  if (code === 'UND_ERR_INVALID_ARG') return { kind: 'refused', problem: { 'zh-CN': '请求头或网址中有无效字符', en: 'A header or the address holds characters that may not be sent' } };
  const reason = code ?? message ?? 'unknown';
  return { kind: 'failed', problem: { 'zh-CN': `连接失败（${reason}）`, en: `The connection failed (${reason})` } };
}
