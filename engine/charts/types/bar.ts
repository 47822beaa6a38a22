import Type from 'typebox';
import { labelled } from '../../fields/settings.ts';
import { type ChartType, noun } from '../chart-type.ts';
import { StackedSetting, TargetSetting, UnitSetting } from '../settings.ts';

export const bar: ChartType = {
  label: noun('柱形图', 'Bars'),
  hint: noun('比较各项的大小', 'Compares sizes'),
  dimensions: [1, 2],
  measures: [1, 6],
  settings: Type.Object({ stacked: StackedSetting, horizontal: Type.Optional(Type.Literal(true, { ...labelled('横向', 'Horizontal') })), unit: UnitSetting, target: TargetSetting }),
};
