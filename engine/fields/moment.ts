/** What date-time and time span share: a moment is an ISO text in UTC with milliseconds. */
import type { Json } from './field-type.ts';
import { trimText } from './plain-text.ts';
import { fromWallTime, toWallTime } from './time-zone.ts';

export const MOMENT_PATTERN = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$';
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

export function isMoment(value: Json): boolean {
  if (typeof value !== 'string' || !new RegExp(MOMENT_PATTERN).test(value)) return false;
  const at = Date.parse(value);
  // Date.parse lets 02-30 roll over into March.
  return !Number.isNaN(at) && new Date(at).toISOString() === value;
}

/** Any zone becomes UTC. A text without a zone is left: what it means is not known here. */
export function normalizeMoment(value: Json): Json {
  if (typeof value !== 'string') return value;
  const written = trimText(value);
  if (!WITH_ZONE.test(written)) return written || null;
  const at = new Date(written);
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999 ? written : at.toISOString();
}

/** `2024-03-15 14:30`, with seconds only when there are any. */
export function formatMoment(moment: string, timeZone: string): string {
  if (Number.isNaN(Date.parse(moment))) return moment;
  const { date, time } = toWallTime(moment, timeZone);
  return `${date} ${time.endsWith(':00') ? time.slice(0, 5) : time}`;
}

export function toMoment(date: string, time: string | undefined, timeZone: string): string {
  return fromWallTime({ date, time: time ?? '00:00:00' }, timeZone);
}
