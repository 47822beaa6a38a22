/**
 * What becomes of a value when its field changes type or settings. Comes in: two fields; goes out: a function from value to
 * value, or why there is none. Each way between types is tried in the order of `convert-roads.ts`; the first that can be gone
 * back without loss wins, else the first that gives a valid value. Never throws. Call `loadRegions()` before converting.
 */
import type { Label } from '../errors.ts';
import type { Conversion, ConversionContext, Converted } from '../fields/conversion.ts';
import type { Json } from '../fields/field-type.ts';
import { toIssue } from '../fields/messages.ts';
import type { FieldModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import { FILE_KINDS, isPlainText, type Reading, type Road, roadsBetween } from './convert-roads.ts';
import { validateValue } from './validate-value.ts';

export { FILE_KINDS };

export function conversionOf(from: FieldModel, to: FieldModel): Conversion {
  const refused = refusal(from, to);
  if (refused) return { refused };
  const source = asPlainField(from);
  const roads = roadsBetween(source, to);
  const back = roadsBetween(to, source);
  return {
    titles: titlesNeeded(from, to),
    convert(value, context) {
      let fallback: Converted | undefined;
      for (const road of roads) {
        const reading = valid(road(value, context), to);
        if ('issue' in reading) fallback ??= { outcome: 'failed', issue: reading.issue };
        else if (!reading.altered && isSame(comeBack(back, reading.value, source, context), value)) return { outcome: 'same', value: reading.value };
        else if (!fallback || fallback.outcome === 'failed') fallback = { outcome: 'changed', value: reading.value };
      }
      return fallback ?? { outcome: 'failed', issue: toIssue('not_convertible', '无法转换', 'Cannot be converted') };
    },
  };
}

function valid(reading: Reading, to: FieldModel): Reading {
  if ('issue' in reading) return reading;
  const value = fieldTypeOf(to).normalize(reading.value, to);
  if (value === null) return { issue: toIssue('nothing_left', '转换后没有内容', 'Nothing is left after converting') };
  const [issue] = validateValue(to, value, '');
  return issue ? { issue } : { ...reading, value };
}

function comeBack(roads: readonly Road[], value: Json, to: FieldModel, context: ConversionContext): Json | undefined {
  for (const road of roads) {
    const reading = valid(road(value, context), to);
    if ('value' in reading) return reading.value;
  }
  return undefined;
}

function isSame(a: Json | undefined, b: Json): boolean {
  return a !== undefined && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key] as Json)]));
}

const CALCULATED: ReadonlySet<string> = new Set(['formula', 'rollup', 'lookup']);
const PLAIN_TYPES: Readonly<Record<string, Pick<FieldModel, 'type' | 'settings'>>> = {
  number: { type: 'decimal', settings: { scale: 6 } },
  boolean: { type: 'boolean', settings: {} },
  date: { type: 'date', settings: {} },
  dateTime: { type: 'dateTime', settings: {} },
};

/** A stored formula's values are frozen as what they are: numbers, days, texts. */
function asPlainField(field: FieldModel): FieldModel {
  if (!CALCULATED.has(field.type)) return field;
  const { computed: _, target: __, ...common } = field;
  return { ...common, ...(PLAIN_TYPES[String(field.settings.result)] ?? { type: 'longText', settings: { maxLength: 100_000 } }) };
}

function titlesNeeded(from: FieldModel, to: FieldModel): string[] {
  const [source, target] = [targetOf(from), targetOf(to)];
  if (fieldTypeOf(to).group === 'file') return from.type === to.type ? [] : [FILE_KINDS];
  return source === target ? [] : [source, target].filter((table) => table !== undefined);
}

function targetOf(field: FieldModel): string | undefined {
  return fieldTypeOf(field).target?.(field);
}

const REASONS = {
  lines: { 'zh-CN': '明细存放在另一张表中，不能与其他类型互相转换', en: 'Lines live in a table of their own and cannot be converted' },
  calculated: { 'zh-CN': '公式、汇总和引用由系统计算，已有的值无处存放；请新建字段', en: 'Formulas, roll-ups and lookups are computed, so existing values have no place there; add a new field instead' },
  autoNumber: { 'zh-CN': '只有文本可以转换为自动编号', en: 'Only text can become an auto-number' },
  query: { 'zh-CN': '该字段的值在读取时计算，没有存储，无法转换', en: 'The values of this field are computed when read and not stored, so there is nothing to convert' },
  otherTable: { 'zh-CN': '两个字段指向不同的表，记录不能互换', en: 'The two fields point at different tables; one record cannot stand for another' },
  files: { 'zh-CN': '附件和图片只能互相转换', en: 'Files can only become files' },
  encrypted: { 'zh-CN': '加密字段不能改变类型：请先取消加密并发布，再转换', en: 'The type of an encrypted field cannot change: publish it without encryption first' },
} as const satisfies Record<string, Label>;

function refusal(from: FieldModel, to: FieldModel): Label | null {
  const [source, target] = [fieldTypeOf(from), fieldTypeOf(to)];
  const [fromTable, toTable] = [targetOf(from), targetOf(to)];
  if (from.encrypted || to.encrypted) return REASONS.encrypted;
  if (source.storage === 'children' || target.storage === 'children') return REASONS.lines;
  if (CALCULATED.has(to.type)) return REASONS.calculated;
  if (source.storage === 'query' || from.computed?.mode === 'query') return REASONS.query;
  if (target.computed && to.type !== from.type && !isPlainText(from)) return REASONS.autoNumber;
  if ((source.group === 'file') !== (target.group === 'file')) return REASONS.files;
  return fromTable !== undefined && toTable !== undefined && fromTable !== toTable ? REASONS.otherTable : null;
}

