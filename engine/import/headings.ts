/** How headings are compared, and what a heading says beside its name: a unit, an ordinal. */
import type { FieldTypeName } from '../fields/index.ts';

const UNITS: readonly (readonly [pattern: RegExp, power: number])[] = [
  [/^(?:万元|万|萬元|rmb万|万人民币|w)$/, 4],
  [/^(?:亿元|亿|億元)$/, 8],
  [/^(?:千元|k)$/, 3],
  [/^(?:百万元|百万|m)$/, 6],
  [/^(?:元|人民币|rmb|cny|¥|￥)$/, 0],
];

export interface ParsedHeading {
  /** For comparison: half-width, lower case, without spaces, marks and what stands in brackets. */
  readonly spelling: string;
  /** Power of ten of the unit that the heading names; undefined when it names none. */
  readonly unit?: number;
  /** 联系人2 belongs to the second contact. */
  readonly ordinal?: number;
}

export function parseHeading(text: string): ParsedHeading {
  const narrow = text.slice(0, 200).normalize('NFKC').toLowerCase().replace(/[\s*:_\-.]+/g, '');
  const inside = [...narrow.matchAll(/[(【[]([^)】\]]*)[)】\]]/g)].map((match) => match[1] ?? '');
  const unit = inside.map((word) => UNITS.find(([pattern]) => pattern.test(word))?.[1]).find((power) => power !== undefined);
  const bare = narrow.replace(/[(【[][^)】\]]*[)】\]]/g, '');
  const [, name = bare, digits] = /^(.*?\D)([1-9])$/.exec(bare) ?? [];
  return { spelling: name, ...(unit === undefined ? {} : { unit }), ...(digits === undefined ? {} : { ordinal: Number(digits) }) };
}

/** Several columns are put together for one field of these types, in their order: 省, 市, 区; date and time. */
export const JOINED_TYPES: ReadonlySet<FieldTypeName> = new Set(['region', 'dateTime', 'timeSpan', 'address', 'longText', 'richText', 'tags']);

/** Headings of the parts of such fields, for when the table has exactly one field of the type. */
export const PART_HEADINGS: Readonly<Partial<Record<FieldTypeName, readonly string[]>>> = {
  region: ['省', '市', '区', '县', '区县', '省份', '城市', '地区', '所在地', '省市区', '所在省', '所在市', '所在区', 'province', 'city', 'district', 'region'],
  timeSpan: ['日期', '时间', '沟通日期', '沟通时间', '跟进日期', '跟进时间', '开始时间', '结束时间', 'date', 'time'],
  dateTime: ['日期', '时间', 'date', 'time'],
};

/** Types whose texts give themselves away. */
export const TELLING_TYPES: ReadonlySet<FieldTypeName> = new Set(['email', 'creditCode', 'phone', 'url', 'select', 'multiSelect', 'region']);

/** Marks people write for "nothing". Texts of several lines and yes/no keep them: 无 is an answer there. */
export const EMPTY_MARKS: ReadonlySet<string> = new Set(['无', '暂无', '没有', '-', '--', '—', '/', '\\', 'n/a', 'na', 'null', '空', '不详', '未知', '0000']);
export const KEEPS_EMPTY_MARKS: ReadonlySet<FieldTypeName> = new Set(['boolean', 'longText', 'richText']);

/** Types that hold a name: a child record without one is called as the record it belongs to. */
export const NAME_TYPES: ReadonlySet<FieldTypeName> = new Set(['text']);
