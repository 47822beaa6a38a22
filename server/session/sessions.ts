/** Sessions: 32 random bytes in a cookie, their SHA-256 in the database. Ended by sign-out, by age, or by disabling the user. */
import { createHash, randomBytes } from 'node:crypto';
import type { Database, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';

const ABSOLUTE_MS = 30 * 86_400_000;
const IDLE_MS = 7 * 86_400_000;
/** `seen_at` is written at most this often: a read should not cost a commit. */
const SEEN_EVERY_MS = 3_600_000;
const LINK_MS = 24 * 3_600_000;
export const INVITATION_MS = 7 * 24 * 3_600_000;

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

const later = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();

export async function openSession(tx: Transaction, userId: string, now: string, userAgent: string, address = ''): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await tx.run(sql`INSERT INTO relata_session (token_hash, user_id, created_at, seen_at, expires_at, user_agent, address)
    VALUES (${hashToken(token)}, ${userId}, ${now}, ${now}, ${later(now, ABSOLUTE_MS)}, ${userAgent.slice(0, 200)}, ${address.slice(0, 60)})`);
  return token;
}

export interface LiveSession {
  readonly userId: string;
  /** Whose view an administrator looks at through it. */
  readonly viewAs: string | null;
}

/** Undefined when the session is unknown, idle for too long or ended. */
export async function liveSession(database: Database, token: string, now: string): Promise<LiveSession | undefined> {
  const hash = hashToken(token);
  const row = await database.get<{ user_id: string; seen_at: string; expires_at: string; view_as: string | null }>(sql`SELECT user_id, seen_at, expires_at, view_as FROM relata_session WHERE token_hash = ${hash}`);
  if (!row || row.expires_at <= now || later(row.seen_at, IDLE_MS) <= now) return undefined;
  if (later(row.seen_at, SEEN_EVERY_MS) <= now) {
    await database.transaction(async (tx) => void (await tx.run(sql`UPDATE relata_session SET seen_at = ${now} WHERE token_hash = ${hash}`)));
  }
  return { userId: row.user_id, viewAs: row.view_as };
}

export async function closeSession(database: Database, token: string): Promise<void> {
  await database.transaction(async (tx) => void (await tx.run(sql`DELETE FROM relata_session WHERE token_hash = ${hashToken(token)}`)));
}

/** Every session of a user but one: after a change of password. */
export async function closeOtherSessions(tx: Transaction, userId: string, keep: string): Promise<number> {
  return tx.run(sql`DELETE FROM relata_session WHERE user_id = ${userId} AND token_hash <> ${hashToken(keep)}`);
}

/** Null: back to one's own view. */
export async function setViewAs(tx: Transaction, token: string, userId: string | null): Promise<void> {
  await tx.run(sql`UPDATE relata_session SET view_as = ${userId} WHERE token_hash = ${hashToken(token)}`);
}

export interface SessionInfo {
  /** Part of the hash: enough to name it, of no use to sign in. */
  readonly id: string;
  readonly current: boolean;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly userAgent: string;
  readonly address: string;
}

const ID_LENGTH = 32;

export async function listSessions(database: Database, userId: string, own: string, now: string): Promise<SessionInfo[]> {
  const rows = await database.all<{ token_hash: string; created_at: string; seen_at: string; expires_at: string; user_agent: string | null; address: string | null }>(
    sql`SELECT token_hash, created_at, seen_at, expires_at, user_agent, address FROM relata_session WHERE user_id = ${userId} AND expires_at > ${now} ORDER BY seen_at DESC`,
  );
  return rows
    .filter(({ seen_at }) => later(seen_at, IDLE_MS) > now)
    .map((row) => ({ id: row.token_hash.slice(0, ID_LENGTH), current: row.token_hash === hashToken(own), createdAt: row.created_at, seenAt: row.seen_at, userAgent: row.user_agent ?? '', address: row.address ?? '' }));
}

export async function closeSessionById(tx: Transaction, userId: string, id: string): Promise<boolean> {
  return (await tx.run(sql`DELETE FROM relata_session WHERE user_id = ${userId} AND substr(token_hash, 1, ${ID_LENGTH}) = ${id}`)) > 0;
}

/** A secret that signs a user in once, within a day; an invitation within a week. */
export async function createSignInLink(tx: Transaction, userId: string, now: string, lasts = LINK_MS): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await tx.run(sql`INSERT INTO relata_sign_in_link (token_hash, user_id, expires_at) VALUES (${hashToken(token)}, ${userId}, ${later(now, lasts)})`);
  return token;
}

/** Redeems a link in one statement, so that two who hold it cannot both. */
export async function redeemSignInLink(tx: Transaction, token: string, now: string): Promise<string | undefined> {
  const row = await tx.get<{ user_id: string }>(
    sql`UPDATE relata_sign_in_link SET used_at = ${now} WHERE token_hash = ${hashToken(token)} AND used_at IS NULL AND expires_at > ${now} RETURNING user_id`,
  );
  return row?.user_id;
}
