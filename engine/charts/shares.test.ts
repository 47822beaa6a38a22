import fc from 'fast-check';
import { expect, test } from 'vitest';
import { abcClasses, cumulativeShares, percentShares, rate } from './shares.ts';

test('three thirds are shown as shares that add to a hundred', () => {
  expect(percentShares([1, 1, 1])).toEqual([33.4, 33.3, 33.3]);
  expect(percentShares([2, 1], 0)).toEqual([67, 33]);
});

test('shares add to exactly 100.0 whatever the parts, and none is off by more than a step', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 3 }), (values, decimals) => {
      const whole = values.reduce((sum, value) => sum + value, 0);
      const shares = percentShares(values, decimals);
      if (whole === 0) return shares.every((share) => share === null);
      const sum = shares.reduce<number>((total, share) => total + Math.round((share ?? 0) * 10 ** decimals), 0);
      return sum === 100 * 10 ** decimals && shares.every((share, i) => Math.abs((share ?? 0) - ((values[i] ?? 0) / whole) * 100) <= 10 ** -decimals);
    }),
  );
});

test('no whole has no shares, and a rate over nothing is none', () => {
  expect(percentShares([0, null])).toEqual([null, null]);
  expect(rate(3, 0)).toBeNull();
  expect(rate(0, 4)).toBe(0);
});

test('cumulative shares end at one', () => {
  expect(cumulativeShares([50, 30, 20])).toEqual([0.5, 0.8, 1]);
  expect(cumulativeShares([])).toEqual([]);
});

const SALES = [500_000, 260_000, 120_000, 60_000, 30_000, 15_000, 8_000, 5_000, 2_000, 0];

test('the customer that crosses a limit still belongs to the higher class', () => {
  expect(abcClasses(SALES, { a: 0.8, b: 0.95 }).join()).toBe('A,A,A,B,B,C,C,C,C,N');
});

test('the other convention counts the share with the customer', () => {
  expect(abcClasses(SALES, { a: 0.8, b: 0.95, rule: 'after' }).join()).toBe('A,A,B,B,C,C,C,C,C,N');
});

test('the shares of the classes are those of the vector', () => {
  const classes = abcClasses(SALES, { a: 0.8, b: 0.95 });
  const sums = (['A', 'B', 'C'] as const).map((name) => SALES.reduce((sum, value, i) => (classes[i] === name ? sum + value : sum), 0));
  expect(percentShares(sums, 0)).toEqual([88, 9, 3]);
});
