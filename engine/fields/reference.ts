/** Points at one record of a table; the value is that record's id. Titles are added by whoever reads records. */
import Type from 'typebox';
import type { FieldType } from './field-type.ts';
import { acyclicSetting, idReference } from './id-reference.ts';
import { labelled, text } from './settings.ts';

export const ON_DELETE = ['restrict', 'cascade', 'null', 'keep'] as const;
/** What happens here when the record pointed at is deleted. */
export type OnDelete = (typeof ON_DELETE)[number];

export const reference: FieldType = {
  ...idReference,
  label: { 'zh-CN': '关联', en: 'Reference' },
  group: 'relation',
  settings: Type.Object({
    table: Type.String({ ...labelled('关联的表', 'Table', { 'x-editor': 'table' }) }),
    onDelete: Type.Union(ON_DELETE.map((name) => Type.Literal(name)), {
      default: 'restrict',
      ...labelled('对方被删除时', 'When that record is deleted', {
        'x-labels': {
          restrict: text('不允许删除对方', 'It may not be deleted'),
          cascade: text('本记录一起删除', 'This record is deleted too'),
          null: text('清空此字段', 'This field is emptied'),
          keep: text('保留，显示为已删除', 'Kept, shown as deleted'),
        },
      }),
    }),
    filter: Type.Optional(Type.Unsafe<import('../rules/rule.ts').Rule>({ ...labelled('可选范围', 'What may be chosen', { 'x-editor': 'rule', 'x-of': 'table' }) })),
    acyclic: acyclicSetting,
  }),
  target: (field) => String(field.settings.table),
  examples: { ...idReference.examples, settings: { table: 'customer', onDelete: 'restrict' } },
};
