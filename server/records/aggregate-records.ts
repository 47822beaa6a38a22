/** Numbers over the actor's readable rows, grouped by fields, by calendar units of a date or by bands. */
import type { AggregateMeasure, AggregateRequest, Aggregated, AggregateGroup } from '#engine/charts/aggregate.ts';
import { MAX_GROUPS } from '#engine/charts/aggregate.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { type ResolvedPath, resolvePath } from '#engine/rules/paths.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { rootScope, type SqlScope } from '../db/access-sql.ts';
import type { Row } from '../db/database.ts';
import { pathToSql } from '../db/path-to-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import { and, bind, ident, join, or, raw, type Sql, type SqlScalar, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { checkAggregate } from './check-aggregate.ts';
import { listConditions } from './find-records.ts';
import { type GroupSql, groupToSql } from './group-to-sql.ts';
import { collectIncluded } from './included.ts';
import { keptRead } from './kept-reads.ts';

/** `unscoped`: over everybody's rows, for a chart of the definitions that says so; what may be named is the actor's to know all the same. */
export async function aggregateRecords(workspace: Workspace, actor: Actor, tableName: string, request: AggregateRequest, unscoped = false): Promise<Aggregated> {
  const { model, database } = workspace;
  const access = authorize(model, actor, 'read', tableName);
  checkAggregate(workspace, actor, access, request);
  const scope = rootScope(model, database.dialect, access.table, unscoped ? null : actor);
  const asked: Asked = {
    scope,
    groups: (request.groupBy ?? []).map((group) => groupToSql(scope, group)),
    measures: request.measures.map((measure) => measureToSql(scope, measure)),
    conditions: await listConditions(database, scope, request),
    isWhole: !request.search && !isSelective(request.filter, (path) => resolvePath(model.tables, tableName, path)),
    run: (query) => keptRead(workspace, query, contextOf(workspace, actor)),
  };
  const found = await groupsOf(asked, request);
  const fields = new Map<string, FieldModel>(asked.groups.filter((group) => group.isPlain).map((group) => [group.field, group.path.field]));
  const records = found.groups.map(({ keys }) => Object.fromEntries(asked.groups.map((group, i) => [group.field, keys[i] ?? null])));
  return { ...found, included: await collectIncluded(workspace, actor, fields, records) };
}

/** Asks for the records of one owner, one customer, or some by their ids: an index finds those few. */
function isSelective(filter: unknown, resolve: (path: string) => ResolvedPath | string): boolean {
  if (filter === null || typeof filter !== 'object') return false;
  return Object.entries(filter).some(([operator, args]) => {
    if (!Array.isArray(args)) return false;
    if (operator === 'and') return args.some((part) => isSelective(part, resolve));
    if (operator !== '==' && operator !== 'in') return false;
    const path = (args[0] as { var?: unknown } | null)?.var;
    const found = typeof path === 'string' && !path.startsWith('$') ? resolve(path) : undefined;
    return typeof found === 'object' && found.hops.length === 0 && (found.kind === 'reference' || found.field.name === 'id');
  });
}

interface MeasureSql {
  readonly sql: Sql;
  readonly isNumber: boolean;
}

interface Asked {
  readonly scope: SqlScope;
  readonly groups: readonly GroupSql[];
  readonly measures: readonly MeasureSql[];
  readonly conditions: readonly Sql[];
  /** Most rows have to be looked at. */
  readonly isWhole: boolean;
  readonly run: (query: Sql) => Promise<Row[]>;
}

async function groupsOf(asked: Asked, request: AggregateRequest): Promise<Omit<Aggregated, 'included'>> {
  const { groups, measures } = asked;
  const [first, ...rest] = groups;
  if (!first || request.limit === undefined) {
    const rows = await read(asked, { groups, measures, more: [] });
    return { groups: rows.slice(0, MAX_GROUPS).map((row) => toGroup(row, groups, measures)), ...(rows.length > MAX_GROUPS && { capped: true as const }) };
  }
  const by = request.sort ? measures[request.sort.measure] : undefined;
  const ranked = await read(asked, {
    groups: [first],
    measures: rest.length === 0 ? measures : by ? [by] : [],
    more: [],
    limit: request.limit + 1,
    ...(by && { order: { measure: rest.length === 0 ? (request.sort?.measure ?? 0) : 0, descending: request.sort?.descending === true } }),
  });
  const top = ranked.slice(0, request.limit).map((row) => (row._key0 ?? null) as SqlScalar);
  const isOne = rest.length === 0;
  const isWhole = ranked.length <= request.limit;
  const inside = isOne ? ranked.slice(0, request.limit) : await read(asked, { groups, measures, more: isWhole ? [] : [oneOf(first, top, asked.scope)] });
  // Without a rest of its own, the other group holds what no addition could give: medians, distinct values.
  const beyond = isWhole || !request.other ? [] : await read(asked, { groups: rest, measures, more: [asked.scope.dialect.not(oneOf(first, top, asked.scope))] });
  return {
    groups: [
      ...inside.slice(0, MAX_GROUPS).map((row) => toGroup(row, groups, measures)),
      ...beyond.slice(0, MAX_GROUPS).map((row) => {
        const group = toGroup(row, rest, measures);
        return { ...group, keys: [null, ...group.keys], other: true as const };
      }),
    ],
    ...((inside.length > MAX_GROUPS || beyond.length > MAX_GROUPS) && { capped: true as const }),
  };
}

