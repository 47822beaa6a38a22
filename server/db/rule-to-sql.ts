/**
 * A checked rule as SQL. The meaning is that of `engine/rules/operators.ts`; the differential test holds the two together.
 * A condition may be NULL where false would do (it stands in WHERE, CASE, AND, OR); under NOT it is made two-valued first.
 */
import type { Json } from '#engine/fields/field-type.ts';
import { shiftDecimal } from '#engine/fields/columns.ts';
import { specialValue, type RuleContext } from '#engine/rules/context.ts';
import { keptOn } from '#engine/rules/lunar-calendar.ts';
import { evaluateRule } from '#engine/rules/evaluate.ts';
import { isOperator, type OperatorName } from '#engine/rules/operators.ts';
import type { Rule, SpecialName, ValueKind } from '#engine/rules/rule.ts';
import { SPECIAL_VALUES } from '#engine/rules/rule.ts';
import { type DateUnit, fromLocal, isDay, localDayOf, type Period, periodBounds, toLocalDate } from '#engine/rules/time.ts';
import type { SqlScope } from './access-sql.ts';
import { inherited, organisationRows, sharedWithMe } from './organisation-sql.ts';
import { type PathSql, pathToSql } from './path-to-sql.ts';
import { and, bind, FALSE, join, or, raw, type Sql, type SqlParam, type SqlScalar, sql, TRUE } from './sql.ts';

/** A value expression. `constant` is set while the value is still known here, so that its partner can decide its form. */
export interface ValueSql {
  readonly sql: Sql;
  readonly kind: ValueKind;
  readonly scale: number;
  readonly list?: 'json' | 'links';
  readonly constant?: { readonly value: Json } | { readonly special: SpecialName };
  /** A special list as rows of a closure table, for asking whether something is in it. */
  readonly rows?: Sql;
}

type Args = readonly Rule[];

const NULL = raw('NULL');

export function ruleCondition(rule: Rule | true, scope: SqlScope): Sql {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return isTrue(rule) ? TRUE : FALSE;
  const { name, args } = split(rule);
  const condition = name !== 'var' && Object.hasOwn(CONDITIONS, name) ? CONDITIONS[name] : undefined;
  return condition ? condition(args, scope) : truthy(ruleValue(rule, scope), scope);
}

function isTrue(value: Rule): boolean {
  return !(value === null || value === false || value === 0 || value === '' || (Array.isArray(value) && value.length === 0));
}

export function ruleValue(rule: Rule, scope: SqlScope): ValueSql {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return constant(rule as Json, scope);
  const { name, args } = split(rule);
  if (name === 'var') return variable(String(args[0]), scope);
  if (Object.hasOwn(CONDITIONS, name)) return { sql: scope.dialect.flag(ruleCondition(rule, scope)), kind: 'boolean', scale: 0 };
  const value = isOperator(name) && Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  if (!value) throw new Error(`Operator ${name} cannot run in SQL; the rule was not checked.`);
  return value(args, scope);
}

function split(rule: object): { name: string; args: Args } {
  const name = Object.keys(rule)[0] ?? '';
  const argument = (rule as Record<string, Rule | readonly Rule[]>)[name];
  return { name, args: Array.isArray(argument) ? (argument as Args) : [argument as Rule] };
}

function variable(path: string, scope: SqlScope): ValueSql {
  if (Object.hasOwn(SPECIAL_VALUES, path)) {
    const special = path as SpecialName;
    const kind = SPECIAL_VALUES[special];
    const param: SqlParam = (context) => toScalar(specialValue(special, context), scope);
    const rows = organisationRows(special);
    return { sql: scope.dialect.typed(bind(param), kind), kind, scale: 0, constant: { special }, ...(rows && { rows }) };
  }
  const found: PathSql = pathToSql(scope, path);
  return { sql: found.sql, kind: found.kind, scale: found.scale, ...(found.list && { list: found.list }) };
}

function toScalar(value: string | readonly string[] | null, scope: SqlScope): SqlScalar {
  return Array.isArray(value) ? scope.dialect.listParam(value as readonly string[]) : (value as string | null);
}

function constant(value: Json, scope: SqlScope): ValueSql {
  const kind: ValueKind = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : Array.isArray(value) ? 'list' : 'text';
  const scalar = typeof value === 'boolean' ? Number(value) : Array.isArray(value) ? scope.dialect.listParam(value.map(String)) : (value as string | number | null);
  return { sql: value === null ? NULL : scope.dialect.typed(bind(scalar), kind), kind, scale: 0, constant: { value } };
}

