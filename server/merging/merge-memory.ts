/** Merges as rows: what was merged into what, and what an undo needs to know. */
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { openOwn, sealOwn } from '../vault/sealed-values.ts';
import type { Vault } from '../vault/vault.ts';
import type { Moved } from './move-children.ts';
import type { MovedRows } from './move-belongings.ts';

export interface MergeMemory {
  readonly moved: readonly Moved[];
  readonly rows: readonly MovedRows[];
  /** Values of the survivor, as they were and as the merge left them. */
  readonly values: readonly { readonly field: string; readonly before: Json; readonly after: Json }[];
  /** Runs that ended with the losers. */
  readonly ended: number;
}

export interface Merge {
  readonly id: string;
  readonly table: string;
  readonly survivor: string;
  readonly losers: readonly string[];
  readonly at: string;
  readonly by: string;
  /** Null: forgotten, for its time is over. */
  readonly memory: MergeMemory | null;
  readonly undoneAt: string | null;
}

export type MergeRow = Record<'id' | 'table_name' | 'survivor' | 'losers' | 'merged_at' | 'merged_by', string> & { readonly memory: string | null; readonly undone_at: string | null };

/** Values may be of encrypted fields. */
export const mergePlace = (id: string): string => `relata_merge/${id}`;

/** Throws `unavailable` where no key opens what the merge remembers. */
export function asMerge(vault: Vault, row: MergeRow): Merge {
  return {
    id: row.id,
    table: row.table_name,
    survivor: row.survivor,
    losers: JSON.parse(row.losers) as string[],
    at: row.merged_at,
    by: row.merged_by,
    memory: row.memory === null ? null : opened(vault, row.id, row.memory),
    undoneAt: row.undone_at,
  };
}

function opened(vault: Vault, id: string, memory: string): MergeMemory {
  const text = openOwn(vault, memory, mergePlace(id));
  if (text === null) throw new AppError('unavailable', { 'zh-CN': '缺少密钥，不能撤销这次合并', en: 'Without its key this merge cannot be taken back' });
  return JSON.parse(text) as MergeMemory;
}

export async function loadMerge(db: Queryable, id: string): Promise<Merge | undefined> {
  const row = await db.get<MergeRow>(sql`SELECT * FROM relata_merge WHERE id = ${id}`);
  return row && asMerge(db.vault, row);
}

export async function keepMerge(tx: Transaction, { id, table, survivor, losers, at, by, memory }: Omit<Merge, 'undoneAt'>): Promise<void> {
  await tx.run(sql`INSERT INTO relata_merge (id, table_name, survivor, losers, merged_at, merged_by, memory) VALUES (${id}, ${table}, ${survivor}, ${JSON.stringify(losers)}, ${at}, ${by}, ${sealOwn(tx.vault, JSON.stringify(memory), mergePlace(id))})`);
  for (const loser of losers) await tx.run(sql`INSERT INTO relata_merged (table_name, record_id, survivor, merge_id) VALUES (${table}, ${loser}, ${survivor}, ${id})`);
}

/** The addresses of the losers are their own again. */
export async function closeMerge(tx: Transaction, id: string, { at, by }: { readonly at: string; readonly by: string }): Promise<void> {
  await tx.run(sql`UPDATE relata_merge SET undone_at = ${at}, undone_by = ${by}, memory = NULL WHERE id = ${id}`);
  await tx.run(sql`DELETE FROM relata_merged WHERE merge_id = ${id}`);
}
