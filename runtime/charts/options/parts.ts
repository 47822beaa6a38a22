/** Parts of a whole and steps of a path: pie, funnel, heat map, gauge. */
import type { EChartsOption } from 'echarts';
import { chartColor, chartInks } from '../../app/chart-colors.ts';
import { type Drawn, numeric, seriesColor } from '../drawn.ts';
import { chartTexts, fillIn } from '../texts.ts';
import { fullValue, shortValue } from '../values.ts';
import { base, legend, lineOf, textWidth, tooltip } from './base.ts';

export function pieOptions(drawn: Drawn): EChartsOption {
  const [series] = drawn.series;
  if (!series) return base(drawn);
  const inks = chartInks(drawn.appearance);
  const shares = drawn.extras.find(({ name }) => name === 'share')?.values ?? [];
  const parts = drawn.categories.flatMap((category, i) => ((series.values[i] ?? 0) > 0 ? [{ category, i }] : []));
  const share = (i: number): string => fullValue(shares[i], 'percent', drawn.style);
  return {
    ...base(drawn),
    tooltip: { ...(tooltip(drawn) as object), trigger: 'item', formatter: (point: unknown) => {
      const at = (point as { data: { at: number } }).data.at;
      return [drawn.categories[at]?.title ?? '', lineOf(series.text, fullValue(series.values[at], series.format, drawn.style)), share(at)].join('\n');
    } },
    legend: { ...(legend(drawn) as object), type: 'scroll', orient: 'vertical', left: '56%', right: 0, top: 'middle', formatter: (text: string) => {
      const part = parts.find(({ category }) => category.text === text);
      return part ? `${text}  {quiet|${share(part.i)}}` : text;
    }, textStyle: { color: inks.text, fontSize: 12, width: 150, overflow: 'truncate', rich: { quiet: { color: inks.quiet, fontSize: 12 } } } },
    series: [
      {
        type: 'pie',
        center: ['27%', '50%'],
        radius: drawn.chart.donut === true ? ['46%', '78%'] : ['0%', '78%'],
        label: { show: false },
        itemStyle: { borderColor: inks.ground, borderWidth: 2 },
        data: parts.map(({ category, i }, place) => ({ name: category.text, value: series.values[i] ?? 0, at: i, itemStyle: { color: category.color ?? seriesColor(place, drawn.appearance) } })),
        ...(drawn.chart.donut === true && {}),
      },
    ],
    ...(drawn.chart.donut === true && {
      title: { text: shortValue(numeric(drawn.data.totals[drawn.measures[0]?.index ?? 0]), series.format, drawn.style), left: '27%', top: 'middle', textAlign: 'center', textStyle: { color: inks.text, fontSize: 18, fontWeight: 600 } },
    }),
  };
}

export function funnelOptions(drawn: Drawn): EChartsOption {
  const [series, second] = drawn.series;
  if (!series) return base(drawn);
  const inks = chartInks(drawn.appearance);
  const texts = chartTexts(drawn.style.locale);
  const step = drawn.extras.find(({ name }) => name === 'step')?.values ?? [];
  const overall = drawn.extras.find(({ name }) => name === 'overall')?.values ?? [];
  const most = Math.max(1, ...series.values.map((value) => value ?? 0));
  const label = (i: number): string => `{name|${drawn.categories[i]?.text ?? ''}}  {value|${fullValue(series.values[i], series.format, drawn.style)}}${second ? `  {quiet|${shortValue(second.values[i], second.format, drawn.style)}}` : ''}${i > 0 && step[i] !== null ? `  {quiet|${texts.step} ${fullValue(step[i], 'percent', drawn.style)}}` : ''}`;
  const widest = Math.max(...drawn.categories.map((category, i) => textWidth(`${category.text}  ${fullValue(series.values[i], series.format, drawn.style)}  ${second ? shortValue(second.values[i], second.format, drawn.style) : ''}  ${texts.step} 100.0%`)));
  return {
    ...base(drawn),
    tooltip: { ...(tooltip(drawn) as object), trigger: 'item', formatter: (point: unknown) => {
      const at = (point as { data: { at: number } }).data.at;
      return [drawn.categories[at]?.title ?? '', ...drawn.series.map((own) => lineOf(own.text, fullValue(own.values[at], own.format, drawn.style))), ...(at > 0 ? [lineOf(texts.step, fullValue(step[at], 'percent', drawn.style))] : []), lineOf(texts.overall, fullValue(overall[at], 'percent', drawn.style))].join('\n');
    } },
    series: [
      {
        type: 'funnel',
        sort: 'none',
        left: 4,
        right: Math.round(widest) + 26,
        top: 6,
        bottom: 6,
        min: 0,
        max: most,
        minSize: '4%',
        gap: 3,
        label: { show: true, position: 'right', formatter: ({ dataIndex }: { dataIndex: number }) => label(dataIndex), rich: { name: { color: inks.text, fontSize: 12 }, value: { color: inks.text, fontSize: 13, fontWeight: 600 }, quiet: { color: inks.quiet, fontSize: 12 } } },
        labelLine: { length: 10, lineStyle: { color: inks.line } },
        itemStyle: { borderWidth: 0 },
        data: drawn.categories.map((category, i) => ({ name: category.text, value: series.values[i] ?? 0, at: i, itemStyle: { color: category.color ?? seriesColor(i, drawn.appearance) } })),
      },
    ],
  };
}

