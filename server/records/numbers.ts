/** Auto-numbers: taken in the transaction of the insert, never given twice; a number that was typed or imported moves the counter past it. */
import { counterKey, patternFields, readAutoNumber, renderAutoNumber, resetOf } from '#engine/fields/auto-number.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { isBlank } from '#engine/records/record-rules.ts';
import { nextWithin, traitsOf } from '#engine/records/table-traits.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import type { Transaction } from '../db/database.ts';
import { ident, sql } from '../db/sql.ts';
import type { WriteSession } from './write-session.ts';

/** The number for each numbered field that `values` leaves empty; counters follow the numbers given. */
export async function takeNumbers(session: WriteSession, table: TableModel, values: Readonly<Record<string, Json>>): Promise<Record<string, Json>> {
  const taken: Record<string, Json> = {};
  for (const field of traitsOf(table).numbered) {
    const given = values[field.name];
    if (typeof given === 'string') await moveCounter(session.tx, field, given);
    else taken[field.name] = await nextNumber(session, table, field, values);
  }
  for (const field of traitsOf(table).sequenced) if (isBlank(values[field.name])) taken[field.name] = await nextInSequence(session, table, field, values);
  return taken;
}

/** One more than the largest that stands there; the write lock is held. */
async function nextInSequence({ tx }: WriteSession, table: TableModel, field: FieldModel, values: Readonly<Record<string, Json>>): Promise<number | null> {
  const within = nextWithin(field) ?? '';
  const parent = values[within];
  if (typeof parent !== 'string') return null;
  const row = await tx.get<{ last: number | null }>(sql`SELECT max(${ident(field.name)}) AS last FROM ${ident(table.name)} WHERE ${ident(within)} = ${parent} AND "deleted_at" IS NULL`);
  return Number(row?.last ?? 0) + 1;
}

async function nextNumber(session: WriteSession, table: TableModel, field: FieldModel, values: Readonly<Record<string, Json>>): Promise<string> {
  const { context, model, tx } = session;
  const pattern = String(field.settings.pattern);
  const texts: Record<string, string> = {};
  for (const name of patternFields(pattern)) {
    const source = table.fields[name];
    const value = values[name] ?? null;
    const date = toLocalDate(context.now, context.timeZone);
    texts[name] = source && value !== null ? fieldTypeOf(source).format(value, source, { locale: model.settings.locale, timeZone: context.timeZone, today: date }) : '';
  }
  const dated = typeof field.settings.dateField === 'string' ? values[field.settings.dateField] : null;
  const day = typeof dated === 'string' ? (dated.length === 10 ? dated : toLocalDate(dated, context.timeZone)) : toLocalDate(context.now, context.timeZone);
  const point = { pattern, reset: resetOf(field), date: day, values: texts };
  const start = Number(field.settings.start ?? 1);
  const sequence = await take(tx, counterName(field, counterKey(point)), start);
  return renderAutoNumber(sequence, point);
}

const counterName = (field: FieldModel, key: string): string => `${field.table}.${field.name} ${key}`;

async function take(tx: Transaction, key: string, start: number): Promise<number> {
  const row = await tx.get<{ value: number }>(
    sql`INSERT INTO relata_counter (key, value) VALUES (${key}, ${start}) ON CONFLICT (key) DO UPDATE SET value = relata_counter.value + 1 RETURNING value`,
  );
  return Number(row?.value);
}

async function moveCounter(tx: Transaction, field: FieldModel, given: string): Promise<void> {
  const counter = countersOf(field, given);
  if (counter) await raiseCounter(tx, counter.key, counter.sequence);
}

/** The counter that a number belongs to, and how far it has come; null when it does not follow the pattern. */
export function countersOf(field: FieldModel, given: string): { key: string; sequence: number } | null {
  const read = readAutoNumber(given, { pattern: String(field.settings.pattern), reset: resetOf(field) });
  return read && { key: counterName(field, read.key), sequence: read.sequence };
}

export async function raiseCounter(tx: Transaction, key: string, sequence: number): Promise<void> {
  const greater = tx.dialect.name === 'sqlite' ? sql`max(relata_counter.value, excluded.value)` : sql`greatest(relata_counter.value, excluded.value)`;
  await tx.run(sql`INSERT INTO relata_counter (key, value) VALUES (${key}, ${sequence}) ON CONFLICT (key) DO UPDATE SET value = ${greater}`);
}
