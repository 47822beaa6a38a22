/** Points at many records of a table; the pairs live in a link table of their own. */
import Type from 'typebox';
import type { FieldType } from './field-type.ts';
import { acyclicSetting } from './id-reference.ts';
import { labelled } from './settings.ts';
import { users } from './users.ts';

export const manyToMany: FieldType = {
  ...users,
  label: { 'zh-CN': '多对多关联', en: 'Many-to-many' },
  group: 'relation',
  settings: Type.Object({ table: Type.String({ ...labelled('关联的表', 'Table', { 'x-editor': 'table' }) }), acyclic: acyclicSetting }),
  target: (field) => String(field.settings.table),
  storage: 'links',
  columns: () => [],
  encode: () => [],
  decode: () => null,
  valueSchema: (field) => ({ ...users.valueSchema(field), maxItems: 1000 }),
  examples: { ...users.examples, settings: { table: 'contact' } },
};
