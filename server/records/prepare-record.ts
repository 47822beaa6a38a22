/**
 * Input to values that may be written: unknown and forbidden fields are refused, values tidied and checked, references
 * looked up with the actor's eyes. Nothing is written here; all problems come back at once.
 */
import { childPath, type Issue, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { FIELD_TYPES } from '#engine/fields/index.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { WRITABLE_SYSTEM_FIELDS } from '#engine/model/built-in.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { accessTo, allows, atLeast, type FieldRight } from '#engine/permissions/authorize.ts';
import { validateValue } from '#engine/records/validate-value.ts';
import { traitsOf } from '#engine/records/table-traits.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { livingAndReadable, rootScope } from '../db/access-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import { bind, column, ident, sql } from '../db/sql.ts';
import { sameValue } from './same-value.ts';
import { storable } from './storable.ts';
import { UNREADABLE } from '../vault/sealed-values.ts';
import type { WriteSession } from './write-session.ts';

export interface PreparedValues {
  /** Values of fields with columns and of links, tidied and checked. */
  readonly values: Record<string, Json>;
  /** Values of `lines` fields, still raw: their own table prepares them. */
  readonly lines: Record<string, readonly Json[]>;
  readonly issues: Issue[];
}

export interface PrepareRequest {
  readonly session: WriteSession;
  readonly table: TableModel;
  readonly input: unknown;
  /** What the actor may do with a field of this record. */
  readonly right: (field: FieldModel) => FieldRight;
  readonly path: string;
  /** What the record holds already; none of a new one. */
  readonly before?: Readonly<Record<string, Json>>;
  /** Numbers may be given: imports and system owners. */
  readonly numbersMayBeGiven: boolean;
}

const text = {
  notAnObject: { 'zh-CN': '应为一个对象', en: 'An object is expected' } as Label,
  unknown: (name: string): Label => ({ 'zh-CN': `没有名为“${name}”的字段`, en: `There is no field "${name}"` }),
  readOnly: (label: Label): Label => ({ 'zh-CN': `${label['zh-CN']}由系统维护，不能填写`, en: `${label.en} is kept by the system and cannot be set` }),
  forbidden: (label: Label): Label => ({ 'zh-CN': `您没有修改${label['zh-CN']}的权限`, en: `You may not change ${label.en}` }),
  noRecord: (label: Label): Label => ({ 'zh-CN': `${label['zh-CN']}：没有这条记录，或您无权查看`, en: `${label.en}: there is no such record, or you may not see it` }),
  notOffered: (label: Label): Label => ({ 'zh-CN': `${label['zh-CN']}：这条记录不在可选范围内`, en: `${label.en}: this record may not be chosen here` }),
  unreadable: (label: Label): Label => ({ 'zh-CN': `${label['zh-CN']}暂时无法解密，不能按显示的文字保存`, en: `${label.en} cannot be decrypted for now; the text that says so is no value` }),
  badForm: (label: Label): Label => ({ 'zh-CN': `${label['zh-CN']}的格式不正确`, en: `${label.en} is not written as it should be` }),
  notTaken: (label: Label): Label => ({ 'zh-CN': `${label['zh-CN']}：这个值已被使用`, en: `${label.en}: this value is already used` }),
};

export async function prepareValues(request: PrepareRequest): Promise<PreparedValues> {
  const { table, input, path } = request;
  const prepared: PreparedValues = { values: {}, lines: {}, issues: [] };
  if (input === null || typeof input !== 'object' || Array.isArray(input)) {
    prepared.issues.push({ path, code: 'not_an_object', message: text.notAnObject });
    return prepared;
  }
  for (const [name, raw] of Object.entries(input as Record<string, Json>)) {
    const at = childPath(path, name);
    const field = Object.hasOwn(table.fields, name) ? table.fields[name] : undefined;
    const right = field ? request.right(field) : 'hidden';
    if (!field || right === 'hidden') {
      prepared.issues.push({ path: at, code: 'unknown_field', message: text.unknown(name) });
      continue;
    }
    const refusal = refusalOf(request, field, right);
    if (refusal) {
      prepared.issues.push({ path: at, ...refusal });
      continue;
    }
    const value = fieldTypeOf(field).normalize(storable(raw), field);
    const issues = value === null ? [] : untold(field, raw, validateValue(field, value, at));
    if (field.encrypted && value === UNREADABLE) prepared.issues.push({ path: at, code: 'unreadable', message: text.unreadable(field.label) });
    else if (issues.length > 0) prepared.issues.push(...issues);
    else if (fieldTypeOf(field).storage === 'children') prepared.lines[name] = (value as readonly Json[] | null) ?? [];
    else prepared.values[name] = value;
  }
  await checkReferences(request, prepared);
  return prepared;
}

/** Reasons go into logs, runs and lists of failed rows: what is encrypted is not spelled out in them. */
function untold(field: FieldModel, given: Json, issues: readonly Issue[]): readonly Issue[] {
  if (!field.encrypted || typeof given !== 'string') return issues;
  return issues.map((issue) => (Object.values(issue.message).some((sentence) => sentence.includes(given.trim())) ? { ...issue, message: text.badForm(field.label) } : issue));
}

function refusalOf(request: PrepareRequest, field: FieldModel, right: FieldRight): Pick<Issue, 'code' | 'message'> | null {
  const type = fieldTypeOf(field);
  const given = type === FIELD_TYPES.autoNumber && request.numbersMayBeGiven;
  const keptBySystem = (type.computed && !given) || (field.system && !WRITABLE_SYSTEM_FIELDS.has(field.name)) || (field.readOnly && request.session.actor !== systemActor && !request.session.actor.writesReadOnly);
  if (keptBySystem) return { code: 'read_only', message: text.readOnly(field.label) };
  return atLeast(right, 'write') ? null : { code: 'forbidden_field', message: text.forbidden(field.label) };
}

/** Every id must name a living record that the actor may read; a hidden one answers as one that is not there. */
async function checkReferences({ session, table, before, path }: PrepareRequest, prepared: PreparedValues): Promise<void> {
  for (const [name, value] of Object.entries(prepared.values)) {
    const field = table.fields[name] as FieldModel;
    const target = fieldTypeOf(field).target?.(field);
    if (target === undefined || value === null) continue;
    const ids = Array.isArray(value) ? (value as string[]) : [value as string];
    const missing = await unreachable(session, target, ids);
    if (missing.length > 0) prepared.issues.push({ path: childPath(path, name), code: 'no_such_record', message: text.noRecord(field.label) });
    // What stays is not chosen anew: it may have left the range since, because of this very record.
    else if (!sameValue(value, before?.[name] ?? null) && !(await mayBeChosen(session, field, target, ids))) prepared.issues.push({ path: childPath(path, name), code: 'not_offered', message: text.notOffered(field.label) });
  }
}

/** The rule of the reference over the records it may name. It binds every way of writing, as the form's list of choices follows it. */
async function mayBeChosen({ model, tx, actor, context }: WriteSession, field: FieldModel, target: string, ids: readonly string[]): Promise<boolean> {
  const filter = field.settings.filter as Rule | undefined;
  if (filter === undefined || actor === systemActor) return true;
  const scope = rootScope(model, tx.dialect, model.tables[target] as TableModel, null);
  const list = tx.dialect.typed(bind(tx.dialect.listParam(ids)), 'list');
  const rows = await tx.all(sql`SELECT 1 AS fits FROM ${ident(target)} ${ident('t0')} WHERE ${tx.dialect.inList(column('t0', 'id'), list)} AND (${ruleCondition(filter, scope)})`, context);
  return rows.length === new Set(ids).size;
}

async function unreachable(session: WriteSession, target: string, ids: readonly string[]): Promise<string[]> {
  const { model, tx, actor, context, reachable } = session;
  const table = model.tables[target] as TableModel;
  const asked = ids.filter((id) => !reachable.has(`${target}/${id}`));
  if (asked.length > 0) {
    if (!allows(accessTo(table, actor), 'read')) for (const id of asked) reachable.set(`${target}/${id}`, false);
    else {
      const scope = rootScope(model, tx.dialect, table, actor);
      const list = tx.dialect.typed(bind(tx.dialect.listParam(asked)), 'list');
      const rows = await tx.all<{ id: string }>(
        sql`SELECT ${column('t0', 'id')} AS id FROM ${ident(target)} ${ident('t0')} WHERE ${tx.dialect.inList(column('t0', 'id'), list)} AND ${livingAndReadable(scope)}`,
        context,
      );
      const found = new Set(rows.map((row) => row.id));
      for (const id of asked) reachable.set(`${target}/${id}`, found.has(id));
    }
  }
  return ids.filter((id) => !reachable.get(`${target}/${id}`));
}

/** Unique holds over living records, seen or not; the message never says whose the value is. */
export async function uniqueIssues(session: WriteSession, table: TableModel, values: Readonly<Record<string, Json>>, id: string, path: string): Promise<Issue[]> {
  const { tx } = session;
  const issues: Issue[] = [];
  for (const field of traitsOf(table).unique) {
    const { name } = field;
    const value = values[name];
    if (value === null || value === undefined) continue;
    const encoded = fieldTypeOf(field).encode(value, field)[0] ?? null;
    const row = await tx.get(sql`SELECT 1 AS taken FROM ${ident(table.name)} WHERE ${ident(name)} = ${encoded} AND "deleted_at" IS NULL AND "id" <> ${id}`);
    if (row) issues.push(takenIssue(field, childPath(path, name)));
  }
  return issues;
}

export function takenIssue(field: FieldModel, path: string): Issue {
  return { path, code: 'not_unique', message: text.notTaken(field.label) };
}
