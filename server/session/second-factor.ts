/**
 * The second factor: a code that changes every thirty seconds (RFC 6238), and ten codes on paper for a lost phone. A code counts once;
 * recovery codes are kept as hashes. The secret is shown while it is being set up and never again.
 */
import { createHash, randomInt } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { toDataURL } from 'qrcode';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';

/** A clock may be one step off. */
const TOLERANCE_S = 30;
const RECOVERY_CODES = 10;
/** Without letters that are mistaken for another; 32 of them, so ten make fifty bits. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

interface FactorRow {
  readonly secret: string;
  readonly confirmed_at: string | null;
  readonly last_step: number | null;
  readonly recovery: string;
}

const hashCode = (code: string): string => createHash('sha256').update(code.toLowerCase().replace(/[^a-z0-9]/g, '')).digest('hex');

async function factorOf(db: Queryable, userId: string): Promise<FactorRow | undefined> {
  return db.get<FactorRow>(sql`SELECT secret, confirmed_at, last_step, recovery FROM relata_second_factor WHERE user_id = ${userId}`);
}

export async function hasSecondFactor(db: Queryable, userId: string): Promise<boolean> {
  return (await db.get(sql`SELECT 1 AS found FROM relata_second_factor WHERE user_id = ${userId} AND confirmed_at IS NOT NULL`)) !== undefined;
}

export interface Enrolment {
  /** For typing in by hand. */
  readonly secret: string;
  readonly uri: string;
  /** The same as a picture. */
  readonly qr: string;
}

/** Waits to be confirmed; one that is confirmed stays as it is until then. */
export async function beginSecondFactor(tx: Transaction, userId: string, { issuer, label, now }: { readonly issuer: string; readonly label: string; readonly now: string }): Promise<Enrolment> {
  const secret = generateSecret();
  const uri = generateURI({ issuer, label, secret });
  await tx.run(sql`DELETE FROM relata_second_factor WHERE user_id = ${userId} AND confirmed_at IS NULL`);
  await tx.run(sql`INSERT INTO relata_second_factor (user_id, secret, confirmed_at, last_step, recovery, created_at) VALUES (${userId}, ${secret}, ${null}, ${null}, ${'[]'}, ${now})`);
  return { secret, uri, qr: await toDataURL(uri, { margin: 1, width: 220 }) };
}

/** Answers the recovery codes, this once; null when the code is not right. */
export async function confirmSecondFactor(tx: Transaction, userId: string, code: string, now: string): Promise<string[] | null> {
  const row = await factorOf(tx, userId);
  const step = row && row.confirmed_at === null ? stepOf(row, code, now) : null;
  if (step === null) return null;
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await tx.run(sql`UPDATE relata_second_factor SET confirmed_at = ${now}, last_step = ${step}, recovery = ${JSON.stringify(codes.map(hashCode))} WHERE user_id = ${userId}`);
  return codes;
}

function newRecoveryCode(): string {
  const letters = Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** The step a code is of; null when it is not right, or was used before. */
function stepOf({ secret, last_step }: FactorRow, code: string, now: string): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const result = verifySync({ secret, token, epoch: Math.floor(Date.parse(now) / 1000), epochTolerance: TOLERANCE_S, ...(last_step !== null && { afterTimeStep: Number(last_step) }) });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}

/** Uses a code up: one of the phone or one on paper. Under the write lock, so that of two who send the same one gets in. */
export async function useCode(tx: Transaction, userId: string, code: string, now: string): Promise<boolean> {
  const row = await factorOf(tx, userId);
  if (!row || row.confirmed_at === null) return false;
  const step = stepOf(row, code, now);
  if (step !== null) {
    await tx.run(sql`UPDATE relata_second_factor SET last_step = ${step} WHERE user_id = ${userId}`);
    return true;
  }
  const hash = hashCode(code);
  const left = JSON.parse(row.recovery) as string[];
  if (!left.includes(hash)) return false;
  await tx.run(sql`UPDATE relata_second_factor SET recovery = ${JSON.stringify(left.filter((known) => known !== hash))} WHERE user_id = ${userId}`);
  return true;
}

export async function removeSecondFactor(tx: Transaction, userId: string): Promise<boolean> {
  return (await tx.run(sql`DELETE FROM relata_second_factor WHERE user_id = ${userId}`)) > 0;
}
