/** A value of a record that this one points at, taken when it is read: `primary_contact.name`. */
import Type from 'typebox';
import { computedValue } from './computed-value.ts';
import type { FieldType } from './field-type.ts';
import { labelled } from './settings.ts';

export const lookup: FieldType = {
  ...computedValue,
  label: { 'zh-CN': '引用', en: 'Lookup' },
  settings: Type.Object({
    path: Type.String({ pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*){1,3}$', ...labelled('取哪个字段', 'Field looked up', { 'x-editor': 'path' }) }),
  }),
  storage: 'query',
  kind: (field) => field.computed?.kind ?? 'text',
  columns: () => [],
  // The field at the end of the path knows the shape; nobody writes a value here.
  valueSchema: () => ({}),
  encode: () => [],
  decode: () => null,
  examples: { settings: { path: 'primary_contact.name' }, valid: ['王芳', 3], invalid: [], badTexts: ['王芳'] },
};
