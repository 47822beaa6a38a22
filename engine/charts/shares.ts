/** Percentages and classes that people add up by hand: pure arithmetic over the numbers of a chart. */

/**
 * Shares of a whole in percent that add to exactly 100 in the given decimals, by the largest remainder: what rounding takes away
 * goes to those it took most from. Null where there is no whole; negative parts count as none.
 */
export function percentShares(values: readonly (number | null)[], decimals = 1): (number | null)[] {
  const parts = values.map((value) => Math.max(0, value ?? 0));
  const whole = parts.reduce((sum, part) => sum + part, 0);
  if (!(whole > 0)) return values.map(() => null);
  const units = 100 * 10 ** decimals;
  const exact = parts.map((part) => (part / whole) * units);
  const shares = exact.map(Math.floor);
  let missing = units - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact.map((value, i) => ({ i, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of byRemainder) {
    if (missing <= 0) break;
    shares[i] = (shares[i] ?? 0) + 1;
    missing -= 1;
  }
  return shares.map((share) => share / 10 ** decimals);
}

/** Nothing divided by nothing is no rate, and neither is anything else. */
export function rate(numerator: number | null, denominator: number | null): number | null {
  return denominator === null || denominator === 0 || numerator === null ? null : numerator / denominator;
}

/** Running share of the whole, in the order given. */
export function cumulativeShares(values: readonly (number | null)[]): (number | null)[] {
  const whole = values.reduce<number>((sum, value) => sum + Math.max(0, value ?? 0), 0);
  let sum = 0;
  return values.map((value) => {
    sum += Math.max(0, value ?? 0);
    return rate(sum, whole);
  });
}

export type AbcClass = 'A' | 'B' | 'C' | 'N';
export interface AbcLimits {
  readonly a: number;
  readonly b: number;
  /** `before`: the share before a row decides, so the one that crosses a limit still belongs above it. `after`: the share with it. */
  readonly rule?: 'before' | 'after';
}

/** Classes of values in descending order; what is not above zero has none. Limits are shares of one, 0.8 and 0.95. */
export function abcClasses(values: readonly (number | null)[], { a, b, rule = 'before' }: AbcLimits): AbcClass[] {
  const whole = values.reduce<number>((sum, value) => sum + Math.max(0, value ?? 0), 0);
  let sum = 0;
  return values.map((value) => {
    if (value === null || value <= 0) return 'N';
    const before = sum / whole;
    sum += value;
    const after = sum / whole;
    // Sums of decimals miss a limit by their last bit.
    const within = (limit: number): boolean => (rule === 'before' ? before < limit - 1e-12 : after <= limit + 1e-12);
    return within(a) ? 'A' : within(b) ? 'B' : 'C';
  });
}
