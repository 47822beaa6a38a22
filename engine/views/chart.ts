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

const NOT_OVER_A_LIST = { 'zh-CN': '视图的图表数的是列表中的记录，不能用全公司口径', en: 'The chart of a view counts the records of its list and cannot be company-wide' };

/** One chart over the records of the list. */
export const chart: ViewType = {
  label: { 'zh-CN': '图表', en: 'Chart' },
  settings: Type.Object({ chart: Type.Unsafe<object>({ type: 'object', ...labelled('图表', 'Chart', { 'x-editor': 'chart' }) }) }),
  paths: (view) => pathsOfChart(chartOfView(view, '')),
  chart: chartOfView,
  issues: (view, { tables, table, path }) => {
    const own = chartOfView(view, table);
    return [...checkChart(own, tables, `${path}/chart`), ...(own.unscoped ? [{ path: `${path}/chart/unscoped`, code: 'wrong_kind', message: NOT_OVER_A_LIST }] : [])];
  },
};
