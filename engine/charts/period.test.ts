import { describe, expect, it } from 'vitest';
import { parsePeriod, printPeriod, shiftOf, spanOf } from './period.ts';

describe('the fiscal year', () => {
  it('is the calendar year where it begins in January', () => {
    expect(spanOf({ range: 'thisFiscalYear' }, '2026-03-31')).toEqual({ from: '2026-01-01', to: '2027-01-01' });
  });
  it.each([
    ['2026-03-31', { from: '2025-04-01', to: '2026-04-01' }],
    ['2026-04-01', { from: '2026-04-01', to: '2027-04-01' }],
    ['2026-12-31', { from: '2026-04-01', to: '2027-04-01' }],
  ])('begins in April: on %s', (today, span) => {
    expect(spanOf({ range: 'thisFiscalYear' }, today, 4)).toEqual(span);
  });
  it('has one before it, a year back, and is written as a word', () => {
    const last = spanOf({ range: 'lastFiscalYear' }, '2026-01-15', 7);
    expect(last).toEqual({ from: '2024-07-01', to: '2025-07-01' });
    expect(shiftOf({ range: 'lastFiscalYear' }, 'before', last, 'month')).toEqual({ amount: -1, unit: 'year' });
    expect(parsePeriod(printPeriod({ range: 'lastFiscalYear' }))).toEqual({ range: 'lastFiscalYear' });
  });
});
