import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FieldModel } from '../model/app-model.ts';
import type { FieldType, Json, TextContext } from './field-type.ts';
import { FIELD_TYPES, type FieldTypeName } from './index.ts';
import { loadRegions } from './region-data.ts';

const ajv = new Ajv({ strict: true, allErrors: true });
const context: TextContext = { locale: 'zh-CN', timeZone: 'Asia/Shanghai', today: '2024-06-01' };

function fieldOf(name: FieldTypeName, type: FieldType): FieldModel {
  const defaults = Object.fromEntries(
    Object.entries(type.settings.properties).flatMap(([key, schema]) => ('default' in schema ? [[key, schema.default]] : [])),
  );
  const label = { 'zh-CN': '字段', en: 'Field' };
  return { name: 'field', table: 'customer', label, type: name, settings: { ...defaults, ...type.examples.settings } };
}

function isAccepted(type: FieldType, field: FieldModel, value: Json): boolean {
  return ajv.validate(type.valueSchema(field), value) && (type.check?.(value, field) ?? []).length === 0;
}

beforeAll(loadRegions);

describe.each(Object.entries(FIELD_TYPES) as [FieldTypeName, FieldType][])('field type %s', (name, type) => {
  const field = fieldOf(name, type);
  const { valid, invalid, texts = [], badTexts = [] } = type.examples;

  it('describes its settings as a schema with bilingual labels, and its own examples fit it', () => {
    for (const [key, schema] of Object.entries(type.settings.properties)) {
      expect(schema, key).toHaveProperty('x-label.zh-CN');
      expect(schema, key).toHaveProperty('x-label.en');
    }
    const check = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(JSON.stringify(type.settings)) as object);
    expect(check(field.settings), JSON.stringify(check.errors)).toBe(true);
  });

  it('accepts its valid examples', () => {
    expect(valid.length).toBeGreaterThan(0);
    for (const value of valid) expect(isAccepted(type, field, value), JSON.stringify(value)).toBe(true);
  });

  it('refuses its invalid examples', () => {
    for (const value of invalid) expect(isAccepted(type, field, value), JSON.stringify(value)).toBe(false);
  });

  it('keeps values through its columns', () => {
    if (type.storage !== 'columns') return expect(type.columns(field)).toHaveLength(0);
    for (const value of [...valid, null]) {
      const columns = type.encode(value, field);
      expect(columns).toHaveLength(type.columns(field).length);
      expect(type.decode(columns, field)).toEqual(value);
    }
  });

  it('normalises once and for all, and leaves valid values valid', () => {
    for (const value of [...valid, ...invalid, null, '', '  ']) {
      const once = type.normalize(value, field);
      expect(type.normalize(once, field), JSON.stringify(value)).toEqual(once);
      if (valid.includes(value)) expect(isAccepted(type, field, once), JSON.stringify(value)).toBe(true);
    }
    expect(type.normalize(null, field)).toBeNull();
  });

  it('reads the texts of its examples', () => {
    for (const [input, value] of texts) {
      const result = type.parse(input, field, context);
      expect(result, input).toMatchObject({ value });
      if (value !== null) expect(isAccepted(type, field, value), input).toBe(true);
    }
  });

  it('refuses texts it cannot read, with a message in both languages', () => {
    for (const input of badTexts) {
      const result = type.parse(input, field, context);
      expect(result, input).toHaveProperty('issue.code');
      if ('issue' in result) expect(result.issue.message).toMatchObject({ 'zh-CN': expect.any(String), en: expect.any(String) });
    }
  });

  it('reads back what it writes, in both languages', () => {
    if (texts.length === 0) return;
    for (const locale of ['zh-CN', 'en'] as const) {
      for (const value of valid) {
        const written = type.format(value, field, { ...context, locale });
        expect(type.parse(written, field, { ...context, locale }), `${written} (${locale})`).toMatchObject({ value });
      }
      expect(type.format(null, field, { ...context, locale })).toBe('');
    }
  });

  it('survives hostile input', () => {
    const hostile: Json[] = ['__proto__', 'x'.repeat(10_000), "' OR 1=1 --", '\u0000\ufeff', { __proto__: null, a: [] }, [[[]]], -0, 1e308];
    for (const part of ['[', '(', ' ', '1 ', '1万', '信息技术', '-', '1:', '@ ', '零']) hostile.push(`1${part.repeat(30_000)}x`, `a@b.c ${part.repeat(30_000)}!`);
    for (const value of hostile) {
      expect(() => type.normalize(value, field)).not.toThrow();
      expect(() => type.format(value, field, context)).not.toThrow();
      expect(() => type.searchText?.(value, field)).not.toThrow();
      if (typeof value === 'string') expect(() => type.parse(value, field, context)).not.toThrow();
    }
  });
});

describe('a computed number', () => {
  it.each([
    ['money', 0, '1,235', '#,##0'],
    ['money', 3, '1,234.568', '#,##0.000'],
    ['percent', 2, '123,457%', '0%'],
    ['percent', 4, '123,456.79%', '0.00%'],
  ])('as %s of scale %d has the same digits on the screen and in a spreadsheet', (shown, scale, text, cell) => {
    const field = { ...fieldOf('formula', FIELD_TYPES.formula), settings: { result: 'number', format: shown, scale } };
    expect(FIELD_TYPES.formula.format(1234.5679, field, context)).toBe(text);
    expect(FIELD_TYPES.formula.numberFormat?.(field)).toBe(cell);
  });
});
