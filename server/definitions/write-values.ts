/** Writes many values of one field. PostgreSQL takes a batch in one statement: its lock on the table is held for as short as can be. */
import { setImmediate as breathe } from 'node:timers/promises';
import { physicalColumns } from '#engine/schema/database-schema.ts';
import type { Transaction } from '../db/database.ts';
import { UniqueViolation } from '../db/database.ts';
import { AppError } from '#engine/errors.ts';
import { ident, join, raw, sql } from '../db/sql.ts';
import type { NewValue } from './convert-values.ts';
import { encodedFor, type ValueSource, writeFieldValue } from './field-values.ts';

const BATCH = { sqlite: 500, postgres: 5000 };

export interface WriteProgress {
  readonly onProgress?: (rows: number) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

export async function writeValues(tx: Transaction, target: ValueSource, writes: readonly NewValue[], { onProgress, signal }: WriteProgress): Promise<void> {
  const size = BATCH[tx.dialect.name];
  try {
    for (let start = 0; start < writes.length; start += size) {
      signal?.throwIfAborted();
      const batch = writes.slice(start, start + size);
      if (tx.dialect.name === 'postgres' && target.links === null) await writeBatch(tx, target, batch);
      else for (const { value, ...record } of batch) await writeFieldValue(tx, target, record, value);
      await onProgress?.(Math.min(start + size, writes.length));
      await breathe();
    }
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    throw new AppError('conflict', { 'zh-CN': `${target.field.label['zh-CN']}要求唯一，但转换后有重复`, en: `${target.field.label.en} is unique, but converted values repeat` });
  }
}

async function writeBatch(tx: Transaction, target: ValueSource, batch: readonly NewValue[]): Promise<void> {
  const types = physicalColumns(target.field).map((column) => tx.dialect.columnTypes[column.type]);
  const rows = batch.map(({ rid, id, value }) => {
    const encoded = encodedFor(tx, target.field, id, value);
    return { rid, ...Object.fromEntries(target.columns.map((_, i) => [`c${i}`, encoded[i] ?? null])) };
  });
  const sets = join(target.columns.map((name, i) => sql`${ident(name)} = v.${ident(`c${i}`)}::${raw(types[i] as string)}`), ', ');
  const shape = raw(['rid bigint', ...target.columns.map((_, i) => `c${i} text`)].join(', '));
  await tx.run(sql`UPDATE ${ident(target.table)} SET ${sets} FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v(${shape}) WHERE ${ident(target.table)}."_rid" = v.rid`);
}
