/** A web address. Only http and https: anything else could run code when it is clicked. */
import Type from 'typebox';
import { decodeText, encodeText, textColumn } from './columns.ts';
import type { FieldType, Json } from './field-type.ts';
import { notReadable } from './messages.ts';
import { trimText } from './plain-text.ts';

const A_URL = { 'zh-CN': '网址', en: 'a web address' };

function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/[^\s<>"\\]+$/i.test(value) || !URL.canParse(value)) return false;
  const { hostname } = new URL(value);
  return hostname.includes('.') || hostname === 'localhost';
}

/** `www.example.com` is completed; other text is left for `check` to refuse. */
function normalize(value: Json): Json {
  if (typeof value !== 'string') return value;
  const written = trimText(value);
  return /^[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/.test(written) ? `https://${written}` : written || null;
}

export const url: FieldType = {
  label: { 'zh-CN': '网址', en: 'Web address' },
  group: 'text',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'text',
  columns: () => textColumn('text'),
  valueSchema: () => ({ type: 'string', minLength: 4, maxLength: 2000 }),
  encode: encodeText,
  decode: decodeText,
  normalize,
  check: (value) => (typeof value === 'string' && isWebAddress(value) ? [] : [notReadable(String(value), A_URL)]),
  format: (value) => (typeof value === 'string' ? value : ''),
  parse: (input) => {
    const value = normalize(input);
    if (value === null) return { value };
    return typeof value === 'string' && value.length <= 2000 && isWebAddress(value) ? { value } : { issue: notReadable(input, A_URL) };
  },
  searchText: (value) => (typeof value === 'string' ? value : ''),
  examples: {
    valid: ['https://example.com', 'http://example.cn/a?b=c#d', 'https://例子.中国/关于'],
    invalid: ['javascript:alert(1)', 'data:text/html,x', 'example', 'https://', 7],
    texts: [[' www.example.com/a ', 'https://www.example.com/a'], ['http://example.com', 'http://example.com'], ['', null]],
    badTexts: ['javascript:alert(1)', '无官网', 'file:///etc/passwd'],
  },
};
