import { beforeAll, describe, expect, it } from 'vitest';
import type { ConversionContext } from '../fields/conversion.ts';
import type { FieldType, Json } from '../fields/field-type.ts';
import { FIELD_TYPES, type FieldTypeName } from '../fields/index.ts';
import { loadRegions } from '../fields/region-data.ts';
import type { FieldModel } from '../model/app-model.ts';
import { conversionOf, FILE_KINDS } from './convert.ts';
import { validateValue } from './validate-value.ts';

const NAMES = Object.keys(FIELD_TYPES) as FieldTypeName[];
const TITLES: ReadonlyMap<string, string> = new Map([['demo_1', '张三'], ['demo_2', '李四'], ['demo_3', '李四']]);
const KINDS: ReadonlyMap<string, string> = new Map([['a', 'image/png'], ['b', 'application/pdf']]);
const LONG = 'a'.repeat(1_000_000);
const context: ConversionContext = {
  locale: 'zh-CN',
  timeZone: 'Asia/Shanghai',
  today: '2024-06-01',
  titleOf: (table, id) => (table === FILE_KINDS ? KINDS : TITLES).get(id) ?? null,
  idsByTitle: (_table, title) => [...TITLES].flatMap(([id, known]) => (known === title ? [id] : [])),
};

function fieldOf(name: FieldTypeName, settings: Record<string, unknown> = {}, common: Partial<FieldModel> = {}): FieldModel {
  const type: FieldType = FIELD_TYPES[name];
  const defaults = Object.fromEntries(Object.entries(type.settings.properties).flatMap(([key, schema]) => ('default' in schema ? [[key, schema.default]] : [])));
  const field: FieldModel = { name: 'field', table: 'customer', label: { 'zh-CN': '字段', en: 'Field' }, type: name, settings: { ...defaults, ...type.examples.settings, ...settings }, ...common };
  return type.computed && name !== 'autoNumber' ? { ...field, computed: { mode: type.storage === 'query' ? 'query' : 'stored', kind: 'number', reads: [], ...common.computed } } : field;
}

function convert(from: FieldModel, to: FieldModel, value: Json, changes: Partial<ConversionContext> = {}) {
  const conversion = conversionOf(from, to);
  if ('refused' in conversion) throw new Error(conversion.refused.en);
  return conversion.convert(value, { ...context, ...changes });
}

beforeAll(loadRegions);

const ODD: readonly Json[] = [
  '', ' ', '　', '\u200b', 0, -0, 1, -1, 0.5, 1.005, 30, 1e21, 2 ** 53 + 2, 1e-7, true, false, [], {}, [null], [1], [''], ['华东', '张三'],
  '31.02.2024', '2024-02-29', '2023-02-29', '24:00', '2024-03-15 24:00', '0001-01-01', '9999-12-31', '3月15日', '03/04/2024', '2024-03-15T06:30:00.500Z',
  '👩‍👩‍👧‍👦', 'مرحبا بالعالم', 'e\u0301', '\u00e9', 'a,b;c、d', '农、林、牧、渔业', '[x] a\n[ ] b', '{"a":1}', '"quoted"', 'null', '1e400', '=1+1',
  "' OR 1=1 --", '__proto__', 'constructor', { start: 5, end: 'x' }, { start: '2024-03-15T06:00:00.000Z', end: null }, { code: 5, names: 'x' }, { lat: 'x' },
  '张三', '李四', '王五', 'demo_1', ['demo_1', 'demo_2'], ['demo_9'], 'lead', '线索', '线索、成交', '是', '否', '30%', '1.5 小时', '￥1,200.00', '13800138000', 'https://example.com/a?b=c',
  '广东省深圳市南山区', '22.5,114.1', '★★★', '\ud800', 'line one\nline two', 'x'.repeat(201), '😀'.repeat(300), '长,'.repeat(5000),
];

