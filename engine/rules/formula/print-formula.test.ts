import { expect, test } from 'vitest';
import { parseFormula } from './parse-formula.ts';
import { printFormula } from './print-formula.ts';

const SCOPE = { optionsOf: () => null };

test.each([
  '=amount*(1-discount)', '=IF(amount>100000, "A", "B")', '=DATEADD($record.due, $params.days, "day")', '=TODAY()', '=-amount+3', '=AND(a=1, OR(b>2, ISBLANK(c)))', '=name&" ""x"""', '=a-(b-c)', '=a-b-c', '=DATEDIF(a, TODAY(), "month")',
])('%s is printed as it was written', (formula) => {
  const parsed = parseFormula(formula, SCOPE);
  expect('rule' in parsed && printFormula(parsed.rule)).toBe(formula);
});

test('what formulas have no words for is not printed', () => {
  expect(printFormula({ in: [{ var: 'stage' }, ['a', 'b']] })).toBeNull();
  expect(printFormula({ and: [{ var: 'a' }, { var: 'b' }] })).toBeNull();
  expect(printFormula(null)).toBeNull();
});
