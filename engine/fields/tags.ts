/** Free words. */
import Type from 'typebox';
import type { FieldType } from './field-type.ts';
import { listColumn, splitList, textsOf } from './list-type.ts';
import { tooLong } from './messages.ts';
import { labelled, numberSetting } from './settings.ts';

const LONGEST = 40;

export const tags: FieldType = {
  ...listColumn,
  label: { 'zh-CN': '标签', en: 'Tags' },
  group: 'choice',
  settings: Type.Object({ maxCount: Type.Integer({ minimum: 1, maximum: 200, default: 50, ...labelled('最多个数', 'Most tags') }) }),
  valueSchema: (field) => ({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: LONGEST },
    minItems: 1,
    maxItems: numberSetting(field, 'maxCount', 50),
    uniqueItems: true,
  }),
  format: (value, _field, { locale }) => textsOf(value).join(locale === 'zh-CN' ? '、' : ', '),
  parse: (input) => {
    const words = [...new Set(splitList(input).map((word) => word.replace(/^#/, '')).filter(Boolean))];
    if (words.some((word) => [...word].length > LONGEST)) return { issue: tooLong(LONGEST) };
    return { value: words.length > 0 ? words : null };
  },
  searchText: (value) => textsOf(value).join(' '),
  examples: {
    valid: [['重点'], ['华东', 'VIP']],
    invalid: [[], [''], ['a', 'a'], 'a', [1]],
    texts: [['重点、华东，VIP', ['重点', '华东', 'VIP']], ['#a;#b', ['a', 'b']], ['', null]],
    badTexts: ['长'.repeat(41)],
  },
};
