import { describe, expect, it } from 'vitest';
import { LunarYear, Solar } from 'lunar-typescript';
import { dayKey, keptIn, keptOn, lunarToSolar, nextKept, solarToLunar } from './lunar-calendar.ts';

const on = (month: number, day: number, leap = false) => ({ month, day, leap });

describe('the lunar calendar', () => {
  it.each([
    [2023, on(8, 15), '2023-09-29'],
    [2024, on(8, 15), '2024-09-17'],
    [2025, on(8, 15), '2025-10-06'],
    [2026, on(8, 15), '2026-09-25'],
    [2024, on(1, 1), '2024-02-10'],
    [2025, on(1, 1), '2025-01-29'],
    [2026, on(1, 1), '2026-02-17'],
    [2025, on(6, 15, true), '2025-08-08'],
  ])('of %i knows %j as %s', (year, day, solar) => {
    expect(lunarToSolar({ year, ...day })).toBe(solar);
    expect(solarToLunar(solar)).toEqual({ year, ...day });
  });

  it('has no day that a year does not have', () => {
    expect(lunarToSolar({ year: 2024, ...on(12, 30) })).toBeNull();
    expect(lunarToSolar({ year: 2025, ...on(12, 30) })).toBeNull();
    for (const year of [2024, 2026]) for (let month = 1; month <= 12; month++) expect(lunarToSolar({ year, ...on(month, 1, true) })).toBeNull();
    expect(lunarToSolar({ year: 2023, ...on(2, 1, true) })).not.toBeNull();
    expect(lunarToSolar({ year: 1899, ...on(1, 1) })).toBeNull();
    expect(solarToLunar('1985-07-20')).toEqual({ year: 1985, ...on(6, 3) });
    expect(solarToLunar('2200-01-01')).toBeNull();
  });

  it('agrees with another source on every month from 1900 to 2100', () => {
    for (let year = 1900; year <= 2100; year++) {
      for (const month of LunarYear.fromYear(year).getMonthsInYear()) {
        const first = Solar.fromJulianDay(month.getFirstJulianDay()).toYmd();
        const day = { year, ...on(Math.abs(month.getMonth()), 1, month.isLeap()) };
        expect(lunarToSolar(day), JSON.stringify(day)).toBe(first);
        expect(lunarToSolar({ ...day, day: month.getDayCount() })).not.toBeNull();
        expect(lunarToSolar({ ...day, day: month.getDayCount() + 1 })).toBeNull();
      }
    }
  });
});

describe('a lunar birthday', () => {
  it('on the 30th is kept on the 29th of a short month', () => {
    expect(keptIn(2024, on(12, 30))).toBe('2025-01-28');
    expect(keptOn('2025-01-28')).toEqual(expect.arrayContaining(['12-29', '12-30']));
    expect(keptIn(2023, on(12, 30))).toBe('2024-02-09');
  });

  it('of a leap month is kept in that month, and in the ordinary one where the year has none', () => {
    expect(keptIn(2025, on(6, 15, true))).toBe('2025-08-08');
    expect(keptIn(2026, on(6, 15, true))).toBe(lunarToSolar({ year: 2026, ...on(6, 15) }));
  });

  it('of an ordinary month is not kept twice in a leap year', () => {
    expect(keptOn('2025-08-08')).toEqual(['L06-15']);
    expect(keptOn(lunarToSolar({ year: 2025, ...on(6, 15) }) as string)).toEqual(['06-15']);
    expect(keptOn(lunarToSolar({ year: 2026, ...on(6, 15) }) as string)).toEqual(['06-15', 'L06-15']);
  });

  it('comes next across the border of both years', () => {
    expect(nextKept(on(8, 15), '2026-09-25')).toBe('2026-09-25');
    expect(nextKept(on(8, 15), '2026-09-26')).toBe(lunarToSolar({ year: 2027, ...on(8, 15) }));
    // The 29th of the twelfth month of 2025 lies in February 2026.
    expect(nextKept(on(12, 29), '2026-01-02')).toBe(keptIn(2025, on(12, 29)));
  });

  it('is kept exactly once in every lunar year, on the day that its key is found', () => {
    for (let year = 2020; year <= 2035; year++) {
      for (const day of [on(1, 1), on(2, 30), on(6, 15), on(6, 30, true), on(12, 30), on(12, 29), on(2, 10, true)]) {
        const date = keptIn(year, day) as string;
        expect(keptOn(date), `${year} ${dayKey(day)}`).toContain(dayKey(day));
      }
    }
  });
});
