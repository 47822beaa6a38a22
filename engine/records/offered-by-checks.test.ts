import { describe, expect, it } from 'vitest';
import type { Json } from '../fields/field-type.ts';
import type { TableModel } from '../model/app-model.ts';
import { buildModel } from '../model/build-model.ts';
import type { FieldDefinition } from '../model/definitions.ts';
import type { Rule } from '../rules/rule.ts';
import { offeredByChecks } from './offered-by-checks.ts';

const label = { 'zh-CN': '某', en: 'Some' };
const reference = (name: string, table: string): FieldDefinition => ({ name, label, type: 'reference', table, onDelete: 'restrict' });
const empty = (path: string): Rule => ({ empty: [{ var: path }] });
const is = (path: string, value: string): Rule => ({ '==': [{ var: path }, value] });
const same = (a: string, b: string): Rule => ({ '==': [{ var: a }, { var: b }] });

function offered(rule: Rule, values: Record<string, Json>): Rule | undefined {
  const table = (name: string, ...fields: FieldDefinition[]) => ({ name, label, titleField: 'name', fields: [{ name: 'name', label, type: 'text' as const }, ...fields] });
  const contact = table('contact', reference('customer', 'customer'), { name: 'score', label, type: 'integer' });
  const visit = { ...table('visit', reference('customer', 'customer'), reference('contact', 'contact'), reference('plan', 'contact')), validate: [{ rule, message: label }] };
  const { model, issues } = buildModel({ app: { name: 'app', label, version: '1.0.0', navigation: [], roles: [{ name: 'all', label }] }, tables: [table('customer'), contact, visit] });
  expect(issues).toEqual([]);
  return offeredByChecks(model?.tables.visit as TableModel, 'contact', (path) => values[path]);
}

describe('what a check leaves to choose for a reference', () => {
  const ofCustomer = same('contact.customer', 'customer');
  const isOfCustomer: Rule = { or: [empty('contact'), ofCustomer] };
  it('is of the value beside it, whichever side of the comparison it stands on', () => {
    expect(offered(isOfCustomer, { customer: 'c1' })).toEqual(is('customer', 'c1'));
    expect(offered(same('customer', 'contact.customer'), { customer: 'c1' })).toEqual(is('customer', 'c1'));
  });
  it('is everything as long as that value is not known', () => {
    expect(offered(isOfCustomer, { customer: null })).toBeUndefined();
    expect(offered(isOfCustomer, {})).toBeUndefined();
  });
  it('is also what the check lets pass for being of nobody', () => {
    expect(offered({ or: [empty('contact.customer'), empty('plan.customer'), same('plan.customer', 'contact.customer')] }, { 'plan.customer': 'c1' })).toEqual({ or: [empty('customer'), is('customer', 'c1')] });
  });
  it('is everything where another empty value settles the check', () => {
    const rule: Rule = { or: [empty('plan'), ofCustomer] };
    expect(offered(rule, { customer: 'c1', plan: null })).toBeUndefined();
    expect(offered(rule, { customer: 'c1', plan: 'p1' })).toEqual(is('customer', 'c1'));
  });
  it('is not guessed from amounts, from other references, or from checks with more to them', () => {
    const values = { customer: 'c1', name: 'x', 'plan.customer': 'c1', 'plan.score': 5 };
    expect(offered({ '<=': [{ var: 'contact.score' }, { var: 'plan.score' }] }, values)).toBeUndefined();
    expect(offered(same('plan.customer', 'customer'), values)).toBeUndefined();
    expect(offered({ or: [same('name', 'customer'), same('contact.customer', 'customer')] }, values)).toBeUndefined();
    expect(offered({ or: [{ '!': [{ var: 'name' }] }, same('contact.customer', 'customer')] }, values)).toBeUndefined();
  });
});
