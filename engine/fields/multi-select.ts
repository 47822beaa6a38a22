/** Several of a list of options, in the order they were chosen. */
import Type from 'typebox';
import { optionsOf } from '../model/app-model.ts';
import type { FieldType } from './field-type.ts';
import { listColumn, splitList, textsOf } from './list-type.ts';
import { unknownOption } from './messages.ts';
import { EXAMPLE_OPTIONS, findOption, optionLabel, OptionsSetting } from './select.ts';

export const multiSelect: FieldType = {
  ...listColumn,
  label: { 'zh-CN': '多选', en: 'Multi-select' },
  group: 'choice',
  settings: Type.Object({ options: OptionsSetting }),
  valueSchema: (field) => ({
    type: 'array',
    items: { type: 'string', enum: optionsOf(field).map((option) => option.value) },
    minItems: 1,
    uniqueItems: true,
  }),
  format: (value, field, { locale }) =>
    textsOf(value)
      .map((item) => optionLabel(field, item, locale))
      .join(locale === 'zh-CN' ? '、' : ', '),
  parse: (input, field) => {
    const values = new Set<string>();
    for (const label of splitList(input)) {
      const value = findOption(field, label);
      if (value === undefined) return { issue: unknownOption(label) };
      values.add(value);
    }
    return { value: values.size > 0 ? [...values] : null };
  },
  searchText: (value, field) =>
    optionsOf(field)
      .filter((option) => textsOf(value).includes(option.value))
      .map((option) => `${option.label['zh-CN']} ${option.label.en}`)
      .join(' '),
  examples: {
    settings: { options: EXAMPLE_OPTIONS },
    valid: [['lead'], ['won', 'lead']],
    invalid: ['lead', [], ['unknown'], ['lead', 'lead']],
    texts: [['线索、成交', ['lead', 'won']], ['Won; lead;won', ['won', 'lead']], ['', null]],
    badTexts: ['线索、未知'],
  },
};
