/** Parts of a whole and steps of a path: pie, funnel, heat map, gauge. */
import type { EChartsOption } from 'echarts';
import { chartColor, chartInks } from '../../app/chart-colors.ts';
import { fill } from '../../app/i18n/fill.ts';
import { type Drawn, numeric, seriesColor } from '../drawn.ts';
import { chartTexts } from '../texts.ts';
import { fullValue, shortValue } from '../values.ts';
import { base, FONT, legend, lineOf, tooltip } from './base.ts';

export function pieOptions(drawn: Drawn): EChartsOption {
  const [series] = drawn.series;
  if (!series) return base(drawn);
  const inks = chartInks(drawn.appearance);
  const shares = drawn.extras.find(({ name }) => name === 'share')?.values ?? [];
  const parts = drawn.categories.flatMap((category, i) => ((series.values[i] ?? 0) > 0 ? [{ category, i }] : []));
  const share = (i: number): string => fullValue(shares[i], 'percent', drawn.style);
  const isDonut = drawn.chart.donut === true;
  const total = shortValue(numeric(drawn.data.totals[drawn.measures[0]?.index ?? 0]), series.format, drawn.style);
  const named = (text: string): string => {
    const part = parts.find(({ category }) => category.text === text);
    return part ? `${text}  {quiet|${share(part.i)}}` : text;
  };
  const plain = { ...(legend(drawn) as object), formatter: named };
  const words = { color: inks.text, fontSize: 12, rich: { quiet: { color: inks.quiet, fontSize: 12 } } };
  // Written once: as the label of the first part.
  const middle = { show: true, position: 'center' as const, formatter: total, color: inks.text, fontSize: 18, fontWeight: 600, fontFamily: FONT };
  const whole: EChartsOption = {
    ...base(drawn),
    tooltip: { ...(tooltip(drawn) as object), trigger: 'item', formatter: (point: unknown) => {
      const at = (point as { data: { at: number } }).data.at;
      return [drawn.categories[at]?.title ?? '', lineOf(series.text, fullValue(series.values[at], series.format, drawn.style)), share(at)].join('\n');
    } },
    legend: { ...plain, orient: 'vertical', left: '54%', right: 0, top: 'middle', textStyle: words },
    series: [
      {
        type: 'pie',
        center: ['26%', '50%'],
        radius: isDonut ? ['44%', '76%'] : ['0%', '76%'],
        label: { show: false },
        labelLine: { show: false },
        itemStyle: { borderColor: inks.ground, borderWidth: 2 },
        data: parts.map(({ category, i }, place) => ({ name: category.text, value: series.values[i] ?? 0, at: i, itemStyle: { color: category.color ?? seriesColor(place, drawn.appearance) }, ...(isDonut && place === 0 && { label: middle }) })),
      },
    ],
  };
  // Where there is no room beside the pie its parts are named below it.
  const narrow: EChartsOption = { legend: { ...plain, type: 'scroll', orient: 'horizontal', left: 'center', right: 'auto', top: 'auto', bottom: 0, itemHeight: 12, padding: [6, 5], textStyle: { ...words, lineHeight: 20 } }, series: [{ type: 'pie', center: ['50%', '44%'], radius: isDonut ? ['46%', '76%'] : ['0%', '76%'] }] };
  return { baseOption: whole, media: [{ query: { maxWidth: 440 }, option: narrow }] } as EChartsOption;
}

/** Steps as bars about a middle line: widths are true to the numbers, and a step that is wider than the one before it looks so. */
export function funnelOptions(drawn: Drawn): EChartsOption {
  const [series, second] = drawn.series;
  if (!series) return base(drawn);
  const inks = chartInks(drawn.appearance);
  const texts = chartTexts(drawn.style.locale);
  const step = drawn.extras.find(({ name }) => name === 'step')?.values ?? [];
  const overall = drawn.extras.find(({ name }) => name === 'overall')?.values ?? [];
  const values = series.values.map((value) => value ?? 0);
  const most = Math.max(1, ...values);
  const stepText = (i: number): string => (i > 0 && step[i] !== null && step[i] !== undefined ? fullValue(step[i], 'percent', drawn.style) : '');
  const sides = { show: true, inside: false, margin: 8, fontSize: 12, color: inks.quiet };
  return {
    ...base(drawn),
    grid: { left: 4, right: 4, top: 4, bottom: 2, outerBoundsMode: 'same' as const, outerBoundsContain: 'axisLabel' as const },
    tooltip: { ...(tooltip(drawn) as object), trigger: 'item', formatter: (point: unknown) => {
      const at = (point as { dataIndex: number }).dataIndex;
      return [drawn.categories[at]?.title ?? '', ...drawn.series.map((own) => lineOf(own.text, fullValue(own.values[at], own.format, drawn.style))), ...(stepText(at) ? [lineOf(texts.step, stepText(at))] : []), ...(overall[at] === null ? [] : [lineOf(texts.overall, fullValue(overall[at], 'percent', drawn.style))])].join('\n');
    } },
    xAxis: { type: 'value', min: 0, max: most, show: false },
    yAxis: [
      { type: 'category', inverse: true, data: drawn.categories.map(({ text }) => text), axisTick: { show: false }, axisLine: { show: false }, axisLabel: { ...sides, color: inks.text, width: 110, overflow: 'truncate' } },
      { type: 'category', inverse: true, position: 'right', data: drawn.categories.map((_, i) => [second ? shortValue(second.values[i], second.format, drawn.style) : '', stepText(i)].filter((text) => text !== '').join('  ·  ')), axisTick: { show: false }, axisLine: { show: false }, axisLabel: { ...sides } },
    ],
    series: [
      { type: 'bar', stack: 'funnel', silent: true, barWidth: '78%', itemStyle: { color: 'transparent' }, data: values.map((value) => (most - value) / 2), tooltip: { show: false } },
      {
        type: 'bar',
        stack: 'funnel',
        name: series.text,
        barWidth: '78%',
        barMinHeight: 2,
        data: drawn.categories.map((category, i) => ({ value: values[i] ?? 0, at: i, itemStyle: { color: category.color ?? seriesColor(i, drawn.appearance), borderRadius: 4 } })),
        label: { show: true, position: 'inside', fontSize: 13, fontWeight: 600, color: inks.text, textBorderColor: inks.ground, textBorderWidth: 3, formatter: ({ dataIndex }: { dataIndex: number }) => fullValue(series.values[dataIndex], series.format, drawn.style) },
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
        label: { show: drawn.categories.length * drawn.seconds.length <= 160, fontSize: 12, formatter: ({ value }: { value: unknown }) => `{${((value as number[])[2] ?? 0) > most * 0.55 ? 'light' : 'dark'}|${shortValue((value as number[])[2], format, drawn.style)}}`, rich: { light: { color: '#ffffff', fontSize: 12 }, dark: { color: inks.text, fontSize: 12 } } },
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
        progress: { show: share > 0, width: 14, roundCap: true, itemStyle: { color: chartColor(share >= 1 ? 'green' : 'indigo', drawn.appearance) } },
        axisLine: { roundCap: true, lineStyle: { width: 14, color: [[1, inks.line]] } },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { show: false },
        title: { offsetCenter: [0, '28%'], color: inks.quiet, fontSize: 12 },
        detail: { offsetCenter: [0, '-4%'], fontSize: 24, fontWeight: 600, color: inks.text, formatter: () => shortValue(value, format, drawn.style) },
        data: [{ value: share, name: target ? fill(texts.ofTarget, { n: fullValue(share, 'percent', drawn.style) }) : texts.noTarget }],
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
