/** A value computed from fields of the record and of records it points at, written as in Excel: `=IF(amount>100000,"A","B")`. */
import Type from 'typebox';
import { computedValue, numberShown, resultSetting, scaleSetting } from './computed-value.ts';
import type { FieldType } from './field-type.ts';
import { OptionsSetting, optionLabel } from './select.ts';
import { labelled } from './settings.ts';

export const formula: FieldType = {
  ...computedValue,
  label: { 'zh-CN': '公式', en: 'Formula' },
  settings: Type.Object({
    formula: Type.String({ minLength: 1, maxLength: 4000, ...labelled('公式', 'Formula', { 'x-editor': 'formula' }) }),
    result: resultSetting(['text', 'number', 'boolean', 'date', 'dateTime', 'option'], 'number'),
    options: Type.Optional({ ...OptionsSetting, 'x-when': { setting: 'result', is: ['option'] } }),
    scale: scaleSetting,
    ...numberShown,
  }),
  format: (value, field, context) => (typeof value === 'string' && field.settings.result === 'option' ? optionLabel(field, value, context.locale) : computedValue.format(value, field, context)),
  examples: { settings: { formula: '=1+1', result: 'number', scale: 2 }, valid: [0, 1200.5, -3], invalid: ['x', true], badTexts: ['2'] },
};
