/** Puts what is to leave the house into the outbox, in the transaction of what it tells of. Nothing is sent here. */
import { v7 as uuidv7 } from 'uuid';
import type { Locale } from '#engine/errors.ts';
import { DELIVERY_ATTEMPTS } from '#engine/workflows/limits.ts';
import type { OutgoingRequest } from '#engine/workflows/services.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { openOwn, sealOwn } from '../vault/sealed-values.ts';
import { keyMissing } from '../vault/vault.ts';
import { withoutPlaceholders } from './fill-secrets.ts';

export interface OutgoingEmail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** A path of this app; where the app stands is known when it is sent. */
  readonly link: string | null;
  readonly locale: Locale;
}

export type OutboxPayload = { readonly kind: 'request'; readonly request: OutgoingRequest } | { readonly kind: 'email'; readonly email: OutgoingEmail };

/** All mail goes through one server. */
export const MAIL_HOST = 'smtp';

/** Answers the id, which goes along as `Idempotency-Key` at every try. */
export function queueRequest(tx: Transaction, { request, run, wakeKey, at }: { request: OutgoingRequest; run: string | null; wakeKey: string | null; at: string }): Promise<string> {
  return put(tx, { payload: { kind: 'request', request }, host: hostOf(request.url), attempts: request.attempts, at, run, wakeKey });
}

/** Answers the id, which is the Message-ID at every try. `sendAt`: not before this moment. */
export function queueEmail(tx: Transaction, { email, run = null, wakeKey = null, at, sendAt = at }: { email: OutgoingEmail; run?: string | null; wakeKey?: string | null; at: string; sendAt?: string }): Promise<string> {
  return put(tx, { payload: { kind: 'email', email }, host: MAIL_HOST, attempts: DELIVERY_ATTEMPTS, at, sendAt, run, wakeKey });
}

export const outboxPlace = (id: string): string => `relata_outbox/payload/${id}`;

export function payloadOf(db: Queryable, { id, payload }: { readonly id: string; readonly payload: string }): OutboxPayload {
  const text = openOwn(db.vault, payload, outboxPlace(id));
  if (text === null) throw keyMissing(db.vault.missing);
  return JSON.parse(text) as OutboxPayload;
}

interface Put {
  readonly payload: OutboxPayload;
  readonly host: string;
  readonly attempts: number;
  readonly at: string;
  readonly sendAt?: string;
  readonly run: string | null;
  readonly wakeKey: string | null;
}

async function put(tx: Transaction, { payload, host, attempts, at, sendAt = at, run, wakeKey }: Put): Promise<string> {
  const id = uuidv7();
  await tx.run(
    sql`INSERT INTO relata_outbox (id, kind, host, payload, state, attempts, most_attempts, next_at, created_at, wake_key, run_id)
        VALUES (${id}, ${payload.kind}, ${host}, ${sealOwn(tx.vault, JSON.stringify(payload), outboxPlace(id))}, 'pending', 0, ${attempts}, ${sendAt}, ${at}, ${wakeKey}, ${run})`,
  );
  return id;
}

/** What is held apart from others when it answers badly; an address that is a secret as a whole has its own drawer. */
function hostOf(url: string): string {
  const plain = withoutPlaceholders(url);
  return URL.canParse(plain) ? new URL(plain).host : 'unknown';
}
