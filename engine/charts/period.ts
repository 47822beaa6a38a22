/** Which days count: a calendar unit, some units in a row, or two dates. And the same span moved to what it is compared with. */
import Type, { type Static } from 'typebox';
import { addToDate, type DateUnit, dateDifference, startOf } from '../rules/time.ts';
import { GRAINS, type Grain } from './aggregate.ts';

export const RANGES = ['today', 'thisWeek', 'lastWeek', 'thisMonth', 'lastMonth', 'thisQuarter', 'lastQuarter', 'thisYear', 'lastYear', 'thisFiscalYear', 'lastFiscalYear', 'last', 'next', 'between', 'all'] as const;
export type Range = (typeof RANGES)[number];
const DAY_PATTERN = '^\\d{4}-\\d{2}-\\d{2}$';

export const PeriodSchema = Type.Object(
  {
    range: Type.Unsafe<Range>(Type.Union(RANGES.map((range) => Type.Literal(range)))),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 400, description: '`last` and `next`: so many units, the present one among them.' })),
    unit: Type.Optional(Type.Unsafe<Grain>(Type.Union(GRAINS.map((grain) => Type.Literal(grain))))),
    from: Type.Optional(Type.String({ pattern: DAY_PATTERN })),
    to: Type.Optional(Type.String({ pattern: DAY_PATTERN, description: 'The last day that counts.' })),
  },
  { additionalProperties: false },
);
export type Period = Static<typeof PeriodSchema>;

/** First day that counts and the first that does not; null is open. */
export interface Span {
  readonly from: string | null;
  readonly to: string | null;
}
export interface Shift {
  readonly amount: number;
  readonly unit: DateUnit;
}

const CALENDAR = /^(this|last)(Week|Month|Quarter|Year)$/;
const FISCAL = /^(this|last)FiscalYear$/;

/** `fiscalStart`: the month in which the fiscal year begins, 1 to 12. */
export function spanOf({ range, count = 1, unit = 'month', from, to }: Period, today: string, fiscalStart = 1): Span {
  const fiscal = FISCAL.exec(range);
  if (fiscal) {
    const year = startOf(addToDate(startOf(today, 'month'), 1 - fiscalStart, 'month'), 'year');
    const first = addToDate(addToDate(year, fiscalStart - 1, 'month'), fiscal[1] === 'this' ? 0 : -1, 'year');
    return { from: first, to: addToDate(first, 1, 'year') };
  }
  const calendar = CALENDAR.exec(range);
  if (calendar) {
    const own = calendar[2]?.toLowerCase() as Grain;
    const first = addToDate(startOf(today, own), calendar[1] === 'this' ? 0 : -1, own);
    return { from: first, to: addToDate(first, 1, own) };
  }
  const now = startOf(today, unit);
  if (range === 'last') return { from: addToDate(now, 1 - count, unit), to: addToDate(now, 1, unit) };
  if (range === 'next') return { from: now, to: addToDate(now, count, unit) };
  if (range === 'between') return { from: from ?? null, to: to === undefined ? null : addToDate(to, 1, 'day') };
  return range === 'today' ? { from: today, to: addToDate(today, 1, 'day') } : { from: null, to: null };
}

/** How far back the compared span lies; null where a period has no length. */
export function shiftOf(period: Period, compare: 'before' | 'year', span: Span, grain: Grain | undefined): Shift | null {
  if (span.from === null || span.to === null) return null;
  // A year is no whole number of weeks; 52 of them keep Mondays on Mondays.
  if (compare === 'year') return grain === 'week' ? { amount: -52, unit: 'week' } : { amount: -1, unit: 'year' };
  if (FISCAL.test(period.range)) return { amount: -1, unit: 'year' };
  const calendar = CALENDAR.exec(period.range);
  if (calendar) return { amount: -1, unit: calendar[2]?.toLowerCase() as Grain };
  if (period.range === 'last' || period.range === 'next') return { amount: -(period.count ?? 1), unit: period.unit ?? 'month' };
  return { amount: -dateDifference(span.from, span.to, 'day'), unit: 'day' };
}

export function shiftSpan(span: Span, { amount, unit }: Shift): Span {
  const move = (day: string | null): string | null => (day === null ? null : addToDate(day, amount, unit));
  return { from: move(span.from), to: move(span.to) };
}

const WORDS = /^(last|next):(\d{1,3}):(day|week|month|quarter|year)$/;
const BETWEEN = /^(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?$/;

/** As it stands in an address: `thisMonth`, `last:12:week`, `2026-01-01..2026-03-31`. Undefined for what is no period. */
export function parsePeriod(text: string): Period | undefined {
  const words = WORDS.exec(text);
  if (words) return { range: words[1] as 'last' | 'next', count: Math.min(400, Math.max(1, Number(words[2]))), unit: words[3] as Grain };
  const between = BETWEEN.exec(text);
  if (between && (between[1] || between[2])) return { range: 'between', ...(between[1] && { from: between[1] }), ...(between[2] && { to: between[2] }) };
  return (RANGES as readonly string[]).includes(text) && !['last', 'next', 'between'].includes(text) ? { range: text as Range } : undefined;
}

export function printPeriod({ range, count = 1, unit = 'month', from = '', to = '' }: Period): string {
  return range === 'last' || range === 'next' ? `${range}:${count}:${unit}` : range === 'between' ? `${from}..${to}` : range;
}
