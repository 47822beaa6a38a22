import { describe, expect, it } from 'vitest';
import { foldFormula } from './formula/fold-formula.ts';
import { foldRule, type KnownValue } from './fold-rule.ts';
import type { Rule } from './rule.ts';

const v = (path: string): Rule => ({ var: path });
/** `gone…` is empty, `none` counts nothing. */
const known: KnownValue = (path) => (path === 'none' ? 0 : path.startsWith('gone') ? null : undefined);
const fold = (rule: Rule): Rule => foldRule(rule, known);

describe('a rule of which some values are known', () => {
  it('stays the very same where it reads none of them', () => {
    const rule: Rule = { and: [{ '==': [v('a'), 1] }, { in: [v('b'), ['x', 'y']] }] };
    expect(fold(rule)).toBe(rule);
  });

  it.each<[Rule, Rule]>([
    [{ empty: [v('gone')] }, true],
    [{ or: [{ notEmpty: [v('gone')] }, { '==': [v('a'), 1] }] }, { '==': [v('a'), 1] }],
    [{ and: [{ notEmpty: [v('gone')] }, { '==': [v('a'), 1] }] }, false],
    [{ and: [{ empty: [v('gone')] }, { '==': [v('a'), 1] }, { '==': [v('b'), 2] }] }, { and: [{ '==': [v('a'), 1] }, { '==': [v('b'), 2] }] }],
    [{ if: [{ '>': [v('none'), 0] }, 'busy', { empty: [v('a')] }, 'new', 'idle'] }, { if: [{ empty: [v('a')] }, 'new', 'idle'] }],
    [{ coalesce: [v('gone'), v('a'), v('gone.name')] }, v('a')],
    [{ '==': [v('a'), v('gone')] }, { empty: [v('a')] }],
    [{ '<': [v('gone'), v('$now')] }, false],
    [{ contains: [v('gone.members'), v('$me')] }, false],
    [{ '!': [{ in: [v('a'), v('gone')] }] }, true],
    [{ '-': [v('a'), v('gone')] }, { '-': [v('a'), 0] }],
    [{ dateDiff: [v('gone'), v('$today'), 'day'] }, null],
  ])('%j becomes %j', (rule, folded) => expect(fold(rule)).toEqual(folded));

  it('is worked out in formulas as well, labels of options among them', () => {
    expect(foldFormula('=COALESCE(subject,OPTIONLABEL(method)&" · "&COALESCE(customer.name,gone.company,gone.name))', known)).toBe('=COALESCE(subject, OPTIONLABEL(method)&" · "&customer.name)');
    expect(foldFormula('=IF(none>0,"busy","idle")', known)).toBeNull();
    expect(foldFormula('=a-none', known)).toBe('=a-0');
    expect(foldFormula('=a&b', known)).toBe('=a&b');
  });
});
