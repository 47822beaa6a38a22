/**
 * 省/市/区. The value is the code of the narrowest division chosen, with the names as they were when it was entered, so
 * that an abolished district still reads as it did. Rules see the code: all of 广东 begins with 44.
 */
import Type from 'typebox';
import type { ColumnSpec, FieldType, Json } from './field-type.ts';
import { notReadable, toIssue } from './messages.ts';
import { trimText } from './plain-text.ts';
import { readRegion } from './region-text.ts';

const columns: readonly ColumnSpec[] = [
  { suffix: '', type: 'text', kind: 'text', part: '' },
  { suffix: '__names', type: 'text', kind: 'none', part: null },
];

function toRegion(value: Json): { code: string; names: string[] } | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  if (typeof value.code !== 'string' || !Array.isArray(value.names)) return null;
  return { code: value.code, names: value.names.filter((name) => typeof name === 'string') };
}

export const region: FieldType = {
  label: { 'zh-CN': '地区', en: 'Region' },
  group: 'other',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'text',
  columns: () => columns,
  valueSchema: () => ({
    type: 'object',
    properties: {
      code: { type: 'string', pattern: '^\\d{6}$' },
      names: { type: 'array', items: { type: 'string', pattern: '^[^/]{1,40}$' }, minItems: 1, maxItems: 4 },
    },
    required: ['code', 'names'],
    additionalProperties: false,
  }),
  encode: (value) => {
    const chosen = toRegion(value);
    return chosen ? [chosen.code, chosen.names.join('/')] : [null, null];
  },
  decode: ([code, names]) => (code == null ? null : { code: String(code), names: names == null || names === '' ? [] : String(names).split('/') }),
  normalize: (value) => (value === '' ? null : value),
  format: (value) => toRegion(value)?.names.join('/') ?? '',
  /** Await `loadRegions()` first. */
  parse: (input) => {
    const written = trimText(input);
    if (!written) return { value: null };
    const reading = readRegion(written);
    if ('code' in reading) return { value: { code: reading.code, names: reading.names } };
    return {
      issue:
        reading.failure === 'ambiguous'
          ? toIssue('ambiguous_region', '同名地区不止一个，请补全省、市', 'Several regions have this name; add the province and city')
          : notReadable(written, { 'zh-CN': '省/市/区', en: 'a province, city or district' }),
    };
  },
  toRule: (value) => toRegion(value)?.code ?? null,
  searchText: (value) => toRegion(value)?.names.join(' ') ?? '',
  examples: {
    valid: [
      { code: '440305', names: ['广东省', '深圳市', '南山区'] },
      { code: '440000', names: ['广东省'] },
      { code: '429004', names: ['湖北省', '仙桃市'] },
      { code: '110105', names: ['北京市', '朝阳区'] },
    ],
    invalid: [{ code: '4403', names: ['广东省'] }, { code: '440305', names: [] }, '440305', { code: '440305' }],
    texts: [
      ['广东省深圳市南山区', { code: '440305', names: ['广东省', '深圳市', '南山区'] }],
      ['广东/深圳/南山', { code: '440305', names: ['广东省', '深圳市', '南山区'] }],
      ['广东 深圳市 南山区', { code: '440305', names: ['广东省', '深圳市', '南山区'] }],
      ['深圳市南山区', { code: '440305', names: ['广东省', '深圳市', '南山区'] }],
      ['北京朝阳', { code: '110105', names: ['北京市', '朝阳区'] }],
      ['北京 北京市 海淀区', { code: '110108', names: ['北京市', '海淀区'] }],
      ['内蒙古', { code: '150000', names: ['内蒙古自治区'] }],
      ['湖北仙桃', { code: '429004', names: ['湖北省', '仙桃市'] }],
      ['山东青岛市黄岛区', { code: '370211', names: ['山东省', '青岛市', '黄岛区'] }],
      ['上海 上海市 浦东新区', { code: '310115', names: ['上海市', '浦东新区'] }],
      ['东莞', { code: '441900', names: ['广东省', '东莞市'] }],
      ['', null],
    ],
    badTexts: ['鼓楼区', '朝阳', '火星', '广东省朝阳区'],
  },
};
