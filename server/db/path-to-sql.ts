/** A field path as an SQL expression: own columns, parts, values behind references, and what is computed at query time. */
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { rollupSettings } from '#engine/model/computed.ts';
import { columnOf, fieldTypeOf, resolvePath, singleTarget } from '#engine/rules/paths.ts';
import type { Rule, ValueKind } from '#engine/rules/rule.ts';
import { linkTableName, sortColumn } from '#engine/schema/database-schema.ts';
import { innerScope, livingAndReadable, type SqlScope, trusted, visibleColumn } from './access-sql.ts';
import { ruleCondition, ruleValue } from './rule-to-sql.ts';
import { column, ident, join, raw, type Sql, sql, TRUE } from './sql.ts';

export interface PathSql {
  readonly sql: Sql;
  readonly kind: ValueKind;
  /** The expression holds value × 10^scale. */
  readonly scale: number;
  /** A list in a JSON column, or rows of a link table (then `sql` is the sub-query that gives the ids). */
  readonly list?: 'json' | 'links';
  readonly field: FieldModel;
}

export function pathToSql(scope: SqlScope, path: string): PathSql {
  const resolved = resolvePath(scope.model.tables, scope.table.name, path);
  if (typeof resolved === 'string') throw new Error(`Unchecked path ${path} on ${scope.table.name}: ${resolved}`);
  const [hop] = resolved.hops;
  if (!hop) return ownField(scope, resolved.field, resolved.part);
  const inner = innerScope(scope, targetOf(scope, hop));
  const rest = pathToSql(inner, path.slice(hop.name.length + 1));
  return { ...rest, sql: behind(scope, hop, inner, rest.sql) };
}

function targetOf(scope: SqlScope, hop: FieldModel): TableModel {
  const name = singleTarget(hop);
  const table = name === null ? undefined : scope.model.tables[name];
  if (!table) throw new Error(`${hop.name} is not a reference`);
  return table;
}

/** What stands behind a reference; an actor sees it only where the referenced record is theirs to read. */
function behind(scope: SqlScope, hop: FieldModel, inner: SqlScope, value: Sql): Sql {
  const id = column(inner.alias, 'id');
  const visible = scope.actor === null ? TRUE : livingAndReadable(inner);
  return sql`(SELECT ${value} FROM ${ident(inner.table.name)} ${ident(inner.alias)} WHERE ${id} = ${visibleColumn(scope, hop, hop.name)}${visible === TRUE ? raw('') : sql` AND ${visible}`})`;
}

function ownField(scope: SqlScope, field: FieldModel, part: string): PathSql {
  const type = fieldTypeOf(field);
  if (type.storage === 'links') {
    const link = linkTableName(field);
    const ids = sql`SELECT ${ident('target_id')} FROM ${ident(link)} WHERE ${column(link, 'record_id')} = ${visibleColumn(scope, field, 'id')}`;
    return { sql: ids, kind: 'list', scale: 0, list: 'links', field };
  }
  const spec = columnOf(field, part);
  const kind = field.computed?.kind ?? spec?.kind ?? 'none';
  if (field.computed?.mode === 'query') return { sql: queryValue(scope, field), kind, scale: 0, field };
  if (!spec) throw new Error(`${field.table}.${field.name} has no column for rules`);
  // Behind references it opens only with the id of its own record, which therefore goes before it.
  if (field.encrypted) return { sql: sql`(${column(scope.alias, 'id')} || ' ' || ${visibleColumn(scope, field, field.name)})`, kind, scale: 0, field };
  return {
    sql: visibleColumn(scope, field, field.name + spec.suffix),
    kind,
    scale: spec.scale ?? 0,
    ...(kind === 'list' && { list: 'json' as const }),
    field,
  };
}

/** The value of a field that is computed when it is read. */
function queryValue(scope: SqlScope, field: FieldModel): Sql {
  const { computed } = field;
  // A lookup shows another record's cell, so it obeys that cell's rights; a formula is the definition's own statement.
  const lookup = fieldTypeOf(field).storage === 'query';
  const value = computed?.rule === undefined ? rollupValue(trusted(scope), field) : lookup ? lookupValue(scope, field) : ruleValue(computed.rule, trusted(scope)).sql;
  if (lookup || scope.actor === null) return value;
  // The cell's own right stands around the computed value: `id` is never null, so the case tells visible from hidden.
  const visible = visibleColumn(scope, field, 'id');
  return visible.text === column(scope.alias, 'id').text ? value : sql`(CASE WHEN ${visible} IS NOT NULL THEN ${value} END)`;
}

function lookupValue(scope: SqlScope, field: FieldModel): Sql {
  const found = pathToSql(scope, String(field.settings.path));
  return found.scale === 0 ? found.sql : scope.dialect.unscale(found.sql, found.scale);
}

/** An aggregate over the children as a sub-query. Stored roll-ups are recomputed with the same text. */
export function rollupValue(scope: SqlScope, field: FieldModel): Sql {
  const { empty, function: kind } = rollupSettings(field);
  const value = aggregate(scope, field);
  const fallback = empty ?? (kind === 'sum' ? 0 : undefined);
  return fallback === undefined ? value : sql`coalesce(${value}, ${ruleValue(fallback as Rule, scope).sql})`;
}

function aggregate(scope: SqlScope, field: FieldModel): Sql {
  const settings = rollupSettings(field);
  const child = scope.model.tables[settings.table] as TableModel;
  const inner = innerScope(trusted(scope), child);
  const conditions = [sql`${column(inner.alias, settings.field)} = ${column(scope.alias, 'id')}`, sql`${column(inner.alias, 'deleted_at')} IS NULL`];
  if (settings.filter !== undefined) conditions.push(ruleCondition(settings.filter, inner));
  const where = join(conditions.map((condition) => sql`(${condition})`), ' AND ');
  const from = sql`FROM ${ident(child.name)} ${ident(inner.alias)} WHERE ${where}`;
  if (settings.function === 'count') return sql`(SELECT count(*) ${from})`;
  const of = pathToSql(inner, settings.of ?? 'id');
  const plain = of.scale === 0 ? of.sql : scope.dialect.unscale(of.sql, of.scale);
  if (settings.function !== 'first') return sql`(SELECT ${raw(AGGREGATES[settings.function])}(${plain}) ${from})`;
  const order = (settings.sort ?? ['-created_at']).map((key) => orderTerm(inner, key));
  return sql`(SELECT ${plain} ${from} ORDER BY ${join([...order, sql`${column(inner.alias, '_rid')} DESC`], ', ')} LIMIT 1)`;
}
const AGGREGATES = { sum: 'sum', min: 'min', max: 'max', avg: 'avg' } as const;

function orderTerm(scope: SqlScope, key: string): Sql {
  const descending = key.startsWith('-');
  const { sql: expression } = sortExpression(scope, descending ? key.slice(1) : key);
  return sql`${expression} ${raw(scope.dialect.nullsOrder(descending ? 'desc' : 'asc'))}`;
}

/** What a list orders by: the pinyin key of a Chinese text, else the value itself. */
export function sortExpression(scope: SqlScope, path: string): { sql: Sql; kind: ValueKind } {
  const resolved = resolvePath(scope.model.tables, scope.table.name, path);
  if (typeof resolved === 'object' && resolved.hops.length === 0) {
    const name = sortColumn(resolved.field, resolved.part);
    if (name !== null) return { sql: visibleColumn(scope, resolved.field, name), kind: resolved.kind };
  }
  const found = pathToSql(scope, path);
  return { sql: found.sql, kind: found.kind };
}
