/**
 * Converts all values of a field, counting and collecting; writes nothing. With `kept`, the values from before an earlier
 * conversion lie in the trash: what has not been touched since comes back as it was, what has is converted.
 */
import type { DataEffect, ValueSample } from '#engine/changes/plan.ts';
import { isSame } from '#engine/changes/diff-definitions.ts';
import type { Label } from '#engine/errors.ts';
import type { ConversionContext, Conversion } from '#engine/fields/conversion.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel } from '#engine/model/app-model.ts';
import { validateValue } from '#engine/records/validate-value.ts';
import type { Queryable } from '../db/database.ts';
import { fieldValues, liveSource, type ValueSource } from './field-values.ts';
import { textOf } from './titles.ts';

export type Converting = Exclude<Conversion, { refused: Label }>;

export interface ConvertRequest {
  readonly db: Queryable;
  readonly model: AppModel;
  readonly from: ValueSource;
  readonly to: FieldModel;
  readonly forth: Converting;
  readonly kept?: { readonly source: ValueSource; readonly back: Converting };
  readonly context: ConversionContext;
  readonly onProgress?: (records: number) => void;
  readonly signal?: AbortSignal;
}

export interface NewValue {
  readonly rid: number;
  readonly id: string;
  readonly value: Json;
}

export interface Reject {
  readonly id: string;
  readonly value: Json;
  readonly text: string;
  readonly reason: Label;
}

export interface ConvertedValues {
  readonly effect: DataEffect;
  /** What to write; records that stay empty, or whose kept value returns, are not in it. */
  readonly writes: readonly NewValue[];
  readonly rejects: readonly Reject[];
  /** Living records whose converted value another has too: only counted for a unique field. */
  readonly duplicates: number;
}

const MOST_SAMPLES = 100;

export async function convertValues(request: ConvertRequest): Promise<ConvertedValues> {
  const { db, model, from, to, kept, context } = request;
  const table = model.tables[from.field.table];
  const title = table && liveSource(table.fields[table.titleField] as FieldModel);
  const deleted = table && liveSource(table.fields.deleted_at as FieldModel);
  const sources = [from, ...(kept ? [kept.source] : []), ...(title && deleted ? [title, deleted] : [])];
  const tally = { records: 0, filled: 0, converted: 0, altered: 0, failed: 0 };
  const samples = { failed: [] as ValueSample[], altered: [] as ValueSample[], converted: [] as ValueSample[] };
  const writes: NewValue[] = [];
  const rejects: Reject[] = [];
  const seen = new Set<string>();
  let duplicates = 0;
  for await (const batch of fieldValues(db, sources, request.signal)) {
    for (const { rid, id, values } of batch) {
      tally.records += 1;
      const value = values[0] ?? null;
      const before = kept ? (values[1] ?? null) : null;
      if (value === null && before === null) continue;
      const result = convertOne(value, before, request);
      if (result === 'emptied since') {
        writes.push({ rid, id, value: null });
        continue;
      }
      tally.filled += 1;
      tally[result.kind] += 1;
      if (result.kind === 'failed') rejects.push({ id, value, text: textOf(from.field, value, context), reason: result.reason as Label });
      if (result.write) writes.push({ rid, id, value: result.value });
      if (to.unique && result.value !== null && values.at(-1) === null) {
        const key = JSON.stringify(result.value);
        if (seen.has(key)) duplicates += 1;
        seen.add(key);
      }
      const own = samples[result.kind];
      if (own.length < MOST_SAMPLES) {
        own.push({
          record: id,
          title: title ? textOf(title.field, values.at(-2) ?? null, context) : '',
          before: textOf(from.field, value, context),
          after: result.value === null ? null : textOf(to, result.value, context),
          ...(result.reason && { reason: result.reason }),
        });
      }
    }
    request.onProgress?.(tally.records);
  }
  const all = [...samples.failed, ...samples.altered, ...samples.converted].slice(0, MOST_SAMPLES);
  return { effect: { ...tally, samples: all }, writes, rejects, duplicates };

  function convertOne(value: Json, before: Json, { forth: go }: ConvertRequest): OneValue | 'emptied since' {
    if (kept && before !== null) {
      const then = kept.back.convert(before, context);
      const untouched = then.outcome === 'failed' ? null : then.value;
      if (isSame(untouched, value)) return { kind: 'converted', value: before, write: false };
      if (value === null) return 'emptied since';
    }
    const result = go.convert(value, context);
    if (result.outcome !== 'failed') return { kind: result.outcome === 'same' ? 'converted' : 'altered', value: result.value, write: true };
    return { kind: 'failed', value: before, write: false, reason: result.issue.message };
  }
}

interface OneValue {
  readonly kind: 'converted' | 'altered' | 'failed';
  readonly value: Json;
  readonly write: boolean;
  readonly reason?: Label;
}

/** Values that stay where they are but no longer satisfy the field's settings: too long, out of range, an option gone. */
export async function countInvalid({ db, model, from, to, context, signal }: Pick<ConvertRequest, 'db' | 'model' | 'from' | 'to' | 'context' | 'signal'>): Promise<DataEffect> {
  const table = model.tables[from.field.table];
  const title = table && liveSource(table.fields[table.titleField] as FieldModel);
  const tally = { records: 0, filled: 0, converted: 0, altered: 0, failed: 0 };
  const samples: ValueSample[] = [];
  for await (const batch of fieldValues(db, title ? [from, title] : [from], signal)) {
    for (const { id, values } of batch) {
      tally.records += 1;
      const value = values[0] ?? null;
      if (value === null) continue;
      tally.filled += 1;
      const [issue] = validateValue(to, value, '');
      if (!issue) {
        tally.converted += 1;
        continue;
      }
      tally.failed += 1;
      if (samples.length < MOST_SAMPLES) samples.push({ record: id, title: title ? textOf(title.field, values[1] ?? null, context) : '', before: textOf(from.field, value, context), after: null, reason: issue.message });
    }
  }
  return { ...tally, samples };
}
