import Type from 'typebox';
import { labelled } from '../../fields/settings.ts';
import { type ChartType, noun } from '../chart-type.ts';
import { UnitSetting } from '../settings.ts';

export const table: ChartType = {
  label: noun('表格', 'Table'),
  hint: noun('多个度量并列，带合计与名次', 'Many measures side by side, with totals and ranks'),
  dimensions: [1, 3],
  measures: [1, 12],
  settings: Type.Object({ rank: Type.Optional(Type.Literal(true, { ...labelled('显示名次', 'Show ranks') })), unit: UnitSetting }),
};
