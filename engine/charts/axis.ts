/** The keys that stand along a dimension, in order: every month of the span, every option, every band; else what is there, the most first. */
import type { Json } from '../fields/field-type.ts';
import type { ValueKind } from '../rules/rule.ts';
import { addToDate, startOf } from '../rules/time.ts';
import type { DimensionDefinition } from './definitions.ts';
import type { Span } from './period.ts';

export interface AxisField extends DimensionDefinition {
  readonly kind: ValueKind;
  readonly options: readonly string[];
  /** The period, where it is about this very field. */
  readonly span: Span | undefined;
}

const MOST_STEPS = 500;

export function axisKeys(field: AxisField, found: readonly Json[], weigh: (key: Json) => number | null): Json[] {
  const present = [...new Set(found)];
  const isUnset = present.includes(null);
  const known = present.filter((key) => key !== null);
  const withUnset = (keys: readonly Json[]): Json[] => (isUnset ? [...keys, null] : [...keys]);
  if (field.grain) return withUnset(steps(field, known as string[]));
  if (field.bands) return withUnset(Array.from({ length: field.bands.length + 1 }, (_, band) => band));
  if (field.values) return [...field.values];
  if (field.options.length > 0) {
    const own = field.options.filter((value) => field.fill || known.includes(value));
    return withUnset([...own, ...known.filter((key) => !field.options.includes(key as string))]);
  }
  if (field.kind === 'boolean') return withUnset([true, false].filter((value) => field.fill || known.includes(value)));
  return present.map((key, i) => ({ key, i, weight: weigh(key) ?? Number.NEGATIVE_INFINITY })).sort((a, b) => b.weight - a.weight || a.i - b.i).map(({ key }) => key);
}

/** From the first day of the span, or of what is there, to the last, without a gap. */
function steps({ grain, span }: AxisField, present: readonly string[]): string[] {
  const unit = grain ?? 'month';
  const days = present.toSorted();
  const first = span?.from ?? days[0];
  const end = span?.to ?? (days.length > 0 ? addToDate(days.at(-1) as string, 1, unit) : undefined);
  if (first === undefined || first === null || end === undefined || end === null) return days;
  const keys: string[] = [];
  for (let day = startOf(first, unit); day < end; day = addToDate(day, 1, unit)) {
    keys.push(day);
    if (keys.length > MOST_STEPS) return days;
  }
  return [...new Set([...keys, ...days])].toSorted();
}
