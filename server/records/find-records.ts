/**
 * A page of records: the actor's readable rows, filtered, searched, ordered, cut by key. Everything the request names is
 * checked against what the actor may know before any SQL is made, and every value is read through the actor's rights.
 */
import { AppError, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { optionsOf } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, authorize, isKnown, type TableAccess } from '#engine/permissions/authorize.ts';
import { checkRule } from '#engine/rules/check.ts';
import { resolvePath, singleTarget } from '#engine/rules/paths.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { living, readableRows, type SqlScope } from '../db/access-sql.ts';
import type { Queryable } from '../db/database.ts';
import { sortExpression } from '../db/path-to-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import { searchCondition } from '../db/search-index.ts';
import { and, bind, column, ident, join, raw, type Sql, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { collectIncluded, type Included } from './included.ts';
import { decodeCursor, encodeCursor, keysetAfter, type SortTerm } from './keyset.ts';
import { type ListPart, listLengths, listParts } from './list-parts.ts';
import { listScope } from './list-scope.ts';
import { type Projection, projection, RID } from './projection.ts';

export interface FindRequest {
  readonly filter?: unknown;
  readonly search?: string;
  /** `-updated_at`, `name`, `customer.name`. */
  readonly sort?: readonly string[];
  /** Field names and paths; absent gives every field the actor may know. */
  readonly fields?: readonly string[];
  readonly limit?: number;
  readonly cursor?: string;
  readonly count?: boolean;
  /** The recycle bin instead of the living records. */
  readonly deleted?: boolean;
}

export interface FoundRecords {
  readonly data: readonly Record<string, Json>[];
  readonly included: Included;
  readonly next: string | null;
  readonly count?: { readonly value: number; readonly capped: boolean };
}

export const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;
const COUNT_CAP = 10_000;

export async function findRecords(workspace: Workspace, actor: Actor, tableName: string, request: FindRequest): Promise<FoundRecords> {
  const { model, database } = workspace;
  const access = authorize(model, actor, 'read', tableName);
  const context = contextOf(workspace, actor);
  const scope = await listScope(workspace, actor, access);
  const plan = planOf(workspace, actor, access, scope, request);
  const { shown, order, limit } = plan;
  const search = request.search ? [await searchCondition(database, scope, request.search)] : [];
  const after = request.cursor ? [keysetAfter(order, decodeCursor(request.cursor, order), database.dialect)] : [];
  const query = search.length + after.length === 0 ? plan.query : pageQuery(scope, plan, [...plan.conditions, ...search, ...after]);
  const rows = await (query === plan.query && plan.parts.length > 0 && !request.filter ? database.planned(query, context) : database.values(query, context));
  const page = rows.length > limit ? rows.slice(0, limit) : rows;
  const data = await shown.read(database, page);
  const last = page.at(-1);
  return {
    data,
    included: await collectIncluded(workspace, actor, shown.fields, data),
    next: rows.length > limit && last ? encodeCursor([...(last.slice(shown.columns.length) as Json[]), Number(last[RID])]) : null,
    ...(request.count && { count: await countRows(scope, workspace, actor, [...plan.conditions, readableRows(scope), ...search]) }),
  };
}

/** Everything about a list but its search and its place: checked and compiled once for a set of roles and a request. */
interface ListPlan {
  readonly shown: Projection;
  readonly order: readonly SortTerm[];
  readonly limit: number;
  /** All but the right to read. */
  readonly conditions: readonly Sql[];
  /** Ways to read a row, each with an order of its own; empty where one condition says it all. */
  readonly parts: readonly ListPart[];
  /** The first page without a search. */
  readonly query: Sql;
}
const plans = new WeakMap<TableAccess, Map<string, ListPlan>>();
const KEPT_PLANS = 200;

function planOf(workspace: Workspace, actor: Actor, access: TableAccess, scope: SqlScope, request: FindRequest): ListPlan {
  let byRequest = plans.get(access);
  if (!byRequest) plans.set(access, (byRequest = new Map()));
  const { cursor: _cursor, search: _search, count: _count, ...lasting } = request;
  const context = contextOf(workspace, actor);
  const key = JSON.stringify([scope.broad, lasting, listLengths(context)]);
  let plan = byRequest.get(key);
  if (!plan) {
    checkRequest(workspace, actor, access, request);
    const unsent = {
      shown: projection(scope, access, request.fields),
      order: sortTerms(scope, request.sort?.length ? request.sort : ['-updated_at']),
      limit: request.limit ?? DEFAULT_LIMIT,
      conditions: filterConditions(scope, request),
      parts: partsOf(scope, context, request),
    };
    plan = { ...unsent, query: pageQuery(scope, unsent, unsent.conditions) };
    if (byRequest.size >= KEPT_PLANS) byRequest.clear();
    byRequest.set(key, plan);
  }
  return plan;
}

function pageQuery(scope: SqlScope, { shown, order, limit, parts }: Omit<ListPlan, 'query'>, conditions: readonly Sql[]): Sql {
  const keys = [...order.map((term) => term.expression), column(scope.alias, '_rid')];
  const columns = join([...shown.columns, ...keys.slice(0, -1)], ', ');
  const from = sql`FROM ${ident(scope.table.name)} ${ident(scope.alias)}`;
  if (parts.length === 0) return sql`SELECT ${columns} ${from} WHERE ${and([...conditions, readableRows(scope)])} ORDER BY ${orderBy(scope, order, keys)} LIMIT ${raw(String(limit + 1))}`;
  // Each part has an index that gives its rows in order, or few rows: mine by owner, shared ones by id. Rows are read whole once they are on the page.
  const names = keys.map((_, i) => ident(`key${i}`));
  const selected = join(keys.map((key, i) => sql`${key} AS ${names[i] as Sql}`), ', ');
  const { dialect } = scope;
  const byPlace = orderBy(scope, order, keys.map((_, i) => raw(String(i + 1))));
  const ways = parts.map(({ condition, each }) => {
    const way = sql`SELECT ${selected} ${from} WHERE ${and([...conditions, condition])}`;
    return each && dialect.firstOfEach ? dialect.firstOfEach(each, way, byPlace, limit + 1) : way;
  });
  const page = dialect.firstOf(ways, byPlace, limit + 1);
  const placed = names.map((name) => sql`"page".${name}`);
  const shownOnce = join([...shown.columns, ...placed.slice(0, -1)], ', ');
  return sql`SELECT ${shownOnce} FROM (${page}) AS "page" JOIN ${ident(scope.table.name)} ${ident(scope.alias)} ON ${column(scope.alias, '_rid')} = ${placed.at(-1) as Sql} ORDER BY ${orderBy(scope, order, placed)}`;
}

/** Newest first is what indexes of owners and departments go by; any other order is walked by whoever sees much, and sorted for whoever sees little. */
function partsOf(scope: SqlScope, context: RuleContext, request: FindRequest): readonly ListPart[] {
  const isNewestFirst = (request.sort?.[0] ?? '-updated_at') === '-updated_at';
  if (isNewestFirst) {
    const { broad: _broad, ...narrow } = scope;
    const split = listParts(narrow, context, true);
    if (split.length > 0) return split;
  }
  return scope.broad ? [] : listParts(scope, context, false);
}

/** What makes a row part of the list, whatever page is asked for. */
export async function listConditions(db: Queryable, scope: SqlScope, request: Pick<FindRequest, 'filter' | 'search' | 'deleted'>): Promise<Sql[]> {
  return [...rowConditions(scope, request), ...(request.search ? [await searchCondition(db, scope, request.search)] : [])];
}

function rowConditions(scope: SqlScope, request: Pick<FindRequest, 'filter' | 'deleted'>): Sql[] {
  return [...filterConditions(scope, request), readableRows(scope)];
}

function filterConditions(scope: SqlScope, request: Pick<FindRequest, 'filter' | 'deleted'>): Sql[] {
  const conditions = [request.deleted ? sql`${column(scope.alias, 'deleted_at')} IS NOT NULL` : living(scope)];
  if (request.filter !== undefined && request.filter !== null) conditions.push(ruleCondition(request.filter as Rule, scope));
  return conditions;
}

async function countRows(scope: SqlScope, workspace: Workspace, actor: Actor, conditions: readonly Sql[]): Promise<{ value: number; capped: boolean }> {
  const inner = sql`SELECT 1 FROM ${ident(scope.table.name)} ${ident('t0')} WHERE ${and(conditions)} LIMIT ${raw(String(COUNT_CAP + 1))}`;
  const row = await workspace.database.get<{ count: number }>(sql`SELECT count(*) AS count FROM (${inner}) AS counted`, contextOf(workspace, actor));
  const value = Number(row?.count ?? 0);
  return { value: Math.min(value, COUNT_CAP), capped: value > COUNT_CAP };
}

/** Whether the actor may know of a field at all. */
export function knownTo(model: AppModel, actor: Actor): (field: FieldModel) => boolean {
  return (field) => {
    const table = model.tables[field.table];
    return table !== undefined && isKnown(accessTo(table, actor), field);
  };
}

/** Names of the request, seen with the actor's eyes: a hidden field is an unknown one. */
export function checkRequest(workspace: Workspace, actor: Actor, access: TableAccess, request: FindRequest): void {
  const { model } = workspace;
  const issues: Issue[] = [];
  const knows = knownTo(model, actor);
  const named = (path: string, at: string): boolean => {
    const resolved = resolvePath(model.tables, access.table.name, path);
    if (typeof resolved === 'object' && [...resolved.hops, resolved.field].every(knows)) return true;
    issues.push({ path: at, code: 'unknown_field', message: { 'zh-CN': `没有名为“${path}”的字段`, en: `There is no field "${path}"` } });
    return false;
  };
  if (request.filter !== undefined && request.filter !== null) {
    issues.push(...checkRule(request.filter, { tables: model.tables, table: access.table.name, path: '/filter', target: 'sql', knows }).issues);
  }
  request.sort?.forEach((key, i) => {
    const path = key.replace(/^-/, '');
    if (named(path, `/sort/${i}`) && !isSortable(model, access.table.name, path)) {
      issues.push({ path: `/sort/${i}`, code: 'not_sortable', message: { 'zh-CN': `不能按“${path}”排序`, en: `Cannot sort by "${path}"` } });
    }
  });
  request.fields?.forEach((path, i) => named(path, `/fields/${i}`));
  if (request.limit !== undefined && (!Number.isInteger(request.limit) || request.limit < 1 || request.limit > MAX_LIMIT)) {
    issues.push({ path: '/limit', code: 'out_of_range', message: { 'zh-CN': `limit 应为 1 到 ${MAX_LIMIT}`, en: `limit must be 1 to ${MAX_LIMIT}` } });
  }
  if ((request.sort?.length ?? 0) > 5) issues.push({ path: '/sort', code: 'out_of_range', message: { 'zh-CN': '最多按 5 个字段排序', en: 'Sort by at most 5 fields' } });
  if (issues.length > 0) throw new AppError('validation_failed', { 'zh-CN': '请求有误', en: 'The request has problems' }, issues);
}

/** Lists, lines and composite values have no order of their own. */
function isSortable(model: AppModel, table: string, path: string): boolean {
  const resolved = resolvePath(model.tables, table, path);
  return typeof resolved === 'object' && resolved.kind !== 'none' && resolved.kind !== 'list';
}

function sortTerms(scope: SqlScope, keys: readonly string[]): SortTerm[] {
  return keys.map((key) => {
    const direction = key.startsWith('-') ? 'desc' : 'asc';
    const path = key.replace(/^-/, '');
    const resolved = resolvePath(scope.model.tables, scope.table.name, path);
    if (typeof resolved === 'string') throw new Error(`Unchecked sort key ${key}`);
    const notNull = resolved.hops.length === 0 && NEVER_NULL.has(path);
    return { ...sortTerm(scope, path, resolved.field), direction, notNull };
  });
}
const NEVER_NULL = new Set(['updated_at', 'created_at', 'id', 'version']);

/** Options go by their order in the list, references by the title of what they name. */
function sortTerm(scope: SqlScope, path: string, field: FieldModel): Pick<SortTerm, 'expression' | 'form'> {
  const { sql: expression, kind } = sortExpression(scope, path);
  if (kind === 'option' && optionsOf(field).length > 0) {
    const ranks = optionsOf(field).map((option, i) => sql`WHEN ${bind(option.value)} THEN ${raw(String(i))}`);
    return { expression: sql`(CASE ${expression} ${join(ranks, ' ')} END)`, form: 'number' };
  }
  const target = singleTarget(field);
  const title = target === null ? undefined : (scope.model.tables[target] as TableModel).titleField;
  const shown = title === undefined ? { sql: expression, kind } : sortExpression(scope, `${path}.${title}`);
  return { expression: shown.sql, form: shown.kind === 'number' || shown.kind === 'boolean' ? 'number' : 'text' };
}

/** `keys`: what stands for each sort term, and for the row number that settles ties. */
function orderBy(scope: SqlScope, order: readonly SortTerm[], keys: readonly Sql[]): Sql {
  const directions = order.map((term) => (term.notNull ? term.direction.toUpperCase() : scope.dialect.nullsOrder(term.direction)));
  return join([...directions, (order[0]?.direction ?? 'asc').toUpperCase()].map((direction, i) => sql`${keys[i] as Sql} ${raw(direction)}`), ', ');
}
