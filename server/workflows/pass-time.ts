/** Time passes at once: everything that falls due on the way happens at its own moment, in order. For scenarios and tests with a clock of their own. */
import { nextOccurrence } from '#engine/workflows/cron.ts';
import { businessCalendar } from '../calendar.ts';
import { sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';
import { datesDue, later, lookAtClock, timedWorkflows } from './clock.ts';
import { runDue } from './worker.ts';

const HOUR_MS = 3_600_000;
/** Over longer times, schedules of every few minutes are looked at whenever something else is due. */
const FINE_MS = 48 * HOUR_MS;

export async function passTime(workspace: Workspace, setNow: (moment: string) => void, to: string): Promise<void> {
  await lookAtClock(workspace);
  await runDue(workspace);
  const isLong = Date.parse(to) - Date.parse(workspace.now()) > FINE_MS;
  for (;;) {
    const next = await nextMoment(workspace, to, isLong);
    setNow(next === null || next > to ? to : next);
    await lookAtClock(workspace);
    await runDue(workspace);
    if (next === null || next >= to) return;
  }
}

/** The first moment after now at which something falls due, `to` at the latest. */
async function nextMoment(workspace: Workspace, to: string, isLong: boolean): Promise<string | null> {
  const { database, model } = workspace;
  const now = workspace.now();
  const step = await database.get<{ due_at: string | null }>(sql`SELECT min(due_at) AS due_at FROM relata_step WHERE state IN ('ready', 'waiting') AND due_at > ${now}`);
  const moments: string[] = step?.due_at ? [step.due_at] : [];
  const calendar = await businessCalendar(database, model.settings.timeZone);
  for (const { workflow, watch } of timedWorkflows(model)) {
    if (watch.kind === 'schedule') {
      const isFine = /^\*|\//.test(watch.cron);
      const next = isFine && isLong ? null : nextOccurrence(watch.cron, now, watch.timeZone ?? model.settings.timeZone);
      if (next) moments.push(next.at);
    } else {
      const due = await datesDue(workspace, database, { workflow, watch, from: now, to, since: null, calendar, limit: 1000, done: false });
      moments.push(...due.map(({ due: at }) => at));
    }
  }
  const first = moments.sort()[0];
  // A date is a text of its own; the clock goes on by at least a moment.
  return first === undefined ? null : first > now ? first : later(now, 1);
}
