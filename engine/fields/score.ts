/** A mark from 0 to 10, half points allowed. */
import Type from 'typebox';
import { decodeScaled, encodeScaled, scaledColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { notReadable } from './messages.ts';
import { formatNumber, normalizeNumber, parseNumber } from './number-type.ts';
import { LONGEST_TYPED } from './plain-text.ts';

const A_SCORE = { 'zh-CN': '0 到 10 的评分', en: 'a score from 0 to 10' };

export const score: FieldType = {
  label: { 'zh-CN': '评分（0–10）', en: 'Score (0–10)' },
  group: 'number',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'number',
  columns: () => scaledColumn(1),
  valueSchema: () => ({ type: 'number', minimum: 0, maximum: 10 }),
  encode: (value) => encodeScaled(value, 1),
  decode: (columns) => decodeScaled(columns, 1),
  normalize: (value) => normalizeNumber(value, 1),
  format: (value, _field, { locale }) => (typeof value === 'number' ? formatNumber(value, locale, 1, { minimumFractionDigits: 0 }) : ''),
  parse: (input) => {
    if (input.length > LONGEST_TYPED) return { issue: notReadable(input, A_SCORE) };
    const result = parseNumber(input.normalize('NFKC').replace(/(?:\s*\/\s*10|分)\s*$/, ''), 1);
    return 'value' in result && typeof result.value === 'number' && (result.value < 0 || result.value > 10)
      ? { issue: notReadable(input, A_SCORE) }
      : result;
  },
  examples: {
    valid: [0, 9, 7.5, 10],
    invalid: [-1, 10.5, '9/10'],
    texts: [['9/10', 9], ['９分', 9], ['7.5', 7.5], ['', null]],
    badTexts: ['11', '好'],
  },
};
