/**
 * Numbers such as C20240315001. A pattern is literal text with `{yyyy}{yy}{MM}{dd}`, `{seq:3}` and `{field:name}`. These
 * functions are pure: who allocates keeps one counter for each key of `counterKey`, and moves it past imported numbers
 * with `readAutoNumber`.
 */
import Type from 'typebox';
import type { FieldModel } from '../model/app-model.ts';
import { decodeText, encodeText, textColumn } from './columns.ts';
import type { FieldType, Json } from './field-type.ts';
import { toIssue, tooLong } from './messages.ts';
import { toCode } from './plain-text.ts';
import { labelled, text, textSetting } from './settings.ts';

export const RESETS = ['none', 'day', 'week', 'month', 'year'] as const;
export type Reset = (typeof RESETS)[number];

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'yyyy' | 'yy' | 'MM' | 'dd' }
  | { readonly kind: 'seq'; readonly width: number }
  | { readonly kind: 'field'; readonly name: string };

const LONGEST = 100;
const PATTERN = '^(?:[^{}]|\\{(?:yyyy|yy|MM|dd|seq:[1-9]|field:[a-z][a-z0-9_]*)\\})*\\{seq:[1-9]\\}(?:[^{}]|\\{(?:yyyy|yy|MM|dd|field:[a-z][a-z0-9_]*)\\})*$';

export function patternParts(pattern: string): Part[] {
  return [...pattern.matchAll(/\{(yyyy|yy|MM|dd)\}|\{seq:(\d)\}|\{field:([a-z][a-z0-9_]*)\}|([^{}]+)/g)].map(
    ([, date, width, name, text]): Part => {
      if (date) return { kind: date as 'yyyy' | 'yy' | 'MM' | 'dd' };
      if (width) return { kind: 'seq', width: Number(width) };
      return name ? { kind: 'field', name } : { kind: 'text', text: text ?? '' };
    },
  );
}

/** The fields of the record that the pattern takes up. */
export function patternFields(pattern: string): string[] {
  return patternParts(pattern).flatMap((part) => (part.kind === 'field' ? [part.name] : []));
}

export interface NumberingPoint {
  readonly pattern: string;
  readonly reset: Reset;
  /** The day in the workspace's time zone, `YYYY-MM-DD`. */
  readonly date: string;
  /** The texts of the fields that the pattern names. */
  readonly values: Readonly<Record<string, string>>;
}

/** Past its width a sequence grows, it never wraps: C20240315999 is followed by C202403151000. */
export function renderAutoNumber(sequence: number, { pattern, date, values }: NumberingPoint): string {
  const dateParts = { yyyy: date.slice(0, 4), yy: date.slice(2, 4), MM: date.slice(5, 7), dd: date.slice(8, 10) };
  return patternParts(pattern)
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'seq') return String(sequence).padStart(part.width, '0');
      return part.kind === 'field' ? (values[part.name] ?? '') : dateParts[part.kind];
    })
    .join('');
}

/** One counter for each period and each combination of the fields in the pattern (a plan is numbered within its contract). */
export function counterKey({ pattern, reset, date, values }: NumberingPoint): string {
  return JSON.stringify([periodOf(reset, date), ...patternFields(pattern).map((name) => values[name] ?? '')]);
}

function periodOf(reset: Reset, date: string): string {
  if (reset === 'none') return '';
  if (reset === 'week') return mondayOf(date);
  return date.slice(0, { day: 10, month: 7, year: 4 }[reset]);
}

function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}

/**
 * The sequence inside a number that someone gave, with the counter it belongs to; null when it does not follow the
 * pattern, or does not say the period that the reset counts by.
 */
export function readAutoNumber(number: string, { pattern, reset }: { pattern: string; reset: Reset }): { sequence: number; key: string } | null {
  const { parts, expression } = compile(pattern);
  const match = expression.exec(number);
  if (!match) return null;
  const found = parts.filter((part) => part.kind !== 'text').map((part, index) => ({ part, text: match[index + 1] ?? '' }));
  const textOf = (kind: Part['kind']): string | undefined => found.find(({ part }) => part.kind === kind)?.text;
  const year = textOf('yyyy') ?? (textOf('yy') === undefined ? undefined : `20${textOf('yy')}`);
  const [month, day] = [textOf('MM'), textOf('dd')];
  if ((reset !== 'none' && !year) || (['day', 'week', 'month'].includes(reset) && !month) || (['day', 'week'].includes(reset) && !day)) return null;
  const date = `${year ?? '2000'}-${month ?? '01'}-${day ?? '01'}`;
  if (Number.isNaN(Date.parse(`${date}T00:00:00Z`))) return null;
  const values = Object.fromEntries(found.flatMap(({ part, text }) => (part.kind === 'field' ? [[part.name, text]] : [])));
  return { sequence: Number(textOf('seq')), key: counterKey({ pattern, reset, date, values }) };
}

