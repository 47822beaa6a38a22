/** One line of text. With `pinyin` it is found by pinyin and initials and sorts as Chinese readers expect. */
import { sortKeyOf } from '#pinyin';
import Type from 'typebox';
import type { FieldModel } from '../model/app-model.ts';
import { encodeText, textColumn } from './columns.ts';
import type { ColumnSpec, FieldType } from './field-type.ts';
import { tooLong } from './messages.ts';
import { toLine } from './plain-text.ts';
import { labelled, numberSetting, textSetting } from './settings.ts';

const plainColumns = textColumn('text');
const sortedColumns: readonly ColumnSpec[] = [
  ...plainColumns,
  { suffix: '__sort', type: 'text', kind: 'none', part: null, sortKey: true },
];

function hasPinyin(field: FieldModel): boolean {
  return field.settings.pinyin === true;
}

export const text: FieldType = {
  label: { 'zh-CN': '单行文本', en: 'Text' },
  group: 'text',
  settings: Type.Object({
    maxLength: Type.Integer({ minimum: 1, maximum: 4000, default: 200, ...labelled('最多字符数', 'Longest') }),
    pattern: Type.Optional(Type.String({ format: 'regex', ...labelled('格式（正则表达式）', 'Pattern (regular expression)') })),
    pinyin: Type.Optional(Type.Literal(true, { type: 'boolean', ...labelled('可用拼音查找和排序', 'Found and sorted by pinyin') })),
  }),
  storage: 'columns',
  encryptable: true,
  kind: () => 'text',
  columns: (field) => (hasPinyin(field) ? sortedColumns : plainColumns),
  valueSchema: (field) => {
    const pattern = textSetting(field, 'pattern');
    return { type: 'string', minLength: 1, maxLength: numberSetting(field, 'maxLength', 200), ...(pattern ? { pattern } : {}) };
  },
  encode: (value, field) => {
    if (!hasPinyin(field)) return encodeText(value);
    return typeof value === 'string' ? [value, sortKeyOf(value)] : [null, null];
  },
  decode: ([column]) => (column == null ? null : String(column)),
  normalize: toLine,
  format: (value) => (typeof value === 'string' ? value : ''),
  parse: (input, field) => {
    const value = toLine(input);
    const limit = numberSetting(field, 'maxLength', 200);
    return typeof value === 'string' && [...value].length > limit ? { issue: tooLong(limit) } : { value };
  },
  searchText: (value) => (typeof value === 'string' ? value : ''),
  examples: {
    settings: { maxLength: 12, pinyin: true },
    valid: ['北京华信科技', '𠮷野家', 'O’Neil Söhne', '㈱日立'],
    invalid: [1, '', ['a'], '超过十二个字符的一段相当长的文字'],
    texts: [
      ['　华信\t科技 ', '华信 科技'],
      ['  ', null],
      ['㈱日立', '㈱日立'],
    ],
    badTexts: ['超过十二个字符的一段相当长的文字'],
  },
};
