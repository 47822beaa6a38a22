/** `Idempotency-Key`: a request that is sent again after its answer was lost does not write a second time. */
import { createHash } from 'node:crypto';
import type { Transaction } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';
import type { Call } from '../endpoint.ts';
import { requestProblem } from './request-parts.ts';

const KEY_PATTERN = /^[\x21-\x7e]{1,200}$/;

/** The same key with the same body answers with the record it made; with another body it is refused. `about`: what the body is said to. */
export async function once({ tx }: { readonly tx: Transaction }, call: Pick<Call, 'actor' | 'workspace' | 'request' | 'body'>, about: string, work: () => Promise<string>): Promise<string> {
  const key = call.request.headers['idempotency-key'];
  if (key === undefined) return work();
  if (typeof key !== 'string' || !KEY_PATTERN.test(key)) throw requestProblem('/Idempotency-Key', 'bad_key', '幂等键应为 1 到 200 个可见字符', 'An idempotency key has 1 to 200 visible characters');
  const { actor, workspace } = call;
  const request = createHash('sha256').update(JSON.stringify([about, call.body])).digest('hex');
  const claimed = await tx.run(
    sql`INSERT INTO relata_idempotency (actor, key, request, table_name, created_at) VALUES (${actor.userId}, ${key}, ${request}, ${about}, ${workspace.now()}) ON CONFLICT (actor, key) DO NOTHING`,
  );
  if (claimed === 0) {
    const known = await tx.get<{ request: string; record_id: string }>(sql`SELECT request, record_id FROM relata_idempotency WHERE actor = ${actor.userId} AND key = ${key}`);
    if (known?.request === request) return known.record_id;
    throw requestProblem('/Idempotency-Key', 'key_reused', '这个幂等键已用于另一个请求', 'This idempotency key was used for another request');
  }
  const id = await work();
  await tx.run(sql`UPDATE relata_idempotency SET record_id = ${id} WHERE actor = ${actor.userId} AND key = ${key}`);
  return id;
}
