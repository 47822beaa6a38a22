/** One e-mail address. The domain is lower-cased; the part before @ is the mail server's business. */
import Type from 'typebox';
import { decodeText, encodeText, textColumn } from './columns.ts';
import type { FieldType, Json } from './field-type.ts';
import { notReadable, toIssue } from './messages.ts';
import { toCode } from './plain-text.ts';

const EMAIL = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,63}$/u;
const AN_EMAIL = { 'zh-CN': '邮箱地址', en: 'an e-mail address' };

function normalize(value: Json): Json {
  if (typeof value !== 'string') return value;
  const written = toCode(value).replace(/^mailto:/i, '').replace(/^<(.*)>$/, '$1');
  const at = written.lastIndexOf('@');
  return at < 0 ? written || null : written.slice(0, at) + written.slice(at).toLowerCase();
}

export const email: FieldType = {
  label: { 'zh-CN': '邮箱', en: 'E-mail' },
  group: 'text',
  settings: Type.Object({}),
  storage: 'columns',
  encryptable: true,
  kind: () => 'text',
  columns: () => textColumn('text'),
  valueSchema: () => ({ type: 'string', minLength: 3, maxLength: 254 }),
  encode: encodeText,
  decode: decodeText,
  normalize,
  check: (value) => (typeof value === 'string' && EMAIL.test(value) ? [] : [notReadable(String(value), AN_EMAIL)]),
  format: (value) => (typeof value === 'string' ? value : ''),
  parse: (input) => {
    if (input.length <= 1_000 && /[^@]+@[^@]+[;；,，、\s]+[^@]+@/.test(input.trim())) {
      return { issue: toIssue('several_values', '只能填写一个邮箱地址', 'Only one e-mail address fits here') };
    }
    const value = normalize(input);
    if (value === null) return { value };
    return typeof value === 'string' && value.length <= 254 && EMAIL.test(value) ? { value } : { issue: notReadable(input, AN_EMAIL) };
  },
  searchText: (value) => (typeof value === 'string' ? value : ''),
  mask: (value) => (typeof value === 'string' ? value.replace(/^(.).*(?=@)/u, '$1***') : ''),
  examples: {
    valid: ['wang.fang@example.com', 'Sales+cn@mail.example.cn', '用户@例子.中国'],
    invalid: ['wang.fang', 'a@b', '@example.com', 'a b@example.com', 3],
    texts: [[' C1@Example.COM ', 'C1@example.com'], ['ｗ＠example.com', 'w@example.com'], ['mailto:a@b.cn', 'a@b.cn'], ['', null]],
    badTexts: ['微信同号', 'a@b.cn; c@d.cn', 'a@@b.cn'],
  },
};
