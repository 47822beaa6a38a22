import Type from 'typebox';
import { checkChart } from '../charts/check-chart.ts';
import { pathsOfChart } from '../charts/chart-paths.ts';
import type { ChartDefinition } from '../charts/definitions.ts';
import { labelled } from '../fields/settings.ts';
import type { ViewDefinition } from '../model/definitions.ts';
import type { ViewType } from './view-type.ts';

/** The view's chart as it would stand alone: over the view's own table. */
export function chartOfView(view: ViewDefinition, table: string): ChartDefinition {
  return { name: view.name, label: view.label, ...(view.chart as object), table } as ChartDefinition;
}

/** One chart over the records of the list. */
export const chart: ViewType = {
  label: { 'zh-CN': '图表', en: 'Chart' },
  settings: Type.Object({ chart: Type.Unsafe<object>({ type: 'object', ...labelled('图表', 'Chart', { 'x-editor': 'chart' }) }) }),
  paths: (view) => pathsOfChart(chartOfView(view, '')),
  chart: chartOfView,
  issues: (view, { tables, table, path }) => checkChart(chartOfView(view, table), tables, `${path}/chart`),
};
