/** Days and moments told from today, as sample data and scenarios write them: `@-12` is a day, `@-12 14:00` a moment in the zone. */
import type { Json } from '../fields/field-type.ts';
import { addToDate, fromLocal, toLocalDate } from '../rules/time.ts';

const RELATIVE = /^@([+-]?\d+)(?: (\d{2}:\d{2}))?$/;

/** The value with every such text in it told as it stands in a record; other values come back as they are. */
export function resolveRelative(value: Json, now: string, timeZone: string): Json {
  if (Array.isArray(value)) return value.map((item) => resolveRelative(item, now, timeZone));
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolveRelative(inner, now, timeZone)]));
  const match = typeof value === 'string' ? RELATIVE.exec(value) : null;
  if (!match) return value;
  const day = addToDate(toLocalDate(now, timeZone), Number(match[1]), 'day');
  return match[2] === undefined ? day : fromLocal(`${day}T${match[2]}:00`, timeZone);
}