describe('every type to every type', () => {
  it.each(NAMES)('from %s: refused with a reason, or each value is valid there, goes back where it says so, or says why not', (name) => {
    const from = fieldOf(name);
    const values = [...FIELD_TYPES[name].examples.valid, ...FIELD_TYPES[name].examples.invalid, ...ODD, ...(['longText', 'json', 'user'].includes(name) ? [LONG] : [])].filter((value) => value !== null);
    for (const target of NAMES) {
      const to = fieldOf(target);
      const conversion = conversionOf(from, to);
      const way = `${name} > ${target}`;
      if ('refused' in conversion) {
        expect(conversion.refused['zh-CN'], way).toMatch(/[\u4e00-\u9fff]/);
        expect(conversion.refused.en, way).toMatch(/^[A-Z]/);
        continue;
      }
      const back = conversionOf(to, from);
      for (const value of values) {
        const result = conversion.convert(value, context);
        const seen = `${way}: ${JSON.stringify(value)?.slice(0, 80)}`;
        if (result.outcome === 'failed') {
          expect(result.issue.code, seen).toMatch(/^[a-z_A-Z]+$/);
          expect(result.issue.message['zh-CN'].length * result.issue.message.en.length, seen).toBeGreaterThan(0);
          continue;
        }
        expect(result.value, seen).not.toBeNull();
        expect(validateValue(to, result.value, ''), seen).toEqual([]);
        if (result.outcome === 'same' && !('refused' in back)) {
          const returned = back.convert(result.value, context);
          expect(returned.outcome === 'failed' ? returned.issue : JSON.stringify(returned.value), seen).toBe(JSON.stringify(value));
        }
      }
    }
  });

  it('says the same in English: what comes back without loss does so in both languages', () => {
    const english: ConversionContext = { ...context, locale: 'en' };
    for (const name of NAMES) {
      for (const target of NAMES) {
        const [there, back] = [conversionOf(fieldOf(name), fieldOf(target)), conversionOf(fieldOf(target), fieldOf(name))];
        if ('refused' in there || 'refused' in back) continue;
        for (const value of FIELD_TYPES[name].examples.valid) {
          const result = there.convert(value, english);
          if (result.outcome === 'same') expect(back.convert(result.value, english), `${name} > ${target}: ${JSON.stringify(value)}`).toMatchObject({ value });
        }
      }
    }
  });

  it('keeps every valid value of a type under the same settings', () => {
    for (const name of NAMES) {
      const conversion = conversionOf(fieldOf(name), fieldOf(name));
      if ('refused' in conversion) continue;
      for (const value of FIELD_TYPES[name].examples.valid) expect(conversion.convert(value, context), `${name} ${JSON.stringify(value)}`).toEqual({ outcome: 'same', value });
    }
  });
});

