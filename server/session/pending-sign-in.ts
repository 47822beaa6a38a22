/** Between password and code: a ticket for five minutes and five tries. */
import { randomBytes } from 'node:crypto';
import type { Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { hashToken } from './sessions.ts';

const TICKET_MS = 5 * 60_000;
const MOST_TRIES = 5;

export async function openTicket(tx: Transaction, userId: string, now: string): Promise<string> {
  const ticket = randomBytes(32).toString('base64url');
  await tx.run(sql`DELETE FROM relata_pending_sign_in WHERE expires_at <= ${now}`);
  await tx.run(sql`INSERT INTO relata_pending_sign_in (token_hash, user_id, expires_at, tries) VALUES (${hashToken(ticket)}, ${userId}, ${new Date(Date.parse(now) + TICKET_MS).toISOString()}, ${0})`);
  return ticket;
}

/** Whose it is, with one try less; undefined when it has run out or was used up. */
export async function tryTicket(tx: Transaction, ticket: string, now: string): Promise<string | undefined> {
  const row = await tx.get<{ user_id: string }>(
    sql`UPDATE relata_pending_sign_in SET tries = tries + 1 WHERE token_hash = ${hashToken(ticket)} AND expires_at > ${now} AND tries < ${MOST_TRIES} RETURNING user_id`,
  );
  return row?.user_id;
}

export async function closeTicket(tx: Transaction, ticket: string): Promise<void> {
  await tx.run(sql`DELETE FROM relata_pending_sign_in WHERE token_hash = ${hashToken(ticket)}`);
}
