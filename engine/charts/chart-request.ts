/** A chart as the aggregate requests that answer it: one a table it reads, and as many again for what it is compared with. */
import type { Rule } from '../rules/rule.ts';
import type { AggregateMeasure, AggregateRequest } from './aggregate.ts';
import type { ChartDefinition, DimensionDefinition, MeasureDefinition } from './definitions.ts';
import { type Period, type Shift, shiftOf, shiftSpan, type Span, spanOf } from './period.ts';

/** A shared filter's value: a period, or what a field must be. */
export type SharedValue = { readonly period: Period } | { readonly is: readonly (string | number | boolean)[] };

export interface ChartContext {
  /** In the workspace's time zone. */
  readonly today: string;
  /** The month in which the fiscal year begins; January when absent. */
  readonly fiscalYearStart?: number | undefined;
  /** Laid over the chart's own table: the filter of the list it stands above. */
  readonly filter?: Rule | undefined;
  readonly search?: string | undefined;
  /** By name. */
  readonly shared?: Readonly<Record<string, SharedValue>> | undefined;
}

export interface ChartSource {
  readonly table: string;
  readonly request: AggregateRequest;
  /** Places in the chart's measures, in the order of the request's. */
  readonly measures: readonly number[];
  /** Null for the present; else how far back it lies. */
  readonly shift: Shift | null;
}

/** What one table is asked: its paths of the dimensions, and its period. */
export interface Side {
  readonly table: string;
  readonly dimensions: readonly DimensionDefinition[];
  readonly dateField: string | undefined;
  readonly shared: Readonly<Record<string, string>>;
  /** Of another table: which of its records there are groups of. */
  readonly within?: Rule;
  /** The chart's own table, where its filter holds. */
  readonly isOwn: boolean;
}

export function sideOf(chart: ChartDefinition, measure: MeasureDefinition | undefined): Side {
  const dimensions = chart.dimensions ?? [];
  if (measure?.table === undefined) return { table: chart.table, dimensions, dateField: chart.period?.field, shared: chart.shared ?? {}, isOwn: true };
  return {
    table: measure.table,
    dimensions: dimensions.map((dimension, i) => ({ ...dimension, field: measure.by?.[i] ?? dimension.field })),
    dateField: measure.date,
    shared: measure.shared ?? {},
    ...(measure.within !== undefined && { within: measure.within }),
    isOwn: false,
  };
}

export function isCounted(measure: MeasureDefinition): boolean {
  return measure.function !== 'ratio' && measure.function !== 'difference';
}

/** A filter of both, or of the one there is. */
export function allOf(rules: readonly (Rule | undefined)[]): Rule | undefined {
  const given = rules.filter((rule) => rule !== undefined && rule !== null && rule !== true);
  return given.length <= 1 ? given[0] : { and: given as Rule[] };
}

export function spanRule(field: string, { from, to }: Span): Rule | undefined {
  return allOf([from === null ? undefined : { '>=': [{ var: field }, from] }, to === null ? undefined : { '<': [{ var: field }, to] }]);
}

/** The period that holds: a shared one goes before the chart's own. */
export function periodOn(chart: ChartDefinition, side: Side, shared: ChartContext['shared']): { readonly field: string; readonly period: Period } | undefined {
  for (const [name, field] of Object.entries(side.shared)) {
    const value = shared?.[name];
    if (value && 'period' in value) return { field, period: value.period };
  }
  return chart.period && side.dateField !== undefined ? { field: side.dateField, period: chart.period } : undefined;
}

/** Which records of a side count, but for what a single measure adds. */
export function sideFilter(chart: ChartDefinition, side: Side, context: ChartContext, shift: Shift | null = null): Rule | undefined {
  const found = periodOn(chart, side, context.shared);
  const span = found && spanOf(found.period, context.today, context.fiscalYearStart);
  const fixed = Object.entries(side.shared).flatMap(([name, field]): Rule[] => {
    const value = context.shared?.[name];
    return value && 'is' in value ? [{ in: [{ var: field }, value.is] }] : [];
  });
  const chosen = side.dimensions.flatMap(({ field, values }): Rule[] => (values ? [{ in: [{ var: field }, values] }] : []));
  return allOf([...(side.isOwn ? [chart.filter, context.filter] : [side.within]), found && span && spanRule(found.field, shift ? shiftSpan(span, shift) : span), ...fixed, ...chosen]);
}

export function chartSources(chart: ChartDefinition, context: ChartContext): ChartSource[] {
  const sides = new Map<string, { side: Side; measures: number[] }>();
  chart.measures.forEach((measure, index) => {
    if (!isCounted(measure)) return;
    const side = sideOf(chart, measure);
    const key = JSON.stringify(side);
    const known = sides.get(key);
    if (known) known.measures.push(index);
    else sides.set(key, { side, measures: [index] });
  });
  const grain = chart.dimensions?.[0]?.grain;
  return [...sides.values()].flatMap(({ side, measures }) => {
    const source = (shift: Shift | null): ChartSource => ({ table: side.table, measures, shift, request: requestOf(chart, { side, measures, isAlone: sides.size === 1, shift }, context) });
    const found = chart.compare && periodOn(chart, side, context.shared);
    const shift = found && chart.compare ? shiftOf(found.period, chart.compare, spanOf(found.period, context.today, context.fiscalYearStart), grain) : null;
    return shift ? [source(null), source(shift)] : [source(null)];
  });
}

interface Part {
  readonly side: Side;
  readonly measures: readonly number[];
  readonly isAlone: boolean;
  readonly shift: Shift | null;
}

function requestOf(chart: ChartDefinition, { side, measures, isAlone, shift }: Part, context: ChartContext): AggregateRequest {
  const filter = sideFilter(chart, side, context, shift);
  const rank = shift ? undefined : rankOf(chart, measures, isAlone);
  return {
    ...(filter !== undefined && { filter }),
    ...(side.isOwn && context.search && { search: context.search }),
    ...(side.dimensions.length > 0 && { groupBy: side.dimensions.map(({ field, grain, bands, leading }) => ({ field, ...(grain && { grain }), ...(leading && { leading }), ...(bands && { bands }) })) }),
    measures: measures.map((index) => aggregateMeasure(chart.measures[index] as MeasureDefinition)),
    ...rank,
  };
}

function aggregateMeasure({ function: name, field, since, filter }: MeasureDefinition): AggregateMeasure {
  return { function: name as AggregateMeasure['function'], ...(field !== undefined && { field }), ...(since !== undefined && { since }), ...(filter !== undefined && { filter }) };
}

/** The database cuts where it can: one table, in order of a measure that it counts. Else the rows are cut once they are together. */
function rankOf(chart: ChartDefinition, measures: readonly number[], isAlone: boolean): Pick<AggregateRequest, 'sort' | 'limit' | 'other'> | undefined {
  const first = chart.dimensions?.[0];
  if (chart.limit === undefined || !first || !isAlone || first.grain || first.bands || first.values || first.fill) return undefined;
  const by = chart.sort ? chart.measures.findIndex(({ name }) => name === chart.sort?.by) : (measures[0] ?? -1);
  const place = measures.indexOf(by);
  if (place < 0) return undefined;
  return { sort: { measure: place, ...(!chart.sort?.ascending && { descending: true as const }) }, limit: chart.limit, ...(chart.other && { other: true as const }) };
}