/** The decimal a value stands for. */
function number(value: ValueSql, scope: SqlScope): Sql {
  return value.scale === 0 ? value.sql : scope.dialect.unscale(value.sql, value.scale);
}
/** In arithmetic blank counts as 0. */
const orZero = (value: ValueSql, scope: SqlScope): Sql => sql`coalesce(${number(value, scope)}, 0)`;
const texts = (value: ValueSql, scope: SqlScope): Sql => (value.kind === 'number' || value.kind === 'boolean' ? scope.dialect.numberText(number(value, scope)) : value.sql);

function truthy(value: ValueSql, scope: SqlScope): Sql {
  if (value.list) return notEmpty(value);
  if (value.kind === 'number' || value.kind === 'boolean') return sql`${value.sql} <> 0`;
  return scope.dialect.isDifferent(sql`coalesce(${value.sql}, '')`, raw("''"));
}

function notEmpty(value: ValueSql): Sql {
  return value.list === 'links' ? sql`EXISTS (${value.sql})` : sql`${value.sql} IS NOT NULL`;
}
function isEmpty(value: ValueSql): Sql {
  if (value.list === 'links') return sql`NOT EXISTS (${value.sql})`;
  return value.kind === 'text' && !value.constant ? sql`coalesce(${value.sql}, '') = ''` : sql`${value.sql} IS NULL`;
}

/**
 * Brings two values to one form. A constant takes the form of its partner's column, so an index on the column still
 * serves: 1200.5 against cents becomes 120050, a day against a moment the first instant of that day.
 */
function aligned(a: ValueSql, b: ValueSql, scope: SqlScope): [Sql, Sql] {
  const left = asPartner(a, b, scope);
  const right = asPartner(b, a, scope);
  if (left) return [left, b.sql];
  if (right) return [a.sql, right];
  return a.scale === b.scale ? [a.sql, b.sql] : [number(a, scope), number(b, scope)];
}

function asPartner(value: ValueSql, partner: ValueSql, scope: SqlScope): Sql | null {
  if (!value.constant || partner.constant) return null;
  if ('value' in value.constant) {
    const known = value.constant.value;
    if (typeof known === 'number' && partner.scale > 0) {
      const shifted = shiftExact(known, partner.scale);
      return scope.dialect.typed(bind(shifted), Number.isInteger(shifted) ? 'integer' : 'number');
    }
    if (typeof known === 'number' && Number.isInteger(known) && partner.kind === 'number') return scope.dialect.typed(bind(known), 'integer');
    if (isDay(known) && partner.kind === 'dateTime') {
      return scope.dialect.typed(bind((context) => fromLocal(known, context.timeZone)), 'dateTime');
    }
    return null;
  }
  if (value.constant.special === '$today' && partner.kind === 'dateTime') {
    return scope.dialect.typed(bind((context) => fromLocal(toLocalDate(context.now, context.timeZone), context.timeZone)), 'dateTime');
  }
  return null;
}

/** Keeps what lies below the column's last place: 1.005 against cents is 100.5, not 101. */
function shiftExact(value: number, scale: number): number {
  const shifted = shiftDecimal(value, scale);
  return shifted / 10 ** scale === value ? shifted : value * 10 ** scale;
}

const isNull = (value: ValueSql): boolean => value.constant !== undefined && 'value' in value.constant && value.constant.value === null;

/** Texts never equal numbers: what `==` in memory answers for values of unlike kind. */
const unlike = (a: ValueSql, b: ValueSql): boolean => isNumeric(a) !== isNumeric(b);
const isNumeric = (value: ValueSql): boolean => value.kind === 'number' || value.kind === 'boolean';

function equality(negated: boolean) {
  return ([left, right]: Args, scope: SqlScope): Sql => {
    const a = ruleValue(left as Rule, scope);
    const b = ruleValue(right as Rule, scope);
    if (isNull(a) || isNull(b)) {
      const other = isNull(a) ? b : a;
      return isNull(a) && isNull(b) ? (negated ? FALSE : TRUE) : negated ? sql`${other.sql} IS NOT NULL` : sql`${other.sql} IS NULL`;
    }
    if (unlike(a, b)) return negated ? TRUE : and([sql`${a.sql} IS NULL`, sql`${b.sql} IS NULL`]);
    const [x, y] = aligned(a, b, scope);
    if (negated) return scope.dialect.isDifferent(x, y);
    // A plain = can use an index; null never equals a constant.
    return a.constant || b.constant ? sql`${x} = ${y}` : scope.dialect.isSame(x, y);
  };
}

