/**
 * Which cells of a row an actor sees, and how. With one grant, or with grants that agree, a field's right is known
 * beforehand; where grants differ the query also selects which of them hold on the row.
 */
import type { FieldModel } from '#engine/model/app-model.ts';
import { bestRight, type FieldRight, type TableAccess } from '#engine/permissions/authorize.ts';
import { rowsOf, type SqlScope } from '../db/access-sql.ts';
import type { Sql } from '../db/sql.ts';

export interface CellReader {
  /** Columns to select beside the fields: which grants hold on the row. */
  readonly flags: readonly Sql[];
  /** The right that holds on every row; undefined where it depends on the row. */
  fixedRight(field: FieldModel): FieldRight | undefined;
  /** `flags` are the values of the selected columns, in their order. */
  right(field: FieldModel, flags: readonly unknown[]): FieldRight;
}

export function cellReader(scope: SqlScope, access: TableAccess, fields: readonly FieldModel[]): CellReader {
  const grants = access.read;
  const differs = (field: FieldModel): boolean => new Set(grants.map((grant) => grant.right(field))).size > 1;
  if (!fields.some(differs)) {
    return { flags: [], fixedRight: (field) => bestRight(grants, field), right: (field) => bestRight(grants, field) };
  }
  return {
    flags: grants.map((grant) => scope.dialect.flag(rowsOf(scope, [grant]))),
    fixedRight: (field) => (differs(field) ? undefined : bestRight(grants, field)),
    right: (field, flags) => bestRight(grants.filter((_, i) => Number(flags[i]) === 1), field),
  };
}

