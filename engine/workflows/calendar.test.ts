import { describe, expect, it } from 'vitest';
import { addWorkdays, type BusinessCalendar, businessTimeBetween, shiftMoment, USUAL_CALENDAR } from './calendar.ts';

const chinese: BusinessCalendar = {
  ...USUAL_CALENDAR,
  timeZone: 'Asia/Shanghai',
  from: '08:00',
  to: '17:00',
  exceptions: { '2026-02-14': true, '2026-02-28': true, ...Object.fromEntries(['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-02-23'].map((day) => [day, false])), ...Object.fromEntries(['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'].map((day) => [day, false])) },
};
const local = (moment: string): string => `${moment}:00.000+08:00`;
const utc = (moment: string): string => new Date(local(moment)).toISOString();

describe('business time', () => {
  it('promises four working hours from 15:00 to 10:00 of the next workday', () => {
    expect(shiftMoment(utc('2026-11-18T15:00'), 4, 'businessHour', chinese)).toBe(utc('2026-11-19T10:00'));
  });

  it('carries an hour from Friday 17:30 to Monday', () => {
    expect(shiftMoment(utc('2026-11-20T17:30'), 1, 'businessHour', chinese)).toBe(utc('2026-11-23T09:00'));
  });

  it('counts working time between two moments, over nights, weekends and holidays', () => {
    const hours = (from: string, to: string): number => businessTimeBetween(utc(from), utc(to), chinese) / 3_600_000;
    expect(hours('2026-11-18T15:00', '2026-11-19T10:00')).toBe(4);
    expect(hours('2026-11-20T16:30', '2026-11-23T08:30')).toBe(1);
    expect(hours('2026-09-30T16:00', '2026-10-08T09:00')).toBe(2);
    expect(hours('2026-02-13T16:00', '2026-02-14T09:00')).toBe(2);
    expect(hours('2026-11-18T06:00', '2026-11-18T23:00')).toBe(9);
    expect(hours('2026-11-18T15:00', '2026-11-18T14:00')).toBe(0);
  });

  it('counts a make-up workday on a Saturday', () => {
    expect(shiftMoment(utc('2026-02-13T16:30'), 1, 'businessHour', chinese)).toBe(utc('2026-02-14T08:30'));
  });

  it('begins to count on the first workday after National Day week', () => {
    expect(shiftMoment(utc('2026-10-03T11:00'), 2, 'businessHour', chinese)).toBe(utc('2026-10-08T10:00'));
  });

  it('goes back too', () => {
    expect(shiftMoment(utc('2026-11-23T09:00'), -2, 'businessHour', chinese)).toBe(utc('2026-11-20T16:00'));
    expect(addWorkdays('2026-02-24', -1, chinese)).toBe('2026-02-14');
  });

  it('adds workdays over weekends and holidays, keeping the time of day', () => {
    expect(shiftMoment(utc('2026-11-20T10:15'), 1, 'businessDay', chinese)).toBe(utc('2026-11-23T10:15'));
    expect(addWorkdays('2026-09-30', 1, chinese)).toBe('2026-10-08');
    expect(addWorkdays('2026-11-21', 0, chinese)).toBe('2026-11-23');
  });

  it('clamps a month to its last day', () => {
    expect(shiftMoment('2024-08-31T01:00:00.000Z', 6, 'month', chinese)).toBe('2025-02-28T01:00:00.000Z');
    expect(shiftMoment('2023-08-31T01:00:00.000Z', 6, 'month', chinese)).toBe('2024-02-29T01:00:00.000Z');
  });

  it('comes to an end where nobody ever works', () => {
    expect(() => shiftMoment('2026-01-01T00:00:00.000Z', 1, 'businessDay', { ...chinese, weekdays: [], exceptions: {} })).not.toThrow();
  });
});
