/** Points at one record of a table; the value is that record's id. Titles are added by whoever reads records. */
import Type from 'typebox';
import type { FieldType } from './field-type.ts';
import { idReference } from './id-reference.ts';
import { labelled } from './settings.ts';

export const ON_DELETE = ['restrict', 'cascade', 'null', 'keep'] as const;
/** What happens here when the record pointed at is deleted. */
export type OnDelete = (typeof ON_DELETE)[number];

export const reference: FieldType = {
  ...idReference,
  label: { 'zh-CN': '关联', en: 'Reference' },
  group: 'relation',
  settings: Type.Object({
    table: Type.String({ ...labelled('关联的表', 'Table') }),
    onDelete: Type.Union(ON_DELETE.map((name) => Type.Literal(name)), {
      default: 'restrict',
      ...labelled('对方被删除时', 'When that record is deleted'),
    }),
    filter: Type.Optional(Type.Unsafe<import('../rules/rule.ts').Rule>({ ...labelled('可选范围', 'What may be chosen') })),
  }),
  target: (field) => String(field.settings.table),
  examples: { ...idReference.examples, settings: { table: 'customer', onDelete: 'restrict' } },
};
