import type { ChartType } from './chart-type.ts';
import type { ChartDefinition } from './definitions.ts';
import { bar } from './types/bar.ts';
import { combo } from './types/combo.ts';
import { funnel } from './types/funnel.ts';
import { gauge } from './types/gauge.ts';
import { heat } from './types/heat.ts';
import { line } from './types/line.ts';
import { number } from './types/number.ts';
import { pareto } from './types/pareto.ts';
import { pie } from './types/pie.ts';
import { table } from './types/table.ts';

export const CHART_TYPES = { number, bar, line, pie, funnel, pareto, combo, heat, table, gauge } as const satisfies Record<string, ChartType>;
export type ChartTypeName = keyof typeof CHART_TYPES;

export function isChartType(name: unknown): name is ChartTypeName {
  return typeof name === 'string' && Object.hasOwn(CHART_TYPES, name);
}

export function chartTypeOf(chart: Pick<ChartDefinition, 'type'>): ChartType {
  return CHART_TYPES[chart.type as ChartTypeName];
}
