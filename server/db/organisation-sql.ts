/**
 * Whose records somebody sees through their place in the organisation, and what was shared with them, as sub-queries over
 * closure tables that are kept with every change of users and departments (`records/organisation.ts`): one index look-up
 * for a whole tree, however deep.
 */
import { accessTo, type CellGrant } from '#engine/permissions/authorize.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { singleTarget } from '#engine/rules/paths.ts';
import type { SpecialName } from '#engine/rules/rule.ts';
import { innerScope, rowsOf, type SqlScope, visibleColumn } from './access-sql.ts';
import { and, bind, column, FALSE, ident, raw, type Sql, sql, TRUE } from './sql.ts';

/** The reach of whoever collaborates: see `sharing/collaborators.ts`. */
const EVERYTHING = '*';
const me = bind((context) => context.me);

const ROWS: Partial<Readonly<Record<SpecialName, Sql>>> = {
  $mySubordinates: sql`SELECT "subordinate" FROM "relata_reports" WHERE "superior" = ${me}`,
  $myDepartments: sql`SELECT "department" FROM "relata_member" WHERE "user_id" = ${me}`,
  $myDepartmentTree: sql`SELECT "tree"."department" FROM "relata_member" AS "member" JOIN "relata_department_tree" AS "tree" ON "tree"."ancestor" = "member"."department" WHERE "member"."user_id" = ${me}`,
  $juniors: sql`SELECT "user_id" FROM "relata_rank" WHERE "rank" < (SELECT "own"."rank" FROM "relata_rank" AS "own" WHERE "own"."user_id" = ${me})`,
  $openDepartments: sql`SELECT "id" FROM "department" WHERE "peer_visibility" = 1 AND "deleted_at" IS NULL`,
};

/** The ids a special list stands for, as rows; undefined for what is bound as a value. */
export function organisationRows(name: SpecialName): Sql | undefined {
  return ROWS[name];
}

/** The record is shared with the actor, for at least `access`, and the share reaches the table that asks. */
export function sharedWithMe(scope: SqlScope, access: 'read' | 'edit'): Sql {
  const keys = scope.dialect.typed(bind((context) => scope.dialect.listParam([...(context.shareKeys ?? [])])), 'list');
  const now = scope.dialect.typed(bind((context) => context.now), 'text');
  const shares = and([
    sql`"share"."table_name" = ${scope.table.name}`,
    sql`"share"."reach" IN (${scope.reach ?? scope.table.name}, ${EVERYTHING})`,
    scope.dialect.inList(raw('"share"."grantee"'), keys),
    sql`("share"."until" IS NULL OR "share"."until" > ${now})`,
    ...(access === 'edit' ? [sql`"share"."access" = 'edit'`] : []),
  ]);
  return sql`${visibleColumn(scope, idOf(scope.table), 'id')} IN (SELECT "share"."record_id" FROM "relata_share" AS "share" WHERE ${shares})`;
}

/** The actor may do `action` with the record behind a reference. Nobody asks, nothing is inherited. */
export function inherited(scope: SqlScope, reference: string, action: 'read' | 'update'): Sql {
  const field = Object.hasOwn(scope.table.fields, reference) ? scope.table.fields[reference] : undefined;
  const parent = field && scope.model.tables[singleTarget(field) ?? ''];
  if (!field || !parent || !scope.reader) return FALSE;
  const grants = inheritable(parent, scope.reader, action);
  const own = visibleColumn(scope, field, field.name);
  if (grants.length === 0) return FALSE;
  if (grants.some((grant) => grant.rows === true)) return sql`${own} IS NOT NULL`;
  const inner: SqlScope = { ...innerScope(scope, parent), actor: null, reach: scope.reach ?? scope.table.name, ...(scope.broad && { broad: scope.broad }) };
  const rows = rowsOf(inner, grants);
  if (rows === TRUE) return sql`${own} IS NOT NULL`;
  const id = column(inner.alias, 'id');
  const from = sql`FROM ${ident(parent.name)} ${ident(inner.alias)}`;
  // Who reads much is asked row by row; who reads little brings a short list that an index serves.
  return scope.broad ? sql`EXISTS (SELECT 1 ${from} WHERE ${id} = ${own} AND (${rows}))` : sql`${own} IN (SELECT ${id} ${from} WHERE ${rows})`;
}

function inheritable(parent: TableModel, reader: Actor, action: 'read' | 'update'): readonly CellGrant[] {
  const { asked: _asked, ...actor } = reader;
  return accessTo(parent, actor)[action].filter((grant) => !grant.stays);
}

function idOf(table: TableModel): TableModel['fields'][string] {
  return table.fields.id as TableModel['fields'][string];
}
