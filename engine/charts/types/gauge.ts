import Type from 'typebox';
import { type ChartType, noun } from '../chart-type.ts';
import { TargetMeasureSetting, TargetSetting, UnitSetting } from '../settings.ts';

export const gauge: ChartType = {
  label: noun('进度', 'Gauge'),
  hint: noun('离目标还有多远', 'How far it is to a target'),
  dimensions: [0, 0],
  measures: [1, 3],
  settings: Type.Object({ unit: UnitSetting, target: TargetSetting, targetMeasure: TargetMeasureSetting }),
};
