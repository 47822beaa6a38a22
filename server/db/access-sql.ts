/** Whose eyes a query has: every rule and path is compiled in a scope, and a scope either trusts or carries an actor's rights. */
import { accessTo, atLeast, type CellGrant, type TableAccess } from '#engine/permissions/authorize.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { ColumnType } from '#engine/fields/field-type.ts';
import { physicalColumns } from '#engine/schema/database-schema.ts';
import type { Dialect } from './dialect/dialect.ts';
import { and, FALSE, or, type Sql, sql, TRUE, column, raw } from './sql.ts';
import { ruleCondition } from './rule-to-sql.ts';

export interface SqlScope {
  readonly model: AppModel;
  readonly dialect: Dialect;
  readonly table: TableModel;
  readonly alias: string;
  /** Null trusts: rules of definitions (permissions, roll-ups, formulas) read all there is. */
  readonly actor: Actor | null;
  /** Who asks in the end: outlives `trusted`, so that a rule of a definition can follow the rights on another table. */
  readonly reader?: Actor;
  /** The table on whose behalf the rows of this one are asked for: shares reach it or they do not. */
  readonly reach?: string;
  /** Row rules are answered by looking at rows, not by an index: for an actor who may read a large share of them. */
  readonly broad?: true;
  /** Numbers the sub-queries, so that no alias is used twice. */
  readonly next: { count: number };
}

export function rootScope(model: AppModel, dialect: Dialect, table: TableModel, actor: Actor | null): SqlScope {
  return { model, dialect, table, alias: 't0', actor, ...(actor && { reader: actor }), next: { count: 0 } };
}

export function innerScope(scope: SqlScope, table: TableModel): SqlScope {
  scope.next.count += 1;
  const { broad: _broad, reach: _reach, ...rest } = scope;
  return { ...rest, table, alias: `t${scope.next.count}` };
}

/** The same place, read with the rights of the definition rather than of the actor. */
export function trusted(scope: SqlScope): SqlScope {
  return scope.actor === null ? scope : { ...scope, actor: null };
}

function grantCondition(scope: SqlScope, grant: CellGrant): Sql {
  return grant.rows === true ? TRUE : ruleCondition(grant.rows, trusted(scope));
}

/** The rows for which one of the grants holds. */
export function rowsOf(scope: SqlScope, grants: readonly CellGrant[]): Sql {
  return or(grants.map((grant) => grantCondition(scope, grant)));
}

/** The rows the scope's actor may read. */
export function readableRows(scope: SqlScope): Sql {
  return scope.actor === null ? TRUE : rowsOf(scope, accessTo(scope.table, scope.actor).read);
}

/** The rows on which the actor may read a field's value: TRUE when it is every readable row. */
export function cellCondition(scope: SqlScope, access: TableAccess, field: FieldModel): Sql {
  const showing = access.read.filter((grant) => atLeast(grant.right(field), 'read'));
  return showing.length === access.read.length ? TRUE : rowsOf(scope, showing);
}

/** A stored column as the scope may see it: null where the cell is hidden or masked. */
export function visibleColumn(scope: SqlScope, field: FieldModel, name: string): Sql {
  const plain = column(scope.alias, name);
  if (scope.broad && scope.actor === null) return scope.dialect.withoutIndex(plain);
  if (scope.actor === null || scope.actor.unrestricted) return plain;
  const condition = cellCondition(scope, accessTo(scope.table, scope.actor), field);
  if (condition === TRUE) return plain;
  if (condition === FALSE) return nothingOf(field, name);
  return sql`(CASE WHEN ${condition} THEN ${plain} END)`;
}

const CAST_TYPES: Readonly<Record<ColumnType, string>> = { text: 'TEXT', integer: 'INTEGER', bigint: 'BIGINT', real: 'DOUBLE PRECISION', json: 'JSONB' };

/** PostgreSQL compares and sums no null without a type. */
function nothingOf(field: FieldModel, name: string): Sql {
  const type = physicalColumns(field).find((candidate) => candidate.name === name)?.type ?? 'text';
  return raw(`CAST(NULL AS ${CAST_TYPES[type]})`);
}

export function living(scope: SqlScope): Sql {
  return sql`${column(scope.alias, 'deleted_at')} IS NULL`;
}

/** Living rows the scope may read. */
export function livingAndReadable(scope: SqlScope): Sql {
  return and([living(scope), readableRows(scope)]);
}
