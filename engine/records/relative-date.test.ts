import { describe, expect, it } from 'vitest';
import { resolveRelative } from './relative-date.ts';

const at = (value: string, now = '2026-01-31T17:00:00.000Z') => resolveRelative(value, now, 'Asia/Shanghai');

describe('what is told from today', () => {
  it('is a day or a moment in the zone', () => {
    expect(at('@0')).toBe('2026-02-01');
    expect(at('@-1 09:00')).toBe('2026-01-31T01:00:00.000Z');
    expect(resolveRelative({ a: ['@+1', 'x'] }, '2026-01-31T17:00:00.000Z', 'Asia/Shanghai')).toEqual({ a: ['2026-02-02', 'x'] });
  });

  it('is a month, a quarter or a year, across the turn of the year', () => {
    expect(['@m', '@m-1', '@m-2', '@m+11', '@m-14'].map((value) => at(value))).toEqual(['2026-02', '2026-01', '2025-12', '2027-01', '2024-12']);
    expect(['@q', '@q-1', '@q+3', '@q-5'].map((value) => at(value))).toEqual(['2026Q1', '2025Q4', '2026Q4', '2024Q4']);
    expect(['@y', '@y-1', '@y+1'].map((value) => at(value))).toEqual(['2026', '2025', '2027']);
    expect(at('@mail')).toBe('@mail');
  });
});
