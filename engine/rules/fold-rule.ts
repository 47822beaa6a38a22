/**
 * A rule of which some paths always have the same value: what follows from that is worked out, what does not depend on it stays as it is
 * (the same object). A field that is gone is always empty; the rule then means what it would mean over records where nobody filled it in.
 */
import type { Json } from '../fields/field-type.ts';
import { evaluateRule } from './evaluate.ts';
import { isTruthy } from './operators.ts';
import type { Rule } from './rule.ts';

/** The value of a path; undefined: it is not known. */
export type KnownValue = (path: string) => Json | undefined;

const NOWHERE = { me: '', myDepartment: null, mySubordinates: [], now: '1970-01-01T00:00:00.000Z', timeZone: 'UTC' } as const;
/** False, or nothing at all, as soon as one side is empty. */
const NEVER_OF_NULL: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', 'in', 'contains', 'containsAny', 'startsWith', 'endsWith', 'inPeriod', 'lunarOn']);
const NULL_OF_NULL: ReadonlySet<string> = new Set(['dateAdd', 'dateDiff', 'timeAdd', 'timeDiff', 'text', 'year', 'month', 'day', 'toDate', 'lunarNext']);
/** What is empty adds nothing. */
const WITHOUT_NULL: ReadonlySet<string> = new Set(['coalesce', 'cat', '+', 'min', 'max']);
const ARITHMETIC: ReadonlySet<string> = new Set(['-', '*', '/', '%', 'round', 'abs', 'floor', 'ceil', 'power']);

export function foldRule(rule: Rule, known: KnownValue): Rule {
  if (rule === null || typeof rule !== 'object') return rule;
  if (Array.isArray(rule)) return foldList(rule as readonly Rule[], known) as unknown as Rule;
  const [operator, given] = Object.entries(rule)[0] as [string, Rule | readonly Rule[]];
  if (operator === 'var') {
    const value = known(String(Array.isArray(given) ? given[0] : given));
    return value === undefined ? rule : (value as Rule);
  }
  const before = Array.isArray(given) ? (given as readonly Rule[]) : [given as Rule];
  const args = foldList(before, known);
  return args === before ? rule : worked(operator, args);
}

/** The same list where nothing in it has changed. */
function foldList(list: readonly Rule[], known: KnownValue): readonly Rule[] {
  const folded = list.map((item) => foldRule(item, known));
  return folded.every((item, i) => item === list[i]) ? list : folded;
}

const isConstant = (rule: Rule | undefined): boolean => rule === null || rule === undefined || typeof rule !== 'object' || (Array.isArray(rule) && rule.every(isConstant));

function worked(operator: string, args: readonly Rule[]): Rule {
  if (operator === 'and' || operator === 'or') return joined(operator, args);
  if (operator === 'if') return chosen(args);
  if (args.every(isConstant)) return evaluateRule({ [operator]: args } as Rule, {}, NOWHERE) as Rule;
  const hasNull = args.some((arg) => arg === null);
  if (hasNull && NEVER_OF_NULL.has(operator)) return false;
  if (hasNull && NULL_OF_NULL.has(operator) && args[0] === null) return null;
  if (hasNull && NULL_OF_NULL.has(operator) && operator.endsWith('Diff')) return null;
  if (WITHOUT_NULL.has(operator)) {
    const left = args.filter((arg) => arg !== null);
    return left.length === 1 && operator !== 'cat' ? (left[0] as Rule) : { [operator]: left };
  }
  if (hasNull && (operator === '==' || operator === '!=')) return { [operator === '==' ? 'empty' : 'notEmpty']: [args.find((arg) => arg !== null) as Rule] };
  return { [operator]: ARITHMETIC.has(operator) ? args.map((arg) => (arg === null ? 0 : arg)) : args };
}

/** Only whether it holds matters of what stands in `and` and `or`. */
function joined(operator: 'and' | 'or', args: readonly Rule[]): Rule {
  const decides = operator === 'or';
  if (args.some((arg) => isConstant(arg) && isTruthy(arg as Json) === decides)) return decides;
  const left = args.filter((arg) => !isConstant(arg));
  if (left.length === 0) return !decides;
  return left.length === 1 ? (left[0] as Rule) : { [operator]: left };
}

function chosen(args: readonly Rule[]): Rule {
  const left: Rule[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    const [test, value] = [args[i] as Rule, args[i + 1] as Rule];
    if (!isConstant(test)) left.push(test, value);
    else if (isTruthy(test as Json)) return left.length === 0 ? value : { if: [...left, value] };
  }
  const otherwise = args.length % 2 === 1 ? (args.at(-1) as Rule) : null;
  return left.length === 0 ? otherwise : { if: [...left, otherwise] };
}
