/**
 * Days and moments told from today, as sample data and scenarios write them: `@-12` is a day, `@-12 14:00` a moment in the zone; and
 * periods: `@m-1` the month before this one (`2026-10`), `@q` this quarter (`2026Q4`), `@y+1` next year.
 */
import type { Json } from '../fields/field-type.ts';
import { addToDate, fromLocal, toLocalDate } from '../rules/time.ts';

const RELATIVE = /^@([+-]?\d+)(?: (\d{2}:\d{2}))?$/;

const PERIOD = /^@([mqy])([+-]\d+)?$/;

/** As targets and reports name a month, a quarter, a year. */
function periodFrom(today: string, unit: string, count: number): string {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  if (unit === 'y') return String(Math.floor(months / 12) + count);
  if (unit === 'q') {
    const quarter = Math.floor(months / 3) + count;
    return `${Math.floor(quarter / 4)}Q${(quarter % 4) + 1}`;
  }
  const month = months + count;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** The value with every such text in it told as it stands in a record; other values come back as they are. */
export function resolveRelative(value: Json, now: string, timeZone: string): Json {
  if (Array.isArray(value)) return value.map((item) => resolveRelative(item, now, timeZone));
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolveRelative(inner, now, timeZone)]));
  const period = typeof value === 'string' ? PERIOD.exec(value) : null;
  if (period) return periodFrom(toLocalDate(now, timeZone), period[1] ?? 'm', Number(period[2] ?? 0));
  const match = typeof value === 'string' ? RELATIVE.exec(value) : null;
  if (!match) return value;
  const day = addToDate(toLocalDate(now, timeZone), Number(match[1]), 'day');
  return match[2] === undefined ? day : fromLocal(`${day}T${match[2]}:00`, timeZone);
}
