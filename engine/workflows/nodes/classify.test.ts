import { describe, expect, it } from 'vitest';
import { classesByShare } from './classify.ts';

const OPTIONS = ['A', 'B', 'C', 'N'];
const ranked = (values: readonly number[]) => values.map((value, i) => ({ id: String(i), value, current: null }));
const SALES = [500_000, 260_000, 120_000, 60_000, 30_000, 15_000, 8_000, 5_000, 2_000, 0];

describe('classes by cumulative share', () => {
  it('leave the record that crosses a limit in the better class', () => {
    expect(classesByShare(ranked(SALES), OPTIONS, [0.8, 0.95], 'before').join('')).toBe('AAABBCCCCN');
  });

  it('or put it into the next, where that is chosen', () => {
    expect(classesByShare(ranked(SALES), OPTIONS, [0.8, 0.95], 'after').join('')).toBe('AABBCCCCCN');
  });

  it('never leave the best class empty when there is anything to share, and class nothing where there is not', () => {
    expect(classesByShare(ranked([10]), OPTIONS, [0.8, 0.95], 'before')).toEqual(['A']);
    expect(classesByShare(ranked([0, 0, -5]), OPTIONS, [0.8, 0.95], 'before')).toEqual(['N', 'N', 'N']);
    expect(classesByShare(ranked([80, 15, 5]), OPTIONS, [0.8, 0.95], 'before')).toEqual(['A', 'B', 'C']);
    expect(classesByShare(ranked([0.3, 0.2, 0.1]), OPTIONS, [0.5, 0.8], 'before')).toEqual(['A', 'B', 'C']);
  });
});
