/** The definitions of a workspace, one row a version. The newest is live. */
import type { Definitions } from '#engine/model/definitions.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { raw, sql } from '../db/sql.ts';

export interface StoredDefinitions {
  readonly version: number;
  readonly definitions: Definitions;
}

export async function liveDefinitions(db: Queryable): Promise<StoredDefinitions | undefined> {
  const row = await db.get<{ version: number; definitions: string }>(sql`SELECT version, definitions FROM relata_definitions ORDER BY version DESC LIMIT 1`);
  return row && { version: Number(row.version), definitions: JSON.parse(row.definitions) as Definitions };
}

export async function liveVersion(db: Queryable): Promise<number> {
  return Number((await db.get<{ version: number | null }>(sql`SELECT max(version) AS version FROM relata_definitions`))?.version ?? 0);
}

export async function saveDefinitions(tx: Transaction, definitions: Definitions, by: string, note: string, now: string): Promise<number> {
  const version = (await liveVersion(tx)) + 1;
  const json = tx.dialect.name === 'postgres' ? raw('::jsonb') : raw('');
  await tx.run(sql`INSERT INTO relata_definitions (version, definitions, created_at, created_by, note) VALUES (${version}, ${JSON.stringify(definitions)}${json}, ${now}, ${by}, ${note})`);
  return version;
}
