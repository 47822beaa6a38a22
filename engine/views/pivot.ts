import Type from 'typebox';
import { pathsOfChart } from '../charts/chart-paths.ts';
import { checkChart } from '../charts/check-chart.ts';
import { type ChartDefinition, DimensionSchema, MeasureSchema } from '../charts/definitions.ts';
import { labelled } from '../fields/settings.ts';
import type { ViewDefinition } from '../model/definitions.ts';
import type { ViewType } from './view-type.ts';

/** The pivot as the chart whose numbers it shows: rows, then columns. */
export function chartOfPivot(view: ViewDefinition, table: string): ChartDefinition {
  const dimensions = [...list(view.rows), ...list(view.columns)] as ChartDefinition['dimensions'];
  return { name: view.name, label: view.label, type: 'table', table, dimensions, measures: list(view.measures) as ChartDefinition['measures'] };
}

/** Rows by columns by measures, with totals; each number leads to its records. */
export const pivot: ViewType = {
  label: { 'zh-CN': '透视表', en: 'Pivot table' },
  settings: Type.Object({
    rows: Type.Array(DimensionSchema, { minItems: 1, maxItems: 2, ...labelled('行', 'Rows', { 'x-editor': 'dimensions' }) }),
    columns: Type.Optional(Type.Array(DimensionSchema, { maxItems: 1, ...labelled('列', 'Columns', { 'x-editor': 'dimensions' }) })),
    measures: Type.Array(MeasureSchema, { minItems: 1, maxItems: 6, ...labelled('度量', 'Measures', { 'x-editor': 'measures' }) }),
    heat: Type.Optional(Type.Literal(true, { ...labelled('深浅表示大小', 'Shade by size') })),
  }),
  paths: (view) => pathsOfChart(chartOfPivot(view, '')),
  chart: chartOfPivot,
  issues: (view, { tables, table, path }) => checkChart(chartOfPivot(view, table), tables, path),
};

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
