/**
 * An amount in the currency of the field, or in the one that another field of the record names. A value is a plain JSON
 * number in the main unit (yuan); the column holds the smallest unit, so sums are exact.
 */
import Type from 'typebox';
import type { FieldModel } from '../model/app-model.ts';
import { decodeScaled, encodeScaled, scaledColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { cellFormat, formatNumber, normalizeNumber, numberSchema, parseNumber } from './number-type.ts';
import { labelled, numberSetting, textSetting } from './settings.ts';

function scaleOf(field: FieldModel): number {
  return numberSetting(field, 'scale', 2);
}

/** With `currencyField` the sign depends on the record, so whoever has the record adds it. */
export function formatMoney(value: number, field: FieldModel, locale: string, currency?: string): string {
  const code = currency ?? (textSetting(field, 'currencyField') ? undefined : textSetting(field, 'currency'));
  // The Chinese signs are distinct (¥, JP¥, US$, HK$) where the English ones read "CN¥" for yuan and "¥" for yen.
  return code && /^[A-Z]{3}$/.test(code)
    ? formatNumber(value, 'zh-CN', scaleOf(field), { style: 'currency', currency: code })
    : formatNumber(value, locale, scaleOf(field));
}

export const money: FieldType = {
  label: { 'zh-CN': '金额', en: 'Money' },
  group: 'number',
  settings: Type.Object({
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', ...labelled('币种', 'Currency', { 'x-help': { 'zh-CN': '三个大写字母，如 CNY、USD。', en: 'Three capital letters: CNY, USD.' } }) })),
    currencyField: Type.Optional(Type.String({ ...labelled('存放币种的字段', 'Field that holds the currency', { 'x-editor': 'field', 'x-kinds': ['option', 'text'] }) })),
    scale: Type.Integer({ minimum: 0, maximum: 4, default: 2, ...labelled('小数位数', 'Decimal places') }),
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
  numberFormat: (field) => cellFormat(scaleOf(field)),
  format: (value, field, { locale }) => (typeof value === 'number' ? formatMoney(value, field, locale) : ''),
  parse: (input, field) => parseNumber(input, scaleOf(field)),
  examples: {
    settings: { currency: 'CNY', max: 1e12 },
    valid: [0, 1200.5, -0.01, 120000000, 450359962737.04],
    invalid: ['12.5万', [1], 1e13],
    texts: [
      ['12.5万', 125000],
      ['1.2亿', 120000000],
      ['1亿2000万', 120000000],
      ['3千万', 30000000],
      ['12w', 120000],
      ['5k', 5000],
      ['￥1,200,000.00', 1200000],
      ['RMB 1200000', 1200000],
      ['1,200,000元整', 1200000],
      ['１２００元', 1200],
      ['(1,200)', -1200],
      ['−¥3.50', -3.5],
      ['壹佰贰拾万元整', 1200000],
      ['叁仟肆佰伍拾陆元', 3456],
      ['壹亿贰仟万', 120000000],
      ['叁拾元零伍分', 30.05],
      ['1.005', 1.01],
      ['', null],
    ],
    badTexts: ['面议', '1.2.3', '6222020200012345678', '4.403E+17', '12万5亿'],
  },
};
