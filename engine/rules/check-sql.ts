/**
 * What a database would stumble over although the kinds fit: constants of another form, lists where one value is needed.
 * A rule that fails only on some rows would tell of rows that the asker may not see, so nothing may be left to fail.
 */
import type { ParamKind } from './operators.ts';
import type { ValueKind } from './rule.ts';

const LARGEST = 1e15;
const MOST_PLACES = 15;
const LIST_OPERATORS = new Set(['in', 'containsAny', 'containsAll']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/;

/** The places of the arguments that SQL cannot take. */
export function unfitForSql(name: string, params: ParamKind | 'same', args: readonly unknown[], kinds: readonly ValueKind[]): number[] {
  return args.flatMap((arg, i) => (fits(name, params, args, kinds, i, arg) ? [] : [i]));
}

function fits(name: string, params: ParamKind | 'same', args: readonly unknown[], kinds: readonly ValueKind[], i: number, arg: unknown): boolean {
  const kind = kinds[i] ?? 'none';
  if (typeof arg === 'number' && Math.abs(arg) > LARGEST) return false;
  if (Array.isArray(arg)) return LIST_OPERATORS.has(name) && i === 1 && isPlainList(arg, name === 'in' ? (kinds[0] ?? 'none') : 'list');
  if (params === 'number' && (typeof arg === 'string' || (arg === null && name !== '+'))) return false;
  if (params === 'temporal' && typeof arg === 'string') return (DAY.test(arg) || MOMENT.test(arg)) && isOnCalendar(arg);
  switch (name) {
    case 'in':
      if (i === 1) return kind === 'list';
      return kind !== 'list' && (Array.isArray(args[1]) || (kind !== 'number' && kind !== 'boolean'));
    case 'contains': return i === 0 || kinds[0] !== 'list' || (kind !== 'number' && kind !== 'boolean');
    case 'containsAny': case 'containsAll': return i === 0 ? kind === 'list' && !isSpecial(arg) : isSpecial(arg);
    case 'min': case 'max': return arg !== null;
    case 'round': return i === 0 || (Number.isInteger(arg) && Math.abs(arg as number) <= MOST_PLACES);
    case 'left': case 'right': case 'mid': return i === 0 ? kind !== 'list' : kind === 'number';
    case 'coalesce': return kind !== 'list';
    case 'switch': return kind !== 'list';
    case 'if': return kind !== 'list' || (i % 2 === 0 && i < args.length - 1);
    default: return true;
  }
}

/** 30 February reads as a date to `Date.parse` and becomes 2 March. */
function isOnCalendar(text: string): boolean {
  const moment = new Date(text.slice(0, 10));
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}

/** Lists are compared as what their partner is: numbers with numbers, texts with texts. */
function isPlainList(items: readonly unknown[], partner: ValueKind): boolean {
  const isNumeric = partner === 'number' || partner === 'boolean';
  return items.every((item) => (typeof item === 'number' ? Math.abs(item) <= LARGEST && (isNumeric || partner === 'none') : typeof item === 'boolean' ? isNumeric : typeof item === 'string' && !isNumeric));
}

function isSpecial(arg: unknown): boolean {
  const name = (arg as { var?: unknown } | null)?.var;
  return typeof name === 'string' && name.startsWith('$');
}
