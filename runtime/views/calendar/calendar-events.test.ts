import { expect, test } from 'vitest';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { calendarSettings, type CalendarSettings, occurrencesOf, timesOf, valuesOf, windowRule } from './calendar-events.ts';

const field = (name: string): FieldModel => ({ name, table: 'visit', label: { 'zh-CN': name, en: name }, type: 'timeSpan', settings: {} });
const table = { titleField: 'name', fields: { time: field('time'), day: field('day'), until: field('until') } } as unknown as TableModel;
const settings = (view: object): CalendarSettings => calendarSettings({ name: 'v', label: { 'zh-CN': 'v', en: 'v' }, type: 'calendar', ...view }, table) as CalendarSettings;
const span = settings({ start: 'time.start', end: 'time.end', rrule: 'repeat', exdates: 'except' });
const days = settings({ start: 'day', end: 'until' });
const ZONE = 'Asia/Shanghai';

test('a moment stands at the wall-clock time of the workspace, and goes back to the same moment', () => {
  const record = { id: '1', version: 1, time: { start: '2026-03-01T16:30:00.000Z', end: '2026-03-01T18:00:00.000Z', note: 'x' } };
  const times = timesOf(record, span, ZONE);
  expect(times).toEqual({ start: '2026-03-02T00:30:00.000Z', end: '2026-03-02T02:00:00.000Z', allDay: false });
  const moved = { start: new Date('2026-03-03T09:00:00Z'), end: new Date('2026-03-03T10:30:00Z'), allDay: false };
  expect(valuesOf(record, span, moved, ZONE, false)).toEqual({ time: { start: '2026-03-03T01:00:00.000Z', end: '2026-03-03T02:30:00.000Z', note: 'x' } });
});

test('a day stays a day, and the last day of several counts', () => {
  const record = { id: '1', version: 1, day: '2026-03-01', until: '2026-03-03' };
  expect(timesOf(record, days, ZONE)).toEqual({ start: '2026-03-01', end: '2026-03-04', allDay: true });
  expect(valuesOf(record, days, { start: new Date('2026-03-05T00:00:00Z'), end: new Date('2026-03-08T00:00:00Z'), allDay: true }, ZONE, true)).toEqual({ day: '2026-03-05', until: '2026-03-07' });
  expect(timesOf({ id: '1', version: 1, day: null }, days, ZONE)).toBeNull();
});

test('a repeated record stands on every day of its rule but the exceptions', async () => {
  const record = { id: '1', version: 1, repeat: 'FREQ=WEEKLY;BYDAY=MO,WE', except: '20260309', time: { start: '2026-03-02T01:00:00.000Z', end: '2026-03-02T02:00:00.000Z' } };
  const times = timesOf(record, span, ZONE);
  const found = times ? await occurrencesOf(record, times, span, new Date('2026-03-01T00:00:00Z'), new Date('2026-03-15T00:00:00Z')) : [];
  expect(found.map(({ start }) => start.slice(0, 16))).toEqual(['2026-03-02T09:00', '2026-03-04T09:00', '2026-03-11T09:00']);
  expect(found[0]?.end).toBe('2026-03-02T10:00:00.000Z');
});

test('asks for what has begun before the window ends and is not over before it begins', () => {
  expect(windowRule(days, '2026-03-01', '2026-04-01')).toEqual({ and: [{ '<': [{ var: 'day' }, '2026-04-01'] }, { or: [{ '>=': [{ var: 'day' }, '2026-03-01'] }, { '>=': [{ var: 'until' }, '2026-03-01'] }] }] });
});
