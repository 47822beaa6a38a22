/**
 * The allow-list of rule operators: what each takes, gives and means. A rule may hold nothing else.
 * The meaning here is the reference; `server/db/rule-to-sql.ts` holds the same meaning in SQL, and a differential
 * test keeps the two equal. Null: comparisons with it are false (`==` and `!=` treat it as a value), blank counts as 0
 * in arithmetic and as '' in texts, division by zero gives null, and so does what no number can hold.
 */
import type { Json } from '../fields/field-type.ts';
import type { Label } from '../errors.ts';
import type { RuleContext } from './context.ts';
import type { ValueKind } from './rule.ts';
import { keptOn, nextKept } from './lunar-calendar.ts';
import { dateDifference, fromLocal, isDay, isMoment, localDayOf, periodBounds, shiftDate, toLocalDate, toLocalDateTime, type DateUnit, type Period } from './time.ts';

/** `any` accepts every kind; `scalar` all but lists; `textual` text, option and reference; `temporal` date and dateTime; `constant:x` a literal only. */
export type ParamKind = ValueKind | 'any' | 'scalar' | 'textual' | 'temporal' | 'rest';

export interface Operator {
  readonly label: Label;
  readonly min: number;
  readonly max: number;
  readonly params: ParamKind | 'same';
  /** `same` is the kind of the (first) argument. */
  readonly result: ValueKind | 'same';
  /** Absent for `and`, `or`, `if`, which json-logic-js runs itself, and for the language functions the server adds. */
  readonly evaluate?: (args: readonly Json[], context: RuleContext) => Json;
  /** Not to be had in SQL: only in stored formulas and in memory. */
  readonly memoryOnly?: true;
  /** Asks what only the database knows: whom a record is shared with. Only in filters and permissions. */
  readonly sqlOnly?: true;
}

const MANY = 50;
/** Factors from here on give null: PostgreSQL answers an overflow with an error, which would tell of rows one may not see. */
export const HUGE = 1e150;
const num = (value: Json | undefined): number => (typeof value === 'number' ? value : value === true ? 1 : 0);
const str = (value: Json | undefined): string => (value === null || value === undefined ? '' : typeof value === 'object' ? '' : String(value));
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
const points = (value: Json | undefined): string[] => [...str(value)];
const blank = (value: Json | undefined): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
const text = (value: string): string | null => (value === '' ? null : value);
const clockMs = (unit: Json | undefined): number => (unit === 'hour' ? 3_600_000 : 60_000);

