/** Argon2id as OWASP asks (19 MiB, two passes), two at a time so that a burst of sign-ins cannot take the machine. */
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '#engine/errors.ts';
import type { Database, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';

const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 2;
const MIN_LENGTH = 10;
const MAX_LENGTH = 256;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export function hashPassword(password: string): Promise<string> {
  checkPassword(password);
  return inTurn(() => hash(password, OPTIONS));
}

function checkPassword(password: string): void {
  if (password.length >= MIN_LENGTH && password.length <= MAX_LENGTH) return;
  throw new AppError('validation_failed', { 'zh-CN': '有内容需要更正', en: 'Some values need correcting' }, [
    { path: '/password/next', code: 'password_length', message: { 'zh-CN': `密码应为 ${MIN_LENGTH} 到 ${MAX_LENGTH} 个字符`, en: `A password has ${MIN_LENGTH} to ${MAX_LENGTH} characters` } },
  ]);
}

/** Verified for an unknown user too, so that the time taken does not tell who exists. */
const decoy = hash('a password that nobody has', OPTIONS);

export async function verifyPassword(database: Database, userId: string | undefined, password: string): Promise<boolean> {
  const row = userId === undefined ? undefined : await database.get<{ password_hash: string }>(sql`SELECT password_hash FROM relata_credential WHERE user_id = ${userId}`);
  const known = row?.password_hash ?? (await decoy);
  const right = await inTurn(() => verify(known, password.slice(0, MAX_LENGTH)));
  return right && row !== undefined;
}

export async function storePassword(tx: Transaction, userId: string, passwordHash: string, now: string): Promise<void> {
  await tx.run(sql`INSERT INTO relata_credential (user_id, password_hash, changed_at) VALUES (${userId}, ${passwordHash}, ${now})
    ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at`);
}

export async function hasPassword(database: Database, userId: string): Promise<boolean> {
  return (await database.get(sql`SELECT 1 AS found FROM relata_credential WHERE user_id = ${userId}`)) !== undefined;
}
