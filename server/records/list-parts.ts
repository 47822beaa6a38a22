/**
 * The ways in which somebody may read a row, each such that an index gives its rows newest first: mine, those of each
 * subordinate, those of each of my departments. The first of a list are then among the firsts of the parts.
 */
import { accessTo } from '#engine/permissions/authorize.ts';
import { partsOf } from '#engine/permissions/scopes.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { type SqlScope, trusted, visibleColumn } from '../db/access-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import { and, bind, raw, type Sql, sql, TRUE } from '../db/sql.ts';

/** More parts cost more than walking the list and asking each row. */
const MOST_PARTS = 14;

/** Lists of the actor that stand for few values, and the columns that are indexed together with the time of change. */
const LISTS: Readonly<Record<string, (context: RuleContext) => readonly string[]>> = {
  $mySubordinates: (context) => context.mySubordinates,
  $myDepartments: (context) => context.myDepartments ?? [],
  $myDepartmentTree: (context) => context.myDepartmentTree ?? [],
};
const ORDERED = new Set(['owner', 'owner_department']);

export interface ListPart {
  readonly condition: Sql;
  /** The values of a list that `condition` calls `each.value`; where the database can take the first rows of each. */
  readonly each?: Sql;
}

/** Empty where the rows cannot be told apart by so few parts. `split`: into one part a person and department, or one that takes each in turn. */
export function listParts(scope: SqlScope, context: RuleContext, split: boolean): readonly ListPart[] {
  if (scope.actor === null) return [];
  const rules = accessTo(scope.table, scope.actor).read.flatMap(({ rows }) => partsOf(rows));
  if (rules.includes(true)) return [];
  const parts = rules.flatMap((rule) => listPartsOf(scope, rule as Rule, context, split));
  return parts.length < 2 || parts.length > MOST_PARTS || parts.some(({ condition }) => condition === TRUE) ? [] : parts;
}

/** How many values each list stands for: the same for two actors, the query is the same. */
export function listLengths(context: RuleContext): readonly number[] {
  return Object.values(LISTS).map((list) => list(context).length);
}

interface Membership {
  readonly column: string;
  readonly list: string;
  readonly rest: readonly Rule[];
}

/** `owner in $mySubordinates`, alone or with conditions beside it. */
function membershipOf(rule: Rule): Membership | null {
  const [first, ...rest] = rule !== null && typeof rule === 'object' && 'and' in rule ? (rule.and as readonly Rule[]) : [rule];
  if (first === null || typeof first !== 'object' || !('in' in first)) return null;
  const [value, values] = first.in as readonly Rule[];
  const column = nameOf(value);
  const list = nameOf(values);
  return column !== null && list !== null && ORDERED.has(column) && Object.hasOwn(LISTS, list) ? { column, list, rest } : null;
}

function nameOf(rule: Rule | undefined): string | null {
  return rule !== null && typeof rule === 'object' && 'var' in rule && typeof rule.var === 'string' ? rule.var : null;
}

function listPartsOf(scope: SqlScope, rule: Rule, context: RuleContext, split: boolean): ListPart[] {
  const inside = trusted(scope);
  const membership = split ? membershipOf(rule) : null;
  const field = membership && scope.table.fields[membership.column];
  if (!membership || !field) return [{ condition: ruleCondition(rule, inside) }];
  const { dialect } = scope;
  const list = LISTS[membership.list] as (context: RuleContext) => readonly string[];
  const of = (value: Sql): Sql => and([sql`${visibleColumn(inside, field, field.name)} = ${value}`, ...membership.rest.map((other) => ruleCondition(other, inside))]);
  if (dialect.firstOfEach) return [{ condition: of(raw('"each"."value"')), each: dialect.typed(bind((asked) => dialect.listParam(list(asked))), 'list') }];
  return list(context).map((_, i) => ({ condition: of(bind((asked) => list(asked)[i] ?? '')) }));
}
