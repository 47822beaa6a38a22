/** Which keys a database was written with: noted in it, so that a wrong or missing one is known before anything is read or written. */
import type { AppModel } from '#engine/model/app-model.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { tableExists } from '../db/apply-schema.ts';
import { sql } from '../db/sql.ts';

const NOTE = 'encryption/keys';

export async function notedKeys(db: Queryable): Promise<string[]> {
  const row = await db.get<{ value: string }>(sql`SELECT value FROM relata_setting WHERE key = ${NOTE}`);
  return row ? (JSON.parse(row.value) as string[]) : [];
}

export async function noteKeys(tx: Transaction, keys: readonly string[]): Promise<void> {
  const value = JSON.stringify(keys);
  await tx.run(sql`INSERT INTO relata_setting (key, value) VALUES (${NOTE}, ${value}) ON CONFLICT (key) DO UPDATE SET value = ${value}`);
}

export function hasEncrypted({ tables }: AppModel): boolean {
  return Object.values(tables).some(({ fields }) => Object.values(fields).some((field) => field.encrypted));
}

/** Tells the vault what its database asks for. What was encrypted once may lie in history and trash for long. */
export async function expectKeys(db: Queryable, model: AppModel | null): Promise<void> {
  if (!(await tableExists(db, 'relata_setting'))) return;
  const keys = await notedKeys(db);
  db.vault.expect(keys, keys.length > 0 || (model !== null && hasEncrypted(model)));
}

/** Before anything is sealed under this model: a key is made where there is none, and noted. With a key missing, nothing is done. */
export async function prepareVault(tx: Transaction, model: AppModel): Promise<void> {
  await expectKeys(tx, model);
  const { vault } = tx;
  if (!hasEncrypted(model) || vault.missing.length > 0) return;
  const key = vault.ensureKey();
  const noted = await notedKeys(tx);
  if (noted.includes(key)) return;
  await noteKeys(tx, [...noted, key]);
  vault.expect([...noted, key], true);
}
