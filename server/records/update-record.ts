/** Changes a record: found with the actor's eyes, its version compared, its new state validated and permitted, its lines replaced. */
import { AppError, childPath, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { ACTION_LABELS, authorize, atLeast, type CellGrant, type FieldRight, type RowAction, type TableAccess } from '#engine/permissions/authorize.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { computeFormulas, hopPaths, recordIssues, toRuleData } from '#engine/records/record-rules.ts';
import { stampValues } from '#engine/records/stamps.ts';
import { holds } from '#engine/rules/evaluate.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { living, readableRows, rootScope, rowsOf, type SqlScope } from '../db/access-sql.ts';
import { type Row, UniqueViolation } from '../db/database.ts';
import { decodeRow, updateRow } from '../db/row-codec.ts';
import { indexRecord, searchFields } from '../db/search-index.ts';
import { and, fillSlot, ident, join, raw, SLOT, sql, type Sql } from '../db/sql.ts';
import { banNumbers } from './ban-numbers.ts';
import { changedSince } from './changed-since.ts';
import { appendOnlyIssues } from './append-only.ts';
import { insertPrepared, type PreparedCreate, prepareLine, uniqueFailure, validationFailed } from './create-record.ts';
import { deleteRecord } from './delete-record.ts';
import { runEffects } from './effects.ts';
import { askForRoles, heldRoles } from '../session/level-changes.ts';
import { keepCollaborators } from '../sharing/collaborators.ts';
import { claimFiles } from './file-fields.ts';
import { combinationIssues } from './integrity.ts';
import { lockedLineIssues } from './lines-lock.ts';
import { linkFields, readLinks, writeLinks } from './links.ts';
import { permitResult } from './permit-record.ts';
import { permitTransfer, transferIssues } from './transfer-rules.ts';
import { cycleIssues } from './tree-issues.ts';
import { userIssues } from './user-issues.ts';
import { prepareValues, uniqueIssues } from './prepare-record.ts';
import { sameValue } from './same-value.ts';
import { loadRuleData } from './rule-data.ts';
import type { WriteSession } from './write-session.ts';

export interface UpdateOptions {
  readonly path?: string;
  /** The version the change was made on; another one now is a conflict. Absent: whatever stands there. */
  readonly version?: number;
  readonly numbersMayBeGiven?: boolean;
  /** Of a user: a second person has agreed to the roles. */
  readonly rolesAreConfirmed?: true;
}

export interface LoadedForWrite {
  readonly access: TableAccess;
  readonly rid: number;
  readonly values: Record<string, Json>;
  /** The grants for the action that hold on this record. */
  readonly grants: readonly CellGrant[];
}

/** The record locked for a change. Not readable: `not_found`; readable but not for this action: `forbidden`. */
export async function loadForWrite(session: WriteSession, tableName: string, id: string, action: RowAction, deleted = false): Promise<LoadedForWrite> {
  const { model, tx, actor, context } = session;
  const access = authorize(model, actor, action, tableName);
  const { table } = access;
  const row = await tx.get<Row>(fillSlot(lockingQuery(rootScope(model, tx.dialect, table, actor), access, action, deleted), id), context);
  if (!row) throw notFound(table);
  const grants = access[action].filter((_, i) => Number(row[`_grant${i}`]) === 1);
  if (grants.length === 0) {
    throw new AppError('forbidden', {
      'zh-CN': `您没有${ACTION_LABELS[action]['zh-CN']}这条记录的权限`,
      en: `You may not ${ACTION_LABELS[action].en} this record`,
    });
  }
  const values = decodeRow(table, row, tx.vault);
  for (const field of linkFields(table)) values[field.name] = (await readLinks(tx, field, [id])).get(id) ?? null;
  return { access, rid: Number(row._rid), values, grants };
}

const lockingQueries = new WeakMap<TableAccess, Map<string, Sql>>();

/** The row of one readable record, locked, with the grants that hold on it; made once for a set of roles. */
function lockingQuery(scope: SqlScope, access: TableAccess, action: RowAction, deleted: boolean): Sql {
  let byAction = lockingQueries.get(access);
  if (!byAction) lockingQueries.set(access, (byAction = new Map()));
  const key = `${scope.dialect.name} ${action} ${deleted}`;
  let query = byAction.get(key);
  if (!query) {
    const flags = access[action].map((grant, i) => sql`${scope.dialect.flag(rowsOf(scope, [grant]))} AS ${ident(`_grant${i}`)}`);
    const columns = join([raw('"t0".*'), ...flags], ', ');
    const state = deleted ? sql`NOT (${living(scope)})` : living(scope);
    const found = and([sql`"t0"."id" = ${SLOT}`, state, readableRows(scope)]);
    query = sql`SELECT ${columns} FROM ${ident(access.table.name)} ${ident('t0')} WHERE ${found}${scope.dialect.forUpdate}`;
    byAction.set(key, query);
  }
  return query;
}

export function notFound(table: TableModel): AppError {
  return new AppError('not_found', { 'zh-CN': `没有这条“${table.label['zh-CN']}”记录`, en: `There is no such ${table.label.en} record` });
}

export async function updateRecord(session: WriteSession, tableName: string, id: string, input: unknown, options: UpdateOptions = {}): Promise<void> {
  const { tx, model, context, loaded, actor } = session;
  const path = options.path ?? '';
  const { access, rid, values: before, grants } = await loadForWrite(session, tableName, id, 'update');
  const { table } = access;
  const prepared = await prepareValues({ session, table, input, path, before, right: strongest(grants), numbersMayBeGiven: options.numbersMayBeGiven === true || actor.unrestricted });
  const changes: Record<string, Json> = {};
  for (const [name, value] of Object.entries(prepared.values)) if (!sameValue(value, before[name] ?? null)) changes[name] = value;
  if (options.version !== undefined && options.version !== before.version) {
    throw await changedSince(session, access, id, options.version, [...Object.keys(prepared.values), ...Object.keys(prepared.lines)]);
  }

  const accountIssues = table.name === 'user' ? userIssues(session, model, id, before, changes, path) : [];
  const held = table.name === 'user' && 'roles' in changes && !options.rolesAreConfirmed ? heldRoles(session, id, before.roles, changes.roles) : null;
  if (held) delete changes.roles;
  const banned = banNumbers(session, table, changes, path);
  const after: Record<string, Json> = { ...before, ...changes };
  const issuesOfOwner = 'owner' in changes ? await transferIssues(session, table, id, after, path) : [];
  const data = await loadRuleData({ db: tx, model, table, values: after, paths: hopPaths(table), loaded });
  const stamps = await stampsOf(session, table, before, { ...data, ...ruleChanges(table, changes) });
  for (const [name, value] of Object.entries(stamps)) if (!sameValue(value, before[name] ?? null)) changes[name] = after[name] = data[name] = value;
  const issues = [...prepared.issues, ...banned, ...appendOnlyIssues(session, table, changes, path), ...issuesOfOwner, ...(await lockedFields(session, table, before, changes, path)), ...(await cycleIssues(session, table, id, changes, path))];
  issues.push(...accountIssues);
  const named = new Set([...Object.keys(prepared.values), ...Object.keys(prepared.lines)]);
  for (const issue of recordIssues(table, data, context)) {
    const field = issue.path.split('/')[1] ?? '';
    // What was incomplete before stays possible to mend one field at a time; what is touched must be right.
    if (issue.code === 'required' && !named.has(field) && !followsFrom(table.fields[field], changes)) continue;
    if (!issues.some((known) => known.path === path + issue.path)) issues.push({ ...issue, path: path + issue.path });
  }
  issues.push(...(await uniqueIssues(session, table, changes, id, path)));
  if (Object.keys(changes).length > 0) issues.push(...(await lockedLineIssues(session, table, { before, after, path })));
  const lines = await prepareLines(session, table, id, prepared.lines, path);
  issues.push(...lines.issues);
  if (issues.length > 0) throw validationFailed(issues);
  if (held) {
    session.hasChanged = true;
    await askForRoles(session, id, held);
  }
  if (Object.keys(changes).length === 0 && !lines.changes) return;

  session.hasChanged = true;
  const version = Number(before.version) + 1;
  Object.assign(after, { version, updated_at: context.now, updated_by: actor.userId });
  const computed = computeFormulas(table, { ...data, updated_at: context.now }, context);
  const derived = Object.fromEntries(Object.entries(computed).filter(([name, value]) => !sameValue(value, before[name] ?? null)));
  Object.assign(after, derived);
  loaded.delete(`${table.name}/${id}`);
  try {
    await tx.run(updateRow(table, id, { ...changes, ...derived, version, updated_at: context.now, updated_by: actor.userId, ...('owner' in changes && { owner_department: after.owner_department ?? null }) }, tx));
  } catch (error) {
    throw error instanceof UniqueViolation ? uniqueFailure(table, error, path) : error;
  }
  for (const field of linkFields(table)) if (Object.hasOwn(changes, field.name)) await writeLinks(tx, field, id, (after[field.name] as string[] | null) ?? []);
  await claimFiles(session, table, id, changes);
  if ('collaborators' in changes) await keepCollaborators(tx, table, id, before.collaborators ?? null, after.collaborators ?? null, context.now);
  const changed = new Set([...Object.keys(changes), ...Object.keys(derived)]);
  if (searchFields(table).some((field) => changed.has(field.name))) await indexRecord(tx, table, rid, after, false);
  session.written.push({ table, id, action: 'update', before, after, changed, version });
  const standing = await combinationIssues(session, table, id, changed, path);
  if (standing.length > 0) throw validationFailed(standing);
  await lines.write();
  // Giving a record away is what the right to transfer is for, even out of one's own sight.
  if ('owner' in changes) await permitTransfer(session, access, id);
  else await permitResult(session, access, id, after, 'update');
  await runEffects(session, { table, id, action: 'update', values: after, before, changed });
}

/** Only tables with stamps pay for reading the record as it was. */
async function stampsOf({ tx, model, loaded, context }: WriteSession, table: TableModel, before: Readonly<Record<string, Json>>, data: Record<string, Json>): Promise<Record<string, Json>> {
  if (table.stamps.length === 0) return {};
  const was = await loadRuleData({ db: tx, model, table, values: before, paths: hopPaths(table), loaded });
  return stampValues(table, was, data, context);
}

function ruleChanges(table: TableModel, changes: Readonly<Record<string, Json>>): Record<string, Json> {
  return toRuleData(table, changes);
}

function strongest(grants: readonly CellGrant[]): (field: FieldModel) => FieldRight {
  return (field) => grants.map((grant) => grant.right(field)).reduce((best, right) => (atLeast(right, best) ? right : best), 'hidden' as FieldRight);
}

/** A field becomes required through another that was changed: `lost` asks for its reason. */
function followsFrom(field: FieldModel | undefined, changes: Readonly<Record<string, Json>>): boolean {
  const text = JSON.stringify([field?.requiredWhen ?? null, field?.visible ?? null]);
  return Object.keys(changes).some((name) => text.includes(`"${name}`));
}

async function lockedFields(session: WriteSession, table: TableModel, before: Readonly<Record<string, Json>>, changes: Readonly<Record<string, Json>>, path: string): Promise<Issue[]> {
  if (session.actor === systemActor || session.actor.writesReadOnly) return [];
  const locking = Object.keys(changes).map((name) => table.fields[name] as FieldModel).filter((field) => field.readOnlyWhen !== undefined);
  if (locking.length === 0) return [];
  const data = await loadRuleData({ db: session.tx, model: session.model, table, values: before, paths: hopPaths(table), loaded: session.loaded });
  return locking
    .filter((field) => holds(field.readOnlyWhen, data, session.context))
    .map((field) => ({ path: childPath(path, field.name), code: 'locked', message: { 'zh-CN': `${field.label['zh-CN']}现在不能修改`, en: `${field.label.en} cannot be changed now` } }));
}

interface LineChanges {
  readonly issues: readonly Issue[];
  readonly changes: boolean;
  write(): Promise<void>;
}

/** The rows sent are the rows there will be: known ids are changed, rows without one are new, the rest go. */
async function prepareLines(session: WriteSession, table: TableModel, parent: string, lines: Readonly<Record<string, readonly Json[]>>, path: string): Promise<LineChanges> {
  const issues: Issue[] = [];
  const work: (() => Promise<void>)[] = [];
  for (const [name, rows] of Object.entries(lines)) {
    const field = table.fields[name] as FieldModel;
    const child = String(fieldTypeOf(field).target?.(field));
    const living = await session.tx.all<{ id: string }>(sql`SELECT "id" FROM ${ident(child)} WHERE ${ident(String(field.settings.field))} = ${parent} AND "deleted_at" IS NULL`);
    const left = new Set(living.map((row) => row.id));
    for (const [index, row] of rows.entries()) {
      const at = childPath(childPath(path, name), index);
      const { id, version: _version, ...values } = (row ?? {}) as Record<string, Json>;
      if (typeof id !== 'string') {
        const line: PreparedCreate = await prepareLine(session, field, parent, values, at);
        issues.push(...line.issues);
        work.push(() => insertPrepared(session, line));
      } else if (left.delete(id)) work.push(() => updateRecord(session, child, id, values, { path: at }));
      else issues.push({ path: at, code: 'no_such_record', message: { 'zh-CN': '没有这一行', en: 'There is no such line' } });
    }
    for (const id of left) work.push(() => deleteRecord(session, child, id));
  }
  return {
    issues,
    changes: work.length > 0,
    async write() {
      for (const step of work) await step();
    },
  };
}
