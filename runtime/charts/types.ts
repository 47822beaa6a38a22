/** How each chart type is drawn: on the canvas by its options, or as a component. One line a type. */
import type { EChartsOption } from 'echarts';
import type { ComponentType } from 'react';
import type { ChartTypeName } from '#engine/charts/index.ts';
import type { ChartRow } from '#engine/charts/chart-data.ts';
import { ChartTable } from './ChartTable.tsx';
import type { Drawn } from './drawn.ts';
import { NumberChart } from './NumberChart.tsx';
import { barOptions, comboOptions, lineOptions, paretoOptions } from './options/cartesian.ts';
import { funnelOptions, gaugeOptions, heatOptions, pieOptions } from './options/parts.ts';

export interface DrawnProps {
  readonly drawn: Drawn;
  readonly onDrill: (row: ChartRow, measure: string, before?: boolean) => void;
}
export type Drawing = { readonly options: (drawn: Drawn) => EChartsOption; /** Which row a click means. */ readonly rowAt?: (drawn: Drawn, at: { readonly seriesIndex: number; readonly dataIndex: number; readonly data: unknown }) => ChartRow | undefined } | { readonly Component: ComponentType<DrawnProps> };

const byPart = (drawn: Drawn, { data }: { readonly data: unknown }): ChartRow | undefined => drawn.series[0]?.rows[(data as { at?: number } | null)?.at ?? 0];

export const DRAWINGS = {
  number: { Component: NumberChart },
  bar: { options: barOptions },
  line: { options: lineOptions },
  pie: { options: pieOptions, rowAt: byPart },
  funnel: { options: funnelOptions, rowAt: byPart },
  pareto: { options: paretoOptions, rowAt: (drawn, { dataIndex }) => drawn.series[0]?.rows[dataIndex] },
  combo: { options: comboOptions },
  heat: {
    options: heatOptions,
    rowAt: (drawn, { data }) => {
      const [x, y] = data as [number, number];
      return drawn.data.rows.find(({ keys }) => keys[0] === (drawn.categories[y]?.key ?? null) && keys[1] === (drawn.seconds[x]?.key ?? null));
    },
  },
  table: { Component: ChartTable },
  gauge: { options: gaugeOptions, rowAt: (drawn) => drawn.data.rows[0] },
} as const satisfies Record<ChartTypeName, Drawing>;

export function drawingOf(type: string): Drawing {
  return DRAWINGS[type as ChartTypeName];
}
