/** Stars, from 1 up to `max`. */
import Type from 'typebox';
import { decodeScaled, encodeScaled, scaledColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { notReadable } from './messages.ts';
import { normalizeNumber } from './number-type.ts';
import { labelled, numberSetting } from './settings.ts';

export const rating: FieldType = {
  label: { 'zh-CN': '星级', en: 'Rating' },
  group: 'number',
  settings: Type.Object({ max: Type.Integer({ minimum: 2, maximum: 10, default: 5, ...labelled('最高星级', 'Most stars') }) }),
  storage: 'columns',
  kind: () => 'number',
  columns: () => scaledColumn(0),
  valueSchema: (field) => ({ type: 'integer', minimum: 1, maximum: numberSetting(field, 'max', 5) }),
  encode: (value) => encodeScaled(value, 0),
  decode: (columns) => decodeScaled(columns, 0),
  normalize: (value) => normalizeNumber(value, 6),
  format: (value) => (typeof value === 'number' ? String(value) : ''),
  parse: (input, field) => {
    const written = input.normalize('NFKC').replace(/\s/g, '');
    if (!written) return { value: null };
    const most = numberSetting(field, 'max', 5);
    const drawn = /^(★+)☆*$/.exec(written)?.[1]?.length;
    const typed = new RegExp(`^(\\d{1,2})(?:星级?|stars?|/${most})?$`, 'i').exec(written)?.[1];
    const value = drawn ?? (typed === undefined ? 0 : Number(typed));
    return value >= 1 && value <= most
      ? { value }
      : { issue: notReadable(input, { 'zh-CN': `1 到 ${most} 的星级`, en: `a rating from 1 to ${most}` }) };
  },
  examples: {
    valid: [1, 5],
    invalid: [0, 6, 2.5, '★'],
    texts: [['★★★☆☆', 3], ['4星', 4], ['4/5', 4], ['', null]],
    badTexts: ['6', '0', '很好'],
  },
};
