/** What a chart names, for rights and for "where used": paths of its own table, and of the tables its other measures come from. */
import { pathsOf } from '../rules/check.ts';
import type { Rule } from '../rules/rule.ts';
import type { ChartDefinition, MeasureDefinition } from './definitions.ts';

export interface ChartMention {
  readonly table: string;
  readonly path: string;
}

/** Paths of the chart's own table. */
export function pathsOfChart(chart: ChartDefinition): string[] {
  return [...new Set(mentionsOfChart(chart).flatMap(({ table, path }) => (table === chart.table ? [path] : [])))];
}

export function mentionsOfChart(chart: ChartDefinition): ChartMention[] {
  const own = [...[...(chart.dimensions ?? []), ...(chart.deeper ?? [])].map(({ field }) => field), chart.period?.field, ...Object.values(chart.shared ?? {})];
  return [
    ...own.flatMap((path) => (path === undefined ? [] : [{ table: chart.table, path }])),
    ...(chart.measures ?? []).flatMap((measure) => pathsOfMeasure(measure).map((path) => ({ table: measure.table ?? chart.table, path }))),
  ];
}

function pathsOfMeasure({ field, since, by, date, shared }: MeasureDefinition): string[] {
  return [field, since, date, ...(by ?? []), ...Object.values(shared ?? {})].filter((path) => path !== undefined);
}

/** Everything of a table that somebody must know to see the chart: what it names, and what its rules read. */
export function everythingInChart(chart: ChartDefinition): ChartMention[] {
  return [...mentionsOfChart(chart), ...rulesOfChart(chart).flatMap(({ table, rule }) => pathsOf(rule).filter((path) => !path.startsWith('$')).map((path) => ({ table, path })))];
}

export function rulesOfChart(chart: ChartDefinition): { readonly table: string; readonly rule: Rule; readonly at: string }[] {
  return [
    ...(chart.filter === undefined ? [] : [{ table: chart.table, rule: chart.filter, at: '/filter' }]),
    ...chart.measures.flatMap((measure, i) => (['filter', 'within'] as const).flatMap((key) => (measure[key] === undefined ? [] : [{ table: measure.table ?? chart.table, rule: measure[key], at: `/measures/${i}/${key}` }]))),
  ];
}