/** Only A to Z: what both databases can do alike without a collation. */
export function foldCase(value: string): string {
  return value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** A day against a moment compares as the start of that day. */
function comparable(a: Json, b: Json, context: RuleContext): [Json, Json] {
  if (isDay(a) && typeof b === 'string' && b.length > 10 && b[10] === 'T') return [fromLocal(a, context.timeZone), b];
  if (isDay(b) && typeof a === 'string' && a.length > 10 && a[10] === 'T') return [a, fromLocal(b, context.timeZone)];
  return [a, b];
}

/** Texts order by code point, as both databases do; `<` of JavaScript orders by UTF-16 unit. */
function compareTexts(a: string, b: string): number {
  const left = points(a);
  const right = points(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

const order = (test: (sign: number) => boolean) => (args: readonly Json[], context: RuleContext): boolean => {
  const [a, b] = comparable(args[0] ?? null, args[1] ?? null, context);
  if (a === null || b === null || typeof a === 'object' || typeof b === 'object') return false;
  if (typeof a === 'string' && typeof b === 'string') return test(compareTexts(a, b));
  return typeof a !== 'string' && typeof b !== 'string' && test(num(a) - num(b));
};

function same(args: readonly Json[], context: RuleContext): boolean {
  const [a, b] = comparable(args[0] ?? null, args[1] ?? null, context);
  if (typeof a === 'boolean' || typeof b === 'boolean') return a !== null && b !== null ? num(a) === num(b) : a === b;
  return a === b;
}

/** Decimal places by decimal shifting, half away from zero: 1.005 rounds to 1.01 as a person expects. */
export function roundTo(value: number, places: number): number {
  const shifted = Math.round(Number(`${Math.abs(value)}e${places}`));
  const result = Number(`${shifted}e${-places}`);
  return Number.isFinite(result) ? Math.sign(value) * result : value;
}

const arithmetic = (fold: (a: number, b: number) => number | null) => (args: readonly Json[]): Json => {
  let result: number | null = num(args[0]);
  for (const arg of args.slice(1)) {
    if (result === null) return null;
    result = fold(result, num(arg));
  }
  return result === null ? null : finite(result);
};

export function product(a: number, b: number): number | null {
  return Math.abs(a) < HUGE && Math.abs(b) < HUGE ? a * b : null;
}

export function quotient(a: number, b: number): number | null {
  return Math.abs(a) < HUGE && Math.abs(b) > 1 / HUGE ? a / b : null;
}

const extreme = (pick: (sign: number) => boolean) => (args: readonly Json[]): Json => {
  let best: Json = null;
  for (const arg of args) {
    if (arg === null || arg === undefined) continue;
    const sign: number =
      best === null ? 0 : typeof arg === 'string' && typeof best === 'string' ? compareTexts(arg, best) : num(arg) - num(best);
    if (best === null || pick(sign)) best = arg;
  }
  return best;
};

/** Day-based work on a date or a moment; a moment keeps its local time of day. */
export function shiftDay(value: string, amount: number, unit: DateUnit, timeZone: string): string | null {
  if (isDay(value)) return shiftDate(value, amount, unit);
  if (!isMoment(value)) return null;
  const local = toLocalDateTime(value, timeZone);
  const day = shiftDate(local.slice(0, 10), amount, unit);
  return day === null ? null : fromLocal(`${day}${local.slice(10)}`, timeZone);
}
const localDay = (value: Json | undefined, context: RuleContext): string | null => localDayOf(value, context.timeZone);

function inPeriod([value, period, days]: readonly Json[], context: RuleContext): boolean {
  if (typeof value !== 'string') return false;
  const { from, to } = periodBounds(period as Period, toLocalDate(context.now, context.timeZone), num(days));
  const day = localDay(value, context);
  return day !== null && (from === null || day >= from) && (to === null || day < to);
}

function nextLunar(key: string, from: string | null): string | null {
  const [, leap, month, day] = /^(L?)(\d{2})-(\d{2})$/.exec(key) ?? [];
  return from === null || month === undefined ? null : nextKept({ leap: leap === 'L', month: Number(month), day: Number(day) }, from);
}

function formatText(value: Json, pattern: string, context: RuleContext): string | null {
  if (value === null) return null;
  if (typeof value === 'number') {
    const places = /\.(0+)/.exec(pattern)?.[1]?.length ?? 0;
    const fixed = roundTo(pattern.includes('%') ? value * 100 : value, places).toFixed(places);
    const grouped = pattern.includes(',') ? fixed.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',') : fixed;
    return pattern.includes('%') ? `${grouped}%` : grouped;
  }
  const local = isDay(value) ? `${value}T00:00:00` : isMoment(value) ? toLocalDateTime(value, context.timeZone) : null;
  if (local === null) return str(value);
  return pattern
    .replace('yyyy', local.slice(0, 4))
    .replace('yy', local.slice(2, 4))
    .replace('MM', local.slice(5, 7))
    .replace('dd', local.slice(8, 10))
    .replace('HH', local.slice(11, 13))
    .replace('mm', local.slice(14, 16))
    .replace('ss', local.slice(17, 19));
}

const op = (
  zh: string,
  en: string,
  [min, max]: readonly [number, number],
  params: Operator['params'],
  result: Operator['result'],
  evaluate?: Operator['evaluate'],
): Operator => ({ label: { 'zh-CN': zh, en }, min, max, params, result, ...(evaluate && { evaluate }) });
const memoryOnly = (operator: Operator): Operator => ({ ...operator, memoryOnly: true });
const sqlOnly = (operator: Operator): Operator => ({ ...operator, sqlOnly: true });

export const OPERATORS = {
  and: op('并且', 'and', [1, MANY], 'any', 'boolean'),
  or: op('或者', 'or', [1, MANY], 'any', 'boolean'),
  '!': op('非', 'not', [1, 1], 'any', 'boolean', ([a]) => !isTruthy(a ?? null)),
  '!!': op('有值', 'is true', [1, 1], 'any', 'boolean', ([a]) => isTruthy(a ?? null)),
  if: op('如果', 'if', [2, MANY], 'any', 'same'),

  '==': op('等于', 'is', [2, 2], 'scalar', 'boolean', same),
  '!=': op('不等于', 'is not', [2, 2], 'scalar', 'boolean', (args, context) => !same(args, context)),
  '<': op('小于', 'less than', [2, 2], 'scalar', 'boolean', order((sign) => sign < 0)),
  '<=': op('小于等于', 'at most', [2, 2], 'scalar', 'boolean', order((sign) => sign <= 0)),
  '>': op('大于', 'greater than', [2, 2], 'scalar', 'boolean', order((sign) => sign > 0)),
  '>=': op('大于等于', 'at least', [2, 2], 'scalar', 'boolean', order((sign) => sign >= 0)),
  in: op('属于', 'is one of', [2, 2], 'any', 'boolean', ([value, values]) => value !== null && list(values).includes(value ?? null)),
  contains: op('包含', 'contains', [2, 2], 'any', 'boolean', ([value, part]) =>
    Array.isArray(value) ? value.includes(part ?? null) : !blank(value) && !blank(part) && foldCase(str(value)).includes(foldCase(str(part))),
  ),
  startsWith: op('开头是', 'starts with', [2, 2], 'textual', 'boolean', ([value, part]) =>
    !blank(value) && !blank(part) && foldCase(str(value)).startsWith(foldCase(str(part))),
  ),
  endsWith: op('结尾是', 'ends with', [2, 2], 'textual', 'boolean', ([value, part]) =>
    !blank(value) && !blank(part) && foldCase(str(value)).endsWith(foldCase(str(part))),
  ),
  empty: op('为空', 'is empty', [1, 1], 'any', 'boolean', ([value]) => blank(value)),
  notEmpty: op('不为空', 'is not empty', [1, 1], 'any', 'boolean', ([value]) => !blank(value)),
  containsAny: op('包含任一', 'has any of', [2, 2], 'list', 'boolean', ([value, other]) => list(other).some((item) => list(value).includes(item))),
  containsAll: op('全部包含', 'has all of', [2, 2], 'list', 'boolean', ([value, other]) => list(other).every((item) => list(value).includes(item))),
  inPeriod: op('在时段内', 'is within', [2, 3], 'rest', 'boolean', inPeriod),
  /** `birthday.day` of a lunar date, and the day that is asked about: in SQL one that is known before the query runs. */
  lunarOn: op('农历逢', 'comes on, by the lunar calendar,', [2, 2], 'rest', 'boolean', ([day, date], context) => keptOn(localDay(date, context) ?? '').includes(str(day))),
  lunarNext: memoryOnly(op('农历下一次', 'next time by the lunar calendar', [2, 2], 'rest', 'date', ([day, from], context) => nextLunar(str(day), localDay(from, context)))),

  '+': op('加', 'plus', [1, MANY], 'number', 'number', arithmetic((a, b) => a + b)),
  '-': op('减', 'minus', [1, 2], 'number', 'number', (args) => (args.length === 1 ? 0 - num(args[0]) : arithmetic((a, b) => a - b)(args))),
  '*': op('乘', 'times', [1, MANY], 'number', 'number', arithmetic(product)),
  '/': op('除', 'divided by', [2, 2], 'number', 'number', arithmetic(quotient)),
  '%': op('余数', 'remainder', [2, 2], 'number', 'number', arithmetic((a, b) => (b === 0 ? null : a - b * Math.trunc(a / b)))),
  min: op('最小', 'least', [1, MANY], 'scalar', 'same', extreme((sign) => sign < 0)),
  max: op('最大', 'greatest', [1, MANY], 'scalar', 'same', extreme((sign) => sign > 0)),
  abs: op('绝对值', 'absolute', [1, 1], 'number', 'number', ([a]) => Math.abs(num(a))),
  round: op('四舍五入', 'round', [1, 2], 'number', 'number', ([a, places]) => roundTo(num(a), num(places))),
  floor: op('向下取整', 'round down', [1, 1], 'number', 'number', ([a]) => Math.floor(num(a))),
  ceil: op('向上取整', 'round up', [1, 1], 'number', 'number', ([a]) => Math.ceil(num(a))),
  power: memoryOnly(op('乘方', 'power', [2, 2], 'number', 'number', ([a, b]) => finite(num(a) ** num(b)))),

  cat: op('连接', 'join', [1, MANY], 'scalar', 'text', (args) => text(args.map(str).join(''))),
  len: op('长度', 'length', [1, 1], 'textual', 'number', ([a]) => points(a).length),
  left: op('左取', 'left', [2, 2], 'rest', 'text', ([a, n]) => text(points(a).slice(0, Math.max(0, num(n))).join(''))),
  right: op('右取', 'right', [2, 2], 'rest', 'text', ([a, n]) => (num(n) <= 0 ? null : text(points(a).slice(-num(n)).join('')))),
  mid: op('截取', 'middle', [3, 3], 'rest', 'text', ([a, from, n]) => {
    const start = Math.max(1, num(from)) - 1;
    return text(points(a).slice(start, start + Math.max(0, num(n))).join(''));
  }),
  upper: op('大写', 'upper case', [1, 1], 'textual', 'text', ([a]) => text(str(a).replace(/[a-z]/g, (letter) => letter.toUpperCase()))),
  lower: op('小写', 'lower case', [1, 1], 'textual', 'text', ([a]) => text(foldCase(str(a)))),
  trim: op('去空格', 'trim', [1, 1], 'textual', 'text', ([a]) => text(str(a).replace(/^ +| +$/g, ''))),
  substitute: memoryOnly(op('替换', 'substitute', [3, 3], 'textual', 'text', ([a, from, to]) => (blank(from) ? (a ?? null) : text(str(a).replaceAll(str(from), str(to)))))),
  text: memoryOnly(op('格式化', 'as text', [2, 2], 'rest', 'text', ([a, pattern], context) => formatText(a ?? null, str(pattern), context))),
  value: memoryOnly(op('转数字', 'as number', [1, 1], 'textual', 'number', ([a]) => (blank(a) ? null : finite(Number(str(a).replace(/,/g, '')))))),
  pinyin: memoryOnly(op('拼音', 'pinyin', [1, 1], 'textual', 'text')),
  companyKey: memoryOnly(op('企业名归一', 'company key', [1, 1], 'textual', 'text')),
  companyCore: memoryOnly(op('企业名核心', 'company core', [1, 1], 'textual', 'text')),

  year: op('年', 'year', [1, 1], 'temporal', 'number', ([a], context) => datePart(a, context, 0, 4)),
  month: op('月', 'month', [1, 1], 'temporal', 'number', ([a], context) => datePart(a, context, 5, 7)),
  day: op('日', 'day', [1, 1], 'temporal', 'number', ([a], context) => datePart(a, context, 8, 10)),
  date: memoryOnly(op('日期', 'date', [3, 3], 'number', 'date', dateOf)),
  toDate: op('取日期', 'day of', [1, 1], 'temporal', 'date', ([a], context) => localDay(a, context)),
  dateAdd: op('日期加', 'date plus', [3, 3], 'rest', 'same', ([a, n, unit], context) =>
    typeof a === 'string' ? shiftDay(a, num(n), unit as DateUnit, context.timeZone) : null,
  ),
  timeAdd: memoryOnly(op('时间加', 'moment plus', [3, 3], 'rest', 'dateTime', ([a, n, unit]) => (isMoment(a) ? new Date(Date.parse(a) + num(n) * clockMs(unit)).toISOString() : null))),
  timeDiff: memoryOnly(op('时长', 'time between', [3, 3], 'rest', 'number', ([a, b, unit]) => (isMoment(a) && isMoment(b) ? roundTo((Date.parse(b) - Date.parse(a)) / clockMs(unit), 4) : null))),
  /** The n-th of a list, from 1. */
  item: memoryOnly(op('第几项', 'item', [2, 2], 'rest', 'same', ([values, n]) => list(values)[num(n) - 1] ?? null)),
  dateDiff: op('日期差', 'days between', [3, 3], 'rest', 'number', ([a, b, unit], context) => {
    const from = localDay(a, context);
    const to = localDay(b, context);
    return from === null || to === null ? null : dateDifference(from, to, unit as DateUnit);
  }),
  /** `['read' | 'edit']`: the record is shared with the actor, for at least that. */
  sharedWithMe: sqlOnly(op('共享给我', 'is shared with me', [1, 1], 'rest', 'boolean')),
  /** `[reference, 'read' | 'update']`: the actor may do that with the record behind the reference. */
  inherited: sqlOnly(op('随所属记录', 'follows its parent record', [2, 2], 'rest', 'boolean')),
  coalesce: op('取首个非空', 'first not empty', [1, MANY], 'any', 'same', (args) => args.find((arg) => !blank(arg)) ?? null),
  switch: op('对照', 'switch', [3, MANY * 2], 'any', 'same', switchValue),
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof OPERATORS;

export function isOperator(name: string): name is OperatorName {
  return Object.hasOwn(OPERATORS, name);
}

/** `[value, when1, then1, when2, then2, …, otherwise?]`; decides the result kind by `then1`. */
function switchValue(args: readonly Json[]): Json {
  const value = args[0] ?? null;
  for (let i = 1; i + 1 < args.length; i += 2) if ((args[i] ?? null) === value) return args[i + 1] ?? null;
  return args.length % 2 === 0 ? (args[args.length - 1] ?? null) : null;
}

/** Months and days past the end run on, as in spreadsheets: DATE(2026, 13, 1) is 2027-01-01. */
function dateOf([y, m, d]: readonly Json[]): string | null {
  const year = Math.trunc(num(y));
  if (year < 1 || year > 9999) return null;
  const month = shiftDate(`${String(year).padStart(4, '0')}-01-01`, num(m) - 1, 'month');
  return month && shiftDate(month, num(d) - 1, 'day');
}

function datePart(value: Json | undefined, context: RuleContext, from: number, to: number): number | null {
  const day = localDay(value, context);
  return day === null ? null : Number(day.slice(from, to));
}

/** What counts as true where a condition is expected: not null, not false, not 0, not '' and not an empty list. */
export function isTruthy(value: Json): boolean {
  return !(blank(value) || value === false || value === 0);
}
