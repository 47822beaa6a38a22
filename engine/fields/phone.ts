/** One telephone number; see phone-number.ts for what is stored. */
import Type from 'typebox';
import type { Issue } from '../errors.ts';
import { decodeText, encodeText, textColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { digitsLost, notReadable, toIssue } from './messages.ts';
import { formatPhone, maskPhone, phoneSearchText, readPhone } from './phone-number.ts';
import { trimText } from './plain-text.ts';

const DOUBTS: Readonly<Record<'incomplete' | 'foreign', Issue>> = {
  incomplete: toIssue('incomplete_phone', '号码不完整或缺少区号，已按原样保留数字', 'The number looks incomplete; its digits are kept'),
  foreign: toIssue('foreign_phone', '按港澳台号码处理，请核对', 'Read as a number of Hong Kong, Macao or Taiwan; please check'),
};

function failureIssue(text: string, failure: 'not_a_phone' | 'several' | 'digits_lost'): Issue {
  if (failure === 'digits_lost') return digitsLost();
  return failure === 'several'
    ? toIssue('several_values', '只能填写一个号码，其余请填入其他字段', 'Only one number fits here; put the others into other fields')
    : notReadable(text, { 'zh-CN': '电话号码', en: 'a telephone number' });
}

export const phone: FieldType = {
  label: { 'zh-CN': '电话', en: 'Phone' },
  group: 'text',
  settings: Type.Object({}),
  storage: 'columns',
  encryptable: true,
  kind: () => 'text',
  columns: () => textColumn('text'),
  valueSchema: () => ({ type: 'string', minLength: 3, maxLength: 60 }),
  encode: encodeText,
  decode: decodeText,
  normalize: (value) => {
    if (typeof value !== 'string') return value;
    const written = trimText(value);
    const reading = written.length <= 60 ? readPhone(written) : null;
    return reading && 'number' in reading ? reading.number : written || null;
  },
  check: (value) => {
    const reading = readPhone(String(value));
    return 'number' in reading ? [] : [failureIssue(String(value), reading.failure)];
  },
  format: (value, _field, { locale }) => (typeof value === 'string' ? formatPhone(value, locale) : ''),
  parse: (input) => {
    const written = trimText(input);
    if (!written) return { value: null };
    const reading = written.length > 200 ? ({ failure: 'not_a_phone' } as const) : readPhone(written);
    if ('failure' in reading) return { issue: failureIssue(written, reading.failure) };
    return { value: reading.number, ...(reading.doubt ? { warning: DOUBTS[reading.doubt] } : {}) };
  },
  searchText: (value) => (typeof value === 'string' ? phoneSearchText(value) : ''),
  mask: (value) => (typeof value === 'string' ? maskPhone(value) : ''),
  examples: {
    valid: ['+8613800138000', '+861012345678', '+8675588888888;ext=8001', '+864000500827', '95588', '+85223456789', '5678', '+12025550143'],
    invalid: ['电话', '12', '13800138000/13900139000', 13800138000],
    texts: [
      ['138 0013 8000', '+8613800138000'],
      ['+86 138-0013-8000', '+8613800138000'],
      ['0086-138 0013 8000', '+8613800138000'],
      ['8613800138000', '+8613800138000'],
      ['13800138000.0', '+8613800138000'],
      ['(0755)8888 8888', '+8675588888888'],
      ['０１０－１２３４５６７８', '+861012345678'],
      ['0755-88888888-8001', '+8675588888888;ext=8001'],
      ['0755-88888888转8001', '+8675588888888;ext=8001'],
      ['400-050-0827', '+864000500827'],
      ['800-810-8888', '+868008108888'],
      ['95588', '95588'],
      ['19212345678', '+8619212345678'],
      ['17412345678', '+8617412345678'],
      ['14012345678', '+8614012345678'],
      ['852-2345 6789', '+85223456789'],
      ['+1 202-555-0143', '+12025550143'],
      ['1395678', '1395678'],
      ['5678', '5678'],
      ['手机：13800138000', '+8613800138000'],
      ['025-68576269', '+862568576269'],
      ['', null],
    ],
    badTexts: ['1.38001E+10', '13800138000/13900139000', '13800138000、010-12345678', '微信同号', '12', 'wx_abc123'],
  },
};
