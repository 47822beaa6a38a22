/**
 * Five-field cron in a time zone. A schedule with an hour has each of its times exactly once a local day: a time that daylight saving
 * leaves out comes at the first instant after the gap, a doubled one the first time only. One for every hour follows the clock on the wall.
 */
import { Cron } from 'croner';
import { addToDate, fromLocal, toLocalDateTime } from '../rules/time.ts';

export function isCron(cron: string): boolean {
  try {
    return new Cron(cron, { paused: true, mode: '5-part' }).nextRun() !== null;
  } catch {
    // croner throws for what it cannot read; there is nothing more to say than no.
    return false;
  }
}

export interface Occurrence {
  /** ISO UTC. */
  readonly at: string;
  /** `2027-03-28T02:30`: what the occurrence is known by, whatever the clock did. */
  readonly local: string;
}

/** Reading a pattern takes longer than looking up its next time; workspaces have a few dozen. */
const read = new Map<string, Cron>();
const MOST_READ = 500;

/** `timeZone` null: as if local time were UTC. */
function scheduleOf(cron: string, timeZone: string | null): Cron {
  const key = `${cron} ${timeZone ?? ''}`;
  let schedule = read.get(key);
  if (!schedule) {
    if (read.size >= MOST_READ) read.clear();
    schedule = new Cron(cron, { paused: true, mode: '5-part', ...(timeZone === null ? { utcOffset: 0 } : { timezone: timeZone }) });
    read.set(key, schedule);
  }
  return schedule;
}

interface Window {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly most?: number;
}

/** Occurrences after `from` up to `to`, in order, `most` at the most. */
export function occurrences(cron: string, { from, to, timeZone, most = 10_000 }: Window): Occurrence[] {
  const isEveryHour = cron.trim().split(/\s+/)[1] === '*';
  // Read as if local time were UTC, each time of day is there once; `fromLocal` says when it is shown.
  const schedule = scheduleOf(cron, isEveryHour ? timeZone : null);
  const found: Occurrence[] = [];
  const add = (at: string, local: string): void => {
    if (at > from && at <= to && found.at(-1)?.at !== at) found.push({ at, local });
  };
  let last: Date | null = isEveryHour ? new Date(from) : new Date(`${addToDate(toLocalDateTime(from, timeZone).slice(0, 10), -1, 'day')}T00:00:00Z`);
  while (found.length < most) {
    last = schedule.nextRun(last);
    if (!last) break;
    const shown = last.toISOString();
    const at = isEveryHour ? shown : fromLocal(shown.slice(0, 16), timeZone);
    if (at > to) break;
    add(at, shown.slice(0, 16));
  }
  return found;
}

/** The next occurrence after a moment; null: none within ten years. */
export function nextOccurrence(cron: string, from: string, timeZone: string): Occurrence | null {
  const to = new Date(Date.parse(from) + 3660 * 86_400_000).toISOString();
  return occurrences(cron, { from, to, timeZone, most: 1 })[0] ?? null;
}