describe('values that carry over', () => {
  const options = (...labels: string[]) => ({ options: labels.map((label, i) => ({ value: `o${i}`, label: { 'zh-CN': label, en: `${label}!` } })) });
  const cases: readonly (readonly [string, FieldModel, FieldModel, Json, unknown])[] = [
    ['a whole number becomes money', fieldOf('integer'), fieldOf('money'), 1200, { outcome: 'same', value: 1200 }],
    ['money becomes whole by rounding', fieldOf('money'), fieldOf('integer'), 1200.5, { outcome: 'changed', value: 1201 }],
    ['a scale is cut by rounding', fieldOf('decimal', { scale: 3 }), fieldOf('decimal', { scale: 1 }), 1.25, { outcome: 'changed', value: 1.3 }],
    ['a whole 30 becomes 30 percent', fieldOf('integer'), fieldOf('percent', { scale: 0 }), 30, { outcome: 'same', value: 0.3 }],
    ['29 percent becomes a whole 29', fieldOf('percent', { scale: 0 }), fieldOf('integer'), 0.29, { outcome: 'same', value: 29 }],
    ['a fraction stays a fraction', fieldOf('decimal'), fieldOf('percent', { scale: 0 }), 0.3, { outcome: 'same', value: 0.3 }],
    ['minutes become seconds', fieldOf('integer'), fieldOf('duration', { unit: 'minutes' }), 30, { outcome: 'same', value: 1800 }],
    ['hours become a decimal', fieldOf('duration', { unit: 'hours' }), fieldOf('decimal'), 5400, { outcome: 'same', value: 1.5 }],
    ['digits are not grouped in a text', fieldOf('integer', { max: undefined }), fieldOf('text', { maxLength: 20 }), 13800138, { outcome: 'same', value: '13800138' }],
    ['yes becomes 是', fieldOf('boolean'), fieldOf('text'), true, { outcome: 'same', value: '是' }],
    ['无 becomes no', fieldOf('text'), fieldOf('boolean'), '无', { outcome: 'changed', value: false }],
    ['an option becomes its label', fieldOf('select', options('农、林业')), fieldOf('text'), 'o0', { outcome: 'same', value: '农、林业' }],
    ['a label with commas is one option', fieldOf('text'), fieldOf('multiSelect', options('农、林业', '林业')), '农、林业', { outcome: 'same', value: ['o0'] }],
    ['a list of labels is split', fieldOf('text'), fieldOf('multiSelect', options('甲', '乙')), '甲、乙', { outcome: 'same', value: ['o0', 'o1'] }],
    ['an option becomes a tag whole', fieldOf('select', options('农、林业')), fieldOf('tags'), 'o0', { outcome: 'same', value: ['农、林业'] }],
    ['one of many options stays alone', fieldOf('multiSelect', options('甲', '乙')), fieldOf('select', options('甲', '乙')), ['o0'], { outcome: 'same', value: 'o0' }],
    ['the first of several is kept', fieldOf('multiSelect', options('甲', '乙')), fieldOf('select', options('甲', '乙')), ['o1', 'o0'], { outcome: 'changed', value: 'o1' }],
    ['a corrected label keeps its key', fieldOf('select', options('甲')), fieldOf('select', options('第一')), 'o0', { outcome: 'same', value: 'o0' }],
    ['the same key in another list is an alteration', fieldOf('select', options('甲')), fieldOf('select', options('农业', '林业')), 'o0', { outcome: 'changed', value: 'o0' }],
    ['one reference becomes many', fieldOf('reference', { table: 'contact' }), fieldOf('manyToMany'), 'unknown_id', { outcome: 'same', value: ['unknown_id'] }],
    ['a person becomes a name', fieldOf('user'), fieldOf('text'), 'demo_1', { outcome: 'same', value: '张三' }],
    ['a name becomes a person', fieldOf('text'), fieldOf('user'), '张三', { outcome: 'same', value: 'demo_1' }],
    ['a day becomes its midnight', fieldOf('date'), fieldOf('dateTime'), '2024-03-15', { outcome: 'same', value: '2024-03-14T16:00:00.000Z' }],
    ['a moment loses its time', fieldOf('dateTime'), fieldOf('date'), '2024-03-14T17:00:00.000Z', { outcome: 'changed', value: '2024-03-15' }],
    ['a moment begins a span, to the millisecond', fieldOf('dateTime'), fieldOf('timeSpan'), '2024-03-14T17:00:00.500Z', { outcome: 'same', value: { start: '2024-03-14T17:00:00.500Z', end: null } }],
    ['a span loses its end', fieldOf('timeSpan'), fieldOf('dateTime'), { start: '2024-03-14T17:00:00.000Z', end: '2024-03-14T18:00:00.000Z' }, { outcome: 'changed', value: '2024-03-14T17:00:00.000Z' }],
    ['a long text is cut between characters', fieldOf('longText', { maxLength: 100 }), fieldOf('text', { maxLength: 3 }), '😀😀😀😀', { outcome: 'changed', value: '😀😀😀' }],
    ['lines become one line', fieldOf('longText', { maxLength: 100 }), fieldOf('text', { maxLength: 20 }), 'a\nb', { outcome: 'changed', value: 'a b' }],
    ['text in decomposed form stays so', fieldOf('text'), fieldOf('longText'), 'e\u0301', { outcome: 'same', value: 'e\u0301' }],
    ['a picture among files', fieldOf('attachment'), fieldOf('image'), ['a'], { outcome: 'same', value: ['a'] }],
    ['any value becomes JSON', fieldOf('timeSpan'), fieldOf('json'), { start: '2024-03-14T17:00:00.000Z', end: null }, { outcome: 'same', value: { start: '2024-03-14T17:00:00.000Z', end: null } }],
    ['a text that is no JSON becomes a JSON text', fieldOf('text'), fieldOf('json'), 'hello', { outcome: 'same', value: 'hello' }],
    ['numbers in JSON are the keys of options', fieldOf('json'), fieldOf('multiSelect', { options: ['15', '60'].map((value) => ({ value, label: { 'zh-CN': `提前 ${value} 分钟`, en: `${value} minutes before` } })) }), [15, 60], { outcome: 'changed', value: ['15', '60'] }],
    ['a formula is frozen', fieldOf('formula'), fieldOf('decimal', { scale: 2 }), 12.5, { outcome: 'same', value: 12.5 }],
  ];
  it.each(cases)('%s', (_name, from, to, value, expected) => expect(convert(from, to, value)).toEqual(expected));
});

