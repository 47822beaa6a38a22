/** Counts and sums over the actor's readable rows, grouped by fields or by calendar units of a date. */
import Type, { type Static } from 'typebox';
import { AppError, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { fieldTypeOf, resolvePath } from '#engine/rules/paths.ts';
import { rootScope, type SqlScope } from '../db/access-sql.ts';
import type { Row } from '../db/database.ts';
import { type PathSql, pathToSql } from '../db/path-to-sql.ts';
import { and, ident, join, raw, type Sql, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { checkRequest, listConditions } from './find-records.ts';
import { collectIncluded, type Included } from './included.ts';

const Grain = Type.Union([Type.Literal('day'), Type.Literal('week'), Type.Literal('month'), Type.Literal('quarter'), Type.Literal('year')]);
export const AggregateSchema = Type.Object(
  {
    filter: Type.Optional(Type.Unknown()),
    search: Type.Optional(Type.String({ maxLength: 200 })),
    groupBy: Type.Optional(Type.Array(Type.Object({ field: Type.String({ maxLength: 200 }), grain: Type.Optional(Grain) }, { additionalProperties: false }), { maxItems: 3 })),
    measures: Type.Array(
      Type.Object(
        {
          function: Type.Union([Type.Literal('count'), Type.Literal('sum'), Type.Literal('avg'), Type.Literal('min'), Type.Literal('max')]),
          field: Type.Optional(Type.String({ maxLength: 200 })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 10 },
    ),
  },
  { additionalProperties: false },
);
export type AggregateRequest = Static<typeof AggregateSchema>;

export interface Aggregated {
  readonly groups: readonly { readonly keys: readonly Json[]; readonly values: readonly (number | string | null)[] }[];
  readonly included: Included;
}

const MAX_GROUPS = 1000;

export async function aggregateRecords(workspace: Workspace, actor: Actor, tableName: string, request: AggregateRequest): Promise<Aggregated> {
  const { model, database } = workspace;
  const access = authorize(model, actor, 'read', tableName);
  const groupBy = request.groupBy ?? [];
  const named = [...groupBy.map((group) => group.field), ...request.measures.flatMap((measure) => (measure.field === undefined ? [] : [measure.field]))];
  checkRequest(workspace, actor, access, { filter: request.filter, fields: named });
  checkKinds(workspace, access.table.name, request);
  const scope = rootScope(model, database.dialect, access.table, actor);
  const groups = groupBy.map((group) => ({ ...group, path: pathToSql(scope, group.field) }));
  const keys = groups.map((group, i) => sql`${groupExpression(scope, group.path, group.grain)} AS ${ident(`_key${i}`)}`);
  const values = request.measures.map((measure, i) => sql`${measureExpression(scope, measure)} AS ${ident(`_value${i}`)}`);
  const grouping = groups.length === 0 ? raw('') : sql` GROUP BY ${join(groups.map((_, i) => raw(String(i + 1))), ', ')} ORDER BY ${join(groups.map((_, i) => raw(String(i + 1))), ', ')}`;
  const rows = await database.all<Row>(
    sql`SELECT ${join([...keys, ...values], ', ')} FROM ${ident(access.table.name)} ${ident('t0')} WHERE ${and(await listConditions(database, scope, request))}${grouping} LIMIT ${raw(String(MAX_GROUPS))}`,
    contextOf(workspace, actor),
  );
  const fields = new Map<string, FieldModel>(groups.filter((group) => !group.grain).map((group) => [group.field, group.path.field]));
  const records = rows.map((row) => Object.fromEntries(groups.map((group, i) => [group.field, keyValue(group.path, row[`_key${i}`])])));
  return {
    groups: rows.map((row) => ({
      keys: groups.map((group, i) => keyValue(group.path, row[`_key${i}`])),
      values: request.measures.map((_, i) => (row[`_value${i}`] as number | string | null) ?? null),
    })),
    included: await collectIncluded(workspace, actor, fields, records),
  };
}

function keyValue(path: PathSql, value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (path.kind === 'number') return Number(value) / 10 ** path.scale;
  return path.kind === 'boolean' ? Number(value) === 1 : String(value);
}

function groupExpression(scope: SqlScope, path: PathSql, grain: string | undefined): Sql {
  if (grain === undefined) return path.sql;
  const day = path.kind === 'dateTime' ? scope.dialect.localDate(path.sql, scope.model.settings.timeZone) : path.sql;
  return scope.dialect.startOf(day, grain as Static<typeof Grain>);
}

function measureExpression(scope: SqlScope, measure: AggregateRequest['measures'][number]): Sql {
  if (measure.field === undefined) return raw('count(*)');
  const path = pathToSql(scope, measure.field);
  const value = path.scale === 0 ? path.sql : scope.dialect.unscale(path.sql, path.scale);
  return sql`${raw(measure.function)}(${value})`;
}

function checkKinds(workspace: Workspace, table: string, request: AggregateRequest): void {
  const issues: Issue[] = [];
  const refuse = (path: string, zh: string, en: string): void => void issues.push({ path, code: 'wrong_kind', message: { 'zh-CN': zh, en } });
  request.measures.forEach((measure, i) => {
    const resolved = measure.field === undefined ? undefined : resolvePath(workspace.model.tables, table, measure.field);
    if (measure.function !== 'count' && resolved === undefined) refuse(`/measures/${i}/field`, '请给出要汇总的字段', 'Name the field to aggregate');
    const kind = typeof resolved === 'object' ? resolved.kind : 'none';
    if (typeof resolved === 'object' && (kind === 'none' || kind === 'list')) refuse(`/measures/${i}/field`, '这个字段不能汇总', 'This field cannot be aggregated');
    if ((measure.function === 'sum' || measure.function === 'avg') && kind !== 'number' && typeof resolved === 'object') refuse(`/measures/${i}/field`, '只能对数字求和或求平均', 'Only numbers can be summed or averaged');
  });
  request.groupBy?.forEach((group, i) => {
    const resolved = resolvePath(workspace.model.tables, table, group.field);
    const kind = typeof resolved === 'object' ? resolved.kind : 'none';
    if (kind === 'none' || kind === 'list' || (typeof resolved === 'object' && fieldTypeOf(resolved.field).storage === 'links')) refuse(`/groupBy/${i}/field`, '不能按这个字段分组', 'Cannot group by this field');
    if (group.grain && kind !== 'date' && kind !== 'dateTime') refuse(`/groupBy/${i}/grain`, '只有日期才能按周期分组', 'Only dates have a grain');
  });
  if (issues.length > 0) throw new AppError('validation_failed', { 'zh-CN': '请求有误', en: 'The request has problems' }, issues);
}
