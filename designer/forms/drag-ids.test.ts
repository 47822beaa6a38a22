import { expect, test } from 'vitest';
import { addTab, sectionsOf } from '#engine/changes/edit-layout.ts';
import type { FormDefinition } from '#engine/model/definitions.ts';
import { accepts, dropOn, entryIds, fromId, toId } from './drag-ids.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const FORM: FormDefinition = {
  name: 'f', label: label('f'),
  sections: [{ name: 'one', label: label('1'), fields: ['a', { text: label('t') }, 'b'] }, { name: 'two', label: label('2'), fields: [] }],
};
const shape = (form: FormDefinition) => sectionsOf(form).map((section) => `${section.name}:${section.fields.map((entry) => (typeof entry === 'string' ? entry : `(${entry.text.en})`)).join('')}`);
const drop = (form: FormDefinition, dragged: string, over: string) => dropOn(form, fromId(dragged), fromId(over), label('new'));

test('ids go there and back', () => {
  const [section] = FORM.sections ?? [];
  expect(section && entryIds(section)).toEqual(['field:a', 'text:one:1', 'field:b']);
  expect(toId(fromId('text:one:1'))).toBe('text:one:1');
});

test('fields and texts go before what they are dropped on, or to the end of a section', () => {
  expect(shape(drop(FORM, 'field:b', 'field:a'))).toEqual(['one:ba(t)', 'two:']);
  expect(shape(drop(FORM, 'text:one:1', 'section:two'))).toEqual(['one:ab', 'two:(t)']);
  expect(shape(drop(FORM, 'field:a', 'section:one'))).toEqual(['one:(t)ba', 'two:']);
});

test('what is new is inserted', () => {
  expect(shape(drop(FORM, 'new:c', 'field:b'))).toEqual(['one:a(t)cb', 'two:']);
  expect(shape(drop(FORM, 'newText:x', 'section:two'))).toEqual(['one:a(t)b', 'two:(new)']);
});

test('sections go among sections and into tabs, tabs among tabs, and nothing else', () => {
  expect(shape(drop(FORM, 'section:two', 'section:one'))).toEqual(['two:', 'one:a(t)b']);
  const tabbed = addTab(FORM, label('more'));
  expect(drop(tabbed, 'section:two', 'tab:tab').tabs?.map((tab) => tab.sections.length)).toEqual([1, 1]);
  expect(drop(tabbed, 'tab:tab', 'tab:main').tabs?.map((tab) => tab.name)).toEqual(['tab', 'main']);
  expect(accepts('section', 'field')).toBe(false);
  expect(drop(FORM, 'section:two', 'field:a')).toBe(FORM);
});
