import { describe, expect, it } from 'vitest';
import { buildModel } from '../model/build-model.ts';
import type { Definitions } from '../model/definitions.ts';
import { repairDefinitions } from './repair.ts';
import { type Draft, templateForTest } from './test-edits.ts';
import { type UsageTarget, whereUsed } from './where-used.ts';

const crm = await templateForTest('crm');
const MUCH_USED = new Set(['customer', 'activity', 'opportunity']);

/** The definitions without the thing itself, its mentions still there. */
function without(target: UsageTarget): Definitions {
  const draft = structuredClone(crm) as unknown as { app: Draft; tables: Draft };
  const table = 'table' in target ? draft.tables.find(({ name }: Draft) => name === target.table) : undefined;
  const drop = (list: Draft[], name: string): void => void list.splice(list.findIndex((item) => item.name === name), 1);
  if ('role' in target) drop(draft.app.roles, target.role);
  else if ('optionList' in target) delete draft.app.options[target.optionList];
  else if ('form' in target) drop(table?.forms, target.form);
  else if ('view' in target) drop(table?.views, target.view);
  else if (!('workflow' in target) && !('dashboard' in target) && target.field !== undefined) drop(table?.fields, target.field);
  else if (!('workflow' in target) && !('dashboard' in target)) drop(draft.tables, target.table);
  return draft as unknown as Definitions;
}

function everyTarget(): UsageTarget[] {
  return [
    ...crm.tables.flatMap((table): UsageTarget[] => [
      { table: table.name },
      ...(MUCH_USED.has(table.name) ? table.fields : []).map((field) => ({ table: table.name, field: field.name })),
      ...(table.views ?? []).map((view) => ({ table: table.name, view: view.name })),
      ...(table.forms ?? []).map((form) => ({ table: table.name, form: form.name })),
    ]),
    ...Object.keys(crm.app.options ?? {}).map((optionList) => ({ optionList })),
    ...crm.app.roles.map(({ name }) => ({ role: name })),
  ];
}

describe('what is used and taken out', () => {
  it('leaves no dangling name: after a repair there are problems only where an edit was announced', () => {
    let announced = 0;
    // Each takes a build of the whole CRM; every fourth keeps the run short and still meets every kind of use.
    for (const target of everyTarget().filter((_, i) => i % 4 === 0)) {
      const edits = whereUsed(crm, target).filter(({ repair }) => repair === 'edit');
      const { issues } = buildModel(repairDefinitions(without(target), target));
      announced += edits.length;
      if (edits.length === 0) expect(issues, JSON.stringify(target)).toEqual([]);
      else expect(issues.length, JSON.stringify(target)).toBeGreaterThan(0);
    }
    expect(announced).toBeGreaterThan(50);
  }, 180_000);

  it('changes nothing where nothing is named, and leaves the rest as it was', () => {
    expect(repairDefinitions(crm, { table: 'customer', field: 'nowhere' })).toBe(crm);
    const repaired = repairDefinitions(crm, { table: 'customer', field: 'fax' });
    expect(repaired.tables.filter((table) => table.name !== 'customer')).toEqual(crm.tables.filter((table) => table.name !== 'customer'));
    const customer = repaired.tables.find(({ name }) => name === 'customer');
    expect(JSON.stringify(customer?.forms)).not.toContain('"fax"');
    expect(customer?.fields.some(({ name }) => name === 'fax')).toBe(true);
  });
});

describe('where something is used', () => {
  const paths = (target: UsageTarget) => whereUsed(crm, target).map(({ path }) => path);
  const english = (target: UsageTarget) => whereUsed(crm, target).map(({ label }) => label.en);

  it('is told for a field in words, with what can be taken out', () => {
    const used = whereUsed(crm, { table: 'customer', field: 'next_followup_at' });
    expect(used).toContainEqual({ path: '/tables/customer/views/mine/columns', label: { 'zh-CN': '视图“我的客户”的列', en: 'the columns of view "My customers"' }, repair: 'remove' });
    expect(used).toContainEqual({ path: '/tables/customer/views/mine/sort', label: { 'zh-CN': '视图“我的客户”的排序', en: 'the order of view "My customers"' }, repair: 'remove' });
    expect(used.map(({ path }) => path)).toContain('/tables/customer/page/header');
  });

  it('follows paths over references from other tables', () => {
    expect(english({ table: 'public_pool', field: 'members' })).toContain('Customer: the permissions of role "Salesperson"');
    expect(paths({ table: 'followup_plan', field: 'customer' })).toContain('/tables/followup_plan/inherits');
  });

  it('reads formulas, roll-ups, lookups, rules, actions and effects', () => {
    expect(paths({ table: 'customer', field: 'name' })).toEqual(expect.arrayContaining(['/tables/customer/titleField', '/tables/customer/fields/name_norm/formula']));
    expect(paths({ table: 'customer', field: 'source' })).toEqual(expect.arrayContaining(['/tables/customer/fields/referrer/visible', '/tables/customer/actions/new_opportunity']));
    expect(paths({ table: 'customer', field: 'primary_contact' })).toEqual(expect.arrayContaining(['/tables/customer/fields/primary_contact_name/path']));
    expect(paths({ table: 'contact', field: 'name' })).toContain('/tables/customer/fields/primary_contact_name/path');
    expect(whereUsed(crm, { table: 'customer', field: 'source' }).filter(({ repair }) => repair === 'edit').length).toBeGreaterThan(1);
  });

  it('answers for tables, roles, option lists, options, forms and views', () => {
    expect(paths({ table: 'contact' })).toEqual(expect.arrayContaining(['/app/navigation/customers', '/tables/customer/page/related/contact.customer', '/tables/customer/fields/primary_contact/table']));
    expect(paths({ table: 'contact' }).some((path) => path.startsWith('/tables/contact/'))).toBe(false);
    expect(paths({ role: 'service' })).toContain('/tables/customer/permissions/service');
    expect(paths({ optionList: 'grade' })).toContain('/tables/customer/fields/grade/options');
    expect(paths({ table: 'customer', field: 'customer_type', option: 'deal' })).toContain('/tables/customer/views/deals/filter');
    expect(paths({ table: 'customer', field: 'nature', option: 'ordinary' })).toContain('/tables/customer/fields/nature/default');
    expect(paths({ table: 'activity', form: 'quick' })).toContain('/tables/customer/actions/new_followup');
    expect(paths({ table: 'followup_plan', view: 'mine' })).toEqual(['/app/home', '/dashboards/workbench/cards/plans']);
  });
});
