import { describe, expect, it } from 'vitest';
import { moveDecimalPoint, shiftDecimal } from './columns.ts';
import { readDate } from './date-text.ts';
import { fromWallTime, toWallTime } from './time-zone.ts';

describe('moments', () => {
  it('follow the clocks of the zone, also across their changes', () => {
    expect(fromWallTime({ date: '2024-03-15', time: '14:00:00' }, 'Asia/Shanghai')).toBe('2024-03-15T06:00:00.000Z');
    // China had summer time from 1986 to 1991.
    expect(fromWallTime({ date: '1988-05-01', time: '00:00:00' }, 'Asia/Shanghai')).toBe('1988-04-30T15:00:00.000Z');
    expect(fromWallTime({ date: '2024-03-31', time: '02:30:00' }, 'Europe/Berlin')).toBe('2024-03-31T01:30:00.000Z');
    expect(fromWallTime({ date: '2024-10-27', time: '02:30:00' }, 'Europe/Berlin')).toBe('2024-10-27T00:30:00.000Z');
    expect(toWallTime('2024-03-15T16:30:00.000Z', 'Asia/Shanghai')).toEqual({ date: '2024-03-16', time: '00:30:00' });
  });

  it('are read with a doubt where something was completed', () => {
    expect(readDate('3月15日', '2024-06-01')).toEqual({ date: '2024-03-15', doubt: 'no_year' });
    expect(readDate('2024年3月', '2024-06-01')).toEqual({ date: '2024-03-01', doubt: 'no_day' });
    expect(readDate('03/04/2024', '2024-06-01')).toBe('ambiguous');
    expect(readDate('2024-03-15 下午2点半', '2024-06-01')).toMatchObject({ date: '2024-03-15', time: '14:30:00' });
    expect(readDate('2024-03-15 25:00', '2024-06-01')).toBeNull();
  });
});

describe('scaled numbers', () => {
  it('are exact, halves away from zero', () => {
    expect(shiftDecimal(1.005, 2)).toBe(101);
    expect(shiftDecimal(-1.005, 2)).toBe(-101);
    expect(moveDecimalPoint(1e-7, 2)).toBe(0.00001);
    expect(moveDecimalPoint(12.35, 4)).toBe(123500);
  });
});
