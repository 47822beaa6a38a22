/** Yes or no. Empty is not "no": a question may be open. */
import Type from 'typebox';
import type { FieldType, Json } from './field-type.ts';
import { notReadable } from './messages.ts';
import { trimText } from './plain-text.ts';

const YES = new Set(['是', '有', '对', '√', '✓', '✔', '☑', 'y', 'yes', 'true', 't', '1', '真', 'on', '已', '启用']);
const NO = new Set(['否', '无', '不', '没有', '×', '✗', '✘', '☐', 'x', 'n', 'no', 'false', 'f', '0', '假', 'off', '未', '停用']);

function read(text: string): Json | undefined {
  const word = trimText(text).normalize('NFKC').toLowerCase();
  if (!word) return null;
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

export const boolean: FieldType = {
  label: { 'zh-CN': '是/否', en: 'Yes or no' },
  group: 'choice',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'boolean',
  columns: () => [{ suffix: '', type: 'integer', kind: 'boolean', part: '' }],
  valueSchema: () => ({ type: 'boolean' }),
  encode: (value) => [value === null ? null : value === true ? 1 : 0],
  decode: ([column]) => (column == null ? null : Number(column) === 1),
  normalize: (value) => (value === '' ? null : value),
  format: (value, _field, { locale }) => {
    if (typeof value !== 'boolean') return '';
    if (locale === 'zh-CN') return value ? '是' : '否';
    return value ? 'Yes' : 'No';
  },
  parse: (input) => {
    const value = read(input);
    return value === undefined ? { issue: notReadable(trimText(input), { 'zh-CN': '“是”或“否”', en: '“yes” or “no”' }) } : { value };
  },
  examples: {
    valid: [true, false],
    invalid: ['true', 1],
    texts: [['是', true], ['无', false], ['√', true], ['×', false], ['Ｙ', true], ['0', false], ['', null]],
    badTexts: ['也许', '2'],
  },
};
