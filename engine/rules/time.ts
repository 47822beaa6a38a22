/** Days and moments in a workspace's time zone. Dates are `YYYY-MM-DD`, moments are ISO UTC; both compare as texts. */

const DAY_MS = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

const dayOffsets = new Map<string, Map<number, number>>();
const KEPT_DAYS = 20_000;

/** Milliseconds that local time is ahead of UTC at an instant; kept for every day on which it does not change. */
function offsetAt(instant: number, timeZone: string): number {
  const day = Math.floor(instant / DAY_MS);
  let known = dayOffsets.get(timeZone);
  if (!known || known.size > KEPT_DAYS) dayOffsets.set(timeZone, (known = new Map()));
  const kept = known.get(day);
  if (kept !== undefined) return kept;
  const offset = readOffset(instant, timeZone);
  if (readOffset(day * DAY_MS, timeZone) === offset && readOffset((day + 1) * DAY_MS, timeZone) === offset) known.set(day, offset);
  return offset;
}

function readOffset(instant: number, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(instant)) part[type] = Number(value);
  const local = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
  return local - Math.floor(instant / 1000) * 1000;
}

/** Whether a text is a day, `YYYY-MM-DD`, and not merely as long as one. */
export function isDay(value: unknown): value is string {
  return typeof value === 'string' && value.length === 10 && value[4] === '-' && value[7] === '-' && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
}

/** Whether a text is a moment: a day, `T` and a time. */
export function isMoment(value: unknown): value is string {
  return typeof value === 'string' && value[10] === 'T' && !Number.isNaN(Date.parse(value));
}

/** The local day of a moment. */
export function toLocalDate(moment: string, timeZone: string): string {
  const instant = Date.parse(moment);
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 10);
}

/** The local day of a day or a moment; null for what is neither. */
export function localDayOf(value: unknown, timeZone: string): string | null {
  if (isDay(value)) return value;
  return isMoment(value) ? toLocalDate(value, timeZone) : null;
}

/** Local wall-clock time `YYYY-MM-DDTHH:mm:ss.sss` of a moment. */
export function toLocalDateTime(moment: string, timeZone: string): string {
  const instant = Date.parse(moment);
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 23);
}

/** The moment at which local wall-clock time (`YYYY-MM-DD` or `YYYY-MM-DDTHH:mm[:ss]`) is shown; the first instant after a gap. */
export function fromLocal(local: string, timeZone: string): string {
  const wall = Date.parse(local.length === 10 ? `${local}T00:00:00Z` : `${local.slice(0, 23)}Z`);
  const before = wall - offsetAt(wall - DAY_MS, timeZone);
  const after = wall - offsetAt(wall + DAY_MS, timeZone);
  // Where offsets differ the wall time may exist once, twice or never: take the candidate that reads back, else the later.
  const fits = [before, after].find((instant) => instant + offsetAt(instant, timeZone) === wall);
  return new Date(fits ?? Math.max(before, after)).toISOString();
}

export type DateUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Adds calendar units; a day that the target month lacks becomes its last day. */
export function addToDate(date: string, amount: number, unit: DateUnit): string {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7)) - 1;
  const day = Number(date.slice(8, 10));
  if (unit === 'day' || unit === 'week') {
    return isoDay(year, month, day + amount * (unit === 'week' ? 7 : 1));
  }
  const months = amount * (unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1);
  const lastDay = Number(isoDay(year, month + months + 1, 0).slice(-2));
  return isoDay(year, month + months, Math.min(day, lastDay));
}

/** Whole units from `from` to `to`; negative when `to` lies before. */
export function dateDifference(from: string, to: string, unit: DateUnit): number {
  if (unit === 'day' || unit === 'week') {
    const days = Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / DAY_MS);
    return unit === 'week' ? Math.trunc(days / 7) : days;
  }
  if (to < from) return -dateDifference(to, from, unit) || 0;
  let months = (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
  if (to.slice(8, 10) < from.slice(8, 10)) months -= 1;
  return Math.trunc(months / (unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1));
}

/** Monday of the week, the first of the month, quarter or year that holds a day. */
export function startOf(date: string, unit: DateUnit): string {
  if (unit === 'day') return date;
  if (unit === 'year') return `${date.slice(0, 4)}-01-01`;
  if (unit === 'month') return `${date.slice(0, 7)}-01`;
  if (unit === 'quarter') {
    const month = Math.floor((Number(date.slice(5, 7)) - 1) / 3) * 3 + 1;
    return `${date.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
  }
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addToDate(date, -weekday, 'day');
}

/** Months and days may run over. `Date.UTC` would take the years 0 to 99 for 1900 to 1999. */
function isoDay(year: number, month: number, day: number): string {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.toISOString().split('T')[0] as string;
}

/** As far as a shift may reach; beyond it, and outside the years 1 to 9999, there is no date. */
export const FARTHEST: Readonly<Record<DateUnit, number>> = { day: 3_650_000, week: 520_000, month: 119_000, quarter: 39_000, year: 9_900 };

/** `addToDate` for amounts that come from data. */
export function shiftDate(date: string, amount: number, unit: DateUnit): string | null {
  const steps = Math.trunc(amount);
  if (Math.abs(steps) > FARTHEST[unit]) return null;
  const shifted = addToDate(date, steps, unit);
  return /^\d{4}-/.test(shifted) && shifted >= '0001' ? shifted : null;
}

export const PERIODS = [
  'today', 'yesterday', 'tomorrow',
  'thisWeek', 'lastWeek', 'nextWeek',
  'thisMonth', 'lastMonth', 'nextMonth',
  'thisQuarter', 'lastQuarter', 'nextQuarter',
  'thisYear', 'lastYear', 'nextYear',
  'lastDays', 'nextDays', 'olderThanDays',
] as const;
export type Period = (typeof PERIODS)[number];

/** First day inside and first day after a period; null is open. `days` counts for the last three. */
export function periodBounds(period: Period, today: string, days: number): { from: string | null; to: string | null } {
  const match = /^(this|last|next)(Week|Month|Quarter|Year)$/.exec(period);
  if (match) {
    const unit = match[2]?.toLowerCase() as DateUnit;
    const shift = match[1] === 'this' ? 0 : match[1] === 'last' ? -1 : 1;
    const from = addToDate(startOf(today, unit), shift, unit);
    return { from, to: addToDate(from, 1, unit) };
  }
  const tomorrow = addToDate(today, 1, 'day');
  switch (period) {
    case 'yesterday': return { from: addToDate(today, -1, 'day'), to: today };
    case 'tomorrow': return { from: tomorrow, to: addToDate(today, 2, 'day') };
    case 'lastDays': return { from: addToDate(today, -days, 'day'), to: tomorrow };
    case 'nextDays': return { from: today, to: addToDate(today, days + 1, 'day') };
    case 'olderThanDays': return { from: null, to: addToDate(today, -days, 'day') };
    default: return { from: today, to: tomorrow };
  }
}
