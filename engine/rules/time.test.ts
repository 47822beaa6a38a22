import { describe, expect, it } from 'vitest';
import { addToDate, dateDifference, fromLocal, periodBounds, shiftDate, startOf, toLocalDate, toLocalDateTime } from './time.ts';

describe('days and moments', () => {
  it('ends a local day where the zone does', () => {
    expect(toLocalDate('2024-03-15T15:59:59.999Z', 'Asia/Shanghai')).toBe('2024-03-15');
    expect(toLocalDate('2024-03-15T16:00:00.000Z', 'Asia/Shanghai')).toBe('2024-03-16');
  });

  it.each([
    ['2027-03-28T02:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z', 'a skipped time moves with the clock'],
    ['2027-10-31T02:30', 'Europe/Berlin', '2027-10-31T00:30:00.000Z', 'a doubled time is its first occurrence'],
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z', 'half an hour is a clock change too'],
    ['1988-06-01', 'Asia/Shanghai', '1988-05-31T15:00:00.000Z', 'China had summer time'],
    ['2026-06-15T12:00:30', 'UTC', '2026-06-15T12:00:30.000Z', 'UTC is itself'],
  ])('%s in %s is %s: %s', (local, zone, moment) => {
    expect(fromLocal(local, zone)).toBe(moment);
  });

  it('reads back what it wrote', () => {
    for (const zone of ['Asia/Shanghai', 'America/New_York', 'Pacific/Apia']) {
      expect(toLocalDateTime(fromLocal('2026-07-09T13:45:10', zone), zone)).toBe('2026-07-09T13:45:10.000');
    }
  });

  it('clamps to the end of a shorter month', () => {
    expect(addToDate('2026-01-31', 1, 'month')).toBe('2026-02-28');
    expect(addToDate('2024-02-29', 1, 'year')).toBe('2025-02-28');
    expect(addToDate('2026-08-31', 6, 'month')).toBe('2027-02-28');
    expect(addToDate('2026-03-31', -1, 'quarter')).toBe('2025-12-31');
  });

  it('has no date beyond the years people write', () => {
    expect(shiftDate('2026-01-01', 1e12, 'day')).toBeNull();
    expect(shiftDate('9999-12-31', 1, 'day')).toBeNull();
    expect(shiftDate('0001-01-01', -1, 'day')).toBeNull();
  });

  it('counts whole units only', () => {
    expect(dateDifference('2026-01-31', '2026-02-28', 'month')).toBe(0);
    expect(dateDifference('2026-02-28', '2026-01-31', 'day')).toBe(-28);
    expect(dateDifference('2024-02-29', '2028-02-29', 'year')).toBe(4);
    expect(dateDifference('2026-01-01', '2025-01-02', 'year')).toBe(0);
  });

  it('begins weeks on Monday', () => {
    expect(startOf('2026-11-22', 'week')).toBe('2026-11-16');
    expect(startOf('2026-11-16', 'week')).toBe('2026-11-16');
    expect(startOf('2026-11-22', 'quarter')).toBe('2026-10-01');
  });

  it.each([
    ['lastWeek', 0, '2026-11-09', '2026-11-16'],
    ['nextMonth', 0, '2026-12-01', '2027-01-01'],
    ['lastQuarter', 0, '2026-07-01', '2026-10-01'],
    ['lastDays', 30, '2026-10-23', '2026-11-23'],
    ['nextDays', 7, '2026-11-22', '2026-11-30'],
    ['olderThanDays', 30, null, '2026-10-23'],
  ] as const)('%s (%i) runs from %s up to %s', (period, days, from, to) => {
    expect(periodBounds(period, '2026-11-22', days)).toEqual({ from, to });
  });
});
