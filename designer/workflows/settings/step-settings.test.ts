import { expect, test } from 'vitest';
import type { TriggerType } from '#engine/workflows/trigger-type.ts';
import { NODE_TYPES } from '#engine/workflows/nodes/index.ts';
import { TRIGGER_TYPES } from '#engine/workflows/triggers/index.ts';
import { editorOf, isShown, settingsOf } from '../../settings/setting-schema.ts';

test.each(Object.entries({ ...NODE_TYPES, ...TRIGGER_TYPES } as Record<string, Pick<TriggerType, 'settings'>>))('every setting of %s has a label and an editor of its own', (_, type) => {
  for (const { name, schema } of settingsOf(type.settings)) {
    expect(schema['x-label'], name).toBeDefined();
    expect(editorOf(schema), name).not.toBe('raw');
    if (editorOf(schema) !== 'choices') continue;
    for (const branch of schema.items?.anyOf ?? []) expect(schema['x-labels']?.[String(branch.const)], `${name} ${String(branch.const)}`).toBeDefined();
  }
});

test('settings that belong to another one are shown only with it', () => {
  const { settings } = NODE_TYPES.waitFor;
  const shown = (values: Record<string, unknown>) => settingsOf(settings).filter((entry) => isShown(entry, settings, values)).map(({ name }) => name);
  expect(shown({})).toEqual(['event', 'record', 'rule', 'timeout']);
  expect(shown({ event: 'related' })).toEqual(['event', 'record', 'table', 'reference', 'filter', 'timeout']);
});
