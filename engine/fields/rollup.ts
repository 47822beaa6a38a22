/** A value gathered from the records that point here: how many, their sum, the first by an order. Stored with the record. */
import Type from 'typebox';
import type { Rule } from '../rules/rule.ts';
import { computedValue, numberShown, resultSetting, scaleSetting } from './computed-value.ts';
import type { FieldType } from './field-type.ts';
import { labelled, text } from './settings.ts';

export const ROLLUP_FUNCTIONS = ['count', 'sum', 'min', 'max', 'avg', 'first'] as const;
export type RollupFunction = (typeof ROLLUP_FUNCTIONS)[number];

export const rollup: FieldType = {
  ...computedValue,
  gathers: true,
  label: { 'zh-CN': '汇总', en: 'Roll-up' },
  settings: Type.Object({
    table: Type.String({ ...labelled('下级表', 'Table', { 'x-editor': 'table' }) }),
    field: Type.String({ ...labelled('下级表中指向本表的字段', 'Its reference to this table', { 'x-editor': 'reference', 'x-of': 'table' }) }),
    function: Type.Union(ROLLUP_FUNCTIONS.map((name) => Type.Literal(name)), {
      default: 'count',
      ...labelled('汇总方式', 'Function', {
        'x-labels': { count: text('记录数', 'Count'), sum: text('求和', 'Sum'), min: text('最小', 'Smallest'), max: text('最大', 'Largest'), avg: text('平均', 'Average'), first: text('按排序取第一条', 'The first by order') },
      }),
    }),
    of: Type.Optional(Type.String({ ...labelled('被汇总的字段', 'Field gathered', { 'x-editor': 'path', 'x-of': 'table' }) })),
    filter: Type.Optional(Type.Unsafe<Rule>({ ...labelled('条件', 'Condition', { 'x-editor': 'rule', 'x-of': 'table' }) })),
    sort: Type.Optional(Type.Array(Type.String(), { ...labelled('排序（取第一条时）', 'Order (for the first)', { 'x-editor': 'sort', 'x-of': 'table' }) })),
    empty: Type.Optional(Type.Unsafe<string | number | boolean>({ ...labelled('没有记录时的值', 'Value when there are none', { 'x-editor': 'value' }) })),
    unscoped: Type.Optional(Type.Literal(true, { type: 'boolean', ...labelled('全部计入（不看查看者的权限）', 'Counts everything, whatever the reader may see') })),
    result: resultSetting(['number', 'text', 'date', 'dateTime', 'option'], 'number'),
    scale: scaleSetting,
    ...numberShown,
  }),
  examples: {
    settings: { table: 'opportunity', field: 'customer', function: 'sum', of: 'amount', result: 'number' },
    valid: [0, 120000.5],
    invalid: ['12', {}],
    badTexts: ['12'],
  },
};
