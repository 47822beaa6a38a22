/** From a number of a chart to the list that makes it: the table, and the filter whose records are exactly those counted. */
import type { Json } from '../fields/field-type.ts';
import type { Rule, ValueKind } from '../rules/rule.ts';
import { addToDate } from '../rules/time.ts';
import type { ChartData, ChartRow } from './chart-data.ts';
import { allOf, type ChartContext, isCounted, periodOn, sideFilter, sideOf } from './chart-request.ts';
import type { ChartDefinition, DimensionDefinition, MeasureDefinition } from './definitions.ts';
import { shiftOf, spanOf } from './period.ts';

export interface DrillRequest {
  readonly chart: ChartDefinition;
  readonly context: ChartContext;
  readonly data: Pick<ChartData, 'axes' | 'dimensions'>;
  readonly keys: readonly Json[];
  readonly other?: boolean | undefined;
  /** A measure's name. */
  readonly measure: string;
  /** The compared period rather than the present one. */
  readonly before?: boolean;
}

export interface Drill {
  readonly table: string;
  readonly filter: Rule | undefined;
}

export function drillFilter({ chart, context, data, keys, other = false, measure: name, before = false }: DrillRequest): Drill {
  const measure = countedBy(chart, name);
  const side = sideOf(chart, measure);
  const found = before && chart.compare ? periodOn(chart, side, context.shared) : undefined;
  const shift = found && chart.compare ? shiftOf(found.period, chart.compare, spanOf(found.period, context.today, context.fiscalYearStart), chart.dimensions?.[0]?.grain) : null;
  const groups = side.dimensions.slice(0, keys.length).map((dimension, i) => {
    const kind = data.dimensions[i]?.kind ?? 'text';
    if (i === 0 && other) return beyond(dimension, data.axes[0] ?? []);
    const day = keys[i] ?? null;
    const moved = shift && dimension.grain && found?.field === dimension.field && typeof day === 'string' ? addToDate(day, shift.amount, shift.unit) : day;
    return keyFilter(dimension, moved, kind, context.today);
  });
  const counted = measure?.field !== undefined ? { notEmpty: [{ var: measure.field }] } : undefined;
  const since = measure?.since !== undefined ? { notEmpty: [{ var: measure.since }] } : undefined;
  return { table: side.table, filter: allOf([sideFilter(chart, side, context, shift), ...groups, measure?.filter, measure?.function === 'sum' ? undefined : counted, since]) };
}

/** A ratio leads to what it is a share of, a difference to what is taken from. */
function countedBy(chart: ChartDefinition, name: string): MeasureDefinition | undefined {
  const measure = chart.measures.find((own) => own.name === name);
  return measure && !isCounted(measure) ? chart.measures.find((own) => own.name === measure.of?.[measure.function === 'ratio' ? 1 : 0]) : measure;
}

export function rowKeys(row: ChartRow): Pick<DrillRequest, 'keys' | 'other'> {
  return { keys: row.keys, other: row.other };
}

/** The records of one key of a dimension. */
export function keyFilter({ field, grain, bands, leading }: DimensionDefinition, key: Json, kind: ValueKind, today: string): Rule {
  const path = { var: field };
  if (key === null) return { empty: [path] };
  if (grain) return { and: [{ '>=': [path, key as string] }, { '<': [path, addToDate(key as string, 1, grain)] }] };
  if (bands) {
    const [from, to] = [bands[Number(key) - 1], bands[Number(key)]];
    const edges: readonly (Rule | undefined)[] = kind === 'number' ? [from === undefined ? undefined : { '>=': [path, from] }, to === undefined ? undefined : { '<': [path, to] }] : ageEdges(path, from, to, today);
    return allOf([...edges, { notEmpty: [path] }]) as Rule;
  }
  return leading ? { startsWith: [path, key as string] } : { '==': [path, key as string | number | boolean] };
}

function ageEdges(path: Rule, from: number | undefined, to: number | undefined, today: string): (Rule | undefined)[] {
  return [from === undefined ? undefined : { '<': [path, addToDate(today, 1 - from, 'day')] }, to === undefined ? undefined : { '>=': [path, addToDate(today, 1 - to, 'day')] }];
}

function beyond({ field, leading }: DimensionDefinition, shown: readonly Json[]): Rule {
  const path: Rule = leading ? { left: [{ var: field }, leading] } : { var: field };
  const values = shown.filter((key) => key !== null) as (string | number | boolean)[];
  const isNone: Rule = { '!': { in: [path, values] } };
  return shown.includes(null) ? { and: [isNone, { notEmpty: [path] }] } : isNone;
}
