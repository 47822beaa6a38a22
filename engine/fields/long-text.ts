/** Text of several lines, shown as it was typed. */
import Type from 'typebox';
import { decodeText, encodeText, textColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { tooLong } from './messages.ts';
import { toBlock } from './plain-text.ts';
import { labelled, numberSetting } from './settings.ts';

export const longText: FieldType = {
  label: { 'zh-CN': '多行文本', en: 'Long text' },
  group: 'text',
  settings: Type.Object({
    maxLength: Type.Integer({ minimum: 1, maximum: 100000, default: 10000, ...labelled('最多字符数', 'Longest') }),
  }),
  storage: 'columns',
  encryptable: true,
  kind: () => 'text',
  columns: () => textColumn('text'),
  valueSchema: (field) => ({ type: 'string', minLength: 1, maxLength: numberSetting(field, 'maxLength', 10000) }),
  encode: encodeText,
  decode: decodeText,
  normalize: toBlock,
  format: (value) => (typeof value === 'string' ? value : ''),
  parse: (input, field) => {
    const value = toBlock(input);
    const limit = numberSetting(field, 'maxLength', 10000);
    return typeof value === 'string' && [...value].length > limit ? { issue: tooLong(limit) } : { value };
  },
  searchText: (value) => (typeof value === 'string' ? value : ''),
  examples: {
    settings: { maxLength: 40 },
    valid: ['等待预算审批\n下季度再联系', 'one\n\ntwo'],
    invalid: ['', 1, '很'.repeat(41)],
    texts: [['第一行\r\n第二行 ', '第一行\n第二行'], ['\n ', null]],
    badTexts: ['很'.repeat(41)],
  },
};
