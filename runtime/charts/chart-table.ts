/** Rows and columns of a chart's table view. */
import type { ChartRow, Value } from '#engine/charts/chart-data.ts';
import type { MeasureFormat } from '#engine/charts/definitions.ts';
import type { ChartSheet } from '../api/charts.ts';
import type { Drawn } from './drawn.ts';
import { chartTexts } from './texts.ts';
import { fullValue } from './values.ts';

export interface TableColumnText {
  readonly id: string;
  readonly text: string;
  readonly isNumber: boolean;
  readonly format?: MeasureFormat | 'text' | undefined;
  readonly measure?: string;
  readonly before?: boolean;
}

export interface TableCell {
  readonly text: string;
  readonly value: Value;
  readonly color?: string | undefined;
  readonly row?: ChartRow;
}

export interface ChartTableText {
  readonly columns: readonly TableColumnText[];
  readonly rows: readonly { readonly cells: readonly TableCell[] }[];
  readonly totals?: readonly string[];
}

export function tableOf(drawn: Drawn): ChartTableText {
  const { chart, data, categories, seconds, thirds, measures, extras, style } = drawn;
  const { locale } = style;
  const texts = chartTexts(locale);
  const names = (chart.dimensions ?? []).map((dimension, i) => ({ id: `d${i}`, text: dimension.label?.[locale] ?? dimensionName(drawn, i), isNumber: false }));
  const value = (own: Value | undefined, format: MeasureFormat | 'text' | undefined, row?: ChartRow): TableCell => ({ text: fullValue(own, format, style), value: own ?? null, ...(row && { row }) });
  const compared = data.rows.some(({ before }) => before);
  const hasRank = chart.rank === true;
  const columns: TableColumnText[] = [
    ...(hasRank ? [{ id: 'rank', text: texts.rank, isNumber: true }] : []),
    ...names,
    ...measures.flatMap(({ measure }) => [
      { id: measure.name, text: measure.label[locale], isNumber: true, format: measure.format, measure: measure.name },
      ...(compared ? [{ id: `${measure.name} before`, text: `${measure.label[locale]} · ${chart.compare === 'year' ? texts.year : texts.before}`, isNumber: true, format: measure.format, measure: measure.name, before: true }] : []),
    ]),
    ...extras.map((extra) => ({ id: extra.name, text: extra.label[locale], isNumber: extra.format !== 'text', format: extra.format })),
  ];
  // Of two dimensions every pair is known; those that hold nothing would only be in the way.
  const isShown = ({ values }: ChartRow): boolean => (chart.dimensions?.length ?? 0) < 2 || values.some((value) => value !== null && value !== 0);
  const rows = data.rows.flatMap((row, at) => (isShown(row) ? [{ row, at }] : [])).map(({ row, at }) => ({
    cells: [
      ...(hasRank ? [{ text: row.other ? '' : String(at + 1), value: at + 1 }] : []),
      ...names.map((_, i): TableCell => {
        const category = (i === 0 ? categories : i === 1 ? seconds : thirds).find(({ key, other }) => (i === 0 && row.other ? other : key === (row.keys[i] ?? null) && !other));
        const text = category?.title ?? String(row.keys[i] ?? texts.notSet);
        return { text, value: text, color: i === 0 ? category?.color : undefined };
      }),
      ...measures.flatMap(({ measure, index }) => [value(row.values[index], measure.format, row), ...(compared ? [value(row.before?.[index], measure.format, row)] : [])]),
      ...extras.map((extra) => value(extra.values[at], extra.format)),
    ],
  }));
  const isSummed = rows.length > 1 && measures.some(({ index }) => data.totals[index] !== null);
  // What lies beyond the limit is in no row, so it is not in the sum either.
  const isCut = chart.limit !== undefined && chart.other !== true && data.rows.length >= chart.limit;
  const totals = [
    ...(hasRank ? [''] : []),
    ...names.map((_, i) => (i === 0 ? (isCut ? texts.totalOf(String(rows.length)) : texts.total) : '')),
    ...measures.flatMap(({ measure, index }) => [data.totals[index] === null ? '' : fullValue(data.totals[index], measure.format, style), ...(compared ? [fullValue(data.beforeTotals?.[index], measure.format, style)] : [])]),
    ...extras.map(() => ''),
  ];
  return { columns, rows, ...(isSummed && { totals }) };
}

function dimensionName({ chart, dimensionLabels }: Drawn, place: number): string {
  return dimensionLabels[place] ?? chart.dimensions?.[place]?.field ?? '';
}

/** As a file of it is made: raw numbers with how they are meant, all else in words. */
export function chartSheet(drawn: Drawn, title: string): ChartSheet {
  const { columns, rows } = tableOf(drawn);
  return { title, columns: columns.map(({ text, isNumber, format }) => ({ text, format: isNumber ? (format ?? 'number') : 'text' })), rows: rows.map(({ cells }) => cells.map(({ value }) => value)) };
}
