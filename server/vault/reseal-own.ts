/** What the server itself keeps of values (runs, mail and requests, imports): sealed with the newest key, also what was written in clear before. */
import { importPlace } from './sealed-imports.ts';
import { isSealedText, sealedWith } from './vault.ts';
import type { Transaction } from '../db/database.ts';
import { ident, raw, sql } from '../db/sql.ts';
import { mergePlace } from '../merging/merge-memory.ts';
import { outboxPlace } from '../outbox/queue.ts';
import { runPlace, STEP_VALUES, stepPlace } from '../workflows/runs.ts';

const BATCH = 500;

/** Null: nothing to do, or no key opens it. */
function resealed(tx: Transaction, text: unknown, place: string): string | null {
  if (typeof text !== 'string') return null;
  const { vault } = tx;
  if (!isSealedText(text)) return vault.seal(text, place);
  if (sealedWith(text) === vault.current) return null;
  const plain = vault.open(text, place);
  return plain === null ? null : vault.seal(plain, place);
}

export async function resealOwn(tx: Transaction): Promise<void> {
  await eachOf(tx, 'relata_run', ['data'], async ({ id, data }) => {
    const run = String(id);
    const next = resealed(tx, data, runPlace(run));
    if (next !== null) await tx.run(sql`UPDATE relata_run SET data = ${next} WHERE id = ${run}`);
    for (const step of await tx.all(sql`SELECT seq, happened, memory, input, output FROM relata_step WHERE run_id = ${run}`)) {
      for (const column of STEP_VALUES) {
        const value = resealed(tx, step[column], stepPlace(column, run, Number(step.seq)));
        if (value !== null) await tx.run(sql`UPDATE relata_step SET ${ident(column)} = ${value} WHERE run_id = ${run} AND seq = ${Number(step.seq)}`);
      }
    }
  });
  await eachOf(tx, 'relata_outbox', ['payload'], async ({ id, payload }) => {
    const next = resealed(tx, payload, outboxPlace(String(id)));
    if (next !== null) await tx.run(sql`UPDATE relata_outbox SET payload = ${next} WHERE id = ${String(id)}`);
  });
  await resealMerges(tx);
  const json = tx.dialect.name === 'postgres' ? raw('::jsonb') : raw('');
  await eachOf(tx, 'relata_import', ['draft', 'run'], async (row) => {
    for (const column of ['draft', 'run'] as const) {
      const kept: unknown = typeof row[column] === 'string' ? JSON.parse(row[column]) : null;
      if (kept === null) continue;
      const next = resealed(tx, isSealedText(kept) ? kept : JSON.stringify(kept), importPlace(column, String(row.id)));
      if (next !== null) await tx.run(sql`UPDATE relata_import SET ${ident(column)} = ${JSON.stringify(next)}${json} WHERE id = ${String(row.id)}`);
    }
  });
}

/** A merge that is taken back gives values back. */
async function resealMerges(tx: Transaction): Promise<void> {
  await eachOf(tx, 'relata_merge', ['memory'], async ({ id, memory }) => {
    const next = resealed(tx, memory, mergePlace(String(id)));
    if (next !== null) await tx.run(sql`UPDATE relata_merge SET memory = ${next} WHERE id = ${String(id)}`);
  });
}

async function eachOf(tx: Transaction, table: string, columns: readonly string[], work: (row: Record<string, unknown>) => Promise<void>): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await tx.all(sql`SELECT id, ${raw(columns.map((column) => ident(column).text).join(', '))} FROM ${ident(table)} WHERE id > ${after} ORDER BY id LIMIT ${BATCH}`);
    for (const row of rows) await work(row);
    if (rows.length < BATCH) return;
    after = String(rows.at(-1)?.id);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
