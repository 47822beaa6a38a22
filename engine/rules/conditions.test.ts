import { describe, expect, test } from 'vitest';
import { conditionsToRule, isComplete, ruleToConditions } from './conditions.ts';
import type { Rule } from './rule.ts';

const ROUND_TRIPS: readonly Rule[] = [
  { '==': [{ var: 'owner' }, { var: '$me' }] },
  { '>=': [{ var: 'amount' }, 1000] },
  { in: [{ var: 'stage' }, ['lead', 'won']] },
  { '!': [{ in: [{ var: 'stage' }, ['won', 'lost']] }] },
  { '!': [{ contains: [{ var: 'name' }, '科技'] }] },
  { in: [{ var: 'owner' }, { var: '$mySubordinates' }] },
  { inPeriod: [{ var: 'last_at' }, 'lastDays', 30] },
  { inPeriod: [{ var: 'last_at' }, 'thisMonth'] },
  { empty: [{ var: 'customer.owner' }] },
  { '==': [{ var: 'active' }, false] },
  { and: [{ '==': [{ var: 'a' }, 'x'] }, { or: [{ '<': [{ var: 'b' }, 1] }, { '>': [{ var: 'b' }, 9] }] }] },
  { '!': [{ or: [{ '==': [{ var: 'a' }, 'x'] }, { notEmpty: [{ var: 'b' }] }] }] },
  { containsAll: [{ var: 'tags' }, ['a', 'b']] },
];

describe('conditions', () => {
  test.each(ROUND_TRIPS.map((rule) => [JSON.stringify(rule), rule] as const))('%s comes back as it went in', (_, rule) => {
    const group = ruleToConditions(rule);
    expect(group).not.toBeNull();
    expect(group && conditionsToRule(group)).toEqual(rule);
  });

  test('variables of a workflow may be asked about and compared with, where they are known', () => {
    const rule: Rule = { and: [{ '>': [{ var: '$find.count' }, 0] }, { '==': [{ var: 'owner' }, { var: '$find.first.owner' }] }, { in: [{ var: 'stage' }, { var: '$params.stages' }] }] };
    expect(ruleToConditions(rule)).toBeNull();
    const group = ruleToConditions(rule, { variables: true });
    expect(group && conditionsToRule(group)).toEqual(rule);
  });

  test('what a list of conditions cannot say is refused, not changed', () => {
    expect(ruleToConditions({ '>': [{ '+': [{ var: 'a' }, 1] }, 2] })).toBeNull();
    expect(ruleToConditions({ '==': [{ var: 'a' }, { var: 'b' }] })).toBeNull();
    expect(ruleToConditions({ and: [{ '==': [{ var: 'a' }, 1] }, { if: [{ var: 'b' }, true, false] }] })).toBeNull();
    expect(ruleToConditions({ in: ['x', { var: 'a' }] })).toBeNull();
  });

  test('no rule and an empty group are the same', () => {
    expect(ruleToConditions(undefined)).toEqual({ combinator: 'and', rules: [] });
    expect(conditionsToRule({ combinator: 'or', rules: [{ combinator: 'and', rules: [] }] })).toBeUndefined();
  });

  test('conditions without a value yet do not count', () => {
    expect(isComplete({ field: 'a', operator: '==', value: null })).toBe(false);
    expect(isComplete({ field: 'a', operator: 'in', value: [] })).toBe(false);
    expect(isComplete({ field: 'a', operator: 'inPeriod', value: { period: 'lastDays' } })).toBe(false);
    expect(isComplete({ field: 'a', operator: '==', value: false })).toBe(true);
    const group = { combinator: 'and', rules: [{ field: 'a', operator: '==', value: null }, { field: 'b', operator: 'empty', value: null }] } as const;
    expect(conditionsToRule(group)).toEqual({ empty: [{ var: 'b' }] });
  });

  test('equal to null reads as empty', () => {
    expect(ruleToConditions({ '==': [{ var: 'a' }, null] })).toEqual({ combinator: 'and', rules: [{ field: 'a', operator: 'empty', value: null }] });
  });
});
