/** A number with a fixed count of decimals, kept exactly as a scaled integer. */
import Type from 'typebox';
import type { FieldModel } from '../model/app-model.ts';
import { decodeScaled, encodeScaled, scaledColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { formatNumber, normalizeNumber, numberSchema, parseNumber } from './number-type.ts';
import { labelled, numberSetting } from './settings.ts';

function scaleOf(field: FieldModel): number {
  return numberSetting(field, 'scale', 2);
}

export const decimal: FieldType = {
  label: { 'zh-CN': '小数', en: 'Decimal' },
  group: 'number',
  settings: Type.Object({
    scale: Type.Integer({ minimum: 0, maximum: 6, default: 2, ...labelled('小数位数', 'Decimal places') }),
    min: Type.Optional(Type.Number({ ...labelled('最小值', 'Smallest') })),
    max: Type.Optional(Type.Number({ ...labelled('最大值', 'Largest') })),
  }),
  storage: 'columns',
  kind: () => 'number',
  columns: (field) => scaledColumn(scaleOf(field)),
  valueSchema: (field) => numberSchema(field, scaleOf(field)),
  encode: (value, field) => encodeScaled(value, scaleOf(field)),
  decode: (columns, field) => decodeScaled(columns, scaleOf(field)),
  normalize: (value, field) => normalizeNumber(value, scaleOf(field)),
  numberFormat: () => 'General',
  format: (value, field, { locale }) =>
    typeof value === 'number' ? formatNumber(value, locale, scaleOf(field), { minimumFractionDigits: 0 }) : '',
  parse: (input, field) => parseNumber(input, scaleOf(field)),
  examples: {
    settings: { scale: 3, min: -1000000 },
    valid: [0, 0.1, -1.005, 123456.789],
    invalid: ['1.2.3', false, -1000000.5, 1e15],
    texts: [['12.5', 12.5], ['１２．５', 12.5], ['-3', -3], ['(1,200)', -1200], ['−7', -7], ['', null]],
    badTexts: ['1.2.3', '--1', '约12'],
  },
};
