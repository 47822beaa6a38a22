/**
 * Conditions as people build them, and the rules they stand for. Comes in: a rule; comes out: groups of conditions, or null
 * when the rule says something that a list of conditions cannot. `conditionsToRule(ruleToConditions(rule))` means the same as
 * `rule`. Which operators are offered depends on what kind of value stands at the path.
 */
import type { Rule, SpecialName, ValueKind } from './rule.ts';
import { SPECIAL_VALUES } from './rule.ts';
import { PERIODS, type Period } from './time.ts';

export const CONDITION_OPERATORS = [
  '==', '!=', '<', '<=', '>', '>=', 'in', 'notIn', 'contains', 'notContains', 'startsWith', 'endsWith', 'containsAny', 'containsAll', 'inPeriod', 'empty', 'notEmpty',
] as const;
export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

/** `value`: a literal, a list of them, a special value such as `{ "var": "$me" }`, a variable, a period, or null where none is needed. */
export interface Condition {
  readonly field: string;
  readonly operator: ConditionOperator;
  readonly value: ConditionValue;
}
export type ConditionValue = string | number | boolean | null | readonly (string | number)[] | { readonly var: SpecialName } | VariableValue | PeriodValue;
/** Of a workflow: `{ "var": "$find.count" }`. */
export interface VariableValue {
  readonly var: `$${string}`;
}
export interface PeriodValue {
  readonly period: Period;
  /** Only for the periods that count days. */
  readonly days?: number;
}

export interface ConditionGroup {
  readonly combinator: 'and' | 'or';
  readonly not?: boolean;
  readonly rules: readonly (Condition | ConditionGroup)[];
}

/** What a person may ask of a value, most useful first. */
export const OPERATORS_BY_KIND: Readonly<Record<ValueKind, readonly ConditionOperator[]>> = {
  text: ['contains', 'notContains', '==', '!=', 'startsWith', 'endsWith', 'in', 'notIn', 'empty', 'notEmpty'],
  number: ['==', '!=', '>', '>=', '<', '<=', 'empty', 'notEmpty'],
  boolean: ['==', 'empty', 'notEmpty'],
  date: ['inPeriod', '==', '<', '<=', '>', '>=', 'empty', 'notEmpty'],
  dateTime: ['inPeriod', '<', '<=', '>', '>=', 'empty', 'notEmpty'],
  option: ['in', 'notIn', '==', '!=', 'empty', 'notEmpty'],
  list: ['containsAny', 'containsAll', 'contains', 'notContains', 'empty', 'notEmpty'],
  reference: ['==', '!=', 'in', 'notIn', 'empty', 'notEmpty'],
  none: ['empty', 'notEmpty'],
};

export const VALUELESS: ReadonlySet<ConditionOperator> = new Set<ConditionOperator>(['empty', 'notEmpty']);
export const MANY_VALUED: ReadonlySet<ConditionOperator> = new Set<ConditionOperator>(['in', 'notIn', 'containsAny', 'containsAll']);
export const COUNTED_PERIODS: ReadonlySet<Period> = new Set<Period>(['lastDays', 'nextDays', 'olderThanDays']);
/** The negated ones are not operators of their own: a `!` around another. */
const NEGATIONS: Readonly<Partial<Record<ConditionOperator, 'in' | 'contains'>>> = { notIn: 'in', notContains: 'contains' };

export function isConditionGroup(entry: Condition | ConditionGroup): entry is ConditionGroup {
  return 'rules' in entry;
}

export function isSpecialValue(value: unknown): value is { var: SpecialName } {
  return typeof value === 'object' && value !== null && 'var' in value && typeof value.var === 'string' && Object.hasOwn(SPECIAL_VALUES, value.var);
}

export function isVariableValue(value: unknown): value is VariableValue {
  return typeof value === 'object' && value !== null && 'var' in value && typeof value.var === 'string' && value.var.startsWith('$') && !isSpecialValue(value);
}

export function isPeriodValue(value: unknown): value is PeriodValue {
  return typeof value === 'object' && value !== null && 'period' in value;
}

/** A condition still lacking its value says nothing yet. */
export function isComplete({ field, operator, value }: Condition): boolean {
  if (field === '') return false;
  if (VALUELESS.has(operator)) return true;
  if (operator === 'inPeriod') return isPeriodValue(value) && (!COUNTED_PERIODS.has(value.period) || typeof value.days === 'number');
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && value !== '';
}

function conditionToRule({ field, operator, value }: Condition): Rule {
  const path = { var: field };
  const positive = NEGATIONS[operator];
  if (positive) return { '!': [{ [positive]: [path, value as Rule] }] };
  if (VALUELESS.has(operator)) return { [operator]: [path] };
  if (isPeriodValue(value)) return { inPeriod: [path, value.period, ...(value.days === undefined ? [] : [value.days])] };
  return { [operator]: [path, value as Rule] };
}

