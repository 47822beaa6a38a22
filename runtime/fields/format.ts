/** Numbers and moments as people read them, by language; cells and pages share these. */
import type { Locale } from '#engine/errors.ts';

const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function dateFormat(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options);
    dateFormats.set(key, format);
  }
  return format;
}

export function formatNumber(value: number, locale: Locale, options: Intl.NumberFormatOptions = {}): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, options);
    numberFormats.set(key, format);
  }
  return format.format(value);
}

export function formatCount(count: { value: number; capped: boolean }, locale: Locale): string {
  return `${formatNumber(count.value, locale)}${count.capped ? '+' : ''}`;
}

/** `2024-03-15` stays that day in every zone. */
export function formatDate(day: string, locale: Locale): string {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return day;
  if (locale === 'zh-CN') return day;
  return dateFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, date));
}

export function formatMoment(moment: string, locale: Locale, timeZone: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  if (locale === 'zh-CN') {
    const parts = Object.fromEntries(
      dateFormat('zh-CN', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
        .formatToParts(date)
        .map((part) => [part.type, part.value]),
    );
    return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
  }
  return dateFormat(locale, { timeZone, hourCycle: 'h23', year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(date);
}

export function formatTime(moment: string, locale: Locale, timeZone: string): string {
  return dateFormat(locale, { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' }).format(new Date(moment));
}

/** The calendar day of a moment, `YYYY-MM-DD`. */
export function dayOf(moment: string | Date, timeZone: string): string {
  const parts = dateFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(moment));
  const find = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return `${find('year')}-${find('month')}-${find('day')}`;
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const relativeFormats = new Map<Locale, Intl.RelativeTimeFormat>();

function relativeFormat(locale: Locale): Intl.RelativeTimeFormat {
  let format = relativeFormats.get(locale);
  if (!format) {
    format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
    relativeFormats.set(locale, format);
  }
  return format;
}

/** "3 days ago"; under a minute it is "now". */
export function formatRelative(moment: string, locale: Locale, now: number = Date.now()): string {
  const distance = new Date(moment).getTime() - now;
  if (Number.isNaN(distance)) return '';
  const relative = relativeFormat(locale);
  for (const [unit, size] of STEPS) {
    if (Math.abs(distance) >= size) return relative.format(Math.trunc(distance / size), unit);
  }
  return relative.format(0, 'second');
}

const SIZES = ['B', 'KB', 'MB', 'GB'];

export function formatSize(bytes: number, locale: Locale): string {
  const step = Math.min(SIZES.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  return `${formatNumber(bytes / 1024 ** step, locale, { maximumFractionDigits: step === 0 ? 0 : 1 })} ${SIZES[step] ?? 'B'}`;
}
