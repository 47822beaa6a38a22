import { expect, test } from 'vitest';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { buildFormTabs, fieldsOfTabs, fittingForm, isTextBlock, tabOfField } from './form-layout.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const field = (name: string, extra: Partial<FieldModel> = {}): FieldModel => ({ name, table: 't', label: label(name), type: 'text', settings: {}, ...extra });

function tableOf(fields: readonly FieldModel[]): TableModel {
  return {
    name: 't', label: label('t'), pluralLabel: label('t'), titleField: 'a', fields: Object.fromEntries(fields.map((one) => [one.name, one])), indexes: [], duplicates: [], validate: [], unique: [], invariants: [], stamps: [], follows: [], forms: [], views: [], page: {}, exports: [], actions: [], effects: [], shareAlong: [], transferAlong: [], permissions: {}, computeOrder: [],
  };
}

const labels = { more: label('more') };

test('fields one may not see are left out, and sections without fields with them', () => {
  const table = tableOf([field('a'), field('b'), field('c', { hidden: true })]);
  const form = { name: 'f', label: label('f'), sections: [{ name: 's', label: label('s'), fields: ['a', 'c'] }, { name: 'x', label: label('x'), fields: ['b'] }] };
  const tabs = buildFormTabs({ table, form, rights: { a: 'write', c: 'write' }, creating: false, labels });
  expect(tabs[0]?.sections.map((section) => section.name)).toEqual(['s']);
  expect(fieldsOfTabs(tabs).map((one) => one.name)).toEqual(['a']);
});

test('a new record asks only for what can be written', () => {
  const table = tableOf([field('a'), field('b', { readOnly: true }), field('c')]);
  const tabs = buildFormTabs({ table, form: undefined, rights: { a: 'write', b: 'write', c: 'read' }, creating: true, labels });
  expect(fieldsOfTabs(tabs).map((one) => one.name)).toEqual(['a']);
});

test('without a layout twelve fields are open, required ones always, the rest is folded', () => {
  const fields = Array.from({ length: 15 }, (_, index) => field(`f${index}`, index === 14 ? { required: true } : {}));
  const rights = Object.fromEntries(fields.map((one) => [one.name, 'write' as const]));
  const [tab] = buildFormTabs({ table: tableOf(fields), form: undefined, rights, creating: true, labels });
  expect(tab?.sections.map((section) => [section.folded, section.fields.length])).toEqual([[false, 13], [true, 2]]);
});

test('a field leads to the tab it stands on', () => {
  const table = tableOf([field('a'), field('b')]);
  const section = (name: string) => ({ name, label: label(name), fields: [name] });
  const form = { name: 'f', label: label('f'), tabs: [{ name: 'one', label: label('1'), sections: [section('a')] }, { name: 'two', label: label('2'), sections: [section('b')] }] };
  const tabs = buildFormTabs({ table, form, rights: { a: 'write', b: 'write' }, creating: true, labels });
  expect(tabOfField(tabs, 'b')).toBe('two');
  expect(tabOfField(tabs, 'unknown')).toBeUndefined();
});

test('text blocks stand between the fields, columns are two unless said', () => {
  const table = tableOf([field('a'), field('b')]);
  const form = { name: 'f', label: label('f'), sections: [{ name: 's', label: label('s'), fields: ['a', { text: label('note') }, 'b'] }, { name: 'x', label: label('x'), fields: ['b'], columns: 3 }] };
  const [tab] = buildFormTabs({ table, form, rights: { a: 'write', b: 'write' }, creating: false, labels });
  expect(tab?.sections[0]?.entries.map((entry) => (isTextBlock(entry) ? entry.text.en : entry.name))).toEqual(['a', 'note', 'b']);
  expect(tab?.sections[0]?.fields.map((one) => one.name)).toEqual(['a', 'b']);
  expect(tab?.sections.map((section) => section.columns)).toEqual([2, 3]);
});

test('the first form whose condition holds is used', () => {
  const forms = [{ name: 'big', label: label('big'), when: { '>': [{ var: 'a' }, 10] } }, { name: 'rest', label: label('rest') }];
  const table = { ...tableOf([field('a', { type: 'integer' })]), forms };
  const context = { me: 'u', myDepartment: null, mySubordinates: [], now: '2026-01-01T00:00:00Z', timeZone: 'UTC' };
  expect(fittingForm(table, { a: 11 }, context)?.name).toBe('big');
  expect(fittingForm(table, { a: 1 }, context)?.name).toBe('rest');
  expect(fittingForm({ ...table, forms: forms.slice(0, 1) }, { a: 1 }, context)).toBeUndefined();
});
