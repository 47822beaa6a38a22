import { expect, test } from 'vitest';
import { buildModel } from '../model/build-model.ts';
import type { Definitions, FormDefinition } from '../model/definitions.ts';
import { addField, addTable, changeFieldType, duplicateField, freeName, groupOf, moveField, moveItem, placeTable, removeField, removeTable, tableOf, updateField } from './edits.ts';
import { addForm, addSection, addTab, addView, moveEntry, moveSection, removeForm, removeTab, removeView, sectionsOf, updateSection } from './edit-layout.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const BASE: Definitions = {
  app: { name: 'app', label: label('app'), version: '1.0.0', navigation: [{ name: 'main', label: label('main'), tables: [] }, { name: 'other', label: label('other'), tables: [] }], roles: [{ name: 'owner', label: label('owner'), owner: true }] },
  tables: [],
};
const withTable = addTable(BASE, { name: 'thing', label: label('thing'), group: 'main' });
const names = (definitions: Definitions) => tableOf(definitions, 'thing')?.fields.map((field) => field.name);

test('a new table builds at once and stands in its group', () => {
  expect(buildModel(withTable).issues).toEqual([]);
  expect(groupOf(withTable, 'thing')).toBe('main');
  expect(BASE.tables).toEqual([]);
});

test('a table moves between groups and leaves the navigation and home page when it goes', () => {
  const moved = placeTable(withTable, 'thing', 'other', 0);
  expect(groupOf(moved, 'thing')).toBe('other');
  expect(tableOf(moved, 'thing')?.group).toBe('other');
  const home = { ...moved, app: { ...moved.app, home: [{ table: 'thing', view: 'all' }] } };
  const gone = removeTable(home, 'thing');
  expect(gone.app.home).toEqual([]);
  expect(buildModel(gone).issues).toEqual([]);
});

test('fields are added, moved, copied and changed without touching what was before', () => {
  const two = addField(withTable, 'thing', { name: 'size', label: label('size'), type: 'integer', unique: true, min: 1 });
  expect(names(moveField(two, 'thing', 1, 0))).toEqual(['size', 'name']);
  const copied = duplicateField(two, 'thing', 'size', { name: 'size_2', label: label('copy') });
  expect(tableOf(copied, 'thing')?.fields[2]).toEqual({ name: 'size_2', label: label('copy'), type: 'integer', min: 1 });
  const changed = updateField(two, 'thing', 'size', { min: undefined, max: 9 });
  expect(tableOf(changed, 'thing')?.fields[1]).toEqual({ name: 'size', label: label('size'), type: 'integer', unique: true, max: 9 });
  expect(names(two)).toEqual(['name', 'size']);
});

test('another type keeps only settings that it knows', () => {
  const two = addField(withTable, 'thing', { name: 'size', label: label('size'), type: 'integer', required: true, min: 1 });
  expect(tableOf(changeFieldType(two, 'thing', 'size', 'text'), 'thing')?.fields[1]).toEqual({ name: 'size', label: label('size'), type: 'text', required: true });
  expect(tableOf(changeFieldType(two, 'thing', 'size', 'decimal'), 'thing')?.fields[1]).toMatchObject({ type: 'decimal', min: 1 });
});

test('a removed field leaves the forms, views and page of its table', () => {
  const two = addField(withTable, 'thing', { name: 'size', label: label('size'), type: 'integer' });
  const shown: Definitions = {
    ...two,
    tables: two.tables.map((table) => ({
      ...table,
      forms: [{ name: 'default', label: label('f'), sections: [{ name: 's', label: label('s'), fields: ['name', 'size', { text: label('note') }] }] }],
      views: [{ name: 'all', label: label('v'), type: 'table', columns: ['name', { field: 'size', width: 90 }], sort: ['-size'], groupBy: 'size' }],
      page: { header: ['size'], stage: 'size' },
    })),
  };
  const table = tableOf(removeField(shown, 'thing', 'size'), 'thing');
  expect(table?.forms?.[0]?.sections?.[0]?.fields).toEqual(['name', { text: label('note') }]);
  expect(table?.views?.[0]).toEqual({ name: 'all', label: label('v'), type: 'table', columns: ['name'], sort: [] });
  expect(table?.page).toEqual({ header: [] });
});

test('names in use get a number', () => {
  expect(freeName('a', ['a', 'a_2'])).toBe('a_3');
  expect(freeName('b', ['a'])).toBe('b');
  expect(moveItem(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
});

const FORM: FormDefinition = {
  name: 'f',
  label: label('f'),
  sections: [
    { name: 'one', label: label('1'), fields: ['a', 'b'] },
    { name: 'two', label: label('2'), fields: ['c'] },
  ],
};
const shape = (form: FormDefinition) => sectionsOf(form).map((section) => `${section.name}:${section.fields.map((entry) => (typeof entry === 'string' ? entry : 'text')).join('')}`);

test('fields and sections of a form move', () => {
  expect(shape(moveEntry(FORM, { section: 'one', index: 0 }, { section: 'two', index: 1 }))).toEqual(['one:b', 'two:ca']);
  expect(shape(moveEntry(FORM, { section: 'one', index: 0 }, { section: 'one', index: 1 }))).toEqual(['one:ba', 'two:c']);
  expect(shape(moveSection(FORM, 'two', null, 0))).toEqual(['two:c', 'one:ab']);
  expect(shape(addSection(FORM, null, label('3')))).toEqual(['one:ab', 'two:c', 'section:']);
  expect(sectionsOf(updateSection(FORM, 'one', { columns: 3 }))[0]?.columns).toBe(3);
});

test('tabs take over the sections and give them back', () => {
  const tabbed = addTab(FORM, label('more'));
  expect(tabbed.sections).toBeUndefined();
  expect(tabbed.tabs?.map((tab) => tab.sections.length)).toEqual([2, 0]);
  const moved = moveSection(tabbed, 'two', 'tab', 0);
  expect(moved.tabs?.map((tab) => tab.sections.length)).toEqual([1, 1]);
  expect(removeTab(moved, 'tab')).toEqual(FORM);
});

test('forms and views are written down when they are first edited, and the last one goes without trace', () => {
  const formed = addForm(withTable, 'thing', label('form'));
  expect(tableOf(formed, 'thing')?.forms?.[0]).toMatchObject({ name: 'default', sections: [{ fields: ['name'] }] });
  expect(tableOf(removeForm(formed, 'thing', 'default'), 'thing')).toEqual(tableOf(withTable, 'thing'));
  const viewed = addView(withTable, 'thing', label('view'));
  expect(buildModel(viewed).issues).toEqual([]);
  const home = { ...viewed, app: { ...viewed.app, home: [{ table: 'thing', view: 'all' }] } };
  expect(removeView(home, 'thing', 'all').app.home).toEqual([]);
});