/** Undefined when nothing is asked: incomplete conditions and empty groups do not count. */
export function conditionsToRule(group: ConditionGroup): Rule | undefined {
  const parts = group.rules.flatMap((entry): Rule[] => {
    const part = isConditionGroup(entry) ? conditionsToRule(entry) : isComplete(entry) ? conditionToRule(entry) : undefined;
    return part === undefined ? [] : [part];
  });
  const [first] = parts;
  if (first === undefined) return undefined;
  const rule: Rule = parts.length === 1 ? first : { [group.combinator]: parts };
  return group.not ? { '!': [rule] } : rule;
}

function single(rule: Rule): readonly [operator: string, args: readonly Rule[]] | null {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return null;
  const [entry, ...others] = Object.entries(rule);
  if (!entry || others.length > 0) return null;
  const [operator, args] = entry as [string, Rule | readonly Rule[]];
  return [operator, Array.isArray(args) ? (args as readonly Rule[]) : [args as Rule]];
}

/** Whether `$variables` of a workflow may stand where fields and values do. */
interface Reading {
  readonly variables: boolean;
}

function pathOf(rule: Rule | undefined, { variables }: Reading): string | null {
  const found = rule === undefined ? null : single(rule);
  const path = found?.[0] === 'var' ? found[1][0] : null;
  return typeof path === 'string' && (variables ? !Object.hasOwn(SPECIAL_VALUES, path) : !path.startsWith('$')) ? path : null;
}

function isLiteral(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function valueOf(rule: Rule | undefined, { variables }: Reading): ConditionValue | undefined {
  if (rule === undefined) return undefined;
  if (variables && isVariableValue(rule)) return rule;
  if (isLiteral(rule) || isSpecialValue(rule)) return rule;
  if (Array.isArray(rule) && rule.every((item) => typeof item === 'string' || typeof item === 'number')) return rule as (string | number)[];
  return undefined;
}

function isConditionOperator(name: string): name is ConditionOperator {
  return CONDITION_OPERATORS.some((operator) => operator === name) && NEGATIONS[name as ConditionOperator] === undefined;
}

function toPeriod([name, days]: readonly (Rule | undefined)[]): PeriodValue | undefined {
  const period = PERIODS.find((known) => known === name);
  if (!period) return undefined;
  return typeof days === 'number' ? { period, days } : { period };
}

function toCondition(operator: string, args: readonly Rule[], reading: Reading): Condition | null {
  const field = pathOf(args[0], reading);
  if (field === null || !isConditionOperator(operator)) return null;
  if (VALUELESS.has(operator)) return { field, operator, value: null };
  const value = operator === 'inPeriod' ? toPeriod(args.slice(1)) : valueOf(args[1], reading);
  if (value === undefined || (MANY_VALUED.has(operator) && !Array.isArray(value) && !isSpecialValue(value) && !isVariableValue(value))) return null;
  // Equal to nothing is how rules say "is empty".
  if (value === null) return operator === '==' ? { field, operator: 'empty', value } : operator === '!=' ? { field, operator: 'notEmpty', value } : null;
  return { field, operator, value };
}

function toEntry(rule: Rule, reading: Reading): Condition | ConditionGroup | null {
  const found = single(rule);
  if (!found) return null;
  const [operator, args] = found;
  if (operator === 'and' || operator === 'or') {
    const rules = args.map((arg) => toEntry(arg, reading));
    return rules.every((entry) => entry !== null) ? { combinator: operator, rules } : null;
  }
  if (operator === '!') {
    const inner = args[0] === undefined ? null : toEntry(args[0], reading);
    if (!inner) return null;
    if (isConditionGroup(inner)) return { ...inner, not: inner.not !== true };
    if (inner.operator === 'in') return { ...inner, operator: 'notIn' };
    if (inner.operator === 'contains') return { ...inner, operator: 'notContains' };
    if (inner.operator === 'empty') return { ...inner, operator: 'notEmpty' };
    return { combinator: 'and', not: true, rules: [inner] };
  }
  if (operator === 'notIn' || operator === 'notContains') return null;
  return toCondition(operator, args, reading);
}

/** Always a group at the top; null when the rule cannot be shown as conditions. */
export function ruleToConditions(rule: Rule | undefined, reading: Reading = { variables: false }): ConditionGroup | null {
  if (rule === undefined || rule === true) return { combinator: 'and', rules: [] };
  const entry = toEntry(rule, reading);
  if (entry === null) return null;
  return isConditionGroup(entry) ? entry : { combinator: 'and', rules: [entry] };
}
