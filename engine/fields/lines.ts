/** Rows owned by this record and edited in its form: records of `table` whose reference `field` points here. */
import Type from 'typebox';
import type { FieldType } from './field-type.ts';
import { toIssue } from './messages.ts';
import { labelled } from './settings.ts';

export const MOST_LINES = 500;

export const lines: FieldType = {
  label: { 'zh-CN': '明细', en: 'Lines' },
  group: 'relation',
  settings: Type.Object({
    table: Type.String({ ...labelled('明细表', 'Table of the lines', { 'x-editor': 'table' }) }),
    field: Type.String({ ...labelled('明细表中指向本表的字段', 'Its reference to this table', { 'x-editor': 'reference', 'x-of': 'table' }) }),
  }),
  storage: 'children',
  target: (field) => String(field.settings.table),
  kind: () => 'none',
  columns: () => [],
  // The values of a line are checked against the table they belong to, by whoever writes them.
  valueSchema: () => ({ type: 'array', items: { type: 'object' }, maxItems: MOST_LINES }),
  encode: () => [],
  decode: () => null,
  normalize: (value) => (value === '' || (Array.isArray(value) && value.length === 0) ? null : value),
  format: (value, _field, { locale }) => {
    if (!Array.isArray(value) || value.length === 0) return '';
    return locale === 'zh-CN' ? `${value.length} 行` : `${value.length} lines`;
  },
  parse: (input) =>
    input.trim() === ''
      ? { value: null }
      : { issue: toIssue('not_a_text', '明细不能写在一个单元格里', 'Lines cannot be written in one cell') },
  examples: {
    settings: { table: 'quote_line', field: 'quote' },
    valid: [[{ product: 'demo_1', quantity: 2 }]],
    invalid: ['x', [1], { quantity: 2 }],
    badTexts: ['2 个'],
  },
};
