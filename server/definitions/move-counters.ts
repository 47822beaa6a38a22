/** A field that has become an auto-number, or came back, counts on after the numbers it holds. */
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Transaction } from '../db/database.ts';
import { countersOf, raiseCounter } from '../records/numbers.ts';
import { fieldValues, liveSource } from './field-values.ts';

export async function moveCounters(tx: Transaction, field: FieldModel): Promise<void> {
  const highest = new Map<string, number>();
  const look = (value: Json): void => {
    const counter = typeof value === 'string' ? countersOf(field, value) : null;
    if (counter) highest.set(counter.key, Math.max(highest.get(counter.key) ?? 0, counter.sequence));
  };
  for await (const batch of fieldValues(tx, [liveSource(field)])) for (const { values } of batch) look(values[0] ?? null);
  for (const [key, sequence] of highest) await raiseCounter(tx, key, sequence);
}
