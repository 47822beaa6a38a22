/** Street and house number; the region stands in a field of its own. */
import Type from 'typebox';
import { decodeText, encodeText, textColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { tooLong } from './messages.ts';
import { toLine } from './plain-text.ts';

const LIMIT = 300;

export const address: FieldType = {
  label: { 'zh-CN': '详细地址', en: 'Address' },
  group: 'text',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'text',
  columns: () => textColumn('text'),
  valueSchema: () => ({ type: 'string', minLength: 1, maxLength: LIMIT }),
  encode: encodeText,
  decode: decodeText,
  normalize: toLine,
  format: (value) => (typeof value === 'string' ? value : ''),
  parse: (input) => {
    const value = toLine(input);
    return typeof value === 'string' && [...value].length > LIMIT ? { issue: tooLong(LIMIT) } : { value };
  },
  searchText: (value) => (typeof value === 'string' ? value : ''),
  examples: {
    valid: ['南山区科技园科苑路 15 号 3 栋 1201', '12 Main Street'],
    invalid: ['', 12, '路'.repeat(301)],
    texts: [[' 科苑路\n15 号 ', '科苑路 15 号'], ['', null]],
    badTexts: ['路'.repeat(301)],
  },
};