const GROUPS: Readonly<Record<Part['kind'], string>> = { yyyy: '(\\d{4})', yy: '(\\d{2})', MM: '(\\d{2})', dd: '(\\d{2})', field: '(.+?)', seq: '', text: '' };
const compiled = new Map<string, { parts: Part[]; expression: RegExp }>();

function compile(pattern: string): { parts: Part[]; expression: RegExp } {
  let known = compiled.get(pattern);
  if (!known) {
    const parts = patternParts(pattern);
    const source = parts.map((part) => {
      if (part.kind === 'text') return part.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return part.kind === 'seq' ? `(\\d{${part.width},15})` : GROUPS[part.kind];
    });
    known = { parts, expression: new RegExp(`^${source.join('')}$`) };
    compiled.set(pattern, known);
  }
  return known;
}

export function resetOf(field: FieldModel): Reset {
  return RESETS.find((reset) => reset === field.settings.reset) ?? 'none';
}

function normalize(value: Json): Json {
  return typeof value === 'string' ? toCode(value) || null : value;
}

export const autoNumber: FieldType = {
  label: { 'zh-CN': '自动编号', en: 'Auto-number' },
  group: 'computed',
  settings: Type.Object({
    pattern: Type.String({ pattern: PATTERN, default: '{seq:6}', ...labelled('编号规则', 'Pattern', { 'x-editor': 'pattern' }) }),
    reset: Type.Union(RESETS.map((reset) => Type.Literal(reset)), {
      default: 'none',
      ...labelled('重新计数', 'Starts anew', {
        'x-labels': { none: text('从不', 'Never'), day: text('每天', 'Every day'), week: text('每周', 'Every week'), month: text('每月', 'Every month'), year: text('每年', 'Every year') },
      }),
    }),
    start: Type.Integer({ minimum: 0, default: 1, ...labelled('起始值', 'First number') }),
    strict: Type.Optional(Type.Literal(true, { type: 'boolean', ...labelled('拒绝不合规则的编号', 'Refuse numbers that break the pattern') })),
    dateField: Type.Optional(Type.String({ ...labelled('取日期的字段', 'Field the date is taken from', { 'x-editor': 'field', 'x-kinds': ['date', 'dateTime'] }) })),
  }),
  storage: 'columns',
  computed: true,
  kind: () => 'text',
  columns: () => textColumn('text'),
  valueSchema: () => ({ type: 'string', minLength: 1, maxLength: LONGEST }),
  encode: encodeText,
  decode: decodeText,
  normalize,
  check: (value, field) => {
    const pattern = textSetting(field, 'pattern', '{seq:6}');
    const follows = readAutoNumber(String(value), { pattern, reset: 'none' }) !== null;
    return field.settings.strict === true && !follows
      ? [toIssue('number_pattern', `编号须符合规则 ${pattern}`, `The number must follow the pattern ${pattern}`)]
      : [];
  },
  format: (value) => (typeof value === 'string' ? value : ''),
  parse: (input, field) => {
    const value = normalize(input);
    if (typeof value !== 'string') return { value: null };
    if (value.length > LONGEST) return { issue: tooLong(LONGEST) };
    const pattern = textSetting(field, 'pattern', '{seq:6}');
    if (readAutoNumber(value, { pattern, reset: 'none' })) return { value };
    const odd = toIssue('number_pattern', `编号不符合规则 ${pattern}`, `The number does not follow the pattern ${pattern}`);
    return field.settings.strict === true ? { issue: odd } : { value, warning: odd };
  },
  searchText: (value) => (typeof value === 'string' ? value : ''),
  examples: {
    settings: { pattern: 'C{yyyy}{MM}{dd}{seq:3}', reset: 'day', strict: true },
    valid: ['C20240315001', 'C202403151000'],
    invalid: ['', 'K20240315001', 7],
    texts: [[' C20240315001 ', 'C20240315001'], ['Ｃ20240315001', 'C20240315001'], ['', null]],
    badTexts: ['20240315', 'C20240315', 'x'.repeat(101)],
  },
};
