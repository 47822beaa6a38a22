import Type from 'typebox';
import { labelled } from '../../fields/settings.ts';
import { type ChartType, noun } from '../chart-type.ts';
import { TargetSetting, UnitSetting } from '../settings.ts';

export const line: ChartType = {
  label: noun('折线图', 'Lines'),
  hint: noun('随时间的变化', 'How something changes over time'),
  dimensions: [1, 2],
  measures: [1, 6],
  settings: Type.Object({ area: Type.Optional(Type.Literal(true, { ...labelled('填充面积', 'Filled') })), unit: UnitSetting, target: TargetSetting }),
};
