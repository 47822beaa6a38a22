/** A checksum of every record of every table and of its links, independent of column order and of what lies in the trash or was never put to use. */
import { createHash } from 'node:crypto';
import { linkTableName } from '#engine/schema/database-schema.ts';
import { traitsOf } from '#engine/records/table-traits.ts';
import { ident, sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';

export async function recordsChecksum({ database, model }: Workspace): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  const add = (name: string, rows: readonly Record<string, unknown>[]): void => {
    const lines = rows.map((row) => JSON.stringify(Object.entries(row).filter(([key]) => !/^_[tn]\d/.test(key)).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();
    sums[name] = `${rows.length} ${createHash('sha256').update(lines.join('\n')).digest('hex')}`;
  };
  for (const table of Object.values(model.tables)) {
    add(table.name, await database.all(sql`SELECT * FROM ${ident(table.name)}`));
    for (const field of traitsOf(table).links) add(linkTableName(field), await database.all(sql`SELECT * FROM ${ident(linkTableName(field))}`));
  }
  return sums;
}
