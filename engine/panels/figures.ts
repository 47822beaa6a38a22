import Type from 'typebox';
import { checkChart } from '../charts/check-chart.ts';
import { type ChartDefinition, MeasureSchema } from '../charts/definitions.ts';
import { labelled } from '../fields/settings.ts';
import type { PanelDefinition } from './definitions.ts';
import type { PanelType } from './panel-type.ts';

/** The panel as the chart whose numbers it shows; the record itself is added as one more filter. */
export function chartOfPanel({ name, label, table, filter, measures }: PanelDefinition): ChartDefinition {
  return { name, label, type: 'number', table, ...(filter !== undefined && { filter }), measures: (Array.isArray(measures) ? measures : []) as ChartDefinition['measures'] };
}

/** A few sums and counts, each leading to the records it is made of. */
export const figures: PanelType = {
  label: { 'zh-CN': '数字', en: 'Figures' },
  settings: Type.Object({ measures: Type.Array(MeasureSchema, { minItems: 1, maxItems: 6, ...labelled('度量', 'Measures', { 'x-editor': 'measures', 'x-of': 'table' }) }) }),
  paths: () => [],
  chart: chartOfPanel,
  issues: (panel, { tables, path }) => checkChart(chartOfPanel(panel), tables, path),
  begin: () => ({ measures: [{ name: 'count', label: { 'zh-CN': '数量', en: 'Count' }, function: 'count' }] }),
};