function comparison(operator: '<' | '<=' | '>' | '>=') {
  return ([left, right]: Args, scope: SqlScope): Sql => {
    const a = ruleValue(left as Rule, scope);
    const b = ruleValue(right as Rule, scope);
    if (isNull(a) || isNull(b) || unlike(a, b)) return FALSE;
    const [x, y] = aligned(a, b, scope);
    return sql`${x} ${raw(operator)} ${y}`;
  };
}

function membership([value, values]: Args, scope: SqlScope): Sql {
  const item = ruleValue(value as Rule, scope);
  if (Array.isArray(values)) {
    const known = values.filter((entry) => entry !== null);
    if (isNumeric(item)) return or(known.map((entry) => (typeof entry === 'number' || typeof entry === 'boolean' ? equality(false)([value as Rule, entry as Rule], scope) : FALSE)));
    const list = known.filter((entry): entry is string => typeof entry === 'string');
    return list.length === 0 ? FALSE : scope.dialect.inList(item.sql, scope.dialect.typed(bind(scope.dialect.listParam(list)), 'list'));
  }
  const list = ruleValue(values as Rule, scope);
  if (list.rows) return sql`${item.sql} IN (${list.rows})`;
  if (list.list === 'links') return sql`${item.sql} IN (${list.sql})`;
  if (list.list === 'json') return scope.dialect.jsonListHas(list.sql, item.sql);
  return scope.dialect.inList(item.sql, list.sql);
}

function contains([whole, part]: Args, scope: SqlScope): Sql {
  const a = ruleValue(whole as Rule, scope);
  const b = ruleValue(part as Rule, scope);
  if (a.list === 'links') return sql`${b.sql} IN (${a.sql})`;
  if (a.list === 'json') return and([sql`${a.sql} IS NOT NULL`, scope.dialect.jsonListHas(a.sql, b.sql)]);
  return and([sql`${b.sql} <> ''`, sql`${scope.dialect.position(a.sql, b.sql)} > 0`]);
}

function edge(end: 'start' | 'end') {
  return ([whole, part]: Args, scope: SqlScope): Sql => {
    const a = ruleValue(whole as Rule, scope).sql;
    const b = ruleValue(part as Rule, scope).sql;
    const { dialect } = scope;
    const from = end === 'start' ? raw('1') : sql`${dialect.length(a)} - ${dialect.length(b)} + 1`;
    const fits = sql`${dialect.length(a)} >= ${dialect.length(b)}`;
    return and([sql`${b} <> ''`, fits, sql`lower(${dialect.substring(a, from, dialect.length(b))}) = lower(${b})`]);
  };
}

function containsAll([whole, parts]: Args, scope: SqlScope): Sql {
  const items = Array.isArray(parts) ? parts : [];
  return and(items.map((item) => contains([whole as Rule, item as Rule], scope)));
}

function containsAny([whole, parts]: Args, scope: SqlScope): Sql {
  if (Array.isArray(parts)) return or(parts.map((item) => contains([whole as Rule, item as Rule], scope)));
  const a = ruleValue(whole as Rule, scope);
  const b = ruleValue(parts as Rule, scope);
  if (a.list === 'links') return sql`EXISTS (SELECT 1 FROM (${a.sql}) AS linked(id) WHERE ${scope.dialect.inList(raw('linked.id'), b.sql)})`;
  return and([sql`${a.sql} IS NOT NULL`, scope.dialect.jsonListHasAny(a.sql, b.sql)]);
}

function inPeriod([value, period, days]: Args, scope: SqlScope): Sql {
  const subject = ruleValue(value as Rule, scope);
  const edgeParam = (side: 'from' | 'to'): SqlParam => (context: RuleContext) => {
    const bound = periodBounds(period as Period, toLocalDate(context.now, context.timeZone), Number(days ?? 0))[side];
    return bound !== null && subject.kind === 'dateTime' ? fromLocal(bound, context.timeZone) : bound;
  };
  const param = (side: 'from' | 'to'): Sql => scope.dialect.typed(bind(edgeParam(side)), 'text');
  const upper = sql`${subject.sql} < ${param('to')}`;
  return period === 'olderThanDays' ? upper : and([sql`${subject.sql} >= ${param('from')}`, upper]);
}

