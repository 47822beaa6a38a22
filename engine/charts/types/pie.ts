import Type from 'typebox';
import { labelled } from '../../fields/settings.ts';
import { type ChartType, noun } from '../chart-type.ts';
import { UnitSetting } from '../settings.ts';
import { percentShares } from '../shares.ts';

export const pie: ChartType = {
  label: noun('饼图', 'Pie'),
  hint: noun('各部分占总数的比例', 'Parts of a whole'),
  dimensions: [1, 1],
  measures: [1, 1],
  settings: Type.Object({ donut: Type.Optional(Type.Literal(true, { ...labelled('环形', 'Donut') })), unit: UnitSetting }),
  extras: (chart, { rows }) => {
    const shown = chart.measures.findIndex(({ hidden }) => !hidden);
    const shares = percentShares(rows.map(({ values }) => numeric(values[shown])));
    return [{ name: 'share', label: noun('占比', 'Share'), format: 'percent', values: shares.map((share) => (share === null ? null : share / 100)) }];
  },
};

function numeric(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
