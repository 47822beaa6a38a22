/** The values a merge gives the survivor: those chosen, by the right to change them; for the rest what follows from all records, seen or not. */
import { childPath, type Issue, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { accessTo, atLeast, type CellGrant } from '#engine/permissions/authorize.ts';
import { isMergeable, mergedValue } from '#engine/records/merged-value.ts';
import { hopPaths } from '#engine/records/record-rules.ts';
import { holds } from '#engine/rules/evaluate.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { rootScope } from '../db/access-sql.ts';
import { bind, column, ident, join, sql } from '../db/sql.ts';
import { cellReader } from '../records/cell-reader.ts';
import { sameValue } from '../records/same-value.ts';
import { loadRuleData } from '../records/rule-data.ts';
import type { WriteSession } from '../records/write-session.ts';

type Values = Readonly<Record<string, Json>>;

export interface MergeValuesRequest {
  readonly table: TableModel;
  readonly survivor: Values;
  readonly losers: readonly Values[];
  /** By field: the record whose value to take. */
  readonly choices: Readonly<Record<string, string>>;
  /** The grants to change the survivor. */
  readonly grants: readonly CellGrant[];
}

const text = {
  unknown: (name: string): Label => ({ 'zh-CN': `没有名为“${name}”的字段`, en: `There is no field "${name}"` }),
  kept: (label: Label): Label => ({ 'zh-CN': `${label['zh-CN']}由系统维护，不能选择`, en: `${label.en} is kept by the system and cannot be chosen` }),
  forbidden: (label: Label): Label => ({ 'zh-CN': `您没有修改${label['zh-CN']}的权限`, en: `You may not change ${label.en}` }),
  notOne: (label: Label): Label => ({ 'zh-CN': `${label['zh-CN']}：所选的不是要合并的记录`, en: `${label.en}: the record chosen is none of those to be merged` }),
};

/** Only what differs from what the survivor holds. */
export async function mergeValues(session: WriteSession, request: MergeValuesRequest): Promise<{ values: Record<string, Json>; issues: Issue[] }> {
  const { table, survivor, losers, choices } = request;
  const chosen = await chosenValues(session, request);
  const ids = new Set([survivor, ...losers].map(({ id }) => String(id)));
  const values: Record<string, Json> = {};
  const locked = await lockedFields(session, table, survivor);
  const sees = await sight(session, table, [...ids]);
  // What would be read on the survivor and may not be read where it stands does not wander there by itself.
  const givers = (field: FieldModel): readonly Values[] => losers.filter(({ id }) => !sees(String(survivor.id), field, 'read') || sees(String(id), field, 'read'));
  for (const field of Object.values(table.fields)) {
    if (!isMergeable(field)) continue;
    const isChosen = Object.hasOwn(choices, field.name);
    const value = isChosen ? (chosen.values[field.name] ?? null) : locked.has(field.name) ? (survivor[field.name] ?? null) : await stillThere(session, field, mergedValue(field, survivor, givers(field), ids), survivor[field.name] ?? null);
    if (!sameValue(value, survivor[field.name] ?? null)) values[field.name] = value;
  }
  return { values, issues: chosen.issues };
}

async function chosenValues(session: WriteSession, { table, survivor, losers, choices, grants }: MergeValuesRequest): Promise<{ values: Record<string, Json>; issues: Issue[] }> {
  const values: Record<string, Json> = {};
  const issues: Issue[] = [];
  const sees = await sight(session, table, [survivor, ...losers].map(({ id }) => String(id)));
  for (const [name, id] of Object.entries(choices)) {
    const path = childPath('/values', name);
    const field = Object.hasOwn(table.fields, name) ? table.fields[name] : undefined;
    const record = [survivor, ...losers].find((one) => one.id === id);
    if (!field || !sees(String(survivor.id), field, 'masked')) issues.push({ path, code: 'unknown_field', message: text.unknown(name) });
    else if (!record) issues.push({ path, code: 'no_such_record', message: text.notOne(field.label) });
    else if (record === survivor) values[name] = survivor[name] ?? null;
    else if (!isMergeable(field)) issues.push({ path, code: 'read_only', message: text.kept(field.label) });
    else if (!grants.some((grant) => grant.right(field) === 'write') || !sees(id, field, 'read')) issues.push({ path, code: 'forbidden_field', message: text.forbidden(field.label) });
    else values[name] = record[name] ?? null;
  }
  return { values, issues };
}

/** What the actor sees of each record: a value taken over must be one they may read. */
async function sight({ model, tx, actor, context }: WriteSession, table: TableModel, ids: readonly string[]): Promise<(id: string, field: FieldModel, needed: 'read' | 'masked') => boolean> {
  const scope = rootScope(model, tx.dialect, table, actor);
  const cells = cellReader(scope, accessTo(table, actor), Object.values(table.fields));
  const list = tx.dialect.typed(bind(tx.dialect.listParam(ids)), 'list');
  const rows = await tx.values(sql`SELECT ${join([column('t0', 'id'), ...cells.flags], ', ')} FROM ${ident(table.name)} ${ident('t0')} WHERE ${tx.dialect.inList(column('t0', 'id'), list)}`, context);
  const flags = new Map(rows.map(([id, ...held]) => [String(id), held]));
  return (id, field, needed) => atLeast(cells.right(field, flags.get(id) ?? []), needed);
}

/** Fields that the survivor's state locks keep what they hold, unless somebody insists; then the update says why not. */
async function lockedFields({ tx, model, loaded, context }: WriteSession, table: TableModel, survivor: Values): Promise<ReadonlySet<string>> {
  const locking = Object.values(table.fields).filter(({ readOnlyWhen }) => readOnlyWhen !== undefined);
  if (locking.length === 0) return new Set();
  const data = await loadRuleData({ db: tx, model, table, values: survivor, paths: hopPaths(table), loaded });
  return new Set(locking.filter(({ readOnlyWhen }) => holds(readOnlyWhen, data, context)).map(({ name }) => name));
}

/** A reference taken over must lead somewhere; the survivor's own stays as it is. */
async function stillThere({ tx, model }: WriteSession, field: FieldModel, value: Json, own: Json): Promise<Json> {
  const target = fieldTypeOf(field).target?.(field);
  if (target === undefined || value === null || sameValue(value, own) || !model.tables[target]) return value;
  const asked = [value].flat() as string[];
  const list = tx.dialect.typed(bind(tx.dialect.listParam(asked)), 'list');
  const rows = await tx.all<{ id: string }>(sql`SELECT "id" FROM ${ident(target)} WHERE ${tx.dialect.inList(ident('id'), list)} AND "deleted_at" IS NULL`);
  const there = new Set(rows.map(({ id }) => id));
  if (!Array.isArray(value)) return there.has(String(value)) ? value : own;
  const kept = value.filter((id) => there.has(String(id)) || (Array.isArray(own) && own.includes(id)));
  return kept.length > 0 ? kept : null;
}
