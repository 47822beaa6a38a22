/**
 * After a publication the search of a table may have to read all its records anew. That is asked for in the publication's
 * transaction and done after it, batch by batch, so that nobody waits; a process that is killed goes on at its next start.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import type { Database, Transaction } from '../db/database.ts';
import { indexBatch, searchFields } from '../db/search-index.ts';
import { sql } from '../db/sql.ts';
import { liveVersion } from './store.ts';

export async function askForReindex(tx: Transaction, table: string): Promise<void> {
  await tx.run(sql`DELETE FROM relata_reindex WHERE table_name = ${table}`);
  await tx.run(sql`INSERT INTO relata_reindex (table_name, after) VALUES (${table}, ${0})`);
}

/** Until nothing is left to do, or the workspace closes: what is left then is done at the next start. */
export async function catchUpSearch(database: Database, live: () => { readonly model: AppModel; readonly version: number }, isClosing: () => boolean): Promise<void> {
  for (let isMore = true; isMore && !isClosing(); ) {
    isMore = await database.transaction(async (tx) => {
      const next = await tx.get<{ table_name: string; after: number }>(sql`SELECT table_name, after FROM relata_reindex ORDER BY table_name LIMIT 1`);
      // By an outdated model it would be read wrongly; whoever has published since does it.
      if (!next || (await liveVersion(tx)) !== live().version) return false;
      const table = live().model.tables[next.table_name];
      const { last } = table ? await indexBatch(tx, table, Number(next.after)) : { last: null };
      if (last === null) await tx.run(sql`DELETE FROM relata_reindex WHERE table_name = ${next.table_name}`);
      else await tx.run(sql`UPDATE relata_reindex SET after = ${last} WHERE table_name = ${next.table_name}`);
      return true;
    });
    // Without this nothing else would run until the end: SQLite answers at once.
    await breathe();
  }
}

/** A searched field has gone, come back, or is read otherwise than before. Fields that came empty need nothing. */
export function readsOtherwise(before: TableModel, after: TableModel, restored: ReadonlySet<string>): boolean {
  const read = (table: TableModel): Map<string, string> => new Map(searchFields(table).map((field) => [field.name, JSON.stringify([field.type, field.settings])]));
  const [was, now] = [read(before), read(after)];
  const isGoneOrOther = [...was].some(([name, how]) => now.get(name) !== how);
  // A field that was there, and only now is searched, has values to be read.
  return isGoneOrOther || [...now.keys()].some((name) => !was.has(name) && (restored.has(`${after.name}.${name}`) || before.fields[name] !== undefined));
}
