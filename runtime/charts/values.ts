/** Numbers, days and bands of charts as people read them. */
import type { Grain } from '#engine/charts/aggregate.ts';
import type { MeasureFormat } from '#engine/charts/definitions.ts';
import type { Value } from '#engine/charts/chart-data.ts';
import type { Locale } from '#engine/errors.ts';
import type { ValueKind } from '#engine/rules/rule.ts';
import { fill } from '../app/i18n/fill.ts';
import { formatNumber } from '../fields/format.ts';
import { type ChartTexts, chartTexts } from './texts.ts';

export type Unit = 'one' | 'tenThousand' | 'hundredMillion';
export const DASH = '–';

export interface Style {
  readonly locale: Locale;
  readonly currency: string;
  /** Absent: by the size of the number. */
  readonly unit?: Unit | undefined;
}

const SIZES: Readonly<Record<Unit, number>> = { one: 1, tenThousand: 1e4, hundredMillion: 1e8 };
const UNIT_WORDS: Readonly<Record<Locale, Readonly<Record<Unit, string>>>> = { 'zh-CN': { one: '', tenThousand: '万', hundredMillion: '亿' }, en: { one: '', tenThousand: '×10k', hundredMillion: '×100M' } };

/** In full: 1,234,567.50. */
export function fullValue(value: Value | undefined, format: MeasureFormat | 'text' | undefined, { locale, currency }: Pick<Style, 'locale' | 'currency'>): string {
  if (value === null || value === undefined) return DASH;
  if (typeof value === 'string') return value;
  const texts = chartTexts(locale);
  switch (format) {
    case 'money': return formatNumber(value, locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: 0, maximumFractionDigits: Math.abs(value) >= 10_000 ? 0 : 2 });
    case 'percent': return formatNumber(value, locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
    case 'days': return fill(texts.days, { n: formatNumber(value, locale, { maximumFractionDigits: 1 }) });
    case 'hours': return fill(texts.hours, { n: formatNumber(value, locale, { maximumFractionDigits: 1 }) });
    default: return formatNumber(value, locale, { maximumFractionDigits: 2 });
  }
}

/** Along an axis: percents without decimals. */
export function axisValue(value: number, format: MeasureFormat | undefined, style: Style): string {
  return format === 'percent' ? formatNumber(value, style.locale, { style: 'percent', maximumFractionDigits: 0 }) : shortValue(value, format, style);
}

/** For axes and big numbers: in the unit that was chosen, or shortened: 123.5 万, 1.2M. */
export function shortValue(value: Value | undefined, format: MeasureFormat | 'text' | undefined, style: Style): string {
  if (typeof value !== 'number' || format === 'percent' || format === 'days' || format === 'hours') return fullValue(value, format, style);
  const { locale, currency, unit } = style;
  const symbol = format === 'money' ? symbolOf(locale, currency) : '';
  if (unit && unit !== 'one') return `${symbol}${formatNumber(value / SIZES[unit], locale, { maximumFractionDigits: 2 })}${locale === 'zh-CN' ? ' ' : ''}${UNIT_WORDS[locale][unit]}`;
  if (unit === 'one' || Math.abs(value) < 1e4) return `${symbol}${formatNumber(value, locale, { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 })}`;
  if (locale === 'zh-CN') {
    const own: Unit = Math.abs(value) >= 1e8 ? 'hundredMillion' : 'tenThousand';
    return `${symbol}${formatNumber(value / SIZES[own], locale, { maximumFractionDigits: Math.abs(value / SIZES[own]) < 100 ? 2 : 1 })} ${UNIT_WORDS[locale][own]}`;
  }
  return `${symbol}${formatNumber(value, locale, { notation: 'compact', maximumFractionDigits: 1 })}`;
}

export function symbolOf(locale: Locale, currency: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0).find(({ type }) => type === 'currency')?.value ?? '';
}

/** `2026-03-01` by month is 2026-03 or Mar 2026. */
export function grainText(day: string, grain: Grain, locale: Locale): string {
  const [year = '', month = '1', date = '1'] = day.split('-');
  const at = Date.UTC(Number(year), Number(month) - 1, Number(date));
  const english = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' }).format(at);
  switch (grain) {
    case 'year': return year;
    case 'quarter': return fill(chartTexts(locale).quarter, { y: year, q: Math.floor((Number(month) - 1) / 3) + 1 });
    case 'month': return locale === 'en' ? english({ year: 'numeric', month: 'short' }) : `${year}-${month}`;
    case 'week': return locale === 'en' ? english({ month: 'short', day: 'numeric' }) : `${Number(month)}/${Number(date)}`;
    default: return locale === 'en' ? english({ month: 'short', day: 'numeric' }) : `${Number(month)}/${Number(date)}`;
  }
}

/** In full, where there is room: a week says from which day to which. */
export function grainTitle(day: string, grain: Grain, locale: Locale): string {
  if (grain !== 'week') return grain === 'day' ? day : grainText(day, grain, locale);
  const end = new Date(Date.parse(`${day}T00:00:00Z`) + 6 * 86_400_000).toISOString().slice(0, 10);
  return `${day} – ${end}`;
}

export function bandText(band: number, bands: readonly number[], kind: ValueKind, style: Style): string {
  const texts: ChartTexts = chartTexts(style.locale);
  const [from, to] = [bands[band - 1], bands[band]];
  if (kind !== 'number') {
    if (from === undefined) return to === 1 ? texts.notDue : fill(texts.below, { n: fill(texts.days, { n: to ?? 0 }) });
    return to === undefined ? fill(texts.dayAbove, { n: from - 1 }) : fill(texts.dayBand, { a: from, b: to - 1 });
  }
  const plain = (value: number): string => shortValue(value, 'number', style);
  if (from === undefined) return fill(texts.below, { n: plain(to ?? 0) });
  return to === undefined ? fill(texts.above, { n: plain(from) }) : `${plain(from)} – ${plain(to)}`;
}
