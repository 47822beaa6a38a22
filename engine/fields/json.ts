/** Any JSON, for what integrations leave on a record. */
import Type from 'typebox';
import { decodeJson, encodeJson, jsonColumn } from './columns.ts';
import type { FieldType, Json } from './field-type.ts';
import { notReadable, tooLong } from './messages.ts';

const LARGEST = 100_000;

function tryParse(text: string): { value: Json } | null {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return null;
  }
}

export const json: FieldType = {
  label: { 'zh-CN': 'JSON', en: 'JSON' },
  group: 'other',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'none',
  columns: () => jsonColumn('none'),
  valueSchema: () => ({}),
  encode: encodeJson,
  decode: decodeJson,
  normalize: (value) => (value === '' ? null : value),
  check: (value) => (JSON.stringify(value).length > LARGEST ? [tooLong(LARGEST)] : []),
  format: (value) => (value === null ? '' : JSON.stringify(value)),
  parse: (input) => {
    const written = input.trim();
    if (!written) return { value: null };
    if (written.length > LARGEST) return { issue: tooLong(LARGEST) };
    return tryParse(written) ?? { issue: notReadable(written, { 'zh-CN': 'JSON', en: 'JSON' }) };
  },
  examples: {
    valid: [{ a: [1, null, '中'] }, [true], 'text', 0],
    invalid: ['x'.repeat(LARGEST)],
    texts: [[' {"a": 1} ', { a: 1 }], ['', null]],
    badTexts: ['{a: 1}', 'undefined'],
  },
};
