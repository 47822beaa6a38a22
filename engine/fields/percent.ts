/** A share, kept as a fraction: 30% is 0.3. `scale` counts the decimals of the percentage that is shown. */
import Type from 'typebox';
import type { FieldModel } from '../model/app-model.ts';
import { decodeScaled, encodeScaled, moveDecimalPoint, scaledColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { notReadable } from './messages.ts';
import { formatNumber, normalizeNumber, numberSchema, parseNumber, percentFormat } from './number-type.ts';
import { labelled, numberSetting } from './settings.ts';

function scaleOf(field: FieldModel): number {
  return numberSetting(field, 'scale', 0) + 2;
}

export const percent: FieldType = {
  label: { 'zh-CN': '百分比', en: 'Percent' },
  group: 'number',
  settings: Type.Object({
    scale: Type.Integer({ minimum: 0, maximum: 4, default: 0, ...labelled('显示的小数位数', 'Decimals shown') }),
    min: Type.Optional(Type.Number({ ...labelled('最小值（1 即 100%）', 'Smallest (1 is 100%)') })),
    max: Type.Optional(Type.Number({ ...labelled('最大值（1 即 100%）', 'Largest (1 is 100%)') })),
  }),
  storage: 'columns',
  kind: () => 'number',
  columns: (field) => scaledColumn(scaleOf(field)),
  valueSchema: (field) => numberSchema(field, scaleOf(field)),
  encode: (value, field) => encodeScaled(value, scaleOf(field)),
  decode: (columns, field) => decodeScaled(columns, scaleOf(field)),
  normalize: (value, field) => normalizeNumber(value, scaleOf(field)),
  numberFormat: (field) => percentFormat(scaleOf(field)),
  format: (value, field, { locale }) =>
    typeof value === 'number' ? formatNumber(value, locale, scaleOf(field) - 2, { style: 'percent' }) : '',
  parse: (input, field) => {
    const written = input.normalize('NFKC').trim();
    const inHundredths = /^百分之|%$|％$/.test(written);
    if (inHundredths && /^(?:百分之|[%％])$/.test(written)) return { issue: notReadable(written, { 'zh-CN': '百分比', en: 'a percentage' }) };
    const result = parseNumber(written.replace(/^百分之|[%％]$/g, ''), scaleOf(field) + 2);
    if (!('value' in result) || typeof result.value !== 'number') return result;
    // A bare number above 1 was meant in hundredths; spreadsheets give 30% as 0.3.
    const places = inHundredths || Math.abs(result.value) > 1 ? -2 : 0;
    return { value: normalizeNumber(moveDecimalPoint(result.value, places), scaleOf(field)) };
  },
  examples: {
    settings: { scale: 1 },
    valid: [0, 0.3, 1, -0.055, 2.5],
    invalid: ['30%', true],
    texts: [['30%', 0.3], ['３０％', 0.3], ['30', 0.3], ['0.3', 0.3], ['百分之三十', 0.3], ['12.5%', 0.125], ['', null]],
    badTexts: ['%', '高'],
  },
};
