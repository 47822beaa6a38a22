/** Bars, lines, both together, and the Pareto chart: series over categories. */
import type { BarSeriesOption, EChartsOption, LineSeriesOption } from 'echarts';
import { chartColor } from '../../app/chart-colors.ts';
import { type Drawn, numeric, type Series } from '../drawn.ts';
import { axes, base, byCategory, legend, lineOf, paint, targetLine, tooltip } from './base.ts';
import { fullValue, shortValue } from '../values.ts';

function barSeries(drawn: Drawn, series: Series, { stacked, single, place }: { stacked: boolean; single: boolean; place: number }): BarSeriesOption {
  const horizontal = drawn.chart.horizontal === true;
  return {
    type: 'bar',
    name: series.text,
    ...(stacked && { stack: 'all' }),
    barMaxWidth: 36,
    barMinHeight: stacked ? 0 : 1,
    itemStyle: paint(series.color),
    // A chart of one series shows the colours of its options.
    data: series.values.map((value, i) => ({ value: value ?? 0, ...(single && drawn.categories[i]?.color && { itemStyle: paint(drawn.categories[i]?.color as string) }) })),
    ...(single && drawn.categories.length <= 14 && { label: { show: true, position: horizontal ? 'right' : 'top', fontSize: 12, color: 'inherit', formatter: ({ dataIndex }: { dataIndex: number }) => (series.values[dataIndex] ? shortValue(series.values[dataIndex], series.format, drawn.style) : '') } }),
    ...(place === 0 && targetLine(drawn)),
  } as BarSeriesOption;
}

function lineSeries(drawn: Drawn, series: Series, { place, right = false }: { place: number; right?: boolean }): LineSeriesOption {
  return {
    type: 'line',
    name: series.text,
    symbol: 'circle',
    symbolSize: 6,
    showSymbol: drawn.categories.length <= 26,
    lineStyle: { width: series.before ? 1.5 : 2, ...(series.before && { type: 'dashed' }) },
    itemStyle: { color: series.color },
    connectNulls: false,
    ...(right && { yAxisIndex: 1 }),
    ...(drawn.chart.area === true && !series.before && { areaStyle: { opacity: 0.12 } }),
    data: [...series.values],
    ...(place === 0 && targetLine(drawn)),
  };
}

/** Rates that stay below the whole end their axis there. */
function rightAxis(series: readonly Series[]): { readonly format: Series['format']; readonly most?: number } {
  const format = series[0]?.format;
  const isShare = format === 'percent' && series.every(({ values }) => values.every((value) => value === null || value <= 1));
  return { format, ...(isShare && { most: 1 }) };
}

export function barOptions(drawn: Drawn): EChartsOption {
  const stacked = drawn.chart.stacked === true;
  const horizontal = drawn.chart.horizontal === true;
  const single = drawn.series.length === 1;
  return {
    ...base(drawn),
    ...axes({ drawn, horizontal, hasLegend: !single }),
    tooltip: byCategory(drawn),
    ...(!single && { legend: legend(drawn) }),
    series: drawn.series.map((series, place) => barSeries(drawn, series, { stacked: stacked && !series.before, single, place })),
  };
}

export function lineOptions(drawn: Drawn): EChartsOption {
  const single = drawn.series.length === 1;
  const rates = drawn.series.filter(({ format }) => format === 'percent');
  const apart = rates.length > 0 && rates.length < drawn.series.length;
  return {
    ...base(drawn),
    ...axes({ drawn: apart ? { ...drawn, series: drawn.series.map((series) => ({ ...series, line: series.format === 'percent' })) } : drawn, hasLegend: !single, ...(apart && { right: rightAxis(rates) }) }),
    tooltip: byCategory(drawn, 'line'),
    ...(!single && { legend: legend(drawn) }),
    series: drawn.series.map((series, place) => lineSeries(drawn, series, { place, right: apart && series.format === 'percent' })),
  };
}

/** Lines stand on the right axis where their unit is another than that of the columns. */
export function comboOptions(drawn: Drawn): EChartsOption {
  const columns = drawn.series.find(({ line }) => !line);
  const line = drawn.series.find((series) => series.line);
  const apart = line !== undefined && columns !== undefined && line.format !== columns.format;
  return {
    ...base(drawn),
    ...axes({ drawn, hasLegend: true, ...(apart && { right: rightAxis(drawn.series.filter((series) => series.line)) }) }),
    tooltip: byCategory(drawn),
    legend: legend(drawn),
    series: drawn.series.map((series, place) => (series.line || series.before ? lineSeries(drawn, series, { place, right: apart && series.line }) : barSeries(drawn, series, { stacked: drawn.chart.stacked === true, single: false, place }))),
  };
}

const CLASS_COLORS: Readonly<Record<string, string>> = { A: 'indigo', B: 'teal', C: 'gray', N: 'gray' };

export function paretoOptions(drawn: Drawn): EChartsOption {
  const [series] = drawn.series;
  const cumulative = drawn.extras.find(({ name }) => name === 'cumulative');
  const classes = drawn.extras.find(({ name }) => name === 'class');
  if (!series) return base(drawn);
  const share = (cumulative?.values ?? []).map(numeric);
  const text = cumulative?.label[drawn.style.locale] ?? '';
  return {
    ...base(drawn),
    ...axes({ drawn, hasLegend: true, right: { format: 'percent', most: 1 } }),
    legend: legend(drawn),
    tooltip: {
      ...(tooltip(drawn) as object),
      trigger: 'axis',
      formatter: (points: unknown) => {
        const at = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0;
        return [drawn.categories[at]?.title ?? '', lineOf(series.text, fullValue(series.values[at], series.format, drawn.style)), lineOf(text, fullValue(share[at], 'percent', drawn.style)), ...(classes?.values[at] ? [lineOf(classes.label[drawn.style.locale], String(classes.values[at]))] : [])].join('\n');
      },
    },
    series: [
      { type: 'bar', name: series.text, barMaxWidth: 36, itemStyle: paint(series.color), data: series.values.map((value, i) => ({ value: value ?? 0, itemStyle: paint(chartColor(classes ? CLASS_COLORS[String(classes.values[i])] : 'indigo', drawn.appearance)) })) },
      { type: 'line', name: text, yAxisIndex: 1, symbol: 'circle', symbolSize: 5, lineStyle: { width: 2 }, itemStyle: { color: chartColor('orange', drawn.appearance) }, data: share },
    ],
  };
}
