/** Several users, by id. */
import Type from 'typebox';
import type { FieldType } from './field-type.ts';
import { ID_SCHEMA, isId } from './id-reference.ts';
import { listColumn, splitList, textsOf } from './list-type.ts';
import { toIssue } from './messages.ts';

export const users: FieldType = {
  ...listColumn,
  label: { 'zh-CN': '多名用户', en: 'Users' },
  group: 'people',
  settings: Type.Object({}),
  target: () => 'user',
  valueSchema: () => ({ type: 'array', items: { ...ID_SCHEMA }, minItems: 1, maxItems: 200, uniqueItems: true }),
  format: (value) => textsOf(value).join(', '),
  parse: (input) => {
    const ids = [...new Set(splitList(input))];
    if (!ids.every(isId)) return { issue: toIssue('not_readable', '不是用户编号', 'Not ids of users') };
    return { value: ids.length > 0 ? ids : null };
  },
  examples: {
    valid: [['demo_1'], ['demo_1', 'demo_2']],
    invalid: [[], ['a b'], 'demo_1', [1]],
    texts: [['demo_1; demo_2', ['demo_1', 'demo_2']], ['', null]],
    badTexts: ['张伟'],
  },
};
