import { expect, test } from 'vitest';
import { FIELD_TYPES } from '#engine/fields/index.ts';
import type { FieldType } from '#engine/fields/field-type.ts';
import { FieldCommonSchema, ViewCommonSchema } from '#engine/model/definitions.ts';
import { PANEL_TYPES } from '#engine/panels/index.ts';
import { VIEW_TYPES } from '#engine/views/index.ts';
import { editorOf, settingsOf } from './setting-schema.ts';

test.each(Object.entries({ ...FIELD_TYPES, ...VIEW_TYPES, ...PANEL_TYPES } as Record<string, Pick<FieldType, 'settings'>>))('every setting of %s has a label and an editor of its own', (_, type) => {
  for (const { name, schema } of settingsOf(type.settings)) {
    expect(schema['x-label'], name).toBeDefined();
    expect(editorOf(schema), name).not.toBe('raw');
    if (editorOf(schema) !== 'choice') continue;
    for (const branch of schema.anyOf ?? []) expect(schema['x-labels']?.[String(branch.const)], `${name} ${String(branch.const)}`).toBeDefined();
  }
});

test('what every field and view may have is drawn too, apart from its name, label and type', () => {
  const without = [...settingsOf(FieldCommonSchema), ...settingsOf(ViewCommonSchema)].filter(({ name, schema }) => !['name', 'label', 'type'].includes(name) && (!schema['x-label'] || !schema['x-group'] || editorOf(schema) === 'raw'));
  expect(without.map(({ name }) => name)).toEqual([]);
});

test('only what has neither default nor option is required', () => {
  expect(settingsOf(FIELD_TYPES.reference.settings).filter((entry) => entry.required).map(({ name }) => name)).toEqual(['table']);
});
