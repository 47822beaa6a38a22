/**
 * The contract of a chart type: its settings, how many dimensions and measures it takes, and what it adds to the numbers. One type is
 * one file in `types/`, one line in `index.ts`, and one component in `runtime/charts/`.
 */
import type { TObject } from 'typebox';
import type { Label } from '../errors.ts';
import type { ChartData, ExtraColumn } from './chart-data.ts';
import type { ChartDefinition } from './definitions.ts';

export interface ChartType {
  readonly label: Label;
  /** One line in the designer's chooser: what it is good for. */
  readonly hint: Label;
  /** Stand beside the common settings; drawn by the designer. */
  readonly settings: TObject;
  readonly dimensions: readonly [least: number, most: number];
  readonly measures: readonly [least: number, most: number];
  /** Options without records are shown: a stage that nobody is in is part of a funnel. */
  readonly fills?: true;
  /** Measures shown beside the plain ones that are counted over the rows: shares, conversion, classes. */
  extras?(chart: ChartDefinition, data: ChartData): readonly ExtraColumn[];
}

export const noun = (zh: string, en: string): Label => ({ 'zh-CN': zh, en });
