import Type from 'typebox';
import { type ChartType, noun } from '../chart-type.ts';
import { StackedSetting, TargetMeasureSetting, TargetSetting, UnitSetting } from '../settings.ts';

export const combo: ChartType = {
  label: noun('组合图', 'Columns and lines'),
  hint: noun('柱与折线，左右两轴', 'Columns and lines on two axes'),
  dimensions: [1, 1],
  measures: [2, 10],
  settings: Type.Object({ stacked: StackedSetting, unit: UnitSetting, target: TargetSetting, targetMeasure: TargetMeasureSetting }),
};
