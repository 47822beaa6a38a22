/**
 * The numbers of a chart: answers of its requests brought together by key, what is missing filled with zero, in order, cut to its limit,
 * ratios taken. Pure; the server runs it, screens only draw what comes out.
 */
import type { Label } from '../errors.ts';
import type { Json } from '../fields/field-type.ts';
import { type FieldTables, resolvePath } from '../rules/paths.ts';
import type { ValueKind } from '../rules/rule.ts';
import { addToDate } from '../rules/time.ts';
import { type Aggregated, emptyMeasure, type Titles } from './aggregate.ts';
import { type AxisField, axisKeys } from './axis.ts';
import { type ChartContext, type ChartSource, isCounted, periodOn, sideOf } from './chart-request.ts';
import type { ChartDefinition, MeasureDefinition, MeasureFormat } from './definitions.ts';
import { shiftOf, shiftSpan, type Shift, type Span, spanOf } from './period.ts';
import { rate } from './shares.ts';

export type Value = number | string | null;

export interface ChartRow {
  /** One a dimension. */
  readonly keys: readonly Json[];
  /** Everything beyond the limit; its first key is null. */
  readonly other?: true;
  /** In the order of the chart's measures. */
  readonly values: readonly Value[];
  /** Of the compared period. */
  readonly before?: readonly Value[];
}

export interface ChartData {
  readonly dimensions: readonly { readonly kind: ValueKind }[];
  /** The keys of each dimension in their order; null is "not set". */
  readonly axes: readonly (readonly Json[])[];
  readonly rows: readonly ChartRow[];
  /** Over all rows; null where numbers cannot be added. */
  readonly totals: readonly Value[];
  readonly beforeTotals?: readonly Value[];
  readonly span?: Span;
  readonly beforeSpan?: Span;
  readonly titles: Titles;
  readonly capped?: true;
}

export interface ExtraColumn {
  readonly name: string;
  readonly label: Label;
  readonly format: MeasureFormat | 'text';
  /** One a row. */
  readonly values: readonly Value[];
}

const MOST_CELLS = 4000;
const key = (keys: readonly Json[], other: boolean): string => JSON.stringify([other, ...keys]);

interface Gathered {
  readonly keys: readonly Json[];
  readonly other: boolean;
  readonly values: Value[];
  readonly before: Value[];
}

export interface ChartAnswers {
  readonly chart: ChartDefinition;
  readonly context: ChartContext;
  readonly sources: readonly ChartSource[];
  readonly answers: readonly Aggregated[];
  readonly tables: FieldTables;
  /** Options without records are shown, whatever the dimension says. */
  readonly fills?: boolean;
}

export function chartData({ chart, context, sources, answers, tables, fills = false }: ChartAnswers): ChartData {
  const { measures } = chart;
  const empty = (): Value[] => measures.map((measure) => (isCounted(measure) ? emptyMeasure(measure.function as Parameters<typeof emptyMeasure>[0]) : null));
  const gathered = new Map<string, Gathered>();
  const compared = sources.some(({ shift }) => shift !== null);
  const period = periodOn(chart, sideOf(chart, undefined), context.shared);
  const span = period && spanOf(period.period, context.today, context.fiscalYearStart);
  const fields = (chart.dimensions ?? []).map((dimension): AxisField => {
    const resolved = resolvePath(tables, chart.table, dimension.field);
    const isDated = period?.field === dimension.field;
    return { ...dimension, kind: typeof resolved === 'object' ? resolved.kind : 'none', options: typeof resolved === 'object' ? optionValues(resolved.field.settings.options) : [], span: isDated ? span : undefined, ...(fills && { fill: true as const }) };
  });
  sources.forEach((source, at) => {
    for (const group of answers[at]?.groups ?? []) {
      const keys = source.shift ? group.keys.map((own, i) => (fields[i]?.grain && fields[i]?.span && typeof own === 'string' ? unshift(own, source.shift as Shift) : own)) : group.keys;
      const id = key(keys, group.other === true);
      let row = gathered.get(id);
      if (!row) gathered.set(id, (row = { keys, other: group.other === true, values: empty(), before: empty() }));
      const target = source.shift ? row.before : row.values;
      source.measures.forEach((index, i) => {
        target[index] = group.values[i] ?? emptyMeasure((measures[index] as MeasureDefinition).function as Parameters<typeof emptyMeasure>[0]);
      });
    }
  });
  for (const row of gathered.values()) for (const values of [row.values, row.before]) takeRatios(measures, values);

  const present = [...gathered.values()];
  const ranked = rankedBy(chart);
  const axes = fields.map((field, i) => axisKeys(field, present.filter((row) => !(i === 0 && row.other)).map((row) => row.keys[i] ?? null), (one) => weight(present, i, one, ranked)));
  if (fields[0] && chart.sort) axes[0] = sortAxis(axes[0] as Json[], (one) => weight(present, 0, one, ranked), chart.sort.ascending === true);
  const isCutHere = chart.limit !== undefined && axes[0] !== undefined && axes[0].length > chart.limit && !present.some((row) => row.other);
  const shown = isCutHere ? [axes[0]?.slice(0, chart.limit) as Json[], ...axes.slice(1)] : axes;
  const cells = shown.reduce((product, axis) => product * Math.max(1, axis.length), 1);
  const wanted = cells <= MOST_CELLS ? combinations(shown) : present.filter((row) => !row.other).map((row) => row.keys);
  const rows: Gathered[] = wanted.map((keys) => gathered.get(key(keys, false)) ?? { keys, other: false, values: filled(measures, empty()), before: filled(measures, empty()) });
  const kept = new Set(wanted.map((keys) => key(keys, false)));
  const rest = present.filter((row) => row.other || !kept.has(key(row.keys, false)));
  const others = chart.other || present.some((row) => row.other) ? sumOthers(rest, measures) : [];
  const all = [...rows, ...others];
  const beforeSpan = chart.compare && period && span ? comparedSpan(chart, period.period, span) : undefined;
  return {
    dimensions: fields.map(({ kind }) => ({ kind })),
    axes: shown,
    rows: all.map(({ keys, other, values, before }) => ({ keys, ...(other && { other: true as const }), values, ...(compared && { before }) })),
    totals: totalsOf(all.map(({ values }) => values), measures),
    ...(compared && { beforeTotals: totalsOf(all.map(({ before }) => before), measures) }),
    ...(span && (span.from !== null || span.to !== null) && { span }),
    ...(beforeSpan && { beforeSpan }),
    titles: mergeTitles(answers.map(({ included }) => included)),
    ...(answers.some(({ capped }) => capped) && { capped: true as const }),
  };
}

