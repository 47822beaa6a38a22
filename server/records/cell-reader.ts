/**
 * Which cells of a row an actor sees, and how. With one grant, or with grants that agree, a field's right is known
 * beforehand; where grants differ the query also selects which of them hold on the row.
 */
import type { Json, SqlValue } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import { atLeast, bestRight, type FieldRight, type TableAccess } from '#engine/permissions/authorize.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { rowsOf, type SqlScope } from '../db/access-sql.ts';
import type { Row } from '../db/database.ts';
import { ident, type Sql, sql } from '../db/sql.ts';

export interface CellReader {
  /** Columns to select beside the fields: which grants hold on the row. */
  readonly flags: readonly Sql[];
  right(field: FieldModel, row: Row): FieldRight;
}

export function cellReader(scope: SqlScope, access: TableAccess, fields: readonly FieldModel[]): CellReader {
  const grants = access.read;
  const differing = fields.some((field) => new Set(grants.map((grant) => grant.right(field))).size > 1);
  if (!differing) {
    const known = new Map(fields.map((field) => [field.name, bestRight(grants, field)]));
    return { flags: [], right: (field) => known.get(field.name) ?? bestRight(grants, field) };
  }
  return {
    flags: grants.map((grant, i) => sql`${scope.dialect.flag(rowsOf(scope, [grant]))} AS ${ident(`_cell${i}`)}`),
    right: (field, row) => bestRight(grants.filter((_, i) => Number(row[`_cell${i}`]) === 1), field),
  };
}

/** A cell as its right shows it; undefined leaves the field out. */
export function showCell(right: FieldRight, field: FieldModel, columns: () => Json): Json | undefined {
  if (right === 'hidden') return undefined;
  const value = columns();
  if (atLeast(right, 'read') || value === null) return value;
  return fieldTypeOf(field).mask?.(value, field) ?? '***';
}

export function rawColumns(row: Row, names: readonly string[]): SqlValue[] {
  return names.map((name) => row[name] as SqlValue);
}
