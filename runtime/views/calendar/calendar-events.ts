/**
 * Records as events of a calendar, and what was dragged back as values. The calendar calculates in one zone only, so moments are given to
 * it as wall-clock time of the workspace, dressed as UTC; a day stays a day, and its last day counts.
 */
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import { addToDate, fromLocal, toLocalDateTime } from '#engine/rules/time.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { RecordData, Values } from '../../api/types.ts';

/** `time.start` is the part `start` of the field `time`. */
export interface DatePath {
  readonly path: string;
  readonly field: FieldModel;
  readonly part: string | undefined;
}

export interface CalendarSettings {
  readonly start: DatePath;
  readonly end: DatePath | undefined;
  readonly title: string;
  readonly colorBy: string | undefined;
  readonly rrule: string | undefined;
  readonly exdates: string | undefined;
}

function datePath(table: TableModel, path: unknown): DatePath | undefined {
  if (typeof path !== 'string') return undefined;
  const [name = '', part] = path.split('.');
  const field = table.fields[name];
  return field && field.target === undefined ? { path, field, part } : undefined;
}

export function calendarSettings(view: ViewDefinition, table: TableModel): CalendarSettings | undefined {
  const start = datePath(table, view.start);
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  return start && { start, end: datePath(table, view.end), title: text(view.title) ?? table.titleField, colorBy: text(view.colorBy), rrule: text(view.rrule), exdates: text(view.exdates) };
}

export function valueAt(record: Values, { field, part }: DatePath): string | null {
  const value = record[field.name];
  const own: Json | undefined = part === undefined ? value : value !== null && typeof value === 'object' && !Array.isArray(value) ? value[part] : undefined;
  return typeof own === 'string' ? own : null;
}

export const isDay = (value: string): boolean => value.length === 10;

export interface Times {
  readonly start: string;
  readonly end: string | undefined;
  readonly allDay: boolean;
}

/** As the calendar wants it; null for a record without a beginning. */
export function timesOf(record: Values, { start, end }: CalendarSettings, timeZone: string): Times | null {
  const from = valueAt(record, start);
  if (from === null) return null;
  const to = end === undefined ? null : valueAt(record, end);
  if (isDay(from)) return { start: from, end: to !== null && to >= from ? addToDate(to.slice(0, 10), 1, 'day') : undefined, allDay: true };
  const local = (moment: string): string => (isDay(moment) ? `${moment}T00:00:00Z` : `${toLocalDateTime(moment, timeZone)}Z`);
  return { start: local(from), end: to === null || to <= from ? undefined : local(to), allDay: false };
}

/** The values that say so; the other parts of a composite field stay. */
export function valuesOf(record: Values, { start, end }: CalendarSettings, moved: { readonly start: Date; readonly end: Date | null; readonly allDay: boolean }, timeZone: string, isDated: boolean): Values {
  const write = (date: Date, last: boolean): string => {
    const day = date.toISOString().slice(0, 10);
    if (isDated) return last ? addToDate(day, -1, 'day') : day;
    return fromLocal(date.toISOString().slice(0, 23), timeZone);
  };
  const changes: Record<string, Json> = {};
  const put = ({ field, part }: DatePath, value: string): void => {
    const old = changes[field.name] ?? record[field.name];
    changes[field.name] = part === undefined ? value : { ...(old !== null && typeof old === 'object' && !Array.isArray(old) ? old : {}), [part]: value };
  };
  put(start, write(moved.start, false));
  if (end && moved.end) put(end, write(moved.end, true));
  return changes;
}

/** What falls into the window: begun before its end, and not over before its beginning. */
export function windowRule({ start, end, rrule }: CalendarSettings, from: string, to: string): Rule {
  const before: Rule = { '<': [{ var: start.path }, to] };
  const begins: Rule = { '>=': [{ var: start.path }, from] };
  const lasts: Rule = end === undefined ? begins : { or: [begins, { '>=': [{ var: end.path }, from] }] };
  const inside: Rule = { and: [before, lasts] };
  return rrule === undefined ? inside : { or: [inside, { and: [before, { notEmpty: [{ var: rrule }] }] }] };
}

/** The days a repeated record falls on inside the window, as wall-clock time. */
export async function occurrencesOf(record: RecordData, times: Times, settings: CalendarSettings, from: Date, to: Date): Promise<Times[]> {
  const text = settings.rrule === undefined ? undefined : record[settings.rrule];
  if (typeof text !== 'string' || text.trim() === '') return [times];
  const { RRule } = await import('rrule');
  const begins = new Date(times.allDay ? `${times.start}T00:00:00Z` : times.start);
  const length = times.end === undefined ? undefined : new Date(times.allDay ? `${times.end}T00:00:00Z` : times.end).getTime() - begins.getTime();
  const skipped = new Set(exceptionDays(settings.exdates === undefined ? undefined : record[settings.exdates]));
  try {
    const rule = new RRule({ ...RRule.parseString(text.replace(/^RRULE:/i, '')), dtstart: begins });
    const at = (date: Date): string => (times.allDay ? date.toISOString().slice(0, 10) : date.toISOString());
    return rule
      .between(new Date(from.getTime() - (length ?? 0)), to, true)
      .filter((date) => !skipped.has(date.toISOString().slice(0, 10)))
      .map((date) => ({ start: at(date), end: length === undefined ? undefined : at(new Date(date.getTime() + length)), allDay: times.allDay }));
  } catch {
    // What is no rule repeats nothing; the record itself still stands on its day.
    return [times];
  }
}

function exceptionDays(value: Json | undefined): string[] {
  const texts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(/[\s,;]+/) : [];
  return texts.flatMap((text) => {
    const found = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text);
    return found ? [`${found[1]}-${found[2]}-${found[3]}`] : [];
  });
}