/** Which lunar days are kept on that solar one is worked out before the query runs. */
function lunarOn([day, date]: Args, scope: SqlScope): Sql {
  const kept: SqlParam = (context: RuleContext) => {
    const on = localDayOf(evaluateRule(date as Rule, {}, context), context.timeZone);
    return scope.dialect.listParam(on === null ? [] : keptOn(on));
  };
  return scope.dialect.inList(ruleValue(day as Rule, scope).sql, scope.dialect.typed(bind(kept), 'list'));
}

const CONDITIONS: Readonly<Record<string, (args: Args, scope: SqlScope) => Sql>> = {
  and: (args, scope) => and(args.map((arg) => ruleCondition(arg, scope))),
  or: (args, scope) => or(args.map((arg) => ruleCondition(arg, scope))),
  '!': ([arg], scope) => scope.dialect.not(ruleCondition(arg as Rule, scope)),
  '!!': ([arg], scope) => ruleCondition(arg as Rule, scope),
  '==': equality(false),
  '!=': equality(true),
  '<': comparison('<'),
  '<=': comparison('<='),
  '>': comparison('>'),
  '>=': comparison('>='),
  in: membership,
  contains,
  startsWith: edge('start'),
  endsWith: edge('end'),
  empty: ([arg], scope) => isEmpty(ruleValue(arg as Rule, scope)),
  notEmpty: ([arg], scope) => scope.dialect.not(isEmpty(ruleValue(arg as Rule, scope))),
  containsAny,
  containsAll,
  inPeriod,
  lunarOn,
  sharedWithMe: ([access], scope) => sharedWithMe(scope, access === 'edit' ? 'edit' : 'read'),
  inherited: ([reference, action], scope) => inherited(scope, String(reference), action === 'update' ? 'update' : 'read'),
};

type ValueCompiler = (args: Args, scope: SqlScope) => ValueSql;

const numeric = (build: (numbers: readonly Sql[], scope: SqlScope) => Sql): ValueCompiler => (args, scope) => ({
  sql: build(args.map((arg) => orZero(ruleValue(arg, scope), scope)), scope),
  kind: 'number',
  scale: 0,
});
const infix = (operator: string): ValueCompiler => numeric((numbers) => sql`(${join(numbers, ` ${operator} `)})`);
const textual = (build: (values: readonly Sql[], scope: SqlScope) => Sql, kind: ValueKind = 'text'): ValueCompiler => (args, scope) => ({
  sql: build(args.map((arg) => texts(ruleValue(arg, scope), scope)), scope),
  kind,
  scale: 0,
});
const orNull = (value: Sql): Sql => sql`nullif(${value}, '')`;
const at = (values: readonly Sql[], index: number): Sql => values[index] ?? NULL;

function branches(args: Args, scope: SqlScope): ValueSql {
  const values: Rule[] = [];
  const cases: { when: Sql; value: Rule }[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) cases.push({ when: ruleCondition(args[i] as Rule, scope), value: args[i + 1] as Rule });
  values.push(...cases.map((one) => one.value));
  const otherwise = args.length % 2 === 1 ? (args[args.length - 1] as Rule) : null;
  const compiled = [...values, otherwise].map((value) => ruleValue(value, scope));
  const kind = compiled.find((value) => !isNull(value))?.kind ?? 'text';
  const results = compiled.map((value) => number(value, scope));
  const whens = cases.map((one, i) => sql`WHEN ${one.when} THEN ${at(results, i)}`);
  return { sql: sql`(CASE ${join(whens, ' ')} ELSE ${at(results, results.length - 1)} END)`, kind, scale: 0 };
}

function switched(args: Args, scope: SqlScope): ValueSql {
  const [value, ...rest] = args;
  const flat: Rule[] = [];
  for (let i = 0; i + 1 < rest.length; i += 2) flat.push({ '==': [value as Rule, rest[i] as Rule] }, rest[i + 1] as Rule);
  if (rest.length % 2 === 1) flat.push(rest[rest.length - 1] as Rule);
  return branches(flat, scope);
}

function firstOf(args: Args, scope: SqlScope): ValueSql {
  const values = args.map((arg) => ruleValue(arg, scope));
  const kind = values.find((value) => !isNull(value))?.kind ?? 'text';
  const isText = kind === 'text' || kind === 'option' || kind === 'reference';
  const results = values.map((value) => (isText ? orNull(value.sql) : number(value, scope)));
  return { sql: sql`coalesce(${join([...results, NULL], ', ')})`, kind, scale: 0 };
}

