/** Records alike to values being typed or imported, by the table's `duplicates`: those the actor may read, and of others what the definition lets everybody know. */
import { evaluateRule } from '#engine/rules/evaluate.ts';
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { DuplicateDefinition } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { accessTo, allows, authorize, isKnown } from '#engine/permissions/authorize.ts';
import { isBlank, toRuleData } from '#engine/records/record-rules.ts';
import { typedFields } from '#engine/records/typed-fields.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { living, livingAndReadable, readableRows, rootScope, visibleColumn } from '../db/access-sql.ts';
import type { Queryable } from '../db/database.ts';
import { and, column, ident, join, type Sql, sql, TRUE } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { projection, type ValueRow } from './projection.ts';

export interface DuplicateMatch {
  /** Null for a record that the actor may not see. */
  readonly id: string | null;
  readonly table: string;
  readonly title: string | null;
  readonly level: 'same' | 'similar';
  readonly message: Label;
  /** Those that are typed: of a formula the ones it reads. */
  readonly fields: readonly string[];
  /** Of a record one may not see: what the definition lets everybody know, as text, its title first. */
  readonly foreign?: readonly string[];
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
  const access = authorize(model, actor, 'read', tableName);
  const { table } = access;
  if (table.duplicates.length === 0) return [];
  const context = contextOf(workspace, actor);
  const values = comparableValues(table, input, (data, rule) => evaluateRule(rule, data, context));
  const matches = new Map<string, DuplicateMatch>();
  for (const duplicate of table.duplicates) {
    const target = model.tables[duplicate.in?.table ?? table.name];
    const conditions = target && matchConditions(table, target, duplicate, values);
    if (!conditions) continue;
    const search = { workspace, db, actor, target, duplicate, conditions, exclude: target === table ? exclude : undefined };
    const seen = allows(accessTo(target, actor), 'read') ? await readableMatches(search) : [];
    const others = duplicate.foreign && seen.length < MOST ? await foreignMatches(search) : [];
    const fields = duplicate.fields.flatMap((name) => typedFields(table, name)).filter((name) => isKnown(access, table.fields[name] as FieldModel));
    for (const match of [...seen, ...others]) {
      const key = `${match.table}/${match.id ?? match.foreign?.join()}`;
      if (!matches.has(key)) matches.set(key, { ...match, fields });
    }
  }
  return [...matches.values()].slice(0, MOST);
}

interface MatchSearch {
  readonly workspace: Workspace;
  readonly db: Queryable;
  readonly actor: Actor;
  readonly target: TableModel;
  readonly duplicate: DuplicateDefinition;
  readonly conditions: readonly { readonly name: string; readonly encoded: string | number }[];
  readonly exclude: string | undefined;
}

async function readableMatches({ workspace, db, actor, target, duplicate, conditions, exclude }: MatchSearch): Promise<DuplicateMatch[]> {
  const scope = rootScope(workspace.model, db.dialect, target, actor);
  const title = target.fields[target.titleField] as FieldModel;
  const cells = conditions.map(({ name, encoded }) => sql`${visibleColumn(scope, target.fields[name] as FieldModel, name)} = ${encoded}`);
  const rows = await db.all<{ id: string; title: string | null }>(
    sql`SELECT ${column('t0', 'id')} AS id, ${visibleColumn(scope, title, target.titleField)} AS title FROM ${ident(target.name)} ${ident('t0')} WHERE ${and([...cells, ...otherThan(exclude), livingAndReadable(scope)])} LIMIT ${MOST}`,
    contextOf(workspace, actor),
  );
  return rows.map((row) => ({ id: row.id, table: target.name, title: row.title, level: duplicate.level, message: duplicate.message, fields: duplicate.fields }));
}

const otherThan = (exclude: string | undefined): Sql[] => (exclude === undefined ? [] : [sql`${column('t0', 'id')} <> ${exclude}`]);

/** Of records the actor may not see nothing is told but the fields the definition names; no id, so nothing more can be asked for. */
async function foreignMatches({ workspace, db, actor, target, duplicate, conditions, exclude }: MatchSearch): Promise<DuplicateMatch[]> {
  const { model } = workspace;
  const scope = rootScope(model, db.dialect, target, null);
  const readable = readableRows(rootScope(model, db.dialect, target, actor));
  if (readable === TRUE) return [];
  const cells = conditions.map(({ name, encoded }) => sql`${column('t0', name)} = ${encoded}`);
  const names = duplicate.foreign ?? [];
  const shown = projection(rootScope(model, db.dialect, target, systemActor), accessTo(target, systemActor), [...names]);
  const hidden = sql`NOT coalesce((${readable}), ${db.dialect.name === 'sqlite' ? sql`0` : sql`false`})`;
  const rows = (await db.values(
    sql`SELECT ${join(shown.columns, ', ')} FROM ${ident(target.name)} ${ident('t0')} WHERE ${and([...cells, ...otherThan(exclude), living(scope), hidden])} LIMIT ${MOST}`,
    contextOf(workspace, actor),
  )) as ValueRow[];
  const records = await shown.read(db, rows);
  return records.map((record) => {
    const texts = names.flatMap((name) => textOf(workspace, target.fields[name] as FieldModel, record[name] ?? null, actor));
    return { id: null, table: target.name, title: texts[0] ?? null, level: duplicate.level, message: duplicate.message, fields: duplicate.fields, foreign: texts };
  });
}

/** People by their names; everything else as its type prints it. */
function textOf({ directory, model }: Workspace, field: FieldModel, value: Json, actor: Actor): string[] {
  if (value === null) return [];
  if (fieldTypeOf(field).target?.(field) === 'user') return [directory.user(String(value))?.name ?? ''];
  const { timeZone } = model.settings;
  const text = fieldTypeOf(field).format(value, field, { locale: actor.locale, timeZone, today: '' });
  return text === '' ? [] : [text];
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

function matchConditions(table: TableModel, target: TableModel, duplicate: DuplicateDefinition, values: Readonly<Record<string, Json>>): { name: string; encoded: string | number }[] | null {
  const conditions: { name: string; encoded: string | number }[] = [];
  for (const [i, own] of duplicate.fields.entries()) {
    const name = duplicate.in?.fields[i] ?? own;
    const field = target.fields[name];
    const value = values[own];
    if (!field || !table.fields[own] || isBlank(value)) return null;
    const encoded = fieldTypeOf(field).encode(value as Json, field)[0];
    if (encoded === null || encoded === undefined) return null;
    conditions.push({ name, encoded });
  }
  return conditions;
}
