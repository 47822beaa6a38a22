import Type from 'typebox';
import { labelled } from '../../fields/settings.ts';
import { type ChartType, noun } from '../chart-type.ts';
import { UnitSetting } from '../settings.ts';
import { rate } from '../shares.ts';

/** Of what stands in the stages now a later one may hold more than one before it: that is no conversion. */
function conversion(count: number, of: number): number | null {
  const share = rate(count, of);
  return share !== null && share > 1 ? null : share;
}

/** Steps in the order of the options; each against the one before it and against the first, by the first measure. */
export const funnel: ChartType = {
  label: noun('漏斗图', 'Funnel'),
  hint: noun('逐步减少的过程', 'A path that fewer and fewer go'),
  dimensions: [1, 1],
  measures: [1, 3],
  fills: true,
  settings: Type.Object({ unit: UnitSetting, beside: Type.Optional(Type.Array(Type.String(), { maxItems: 10, ...labelled('不在路径上的值', 'Values beside the path') })) }),
  extras: (chart, { rows }) => {
    const shown = chart.measures.findIndex(({ hidden }) => !hidden);
    const counts = rows.map(({ values }) => (typeof values[shown] === 'number' ? (values[shown] as number) : 0));
    const beside = new Set<unknown>(Array.isArray(chart.beside) ? chart.beside : []);
    const isStep = (i: number): boolean => !beside.has(rows[i]?.keys[0]);
    return [
      { name: 'step', label: noun('逐级转化率', 'Step conversion'), format: 'percent', values: counts.map((count, i) => (i === 0 || !isStep(i) ? null : conversion(count, counts[i - 1] ?? 0))) },
      { name: 'overall', label: noun('总转化率', 'Overall conversion'), format: 'percent', values: counts.map((count, i) => (isStep(i) ? conversion(count, counts[0] ?? 0) : null)) },
    ];
  },
};
