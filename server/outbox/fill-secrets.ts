/** `{{$secrets.name}}` in a request: filled in at the moment it is sent, and taken out again of what comes back. */
import type { Label } from '#engine/errors.ts';
import type { Queryable } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { PlainRequest } from './safe-fetch.ts';

const PLACEHOLDER = /\{\{\s*\$secrets\.([a-z][a-z0-9_]*)\s*\}\}/g;
/** Shorter texts would be found everywhere. */
const SHORTEST_HIDDEN = 6;

export type Filled = { readonly request: PlainRequest; readonly values: readonly string[] } | { readonly problem: Label };

export function withoutPlaceholders(text: string): string {
  return text.replace(PLACEHOLDER, (_all, name: string) => `secret-${name.replaceAll('_', '-')}`);
}

export async function fillSecrets(db: Queryable, { method, url, headers, body }: PlainRequest): Promise<Filled> {
  const names = new Set([url, body ?? '', ...Object.values(headers)].flatMap((text) => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name as string)));
  const values = new Map<string, string>();
  for (const name of names) {
    const value = (await db.get<{ value: string }>(sql`SELECT value FROM relata_secret WHERE name = ${name}`))?.value;
    if (value === undefined) return { problem: { 'zh-CN': `没有名为“${name}”的密钥`, en: `There is no secret named "${name}"` } };
    values.set(name, value);
  }
  const fill = (text: string): string => text.replace(PLACEHOLDER, (_all, name: string) => values.get(name) ?? '');
  return {
    request: { method, url: fill(url), headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)])), body: body === null ? null : fill(body) },
    values: [...values.values()],
  };
}

/** A system that answers with what it was sent must not bring a secret into the log of a run. */
export function hideSecrets(text: string, values: readonly string[]): string {
  return values.filter((value) => value.length >= SHORTEST_HIDDEN).reduce((left, value) => left.replaceAll(value, '[hidden]'), text);
}
