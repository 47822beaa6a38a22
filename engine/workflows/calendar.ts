/**
 * Business time: which days are worked, from when to when, and how durations run over it. Comes in as data that an administrator imports
 * and edits: working hours of the week, and days that are otherwise (holidays, make-up workdays).
 */
import { addToDate, type DateUnit, fromLocal, toLocalDateTime } from '../rules/time.ts';
import type { DurationUnit } from './settings.ts';

export interface BusinessCalendar {
  readonly timeZone: string;
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** `09:00` */
  readonly from: string;
  readonly to: string;
  /** By day: true is worked although it would not be, false is not worked although it would be. */
  readonly exceptions: Readonly<Record<string, boolean>>;
}

export const USUAL_CALENDAR: Omit<BusinessCalendar, 'timeZone'> = { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', exceptions: {} };

/** Far enough for any sensible calendar; one without a single workday must not run for ever. */
const MOST_DAYS_LOOKED_AT = 4000;
const HOUR_MS = 3_600_000;

export function isWorkday(day: string, { weekdays, exceptions }: BusinessCalendar): boolean {
  if (Object.hasOwn(exceptions, day)) return exceptions[day] === true;
  return weekdays.includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** The n-th workday after a day (before it for negative n). 0 is the day itself, or the next workday. */
export function addWorkdays(day: string, amount: number, calendar: BusinessCalendar): string {
  const step = amount < 0 ? -1 : 1;
  let at = day;
  let left = Math.abs(Math.trunc(amount));
  for (let looked = 0; looked < MOST_DAYS_LOOKED_AT; looked++) {
    if (left === 0 && isWorkday(at, calendar)) return at;
    at = addToDate(at, step, 'day');
    if (left > 0 && isWorkday(at, calendar)) left -= 1;
  }
  return at;
}

/** Working time counted off hour by hour: Friday 17:30 and one hour, with work from 8 to 17, is Monday 9:00. */
export function addBusinessHours(moment: string, hours: number, calendar: BusinessCalendar): string {
  let left = hours * HOUR_MS;
  let day = toLocalDateTime(moment, calendar.timeZone).slice(0, 10);
  let at = Date.parse(moment);
  const bound = (time: string): number => Date.parse(fromLocal(`${day}T${time}:00`, calendar.timeZone));
  for (let looked = 0; looked < MOST_DAYS_LOOKED_AT; looked++) {
    if (isWorkday(day, calendar)) {
      if (left >= 0) {
        const start = Math.max(at, bound(calendar.from));
        const end = bound(calendar.to);
        if (start + left <= end && start <= end) return new Date(start + left).toISOString();
        left -= Math.max(0, end - start);
      } else {
        const end = Math.min(at, bound(calendar.to));
        const start = bound(calendar.from);
        if (end + left >= start && end >= start) return new Date(end + left).toISOString();
        left += Math.max(0, end - start);
      }
    }
    const isForward = hours >= 0;
    day = addToDate(day, isForward ? 1 : -1, 'day');
    at = isForward ? Date.parse(fromLocal(day, calendar.timeZone)) : Date.parse(fromLocal(addToDate(day, 1, 'day'), calendar.timeZone));
  }
  return new Date(at).toISOString();
}

/** Milliseconds of working time between two moments; none when the second lies before the first. */
export function businessTimeBetween(from: string, to: string, calendar: BusinessCalendar): number {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  let worked = 0;
  let day = toLocalDateTime(from, calendar.timeZone).slice(0, 10);
  for (let looked = 0; looked < MOST_DAYS_LOOKED_AT; looked++) {
    const [opens, closes] = [calendar.from, calendar.to].map((time) => Date.parse(fromLocal(`${day}T${time}:00`, calendar.timeZone))) as [number, number];
    if (opens >= end) break;
    if (isWorkday(day, calendar)) worked += Math.max(0, Math.min(closes, end) - Math.max(opens, start));
    day = addToDate(day, 1, 'day');
  }
  return worked;
}

const CLOCK_MS: Readonly<Partial<Record<DurationUnit, number>>> = { minute: 60_000, hour: HOUR_MS };

/**
 * A moment moved by a duration; a negative amount goes back. Days, weeks and months keep the local time of day, a month clamps to its last day.
 */
export function shiftMoment(moment: string, amount: number, unit: DurationUnit, calendar: BusinessCalendar): string {
  const clock = CLOCK_MS[unit];
  if (clock !== undefined) return new Date(Date.parse(moment) + amount * clock).toISOString();
  if (unit === 'businessHour') return addBusinessHours(moment, amount, calendar);
  const local = toLocalDateTime(moment, calendar.timeZone);
  const day = unit === 'businessDay' ? addWorkdays(local.slice(0, 10), amount, calendar) : addToDate(local.slice(0, 10), Math.trunc(amount), unit as DateUnit);
  return fromLocal(`${day}${local.slice(10)}`, calendar.timeZone);
}

/** Years that a duration may run into and that nobody has told the holidays of. */
export function yearsWithoutData(calendar: BusinessCalendar, years: readonly number[]): number[] {
  return years.filter((year) => !Object.keys(calendar.exceptions).some((day) => day.startsWith(`${year}-`)));
}
