/** Records alike to values being typed or imported, by the table's `duplicates`; only such as the actor may read. */
import { evaluateRule } from '#engine/rules/evaluate.ts';
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { DuplicateDefinition } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { authorize } from '#engine/permissions/authorize.ts';
import { isBlank, toRuleData } from '#engine/records/record-rules.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { livingAndReadable, rootScope, visibleColumn } from '../db/access-sql.ts';
import type { Queryable } from '../db/database.ts';
import { and, column, ident, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';

export interface DuplicateMatch {
  readonly id: string;
  readonly title: string | null;
  readonly level: 'same' | 'similar';
  readonly message: Label;
  readonly fields: readonly string[];
}

const MOST = 5;

export async function findDuplicates(
  workspace: Workspace,
  actor: Actor,
  tableName: string,
  input: Readonly<Record<string, Json>>,
  exclude?: string,
  db: Queryable = workspace.database,
): Promise<DuplicateMatch[]> {
  const { model } = workspace;
  const { table } = authorize(model, actor, 'read', tableName);
  if (table.duplicates.length === 0) return [];
  const context = contextOf(workspace, actor);
  const values = comparableValues(table, input, (data, rule) => evaluateRule(rule, data, context));
  const scope = rootScope(model, db.dialect, table, actor);
  const title = table.fields[table.titleField];
  const matches = new Map<string, DuplicateMatch>();
  for (const duplicate of table.duplicates) {
    const conditions = matchConditions(table, duplicate, values);
    if (!conditions) continue;
    const cells = conditions.map(({ name, encoded }) => sql`${visibleColumn(scope, table.fields[name] as NonNullable<typeof title>, name)} = ${encoded}`);
    const other = exclude === undefined ? [] : [sql`${column('t0', 'id')} <> ${exclude}`];
    const rows = await db.all<{ id: string; title: string | null }>(
      sql`SELECT ${column('t0', 'id')} AS id, ${visibleColumn(scope, title as NonNullable<typeof title>, table.titleField)} AS title FROM ${ident(table.name)} ${ident('t0')} WHERE ${and([...cells, ...other, livingAndReadable(scope)])} LIMIT ${MOST}`,
      context,
    );
    for (const row of rows) {
      if (!matches.has(row.id)) matches.set(row.id, { id: row.id, title: row.title, level: duplicate.level, message: duplicate.message, fields: duplicate.fields });
    }
  }
  return [...matches.values()].slice(0, MOST);
}

/** The values typed so far, tidied, with the formulas that can be computed from them. */
function comparableValues(table: TableModel, input: Readonly<Record<string, Json>>, compute: (data: Record<string, Json>, rule: NonNullable<import('#engine/rules/rule.ts').Rule>) => Json): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const [name, value] of Object.entries(input)) {
    const field = Object.hasOwn(table.fields, name) ? table.fields[name] : undefined;
    if (field && fieldTypeOf(field).storage === 'columns') values[name] = fieldTypeOf(field).normalize(value, field);
  }
  const data = toRuleData(table, values);
  for (const name of table.computeOrder) {
    const rule = table.fields[name]?.computed?.rule;
    if (rule !== undefined && rule !== null) values[name] = data[name] = compute(data, rule);
  }
  return values;
}

function matchConditions(table: TableModel, duplicate: DuplicateDefinition, values: Readonly<Record<string, Json>>): { name: string; encoded: string | number }[] | null {
  const conditions: { name: string; encoded: string | number }[] = [];
  for (const name of duplicate.fields) {
    const field = table.fields[name];
    const value = values[name];
    if (!field || isBlank(value)) return null;
    const encoded = fieldTypeOf(field).encode(value as Json, field)[0];
    if (encoded === null || encoded === undefined) return null;
    conditions.push({ name, encoded });
  }
  return conditions;
}
