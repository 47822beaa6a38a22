/** What all drawings share: type, tooltips, axes with real units, no decoration. */
import type { BarSeriesOption, EChartsOption, LineSeriesOption } from 'echarts';
import { chartInks } from '../../app/chart-colors.ts';
import type { Drawn, Series } from '../drawn.ts';
import { chartTexts } from '../texts.ts';
import { axisValue, fullValue, shortValue } from '../values.ts';

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';
const WIDE = /[\u2e80-\uffff]/;

/** Pixels a text takes at 12 px, about. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 12 : 6.8), 0);
}

export function base(drawn: Drawn): EChartsOption {
  const inks = chartInks(drawn.appearance);
  return {
    animation: false,
    textStyle: { fontFamily: FONT, color: inks.text, fontSize: 12 },
    color: drawn.series.map(({ color }) => color),
    tooltip: tooltip(drawn),
    aria: { enabled: false },
  };
}

export function tooltip(drawn: Drawn): NonNullable<EChartsOption['tooltip']> {
  const inks = chartInks(drawn.appearance);
  return {
    confine: true,
    renderMode: 'richText',
    backgroundColor: drawn.appearance === 'dark' ? '#222429' : '#ffffff',
    borderColor: inks.line,
    textStyle: { color: inks.text, fontSize: 12, fontFamily: FONT },
    padding: [8, 10],
  };
}

export function legend(drawn: Drawn): EChartsOption['legend'] {
  const inks = chartInks(drawn.appearance);
  return { type: 'scroll', top: 0, left: 0, itemWidth: 10, itemHeight: 10, itemGap: 14, icon: 'roundRect', textStyle: { color: inks.quiet, fontSize: 12 }, pageIconSize: 10, pageTextStyle: { color: inks.quiet } };
}

export function lineOf(text: string, value: string): string {
  return `${text}  ${value}`;
}

interface AxesRequest {
  readonly drawn: Drawn;
  readonly horizontal?: boolean;
  readonly hasLegend: boolean;
  /** A second axis of values, for percent lines and the like. */
  readonly right?: { readonly format: Series['format']; readonly most?: number };
}

/** Categories along one edge, values along the other; `grid` leaves room for both. */
export function axes({ drawn, horizontal = false, hasLegend, right }: AxesRequest): Pick<EChartsOption, 'grid' | 'xAxis' | 'yAxis'> {
  const inks = chartInks(drawn.appearance);
  const format = drawn.series.find((series) => !right || !series.line)?.format;
  const isTimed = drawn.chart.dimensions?.[0]?.grain !== undefined;
  const most = Math.max(0, ...drawn.categories.map(({ text }) => textWidth(text)));
  const slanted = !horizontal && !isTimed && drawn.categories.length > 5 && most * drawn.categories.length > 520;
  const category = {
    type: 'category' as const,
    data: drawn.categories.map(({ text }) => text),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: inks.line } },
    axisLabel: { color: inks.quiet, fontSize: 12, hideOverlap: isTimed, ...(isTimed ? {} : { interval: 0 }), ...(slanted ? { rotate: 32, width: 96, overflow: 'truncate' as const } : horizontal ? { width: 120, overflow: 'truncate' as const } : { width: 88, overflow: 'truncate' as const }) },
    ...(horizontal && { inverse: true }),
  };
  const valueAxis = (own: Series['format'], shown: boolean) => ({
    type: 'value' as const,
    axisLabel: { color: inks.quiet, fontSize: 12, formatter: (value: number) => axisValue(value, own, drawn.style), hideOverlap: true },
    splitLine: { show: shown, lineStyle: { color: inks.line } },
    splitNumber: 4,
    ...(own === undefined || own === 'number' ? { minInterval: drawn.measures.every(({ measure }) => measure.function === 'count' || measure.function === 'countDistinct') ? 1 : 0 } : {}),
  });
  const value = valueAxis(format, true);
  return {
    grid: { left: 4, right: horizontal ? 28 : 12, top: hasLegend ? 34 : 14, bottom: 2, outerBoundsMode: 'same' as const, outerBoundsContain: 'axisLabel' as const },
    ...(horizontal ? { xAxis: value, yAxis: category } : { xAxis: category, yAxis: right ? [value, { ...valueAxis(right.format, false), min: 0, ...(right.most !== undefined && { max: right.most, interval: right.most / 4 }) }] : value }),
  };
}

/** The tooltip over a category: its name in full, then every series. */
export function byCategory(drawn: Drawn, pointer: 'shadow' | 'line' = 'shadow'): EChartsOption['tooltip'] {
  return {
    ...(tooltip(drawn) as object),
    trigger: 'axis',
    axisPointer: { type: pointer, shadowStyle: { color: 'rgba(120,120,140,0.08)' } },
    formatter: (points: unknown) => {
      const list = points as { dataIndex: number; seriesIndex: number; marker?: unknown }[];
      const at = list[0]?.dataIndex ?? 0;
      const lines = list.flatMap(({ seriesIndex }) => {
        const series = drawn.series[seriesIndex];
        return series ? [lineOf(series.text, fullValue(series.values[at], series.format, drawn.style))] : [];
      });
      return [drawn.categories[at]?.title ?? '', ...lines].join('\n');
    },
  };
}

export function targetLine(drawn: Drawn): Pick<BarSeriesOption & LineSeriesOption, 'markLine'> | Record<string, never> {
  const { target } = drawn.chart;
  if (typeof target !== 'number') return {};
  const inks = chartInks(drawn.appearance);
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: inks.text, type: 'dashed', width: 1 },
      label: { color: inks.quiet, position: 'insideEndTop', formatter: `${chartTexts(drawn.style.locale).target} ${shortValue(target, drawn.series[0]?.format, drawn.style)}` },
      data: [drawn.chart.horizontal ? { xAxis: target } : { yAxis: target }],
    },
  };
}

export function paint(color: string): { color: string; borderRadius: number } {
  return { color, borderRadius: 3 };
}
