/** What a chart calls by name: tables, fields, and options in its rules and its chosen values. */
import { mentionsOfChart, rulesOfChart } from '../charts/chart-paths.ts';
import type { ChartDefinition } from '../charts/definitions.ts';
import type { Names } from './names.ts';

export interface ChartUse {
  readonly names: readonly string[];
  /** Inside the chart. */
  readonly at: string;
}

export function chartUses(chart: ChartDefinition, names: Names): ChartUse[] {
  const tables = [...new Set([chart.table, ...chart.measures.flatMap(({ table }) => table ?? [])])];
  return [
    ...tables.map((table) => ({ names: [`table:${table}`], at: '/table' })),
    ...mentionsOfChart(chart).map(({ table, path }) => ({ names: names.onPath(table, path), at: '/fields' })),
    ...rulesOfChart(chart).map(({ table, rule, at }) => ({ names: names.inRule(table, rule), at })),
    ...[...(chart.dimensions ?? []), ...(chart.deeper ?? [])].flatMap(({ field, values }, i) => {
      const last = names.onPath(chart.table, field).findLast((name) => name.startsWith('field:'));
      return values && last ? [{ names: values.map((value) => `option:${last.slice('field:'.length)}.${value}`), at: `/dimensions/${i}/values` }] : [];
    }),
  ].filter(({ names: called }) => called.length > 0);
}
