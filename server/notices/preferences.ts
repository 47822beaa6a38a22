/** Somebody's own wishes about notices, and who decides for them while they are away. */
import { AppError, type Issue } from '#engine/errors.ts';
import { addToDate, fromLocal, toLocalDateTime } from '#engine/rules/time.ts';
import type { NoticePreferences } from '#engine/workflows/reports.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';

export const USUAL_PREFERENCES: NoticePreferences = { email: true, quiet: { from: '21:00', to: '08:00' }, digestAt: null, muted: [], absence: null };

const MOST_DELEGATES = 5;

export async function preferencesOf(db: Queryable, userId: string): Promise<NoticePreferences> {
  const row = await db.get<{ preferences: string }>(sql`SELECT preferences FROM relata_preference WHERE user_id = ${userId}`);
  return row ? { ...USUAL_PREFERENCES, ...(JSON.parse(row.preferences) as Partial<NoticePreferences>) } : USUAL_PREFERENCES;
}

export async function savePreferences(tx: Transaction, userId: string, preferences: NoticePreferences): Promise<void> {
  await tx.run(sql`DELETE FROM relata_preference WHERE user_id = ${userId}`);
  await tx.run(sql`INSERT INTO relata_preference (user_id, preferences) VALUES (${userId}, ${JSON.stringify(preferences)})`);
}

/** What no schema can say of them. */
export function checkPreferences({ directory }: Workspace, userId: string, { absence, quiet }: NoticePreferences): void {
  const issues: Issue[] = [];
  if (quiet && quiet.from === quiet.to) issues.push({ path: '/quiet/to', code: 'order', message: { 'zh-CN': '免打扰的开始和结束不能相同', en: 'Quiet hours must not begin and end at the same time' } });
  if (absence) {
    if (absence.delegate === userId || !directory.user(absence.delegate)?.active) {
      issues.push({ path: '/absence/delegate', code: 'delegate', message: { 'zh-CN': '请选择另一位启用的同事', en: 'Choose another active colleague' } });
    }
    if (absence.to < absence.from) issues.push({ path: '/absence/to', code: 'order', message: { 'zh-CN': '结束日期不能早于开始日期', en: 'The last day must not be before the first' } });
  }
  if (issues.length > 0) throw new AppError('validation_failed', { 'zh-CN': '有内容需要更正', en: 'Some values need correcting' }, issues);
}

/** The end of the quiet hours that a moment lies in; null outside of them. */
export function quietUntil({ quiet }: Pick<NoticePreferences, 'quiet'>, moment: string, timeZone: string): string | null {
  if (!quiet) return null;
  const local = toLocalDateTime(moment, timeZone);
  const [day, time] = [local.slice(0, 10), local.slice(11, 16)];
  const overnight = quiet.from > quiet.to;
  const isQuiet = overnight ? time >= quiet.from || time < quiet.to : time >= quiet.from && time < quiet.to;
  if (!isQuiet) return null;
  const lastDay = overnight && time >= quiet.from ? addToDate(day, 1, 'day') : day;
  return fromLocal(`${lastDay}T${quiet.to}:00`, timeZone);
}

/** Those of these users who said that they are away on a day. */
export async function absentOn(db: Queryable, users: readonly string[], day: string): Promise<string[]> {
  const away: string[] = [];
  for (const user of users) {
    const { absence } = await preferencesOf(db, user);
    if (absence !== null && absence.from <= day && day <= absence.to) away.push(user);
  }
  return away;
}

/** Who decides for an absent person on a day: a present, active colleague, over several absences; null: they do it themselves. */
export async function delegateOf(workspace: Workspace, tx: Queryable, userId: string, day: string): Promise<string | null> {
  const asked = new Set([userId]);
  let at = userId;
  for (let hops = 0; hops < MOST_DELEGATES; hops++) {
    const { absence } = await preferencesOf(tx, at);
    const isAway = absence !== null && absence.from <= day && day <= absence.to && workspace.directory.user(absence.delegate)?.active === true;
    if (!isAway) return at === userId ? null : at;
    // A circle of absent people: nobody is there to decide, so it stays where it was.
    if (asked.has(absence.delegate)) return null;
    asked.add(absence.delegate);
    at = absence.delegate;
  }
  return null;
}
