import Type from 'typebox';
import { labelled, text } from '../../fields/settings.ts';
import { type ChartType, noun } from '../chart-type.ts';
import { TargetMeasureSetting, TargetSetting, UnitSetting } from '../settings.ts';

export const number: ChartType = {
  label: noun('指标', 'Number'),
  hint: noun('一个大数字，与上一时段比较', 'One big number and its change'),
  dimensions: [0, 0],
  measures: [1, 12],
  settings: Type.Object({
    unit: UnitSetting,
    target: TargetSetting,
    targetMeasure: TargetMeasureSetting,
    better: Type.Optional(
      Type.Unsafe<'up' | 'down'>({ ...Type.Union([Type.Literal('up'), Type.Literal('down')]), ...labelled('什么是变好', 'What is better', { 'x-labels': { up: text('上升', 'More'), down: text('下降', 'Less') } }) }),
    ),
  }),
};