export function heatOptions(drawn: Drawn): EChartsOption {
  const inks = chartInks(drawn.appearance);
  const conversion = drawn.extras.find(({ name }) => name === 'conversion');
  const [measure] = drawn.measures;
  const format = conversion ? 'percent' : measure?.measure.format;
  const at = new Map(drawn.data.rows.map((row, i) => [JSON.stringify(row.keys), { row, i }]));
  const cells = drawn.categories.flatMap((category, y) =>
    drawn.seconds.flatMap((second, x) => {
      const found = at.get(JSON.stringify([category.key, second.key]));
      const value = conversion ? numeric(conversion.values[found?.i ?? -1]) : numeric(found?.row.values[measure?.index ?? 0]);
      return value === null ? [] : [[x, y, value] as const];
    }),
  );
  const most = Math.max(...cells.map(([, , value]) => value), conversion ? 0 : 1);
  const axis = (categories: Drawn['categories']) => ({ type: 'category' as const, data: categories.map(({ text }) => text), axisTick: { show: false }, axisLine: { show: false }, splitArea: { show: false }, axisLabel: { color: inks.quiet, fontSize: 12, interval: 0, width: 110, overflow: 'truncate' as const, rotate: 0 } });
  return {
    ...base(drawn),
    tooltip: { ...(tooltip(drawn) as object), trigger: 'item', formatter: (point: unknown) => {
      const [x, y, value] = (point as { value: [number, number, number] }).value;
      return [`${drawn.categories[y]?.title ?? ''} · ${drawn.seconds[x]?.title ?? ''}`, fullValue(value, format, drawn.style)].join('\n');
    } },
    grid: { left: 4, right: 4, top: 4, bottom: 2, outerBoundsMode: 'same' as const, outerBoundsContain: 'axisLabel' as const },
    xAxis: { ...axis(drawn.seconds), axisLabel: { ...axis(drawn.seconds).axisLabel, width: Math.max(40, Math.floor(620 / Math.max(1, drawn.seconds.length))), hideOverlap: true } },
    yAxis: { ...axis(drawn.categories), inverse: true },
    visualMap: { show: false, min: 0, max: most || 1, inRange: { color: [...inks.heat] } },
    series: [
      {
        type: 'heatmap',
        data: cells.map((cell) => [...cell]),
        itemStyle: { borderColor: inks.ground, borderWidth: 2, borderRadius: 4 },
        label: { show: drawn.categories.length * drawn.seconds.length <= 160, fontSize: 12, formatter: ({ value }: { value: unknown }) => shortValue((value as number[])[2], format, drawn.style), color: inks.text, textBorderColor: inks.ground, textBorderWidth: 2 },
      },
    ],
  } as EChartsOption;
}

export function gaugeOptions(drawn: Drawn): EChartsOption {
  const inks = chartInks(drawn.appearance);
  const { value, target, format } = gaugeNumbers(drawn);
  const share = target ? Math.max(0, (value ?? 0) / target) : 0;
  const texts = chartTexts(drawn.style.locale);
  return {
    ...base(drawn),
    tooltip: { show: false },
    series: [
      {
        type: 'gauge',
        startAngle: 200,
        endAngle: -20,
        min: 0,
        max: Math.max(1, share),
        center: ['50%', '62%'],
        radius: '96%',
        pointer: { show: false },
        progress: { show: true, width: 14, roundCap: true, itemStyle: { color: chartColor(share >= 1 ? 'green' : 'indigo', drawn.appearance) } },
        axisLine: { roundCap: true, lineStyle: { width: 14, color: [[1, inks.line]] } },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { show: false },
        title: { offsetCenter: [0, '28%'], color: inks.quiet, fontSize: 12 },
        detail: { offsetCenter: [0, '-4%'], fontSize: 24, fontWeight: 600, color: inks.text, formatter: () => shortValue(value, format, drawn.style) },
        data: [{ value: share, name: target ? fillIn(texts.ofTarget, { n: fullValue(share, 'percent', drawn.style) }) : '' }],
      },
    ],
  };
}

/** The first measure against the target, a number or another measure. */
export function gaugeNumbers(drawn: Drawn): { readonly value: number | null; readonly target: number | null; readonly format: Drawn['series'][number]['format'] } {
  const { chart, data, measures } = drawn;
  const [row] = data.rows;
  const named = chart.measures.findIndex(({ name }) => name === chart.targetMeasure);
  const first = measures.find(({ index }) => index !== named) ?? measures[0];
  const target = named >= 0 ? numeric(row?.values[named]) : typeof chart.target === 'number' ? chart.target : null;
  return { value: numeric(row?.values[first?.index ?? 0]), target, format: first?.measure.format };
}