describe('values that do not fit', () => {
  it.each([
    ['a title nobody has', fieldOf('text'), fieldOf('user'), '王五', 'unknown_record'],
    ['a title two records have', fieldOf('text'), fieldOf('user'), '李四', 'ambiguous_record'],
    ['a record that is gone', fieldOf('user'), fieldOf('text'), 'demo_9', 'record_gone'],
    ['a file that is no picture', fieldOf('attachment'), fieldOf('image'), ['a', 'b'], 'not_an_image'],
    ['a day that does not exist', fieldOf('text'), fieldOf('date'), '31.02.2024', 'not_readable'],
    ['a number too long for its text, which is not cut', fieldOf('integer'), fieldOf('text', { maxLength: 3 }), 12345, 'too_long'],
    ['a web address too long for its text, which is not cut', fieldOf('url'), fieldOf('text', { maxLength: 12 }), 'https://example.com', 'schema_maxLength'],
  ] as const)('%s', (_name, from, to, value, code) => {
    const result = convert(from, to, value as Json);
    expect(result).toMatchObject({ outcome: 'failed', issue: { code } });
  });

  it.each([
    [fieldOf('lines'), fieldOf('text')],
    [fieldOf('text'), fieldOf('lines')],
    [fieldOf('text'), fieldOf('formula')],
    [fieldOf('integer'), fieldOf('autoNumber')],
    [fieldOf('lookup'), fieldOf('text')],
    [fieldOf('formula', {}, { computed: { mode: 'query', kind: 'number', reads: [] } }), fieldOf('decimal')],
    [fieldOf('reference', { table: 'contact' }), fieldOf('reference', { table: 'customer' })],
    [fieldOf('attachment'), fieldOf('text')],
    [fieldOf('text', {}, { encrypted: true }), fieldOf('longText')],
  ])('is refused with a reason', (from, to) => expect(conversionOf(from, to)).toHaveProperty('refused.zh-CN'));

  it('names the tables whose titles it asks for', () => {
    expect(conversionOf(fieldOf('user'), fieldOf('text'))).toMatchObject({ titles: ['user'] });
    expect(conversionOf(fieldOf('text'), fieldOf('manyToMany'))).toMatchObject({ titles: ['contact'] });
    expect(conversionOf(fieldOf('user'), fieldOf('users'))).toMatchObject({ titles: [] });
  });
});
