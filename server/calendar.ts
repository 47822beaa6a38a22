/** The business calendar as it is stored: hours of the week as a setting, days that are otherwise as rows. */
import { AppError, type Issue, isLabel, type Label, type Locale } from '#engine/errors.ts';
import { type BusinessCalendar, USUAL_CALENDAR, yearsWithoutData } from '#engine/workflows/calendar.ts';
import type { Database, Queryable, Transaction } from './db/database.ts';
import { sql } from './db/sql.ts';

export interface CalendarDay {
  readonly day: string;
  readonly working: boolean;
  /** In both languages, or as somebody wrote it. */
  readonly name: Label | string;
}

export interface CalendarHours {
  readonly weekdays: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** What the screen shows and sends back; names in the language of the reader. */
export interface CalendarAnswer extends CalendarHours {
  readonly days: readonly { readonly day: string; readonly working: boolean; readonly name: string }[];
  /** Of last year, this and next: those that nobody has told the holidays of. */
  readonly missingYears: readonly number[];
}

const HOURS_KEY = 'calendar.hours';
const KEPT_MS = 5_000;

interface Kept {
  readonly calendar: BusinessCalendar;
  readonly readAt: number;
}
/** Another process may change it, so it is read again every few seconds. */
const kept = new WeakMap<Queryable, Kept>();

/** `reader`: the transaction under way, so that none waits for a second connection. */
export async function businessCalendar(db: Queryable, timeZone: string, reader: Queryable = db): Promise<BusinessCalendar> {
  const known = kept.get(db);
  if (known && known.calendar.timeZone === timeZone && Date.now() - known.readAt < KEPT_MS) return known.calendar;
  const days = await readDays(reader);
  const calendar: BusinessCalendar = { timeZone, ...(await readHours(reader)), exceptions: Object.fromEntries(days.map(({ day, working }) => [day, working])) };
  kept.set(db, { calendar, readAt: Date.now() });
  return calendar;
}

export async function readCalendar(db: Queryable, locale: Locale, thisYear: number): Promise<CalendarAnswer> {
  const days = await readDays(db);
  const exceptions = Object.fromEntries(days.map(({ day, working }) => [day, working]));
  const hours = await readHours(db);
  return {
    ...hours,
    days: days.map(({ day, working, name }) => ({ day, working, name: nameIn(name, locale) })),
    missingYears: yearsWithoutData({ ...hours, timeZone: '', exceptions }, [thisYear - 1, thisYear, thisYear + 1]),
  };
}

/** Replaces the calendar. A name that reads as it did keeps its other language. */
export async function saveCalendar(database: Database, calendar: CalendarHours & Pick<CalendarAnswer, 'days'>, locale: Locale): Promise<void> {
  const issues = calendarIssues(calendar);
  if (issues.length > 0) throw new AppError('validation_failed', { 'zh-CN': '有内容需要更正', en: 'Some values need correcting' }, issues);
  await database.transaction(async (tx) => {
    const before = new Map((await readDays(tx)).map((day) => [day.day, day.name]));
    const { weekdays, from, to } = calendar;
    await tx.run(sql`DELETE FROM relata_setting WHERE key = ${HOURS_KEY}`);
    await tx.run(sql`INSERT INTO relata_setting (key, value) VALUES (${HOURS_KEY}, ${JSON.stringify({ weekdays: [...weekdays].sort(), from, to })})`);
    await tx.run(sql`DELETE FROM relata_calendar`);
    for (const { day, working, name } of calendar.days) {
      const old = before.get(day);
      await insertDay(tx, { day, working, name: old !== undefined && nameIn(old, locale) === name ? old : name });
    }
    tx.afterCommit(() => kept.delete(database));
  });
}

/** Days that come with a template; what an administrator has entered already stays. */
export async function loadCalendar(tx: Transaction, days: readonly { readonly day: string; readonly working?: boolean; readonly name: Label | string }[]): Promise<void> {
  const known = new Set((await readDays(tx)).map(({ day }) => day));
  for (const { day, working = false, name } of days) if (!known.has(day)) await insertDay(tx, { day, working, name });
}

async function insertDay(tx: Transaction, { day, working, name }: CalendarDay): Promise<void> {
  await tx.run(sql`INSERT INTO relata_calendar (day, working, name) VALUES (${day}, ${working ? 1 : 0}, ${JSON.stringify(name)})`);
}

async function readDays(db: Queryable): Promise<CalendarDay[]> {
  const rows = await db.all<{ day: string; working: number; name: string }>(sql`SELECT day, working, name FROM relata_calendar ORDER BY day`);
  return rows.map(({ day, working, name }) => ({ day, working: Number(working) === 1, name: JSON.parse(name) as Label | string }));
}

async function readHours(db: Queryable): Promise<CalendarHours> {
  const row = await db.get<{ value: string }>(sql`SELECT value FROM relata_setting WHERE key = ${HOURS_KEY}`);
  const { weekdays, from, to } = row ? (JSON.parse(row.value) as CalendarHours) : USUAL_CALENDAR;
  return { weekdays, from, to };
}

const nameIn = (name: Label | string, locale: Locale): string => (isLabel(name) ? name[locale] : name);

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

function calendarIssues({ weekdays, from, to, days }: CalendarHours & Pick<CalendarAnswer, 'days'>): Issue[] {
  const issues: Issue[] = [];
  if (weekdays.length === 0) issues.push({ path: '/weekdays', code: 'required', message: { 'zh-CN': '至少选一个工作日', en: 'Choose at least one working day' } });
  if (!TIME.test(from) || !TIME.test(to) || from >= to) issues.push({ path: '/to', code: 'order', message: { 'zh-CN': '下班时间必须晚于上班时间', en: 'Work must end after it begins' } });
  const seen = new Set<string>();
  days.forEach(({ day }, index) => {
    const path = `/days/${index}/day`;
    if (!isDay(day)) issues.push({ path, code: 'date', message: { 'zh-CN': `没有“${day}”这一天`, en: `There is no day "${day}"` } });
    if (seen.has(day)) issues.push({ path, code: 'unique', message: { 'zh-CN': `“${day}”出现了两次`, en: `"${day}" is there twice` } });
    seen.add(day);
  });
  return issues;
}

function isDay(text: string): boolean {
  const moment = Date.parse(`${text}T00:00:00Z`);
  return DAY.test(text) && !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}