function extreme(side: 'least' | 'greatest'): ValueCompiler {
  return (args, scope) => {
    const values = args.map((arg) => ruleValue(arg, scope));
    const rows = values.map((value, i) => (i === 0 ? sql`SELECT ${number(value, scope)} AS v` : sql`SELECT ${number(value, scope)}`));
    return { sql: scope.dialect[side](join(rows, ' UNION ALL ')), kind: values.find((value) => !isNull(value))?.kind ?? 'number', scale: 0 };
  };
}

function localDay(arg: Rule, scope: SqlScope): Sql {
  const value = ruleValue(arg, scope);
  return value.kind === 'dateTime' ? scope.dialect.localDate(value.sql, scope.model.settings.timeZone) : value.sql;
}
const datePart = (from: number, count: number): ValueCompiler => ([arg], scope) => ({
  sql: sql`CAST(substr(${localDay(arg as Rule, scope)}, ${raw(String(from))}, ${raw(String(count))}) AS INTEGER)`,
  kind: 'number',
  scale: 0,
});

const VALUES: Readonly<Partial<Record<OperatorName, ValueCompiler>>> = {
  if: branches,
  switch: switched,
  coalesce: firstOf,
  min: extreme('least'),
  max: extreme('greatest'),
  '+': infix('+'),
  '-': (args, scope) => (args.length === 1 ? numeric(([a]) => sql`(0 - ${a ?? NULL})`)(args, scope) : infix('-')(args, scope)),
  '*': numeric((numbers, { dialect }) => numbers.reduce((a, b) => dialect.times(a, b))),
  '/': numeric((values, { dialect }) => dialect.quotient(at(values, 0), at(values, 1))),
  '%': numeric((values, { dialect }) => dialect.remainder(at(values, 0), at(values, 1))),
  abs: numeric(([a]) => sql`abs(${a ?? NULL})`),
  round: numeric((values, { dialect }) => dialect.round(at(values, 0), values[1] ?? raw('0'))),
  floor: numeric((values, { dialect }) => dialect.floor(at(values, 0))),
  ceil: numeric((values, { dialect }) => dialect.ceil(at(values, 0))),
  cat: textual((values) => orNull(sql`(${join(values.map((value) => sql`coalesce(${value}, '')`), ' || ')})`)),
  len: textual((values, { dialect }) => dialect.length(at(values, 0)), 'number'),
  left: ([a, n], scope) => substring(a as Rule, raw('1'), n as Rule, scope),
  right: ([a, n], scope) => {
    const value = texts(ruleValue(a as Rule, scope), scope);
    const count = orZero(ruleValue(n as Rule, scope), scope);
    const { dialect } = scope;
    const length = dialect.length(value);
    const start = sql`(CASE WHEN ${length} > ${count} THEN ${length} - ${count} + 1 ELSE 1 END)`;
    return { sql: sql`(CASE WHEN ${count} > 0 THEN ${orNull(dialect.substring(value, start, count))} END)`, kind: 'text', scale: 0 };
  },
  mid: ([a, from, n], scope) => {
    const start = orZero(ruleValue(from as Rule, scope), scope);
    return substring(a as Rule, sql`(CASE WHEN ${start} > 1 THEN ${start} ELSE 1 END)`, n as Rule, scope);
  },
  upper: textual(([a]) => sql`upper(${a ?? NULL})`),
  lower: textual(([a]) => sql`lower(${a ?? NULL})`),
  trim: textual(([a]) => orNull(sql`trim(${a ?? NULL})`)),
  year: datePart(1, 4),
  month: datePart(6, 2),
  day: datePart(9, 2),
  toDate: ([a], scope) => ({ sql: localDay(a as Rule, scope), kind: 'date', scale: 0 }),
  dateAdd: ([a, n, unit], scope) => {
    const value = ruleValue(a as Rule, scope);
    const kind = value.kind === 'dateTime' ? 'dateTime' : 'date';
    const amount = orZero(ruleValue(n as Rule, scope), scope);
    return { sql: scope.dialect.dateAdd(value.sql, amount, unit as DateUnit, kind, scope.model.settings.timeZone), kind, scale: 0 };
  },
  dateDiff: ([a, b, unit], scope) => ({
    sql: scope.dialect.dateDiff(localDay(a as Rule, scope), localDay(b as Rule, scope), unit as DateUnit),
    kind: 'number',
    scale: 0,
  }),
};

function substring(text: Rule, start: Sql, count: Rule, scope: SqlScope): ValueSql {
  const value = texts(ruleValue(text, scope), scope);
  return { sql: orNull(scope.dialect.substring(value, start, orZero(ruleValue(count, scope), scope))), kind: 'text', scale: 0 };
}
