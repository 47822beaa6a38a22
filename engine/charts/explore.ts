/** A chart as a reader looks further into it: one level down in some of its groups, or by another of its measures. */
import type { Json } from '../fields/field-type.ts';
import type { Rule, ValueKind } from '../rules/rule.ts';
import { allOf } from './chart-request.ts';
import type { ChartDefinition, DimensionDefinition, MeasureDefinition } from './definitions.ts';
import { keyFilter } from './drill-filter.ts';

/** One group that was opened. */
export interface OpenedGroup {
  readonly key: Json;
  readonly kind: ValueKind;
}

export interface Exploration {
  /** From the chart's own groups downwards. */
  readonly opened: readonly OpenedGroup[];
  /** The one measure that is shown; null: the first. */
  readonly measure: string | null;
}

export const UNEXPLORED: Exploration = { opened: [], measure: null };

export function isExplored({ opened, measure }: Exploration): boolean {
  return opened.length > 0 || measure !== null;
}

/** Are there groups inside those shown? */
export function hasDeeper(chart: ChartDefinition, { opened }: Exploration): boolean {
  return opened.length < (chart.deeper?.length ?? 0);
}

/** What a reader may switch between. */
export function choices(chart: ChartDefinition): readonly MeasureDefinition[] {
  const shown = chart.measures.filter(({ hidden }) => !hidden);
  return chart.oneMeasure && shown.length > 1 ? shown : [];
}

export function exploredChart(chart: ChartDefinition, { opened: asked, measure }: Exploration, today: string): ChartDefinition {
  // The chart may have lost levels since somebody opened them.
  const opened = asked.slice(0, chart.deeper?.length ?? 0);
  const offered = choices(chart);
  const chosen = offered.find(({ name }) => name === measure) ?? offered[0];
  const [first, ...rest] = chart.dimensions ?? [];
  const { deeper: _deeper, ...own } = chart;
  const measured = chart.measures.map((one): MeasureDefinition => (chosen === undefined || one.name === chosen.name ? one : { ...one, hidden: true }));
  const ordered: ChartDefinition = { ...own, measures: measured, ...(chosen !== undefined && chart.sort !== undefined && { sort: { ...chart.sort, by: chosen.name } }) };
  if (!first || opened.length === 0) return ordered;
  const levels = [first, ...(chart.deeper ?? [])];
  // Of one field's levels the deepest says all: 1302 lies within 13.
  const deepest = opened.map((group, i) => ({ group, i })).filter(({ i }) => !(levels[i]?.leading && levels[i + 1]?.leading && levels[i]?.field === levels[i + 1]?.field && i < opened.length - 1));
  const within = (path: (level: DimensionDefinition) => string): Rule[] => deepest.map(({ group: { key, kind }, i }) => keyFilter({ ...(levels[i] as DimensionDefinition), field: path(levels[i] as DimensionDefinition) }, key, kind, today));
  const filter = allOf([chart.filter, ...within(({ field }) => field)]);
  return {
    ...ordered,
    dimensions: [levels[opened.length] as DimensionDefinition, ...rest],
    ...(filter !== undefined && { filter }),
    measures: measured.map((one) => {
      const by = one.by?.[0];
      const inside = one.table === undefined || by === undefined ? undefined : allOf([one.within, ...within(() => by)]);
      return inside === undefined ? one : { ...one, within: inside };
    }),
  };
}