interface Reading {
  readonly groups: readonly GroupSql[];
  readonly measures: readonly MeasureSql[];
  readonly more: readonly Sql[];
  readonly limit?: number;
  readonly order?: { readonly measure: number; readonly descending: boolean };
}

function read({ scope, conditions, isWhole, run }: Asked, { groups, measures, more, limit = MAX_GROUPS + 1, order }: Reading): Promise<Row[]> {
  const keys = groups.map((group, i) => sql`${group.sql} AS ${ident(`_key${i}`)}`);
  const values = measures.map((measure, i) => sql`${measure.sql} AS ${ident(`_value${i}`)}`);
  const place = (index: number, direction: 'asc' | 'desc'): Sql => raw(`${index + 1} ${scope.dialect.nullsOrder(direction)}`);
  const byKey = groups.map((_, i) => place(i, 'asc'));
  const ordered = order ? [place(groups.length + order.measure, order.descending ? 'desc' : 'asc'), ...byKey] : byKey;
  const grouping = groups.length === 0 ? raw('') : sql` GROUP BY ${join(groups.map((_, i) => raw(String(i + 1))), ', ')} ORDER BY ${join(ordered, ', ')}`;
  return run(sql`SELECT ${join([...keys, ...values], ', ')} FROM ${ident(scope.table.name)} ${ident('t0')}${isWhole ? scope.dialect.fullScan : raw('')} WHERE ${and([...conditions, ...more])}${grouping} LIMIT ${raw(String(limit))}`);
}

function oneOf(group: GroupSql, keys: readonly SqlScalar[], { dialect }: SqlScope): Sql {
  const texts = keys.filter((key): key is string => typeof key === 'string');
  const numbers = keys.filter((key): key is number => typeof key === 'number');
  return or([
    ...(texts.length > 0 ? [dialect.inList(group.sql, dialect.typed(bind(dialect.listParam(texts)), 'list'))] : []),
    ...numbers.map((key) => sql`${group.sql} = ${dialect.typed(bind(key), Number.isInteger(key) ? 'integer' : 'number')}`),
    ...(keys.includes(null) ? [sql`${group.sql} IS NULL`] : []),
  ]);
}

function toGroup(row: Row, groups: readonly GroupSql[], measures: readonly MeasureSql[]): AggregateGroup {
  return {
    keys: groups.map((group, i): Json => group.read(row[`_key${i}`])),
    values: measures.map((measure, i) => {
      const value = (row[`_value${i}`] ?? null) as number | string | null;
      return value === null || !measure.isNumber ? value : Number(value);
    }),
  };
}

function measureToSql(scope: SqlScope, measure: AggregateMeasure): MeasureSql {
  const condition = measure.filter === undefined || measure.filter === null ? undefined : ruleCondition(measure.filter as Rule, scope);
  const where = condition ? sql` FILTER (WHERE ${condition})` : raw('');
  if (measure.field === undefined) return { sql: sql`count(*)${where}`, isNumber: true };
  const path = pathToSql(scope, measure.field);
  const { dialect } = scope;
  const value = measure.since === undefined ? path.sql : dialect.hoursBetween(pathToSql(scope, measure.since).sql, path.sql);
  const isNumber = measure.since !== undefined || path.kind === 'number';
  // Scaled integers are added as integers, so that money adds up to the cent on either database.
  const scaled = (expression: Sql): Sql => (path.scale === 0 ? expression : dialect.unscale(expression, path.scale));
  switch (measure.function) {
    case 'count': return { sql: sql`count(${value})${where}`, isNumber: true };
    case 'countDistinct': return { sql: sql`count(DISTINCT ${value})${where}`, isNumber: true };
    case 'median': return { sql: scaled(sql`${dialect.percentile(value, 0.5)}${where}`), isNumber: true };
    case 'p90': return { sql: scaled(sql`${dialect.percentile(value, 0.9)}${where}`), isNumber: true };
    default: return { sql: scaled(sql`${raw(measure.function)}(${value})${where}`), isNumber };
  }
}