function optionValues(options: unknown): string[] {
  return Array.isArray(options) ? options.map((option: { value: string }) => option.value) : [];
}

function comparedSpan(chart: ChartDefinition, period: Parameters<typeof shiftOf>[0], span: Span): Span | undefined {
  const shift = chart.compare && shiftOf(period, chart.compare, span, chart.dimensions?.[0]?.grain);
  return shift ? shiftSpan(span, shift) : undefined;
}

function unshift(day: string, { amount, unit }: Shift): string {
  return addToDate(day, -amount, unit);
}

function takeRatios(measures: readonly MeasureDefinition[], values: Value[]): void {
  measures.forEach((measure, i) => {
    if (isCounted(measure)) return;
    const [above, below] = (measure.of ?? []).map((name) => values[measures.findIndex((other) => other.name === name)] ?? null);
    const [a, b] = [typeof above === 'number' ? above : null, typeof below === 'number' ? below : null];
    values[i] = measure.function === 'ratio' ? rate(a, b) : a === null || b === null ? null : Math.round((a - b) * 1e6) / 1e6;
  });
}

function filled(measures: readonly MeasureDefinition[], values: Value[]): Value[] {
  takeRatios(measures, values);
  return values;
}

/** The measure that orders: the one named, else the first that is shown. */
function rankedBy({ measures, sort }: ChartDefinition): number {
  const named = measures.findIndex(({ name }) => name === sort?.by);
  return named >= 0 ? named : Math.max(0, measures.findIndex(({ hidden }) => !hidden));
}

function weight(rows: readonly Gathered[], dimension: number, one: Json, measure: number): number | null {
  const own = rows.filter((row) => !row.other && row.keys[dimension] === one).map((row) => row.values[measure]);
  const numbers = own.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0);
}

function sortAxis(keys: readonly Json[], weigh: (one: Json) => number | null, ascending: boolean): Json[] {
  const sign = ascending ? 1 : -1;
  return keys
    .map((one, i) => ({ one, i, weight: weigh(one) }))
    .sort((a, b) => (a.weight === null ? 1 : 0) - (b.weight === null ? 1 : 0) || sign * ((a.weight ?? 0) - (b.weight ?? 0)) || a.i - b.i)
    .map(({ one }) => one);
}

function combinations(axes: readonly (readonly Json[])[]): Json[][] {
  return axes.reduce<Json[][]>((rows, axis) => rows.flatMap((row) => axis.map((one) => [...row, one])), [[]]);
}

export function isAdditive(measure: MeasureDefinition): boolean {
  return measure.function === 'count' || measure.function === 'sum';
}

/** What lies beyond the limit, added up where the database has not done it: medians and distinct values stay unknown. */
function sumOthers(rest: readonly Gathered[], measures: readonly MeasureDefinition[]): Gathered[] {
  const byRest = new Map<string, Gathered[]>();
  for (const row of rest) {
    const id = JSON.stringify(row.keys.slice(1));
    byRest.set(id, [...(byRest.get(id) ?? []), row]);
  }
  return [...byRest.values()].map((rows) => {
    const [only] = rows;
    if (rows.length === 1 && only?.other) return only;
    const add = (side: 'values' | 'before'): Value[] => filled(measures, measures.map((measure, i) => (isAdditive(measure) ? rows.reduce((sum, row) => sum + Number(row[side][i] ?? 0), 0) : null)));
    return { keys: [null, ...(only?.keys.slice(1) ?? [])], other: true, values: add('values'), before: add('before') };
  });
}

function totalsOf(rows: readonly (readonly Value[])[], measures: readonly MeasureDefinition[]): Value[] {
  const [only] = rows;
  if (rows.length === 1 && only) return [...only];
  const totals = measures.map((measure, i): Value => (isAdditive(measure) ? rows.reduce((sum, values) => sum + Number(values[i] ?? 0), 0) : null));
  takeRatios(measures, totals);
  return totals;
}

function mergeTitles(all: readonly Titles[]): Titles {
  const merged: Record<string, Record<string, { readonly title: string | null }>> = {};
  for (const titles of all) for (const [table, byId] of Object.entries(titles)) merged[table] = { ...merged[table], ...byId };
  return merged;
}
