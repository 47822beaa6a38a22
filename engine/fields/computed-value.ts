/** Values that a formula, roll-up or lookup gives: their shape follows the `result` setting, and nobody types them. */
import Type from 'typebox';
import type { Label } from '../errors.ts';
import type { FieldModel } from '../model/app-model.ts';
import type { ValueKind } from '../rules/rule.ts';
import { decodeText, encodeText, roundTo, textColumn } from './columns.ts';
import type { FieldType, Json, JsonSchema } from './field-type.ts';
import { toIssue } from './messages.ts';
import { formatMoment } from './moment.ts';
import { formatMoney } from './money.ts';
import { cellFormat, formatNumber, percentFormat } from './number-type.ts';
import { labelled, numberSetting, text } from './settings.ts';

export const RESULTS = ['text', 'number', 'boolean', 'date', 'dateTime', 'option'] as const;
export type Result = (typeof RESULTS)[number];

const RESULT_LABELS: Readonly<Record<Result, Label>> = {
  text: text('文本', 'Text'),
  number: text('数字', 'Number'),
  boolean: text('是/否', 'Yes or no'),
  date: text('日期', 'Date'),
  dateTime: text('日期和时间', 'Date and time'),
  option: text('选项', 'Option'),
};

export function resultSetting(results: readonly Result[], fallback: Result) {
  return Type.Union(results.map((result) => Type.Literal(result)), { default: fallback, ...labelled('结果类型', 'Result', { 'x-labels': RESULT_LABELS }) });
}

export const scaleSetting = Type.Integer({ minimum: 0, maximum: 6, default: 2, ...labelled('小数位数', 'Decimal places') });

const ofNumbers = { 'x-when': { setting: 'result', is: ['number'] } };

/** How a number is shown and exported; what it is stays a number. */
export const numberShown = {
  format: Type.Optional(Type.Union([Type.Literal('money'), Type.Literal('percent')], { ...labelled('数字显示为', 'Shown as', { 'x-labels': { money: text('金额', 'Money'), percent: text('百分比', 'Percent') } }), ...ofNumbers })),
  currencyField: Type.Optional(Type.String({ ...labelled('存放币种的字段', 'Field that holds the currency', { 'x-editor': 'field', 'x-kinds': ['option', 'text'] }), 'x-when': { setting: 'format', is: ['money'] } })),
};

export function resultOf(field: FieldModel): Result {
  return RESULTS.find((result) => result === field.settings.result) ?? 'text';
}

const SCHEMAS: Readonly<Record<Result, JsonSchema>> = {
  text: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  dateTime: { type: 'string' },
  option: { type: 'string' },
};

function kindOf(field: FieldModel): ValueKind {
  return field.computed?.kind ?? resultOf(field);
}

function formatComputed(value: Json, field: FieldModel, locale: string, timeZone: string): string {
  if (value === null) return '';
  if (typeof value === 'number') {
    const scale = numberSetting(field, 'scale', 2);
    if (field.settings.format === 'percent') return formatNumber(value, locale, Math.max(0, scale - 2), { style: 'percent' });
    return field.settings.format === 'money' ? formatMoney(value, field, locale) : formatNumber(value, locale, scale, { minimumFractionDigits: 0 });
  }
  if (typeof value === 'boolean') return locale === 'zh-CN' ? (value ? '是' : '否') : value ? 'Yes' : 'No';
  if (typeof value === 'string') return resultOf(field) === 'dateTime' ? formatMoment(value, timeZone) : value;
  return JSON.stringify(value);
}

/** As `formatComputed` shows it. */
function cellFormatOf(field: FieldModel): string {
  const scale = numberSetting(field, 'scale', 2);
  if (resultOf(field) !== 'number' || !field.settings.format) return 'General';
  return field.settings.format === 'percent' ? percentFormat(scale) : cellFormat(scale);
}

export const computedValue: Omit<FieldType, 'label' | 'settings' | 'examples'> = {
  group: 'computed',
  storage: 'columns',
  computed: true,
  kind: kindOf,
  columns: (field) => {
    const result = resultOf(field);
    if (result === 'number') return [{ suffix: '', type: 'real', kind: 'number', part: '' }];
    return result === 'boolean' ? [{ suffix: '', type: 'integer', kind: 'boolean', part: '' }] : textColumn(kindOf(field));
  },
  valueSchema: (field) => ({ ...SCHEMAS[resultOf(field)] }),
  encode: (value, field) => {
    if (typeof value === 'boolean') return [value ? 1 : 0];
    return resultOf(field) === 'number' ? [typeof value === 'number' ? value : null] : encodeText(value);
  },
  decode: (columns, field) => {
    const [column] = columns;
    if (column == null) return null;
    const result = resultOf(field);
    if (result === 'number') return Number(column);
    return result === 'boolean' ? Number(column) === 1 : decodeText(columns);
  },
  // Sums of floats end in …0000001; the scale of the field says what is meant.
  normalize: (value, field) =>
    typeof value === 'number' && resultOf(field) === 'number' && Number.isFinite(value) && Math.abs(value) < 1e12
      ? roundTo(value, numberSetting(field, 'scale', 2))
      : value === ''
        ? null
        : value,
  numberFormat: cellFormatOf,
  format: (value, field, { locale, timeZone }) => formatComputed(value, field, locale, timeZone),
  parse: (input) =>
    input.trim() === ''
      ? { value: null }
      : { issue: toIssue('computed', '此字段由系统计算，不能录入', 'This field is computed and cannot be entered') },
  searchText: (value, field) => (resultOf(field) === 'text' && typeof value === 'string' ? value : ''),
};
