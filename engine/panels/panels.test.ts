/** Panels of a record's page in definitions: what is refused, what goes when a field goes, what is renamed. */
import { describe, expect, test } from 'vitest';
import { removeField, removeTable, tableOf } from '../changes/edits.ts';
import { mergeDefinitions } from '../changes/merge.ts';
import { renameDefinitions } from '../changes/rename-definitions.ts';
import { templateForTest } from '../changes/test-edits.ts';
import { whereUsed } from '../changes/where-used.ts';
import { buildModel } from '../model/build-model.ts';
import type { Definitions } from '../model/definitions.ts';
import { PANEL_TYPES } from './index.ts';
import type { PanelDefinition } from './definitions.ts';

const crm = await templateForTest('crm');
const panels = (definitions: Definitions): readonly PanelDefinition[] => tableOf(definitions, 'customer')?.page?.panels ?? [];
const panel = (name: string, definitions = crm): PanelDefinition | undefined => panels(definitions).find((one) => one.name === name);

function withPanels(change: (panels: PanelDefinition[]) => unknown[]): Definitions {
  return { ...crm, tables: crm.tables.map((table) => (table.name === 'customer' ? { ...table, page: { ...table.page, panels: change(structuredClone([...panels(crm)])) as PanelDefinition[] } } : table)) };
}
const changed = (name: string, patch: object): Definitions => withPanels((list) => list.map((one) => (one.name === name ? { ...one, ...patch } : one)));
const problems = (definitions: Definitions): string[] => buildModel(definitions).issues.map(({ path, code }) => `${path.replace(/^.*\/page\/panels\//, '')} ${code}`);

describe('panels', () => {
  test('of the CRM stand', () => {
    expect(problems(crm)).toEqual([]);
    expect(panels(crm).map(({ type }) => type)).toEqual(['next', 'figures', 'tree']);
  });

  test.each<[string, Definitions, string[]]>([
    ['an unknown type', changed('next_step', { type: 'wheel' }), ['0/type unknown_panel_type']],
    ['an unknown setting', changed('next_step', { size: 3 }), ['0/size unknown_property']],
    ['a missing setting', changed('next_step', { date: undefined }), ['0/date']],
    ['an unknown table', changed('next_step', { table: 'nowhere' }), ['0 not_a_reference']],
    ['a reference that points elsewhere', changed('next_step', { field: 'contact' }), ['0 not_a_reference']],
    ['an unknown field', changed('next_step', { title: 'nothing' }), ['0/title unknown_field']],
    ['a date that is none', changed('next_step', { date: 'action' }), ['0/date wrong_kind']],
    ['an action that is not there', changed('next_step', { complete: 'nothing' }), ['0/complete unknown_action']],
    ['a filter over a field that is not there', changed('next_step', { filter: { '==': [{ var: 'nothing' }, 1] } }), ['0/filter']],
    ['a sum of words', changed('receivables', { measures: [{ name: 'x', label: { 'zh-CN': 'x', en: 'x' }, function: 'sum', field: 'note' }] }), ['1/measures/0']],
    ['a parent that is another table', changed('decision_chain', { parent: 'customer' }), ['2/parent not_a_parent']],
    ['a name twice', withPanels((list) => [...list, list[0]]), ['3']],
  ])('refuse %s', (_, definitions, expected) => {
    const found = problems(definitions);
    expect(found.length).toBeGreaterThan(0);
    for (const start of expected) expect(found.some((problem) => problem.startsWith(start)), `${start}: ${found.join('; ')}`).toBe(true);
  });

  test('lose what a removed field gave, or go with what they stand on', () => {
    expect(panel('decision_chain', removeField(crm, 'contact', 'attitude'))).not.toHaveProperty('color');
    expect(panel('decision_chain', removeField(crm, 'contact', 'reports_to'))).toBeUndefined();
    expect(panel('next_step', removeField(crm, 'followup_plan', 'assignee'))).not.toHaveProperty('person');
    expect(panel('next_step', removeField(crm, 'followup_plan', 'due_at'))).toBeUndefined();
    expect(panel('decision_chain', removeTable(crm, 'contact'))).toBeUndefined();
  });

  test('are found where something is used; a measured field waits for a person', () => {
    const paths = (target: Parameters<typeof whereUsed>[1]): string[] => whereUsed(crm, target).map(({ path }) => path);
    expect(paths({ table: 'receivable_plan', field: 'outstanding' }).some((path) => path.startsWith('/tables/customer/page/panels/receivables'))).toBe(true);
    expect(paths({ table: 'followup_plan', field: 'state' })).toContain('/tables/customer/page/panels/next_step');
    expect(whereUsed(crm, { table: 'receivable_plan', field: 'allocated' }).some(({ path, repair }) => path.includes('panels') && repair === 'edit')).toBe(true);
  });

  test('follow tables that are renamed', () => {
    const renamed = renameDefinitions(crm, { tables: { followup_plan: 'x_plan' }, roles: {}, options: {}, dashboards: {} });
    expect(panel('next_step', renamed)?.table).toBe('x_plan');
  });

  test('are merged one by one, by their names', () => {
    const ours = changed('next_step', { label: { 'zh-CN': '待办', en: 'To do' } });
    const theirs = changed('receivables', { label: { 'zh-CN': '账款', en: 'Money' } });
    const { definitions, conflicts } = mergeDefinitions({ base: crm, ours, theirs });
    expect(conflicts).toEqual([]);
    expect([panel('next_step', definitions)?.label.en, panel('receivables', definitions)?.label.en]).toEqual(['To do', 'Money']);
  });

  test.each(Object.entries(PANEL_TYPES))('a fresh %s stands, where fields fit', (type, { begin }) => {
    const { model } = buildModel(crm);
    const table = type === 'figures' ? 'receivable_plan' : type === 'tree' ? 'contact' : 'followup_plan';
    const settings = begin(table, model?.tables ?? {});
    expect(settings).toBeDefined();
    expect(problems(withPanels((list) => [...list, { name: 'fresh', label: { 'zh-CN': '新', en: 'Fresh' }, type, table, field: 'customer', ...settings }]))).toEqual([]);
  });
});
