/** A whole number. */
import Type from 'typebox';
import { decodeScaled, encodeScaled, scaledColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { toIssue } from './messages.ts';
import { cellFormat, formatNumber, normalizeNumber, numberSchema, parseNumber } from './number-type.ts';
import { labelled } from './settings.ts';

export const integer: FieldType = {
  label: { 'zh-CN': '整数', en: 'Whole number' },
  group: 'number',
  settings: Type.Object({
    min: Type.Optional(Type.Integer({ ...labelled('最小值', 'Smallest') })),
    max: Type.Optional(Type.Integer({ ...labelled('最大值', 'Largest') })),
  }),
  storage: 'columns',
  kind: () => 'number',
  columns: () => scaledColumn(0),
  valueSchema: (field) => numberSchema(field, 0, 'integer'),
  encode: (value) => encodeScaled(value, 0),
  decode: (columns) => decodeScaled(columns, 0),
  // A fraction is left as it is: the schema refuses it, where rounding would change what was sent.
  normalize: (value) => normalizeNumber(value, 6),
  numberFormat: () => cellFormat(0),
  format: (value, _field, { locale }) => (typeof value === 'number' ? formatNumber(value, locale, 0) : ''),
  parse: (input) => {
    const result = parseNumber(input, 6);
    return 'value' in result && typeof result.value === 'number' && !Number.isInteger(result.value)
      ? { issue: toIssue('not_whole', '须为整数', 'Must be a whole number') }
      : result;
  },
  examples: {
    settings: { min: -5000, max: 50000000 },
    valid: [0, -12, 1200, 50000000],
    invalid: [1.5, '12 个', true, -5001, 2 ** 53],
    texts: [['１，２００', 1200], ['1,200', 1200], ['3千', 3000], ['12w', 120000], ['1200.0', 1200], ['三十二', 32], [' ', null]],
    badTexts: ['1.5', '十几', 'abc', '440300198501011230', '1.38001E+10', '1,2'],
  },
};
