/**
 * A page of records: the actor's readable rows, filtered, searched, ordered, cut by key. Everything the request names is
 * checked against what the actor may know before any SQL is made, and every value is read through the actor's rights.
 */
import { AppError, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { optionsOf } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, authorize, isKnown, type TableAccess } from '#engine/permissions/authorize.ts';
import { checkRule } from '#engine/rules/check.ts';
import { resolvePath, singleTarget } from '#engine/rules/paths.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { living, readableRows, rootScope, type SqlScope } from '../db/access-sql.ts';
import type { Row } from '../db/database.ts';
import { sortExpression } from '../db/path-to-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import { searchCondition } from '../db/search-index.ts';
import { and, bind, column, ident, join, raw, type Sql, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { collectIncluded, type Included } from './included.ts';
import { decodeCursor, encodeCursor, keysetAfter, type SortTerm } from './keyset.ts';
import { projection } from './projection.ts';

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
  const { table } = access;
  const context = contextOf(workspace, actor);
  checkRequest(workspace, actor, access, request);
  const scope = rootScope(model, database.dialect, table, actor);
  const limit = request.limit ?? DEFAULT_LIMIT;
  const order = sortTerms(scope, request.sort?.length ? request.sort : ['-updated_at']);
  const conditions = [...listConditions(scope, request), ...(request.cursor ? [keysetAfter(order, decodeCursor(request.cursor, order.length), database.dialect)] : [])];
  const shown = projection(scope, access, request.fields);
  const keys = order.map((term, i) => sql`${term.expression} AS ${ident(`_key${i}`)}`);
  const query = sql`SELECT ${join([...shown.columns, ...keys], ', ')} FROM ${ident(table.name)} ${ident('t0')} WHERE ${and(conditions)} ORDER BY ${orderBy(scope, order)} LIMIT ${raw(String(limit + 1))}`;
  const rows = await database.all<Row>(query, context);
  const page = rows.slice(0, limit);
  const data = await shown.read(database, page);
  const last = page.at(-1);
  return {
    data,
    included: await collectIncluded(workspace, actor, shown.fields, data),
    next: rows.length > limit && last ? encodeCursor([...order.map((_, i) => last[`_key${i}`] as Json), Number(last._rid)]) : null,
    ...(request.count && { count: await countRows(scope, workspace, actor, request) }),
  };
}

/** What makes a row part of the list, whatever page is asked for. */
export function listConditions(scope: SqlScope, request: Pick<FindRequest, 'filter' | 'search' | 'deleted'>): Sql[] {
  const conditions = [request.deleted ? sql`${column(scope.alias, 'deleted_at')} IS NOT NULL` : living(scope), readableRows(scope)];
  if (request.filter !== undefined && request.filter !== null) conditions.push(ruleCondition(request.filter as Rule, scope));
  if (request.search) conditions.push(searchCondition(scope, request.search));
  return conditions;
}

async function countRows(scope: SqlScope, workspace: Workspace, actor: Actor, request: FindRequest): Promise<{ value: number; capped: boolean }> {
  const inner = sql`SELECT 1 FROM ${ident(scope.table.name)} ${ident('t0')} WHERE ${and(listConditions(scope, request))} LIMIT ${raw(String(COUNT_CAP + 1))}`;
  const row = await workspace.database.get<{ count: number }>(sql`SELECT count(*) AS count FROM (${inner}) AS counted`, contextOf(workspace, actor));
  const value = Number(row?.count ?? 0);
  return { value: Math.min(value, COUNT_CAP), capped: value > COUNT_CAP };
}

/** Names of the request, seen with the actor's eyes: a hidden field is an unknown one. */
export function checkRequest(workspace: Workspace, actor: Actor, access: TableAccess, request: FindRequest): void {
  const { model } = workspace;
  const issues: Issue[] = [];
  const knows = (field: FieldModel): boolean => {
    const table = model.tables[field.table];
    return table !== undefined && isKnown(accessTo(table, actor), field);
  };
  const named = (path: string, at: string): void => {
    const resolved = resolvePath(model.tables, access.table.name, path);
    if (typeof resolved === 'string' || ![...resolved.hops, resolved.field].every(knows)) {
      issues.push({ path: at, code: 'unknown_field', message: { 'zh-CN': `没有名为“${path}”的字段`, en: `There is no field "${path}"` } });
    }
  };
  if (request.filter !== undefined && request.filter !== null) {
    issues.push(...checkRule(request.filter, { tables: model.tables, table: access.table.name, path: '/filter', target: 'sql', knows }).issues);
  }
  request.sort?.forEach((key, i) => named(key.replace(/^-/, ''), `/sort/${i}`));
  request.fields?.forEach((path, i) => named(path, `/fields/${i}`));
  if (request.limit !== undefined && (!Number.isInteger(request.limit) || request.limit < 1 || request.limit > MAX_LIMIT)) {
    issues.push({ path: '/limit', code: 'out_of_range', message: { 'zh-CN': `limit 应为 1 到 ${MAX_LIMIT}`, en: `limit must be 1 to ${MAX_LIMIT}` } });
  }
  if ((request.sort?.length ?? 0) > 5) issues.push({ path: '/sort', code: 'out_of_range', message: { 'zh-CN': '最多按 5 个字段排序', en: 'Sort by at most 5 fields' } });
  if (issues.length > 0) throw new AppError('validation_failed', { 'zh-CN': '请求有误', en: 'The request has problems' }, issues);
}

function sortTerms(scope: SqlScope, keys: readonly string[]): SortTerm[] {
  return keys.map((key) => {
    const direction = key.startsWith('-') ? 'desc' : 'asc';
    const path = key.replace(/^-/, '');
    const resolved = resolvePath(scope.model.tables, scope.table.name, path);
    if (typeof resolved === 'string') throw new Error(`Unchecked sort key ${key}`);
    const notNull = resolved.hops.length === 0 && NEVER_NULL.has(path);
    return { expression: sortTerm(scope, path, resolved.field), direction, notNull };
  });
}
const NEVER_NULL = new Set(['updated_at', 'created_at', 'id', 'version']);

/** Options go by their order in the list, references by the title of what they name. */
function sortTerm(scope: SqlScope, path: string, field: FieldModel): Sql {
  const { sql: expression, kind } = sortExpression(scope, path);
  if (kind === 'option' && optionsOf(field).length > 0) {
    const ranks = optionsOf(field).map((option, i) => sql`WHEN ${bind(option.value)} THEN ${raw(String(i))}`);
    return sql`(CASE ${expression} ${join(ranks, ' ')} END)`;
  }
  const target = singleTarget(field);
  const title = target === null ? undefined : (scope.model.tables[target] as TableModel).titleField;
  return title === undefined ? expression : sortExpression(scope, `${path}.${title}`).sql;
}

function orderBy(scope: SqlScope, order: readonly SortTerm[]): Sql {
  const terms = order.map((term) => sql`${term.expression} ${raw(term.notNull ? term.direction.toUpperCase() : scope.dialect.nullsOrder(term.direction))}`);
  return join([...terms, sql`${column(scope.alias, '_rid')} ${raw((order[0]?.direction ?? 'asc').toUpperCase())}`], ', ');
}

