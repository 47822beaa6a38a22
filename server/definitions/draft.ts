/** The draft of an administrator: one each, kept on the server so that it survives the tab and the device. */
import type { Definitions } from '#engine/model/definitions.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';

export interface Draft {
  /** The live version it was begun from. */
  readonly base: number;
  readonly definitions: Definitions;
  readonly updatedAt: string;
}

export async function readDraft(db: Queryable, userId: string): Promise<Draft | undefined> {
  const row = await db.get<{ base: number; definitions: string; updated_at: string }>(sql`SELECT base, definitions, updated_at FROM relata_draft WHERE user_id = ${userId}`);
  return row && { base: Number(row.base), definitions: JSON.parse(row.definitions) as Definitions, updatedAt: row.updated_at };
}

export async function saveDraft(tx: Transaction, userId: string, { base, definitions, updatedAt }: Draft): Promise<void> {
  await deleteDraft(tx, userId);
  await tx.run(sql`INSERT INTO relata_draft (user_id, base, definitions, updated_at) VALUES (${userId}, ${base}, ${JSON.stringify(definitions)}, ${updatedAt})`);
}

export async function deleteDraft(tx: Transaction, userId: string): Promise<void> {
  await tx.run(sql`DELETE FROM relata_draft WHERE user_id = ${userId}`);
}
