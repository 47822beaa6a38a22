/** After a field was encrypted, the places on the disk where it stood in clear are written over; a process that is killed before goes on at its next start. */
import type { Database, Transaction } from '../db/database.ts';
import { tableExists } from '../db/apply-schema.ts';
import { sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';
import { sealFile } from './sealed-imports.ts';

const NOTE = 'encryption/reclaim';

export async function askToReclaim(tx: Transaction, tables: readonly string[]): Promise<void> {
  const known = await asked(tx);
  const value = JSON.stringify([...new Set([...known, ...tables])]);
  await tx.run(sql`INSERT INTO relata_setting (key, value) VALUES (${NOTE}, ${value}) ON CONFLICT (key) DO UPDATE SET value = ${value}`);
}

async function asked(db: Pick<Database, 'get'>): Promise<string[]> {
  const row = await db.get<{ value: string }>(sql`SELECT value FROM relata_setting WHERE key = ${NOTE}`);
  return row ? (JSON.parse(row.value) as string[]) : [];
}

export async function reclaimWhatWasAsked(workspace: Pick<Workspace, 'database' | 'filesDir'>): Promise<void> {
  const { database } = workspace;
  const tables = await asked(database);
  if (tables.length === 0) return;
  // Files of imports from before, which may hold the same values.
  for (const { stored_as } of await database.all<{ stored_as: string }>(sql`SELECT stored_as FROM relata_import`)) await sealFile(workspace, stored_as);
  const there: string[] = [];
  for (const table of tables) if (await tableExists(database, table)) there.push(table);
  await database.reclaim(there);
  await database.transaction((tx) => tx.run(sql`DELETE FROM relata_setting WHERE key = ${NOTE}`));
}
