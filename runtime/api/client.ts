/** The one door to `/api`: language and same-origin headers, JSON in and out, problems as `Problem`. */
import { currentLocale, i18n } from '../app/i18n/index.ts';
import { Problem } from './problem.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  readonly body?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Hears how much of a `form` has been sent, 0 to 1. */
  readonly onProgress?: (sent: number) => void;
}

const signedOutListeners = new Set<() => void>();

/** Called whenever the server answers that nobody is signed in. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

export function reportSignedOut(): void {
  for (const listener of signedOutListeners) listener();
}

function headersOf(method: Method, options: RequestOptions): Record<string, string> {
  return {
    Accept: 'application/json, application/problem+json',
    'Accept-Language': currentLocale(),
    ...(method === 'GET' ? {} : { 'X-Relata': '1' }),
    ...(options.form || method === 'GET' ? {} : { 'Content-Type': 'application/json' }),
    ...options.headers,
  };
}

function readJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(0, { title: i18n.t('error.unknown') });
  }
}

function settle<Answer>(path: string, status: number, text: string): Answer {
  if (status >= 200 && status < 300) return readJson(text) as Answer;
  let document: unknown = null;
  try {
    document = JSON.parse(text);
  } catch {
    document = { title: i18n.t('error.unknown') };
  }
  if (status === 401 && path !== '/api/session' && path !== '/api/session/link') reportSignedOut();
  throw new Problem(status, typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : {});
}

let isSilent = false;
const never = new Promise<never>(() => undefined);

/** Until the page is gone, or signing out has failed. */
export function askNoMore(silent: boolean): void {
  isSilent = silent;
}

export async function request<Answer>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer> {
  if (isSilent) return never;
  if (options.form && options.onProgress) return send<Answer>(method, path, options.form, options);
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      headers: headersOf(method, options),
      credentials: 'same-origin',
      body: options.form ?? (options.body === undefined ? (method === 'POST' || method === 'PATCH' ? '{}' : null) : JSON.stringify(options.body)),
      signal: options.signal ?? null,
    });
    text = await response.text();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, { title: i18n.t('error.network') });
  }
  return settle<Answer>(path, response.status, text);
}

/** fetch cannot tell how far an upload has come; XMLHttpRequest can. */
function send<Answer>(method: Method, path: string, form: FormData, options: RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open(method, path);
    for (const [name, value] of Object.entries(headersOf(method, options))) call.setRequestHeader(name, value);
    call.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    call.onload = () => {
      try {
        resolve(settle<Answer>(path, call.status, call.responseText));
      } catch (error) {
        reject(error);
      }
    };
    call.onerror = () => reject(new Problem(0, { title: i18n.t('error.network') }));
    options.signal?.addEventListener('abort', () => call.abort());
    call.send(form);
  });
}

/** A query string of the given values; what is undefined is left out. */
export function queryString(values: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
