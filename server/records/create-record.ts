/**
 * authorise -> normalise -> validate -> permit -> write, with the lines of the record, in the caller's session. Import,
 * effects and the form all create through here.
 */
import { v7 as uuidv7 } from 'uuid';
import { AppError, childPath, type Issue } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { rollupSettings } from '#engine/model/computed.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { authorize, bestRight, type TableAccess } from '#engine/permissions/authorize.ts';
import { computeFormulas, defaultValue, hopPaths, isBlank, recordIssues, toRuleData } from '#engine/records/record-rules.ts';
import { stampValues } from '#engine/records/stamps.ts';
import { defaultRule, traitsOf } from '#engine/records/table-traits.ts';
import { indexName } from '#engine/schema/database-schema.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { UniqueViolation } from '../db/database.ts';
import { insertRow } from '../db/row-codec.ts';
import { indexRecord } from '../db/search-index.ts';
import { banNumbers } from './ban-numbers.ts';
import { runEffects } from './effects.ts';
import { askForRoles, type HeldRoles, heldRoles, isLowRole } from '../session/level-changes.ts';
import { keepCollaborators } from '../sharing/collaborators.ts';
import { claimFiles } from './file-fields.ts';
import { combinationIssues } from './integrity.ts';
import { lockedLineIssues } from './lines-lock.ts';
import { writeLinks } from './links.ts';
import { takeNumbers } from './numbers.ts';
import { permitResult } from './permit-record.ts';
import { prepareValues, takenIssue, uniqueIssues } from './prepare-record.ts';
import { loadRuleData } from './rule-data.ts';
import { newOwnerIssues } from './transfer-rules.ts';
import { cycleIssues } from './tree-issues.ts';
import { userIssues } from './user-issues.ts';
import type { WriteSession } from './write-session.ts';

export interface PreparedCreate {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly id: string;
  readonly values: Record<string, Json>;
  readonly lines: readonly PreparedCreate[];
  readonly issues: readonly Issue[];
  readonly path: string;
  readonly isSnapshot: boolean;
  /** Of a user: roles that wait for a second person. */
  readonly heldRoles?: HeldRoles;
}

export interface CreateOptions {
  /** Where the input stands in the request; issues are put below it. */
  readonly path?: string;
  /** Numbers may be given instead of taken: imports. */
  readonly numbersMayBeGiven?: boolean;
  /** Imports: old books lack what only a condition makes required; such gaps are put here instead of refused. */
  readonly gaps?: Issue[];
  /** Sample data: the record as it stood at a moment of the past. Sets off no effects; for the system actor only. */
  readonly snapshot?: { readonly id: string; readonly at: string };
}

export function validationFailed(issues: readonly Issue[]): AppError {
  return new AppError('validation_failed', { 'zh-CN': '有内容需要更正', en: 'Some values need correcting' }, issues);
}

/** Answers the id of the new record. Throws `validation_failed` with all issues, `forbidden`, `not_found`. */
export async function createRecord(session: WriteSession, tableName: string, input: unknown, options: CreateOptions = {}): Promise<string> {
  const prepared = await prepareCreate(session, tableName, input, options);
  if (prepared.issues.length > 0) throw validationFailed(prepared.issues);
  await insertPrepared(session, prepared);
  return prepared.id;
}

export async function prepareCreate(session: WriteSession, tableName: string, input: unknown, options: CreateOptions = {}): Promise<PreparedCreate> {
  const { model, actor, tx, context, loaded } = session;
  const path = options.path ?? '';
  const access = authorize(model, actor, 'create', tableName);
  const { table } = access;
  const prepared = await prepareValues({
    session,
    table,
    input,
    path,
    right: (field) => bestRight(access.create, field),
    numbersMayBeGiven: options.numbersMayBeGiven === true || actor.unrestricted,
  });
  const { snapshot } = options;
  if (snapshot && actor !== systemActor) throw new Error('Snapshots are loaded by the system actor only.');
  const id = snapshot?.id ?? uuidv7();
  session.reachable.set(`${table.name}/${id}`, true);
  const values: Record<string, Json> = { ...prepared.values, id };
  const issues = [...prepared.issues];

  const { defaulted, hasDefaultRules } = traitsOf(table);
  const before = hasDefaultRules ? await loadRuleData({ db: tx, model, table, values, paths: hopPaths(table), loaded }) : {};
  for (const field of defaulted) {
    if (Object.hasOwn(values, field.name) || traitsOf(table).sequenced.includes(field)) continue;
    const value = defaultValue(field, before, context);
    // `$me` of the product itself is nobody.
    if (value !== undefined && value !== systemActor.userId) values[field.name] = defaultRule(field) === undefined ? value : fieldTypeOf(field).normalize(value, field);
  }
  issues.push(...banNumbers(session, table, values, path));
  Object.assign(values, systemValues(session, values, snapshot?.at ?? context.now));

  const data = await loadRuleData({ db: tx, model, table, values: withLines(values, prepared.lines), paths: hopPaths(table), loaded });
  const stamped = snapshot ? {} : stampValues(table, null, data, context);
  Object.assign(values, stamped);
  const found = recordIssues(table, { ...data, ...toRuleData(table, stamped) }, context);
  const alreadyBad = new Set(issues.map((issue) => issue.path.slice(path.length).split('/')[1]));
  for (const issue of found) {
    const field = issue.path.split('/')[1];
    // A number is taken at the insert; a value that was refused for its form is not also missing.
    const takenLater = fieldTypeOf(table.fields[field ?? ''] as FieldModel | undefined ?? table.fields.id as FieldModel).computed || traitsOf(table).sequenced.some(({ name }) => name === field);
    if ((field !== undefined && alreadyBad.has(field)) || (issue.code === 'required' && takenLater)) continue;
    const conditional = issue.code === 'required' && !table.fields[field ?? '']?.required;
    (conditional && options.gaps ? options.gaps : issues).push({ ...issue, path: path + issue.path });
  }
  issues.push(...(await uniqueIssues(session, table, values, id, path)), ...(await cycleIssues(session, table, id, values, path)));
  if (table.name === 'user') issues.push(...userIssues(session, model, id, null, values, path));
  if ('owner' in prepared.values) issues.push(...newOwnerIssues(session, values.owner, path));
  issues.push(...(await lockedLineIssues(session, table, { before: null, after: values, path })));

  const lines: PreparedCreate[] = [];
  for (const [name, rows] of Object.entries(prepared.lines)) {
    const field = table.fields[name] as FieldModel;
    for (const [index, row] of rows.entries()) {
      const line = await prepareLine(session, field, id, row, childPath(childPath(path, name), index));
      issues.push(...line.issues);
      lines.push(line);
    }
  }
  const asked = table.name === 'user' ? heldRoles(session, id, null, values.roles) : null;
  if (asked) values.roles = asked.roles.filter((role) => isLowRole(session, role));
  return { table, access, id, values, lines, issues, path, isSnapshot: snapshot !== undefined, ...(asked && { heldRoles: { before: values.roles as string[], roles: asked.roles } }) };
}

/** A new row of a `lines` field: a record of its table whose reference points at the parent. */
export function prepareLine(session: WriteSession, field: FieldModel, parent: string, row: Json, path: string): Promise<PreparedCreate> {
  const input = row !== null && typeof row === 'object' && !Array.isArray(row) ? { ...row, [String(field.settings.field)]: parent } : row;
  return prepareCreate(session, String(field.settings.table), input, { path });
}

/** A required `lines` field is blank when it has no rows. */
function withLines(values: Readonly<Record<string, Json>>, lines: Readonly<Record<string, readonly Json[]>>): Record<string, Json> {
  if (Object.keys(lines).length === 0) return { ...values };
  return { ...values, ...Object.fromEntries(Object.entries(lines).map(([name, rows]) => [name, rows.length === 0 ? null : (rows as Json[])])) };
}

function systemValues(session: WriteSession, values: Readonly<Record<string, Json>>, at: string): Record<string, Json> {
  const { actor, workspace } = session;
  const me = actor === systemActor ? null : actor.userId;
  const owner = isBlank(values.owner) ? me : (values.owner as string);
  return {
    owner,
    owner_department: owner === null ? null : (workspace.directory.user(owner)?.department ?? null),
    created_at: at,
    created_by: me ?? owner ?? actor.userId,
    updated_at: at,
    updated_by: me ?? owner ?? actor.userId,
    version: 1,
  };
}

export async function insertPrepared(session: WriteSession, prepared: PreparedCreate): Promise<void> {
  const { tx, model, context, loaded } = session;
  const { table, id, values, path } = prepared;
  session.hasChanged = true;
  Object.assign(values, await takeNumbers(session, table, values), emptyRollups(table));
  if (table.computeOrder.length > 0) {
    const data = await loadRuleData({ db: tx, model, table, values, paths: hopPaths(table), loaded });
    Object.assign(values, computeFormulas(table, data, context));
  }
  let rid: number;
  try {
    rid = await tx.insert(insertRow(table, values, tx));
  } catch (error) {
    throw error instanceof UniqueViolation ? uniqueFailure(table, error, path) : error;
  }
  for (const field of traitsOf(table).links) await writeLinks(tx, field, id, (values[field.name] as string[] | null | undefined) ?? []);
  await claimFiles(session, table, id, values);
  if (prepared.heldRoles) await askForRoles(session, id, prepared.heldRoles);
  await keepCollaborators(tx, table, id, null, values.collaborators ?? null, context.now);
  await indexRecord(tx, table, rid, values, true);
  const changed = new Set(Object.entries(values).filter(([name, value]) => !isBlank(value) && !UNAUDITED.has(name)).map(([name]) => name));
  session.written.push({ table, id, action: 'create', before: null, after: values, changed, version: 1, ...(prepared.isSnapshot && { at: String(values.created_at), by: String(values.created_by) }) });
  const standing = await combinationIssues(session, table, id, new Set(Object.keys(values)), path);
  if (standing.length > 0) throw validationFailed(standing);
  await permitResult(session, prepared.access, id, values, 'create');
  for (const line of prepared.lines) await insertPrepared(session, line);
  if (!prepared.isSnapshot) await runEffects(session, { table, id, action: 'create', values, before: null, changed });
}

/** Said by the audit row itself. */
export const UNAUDITED: ReadonlySet<string> = new Set(['id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by']);

/** What a roll-up holds before there is anything to roll up. */
function emptyRollups(table: TableModel): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const field of traitsOf(table).storedRollups) {
    const { empty, function: kind } = rollupSettings(field);
    values[field.name] = (empty as Json | undefined) ?? (kind === 'count' || kind === 'sum' ? 0 : null);
  }
  return values;
}

/** Two writers passed the check at once and one lost at the index. */
export function uniqueFailure(table: TableModel, error: UniqueViolation, path: string): AppError {
  const field = Object.values(table.fields).find((candidate) => error.index === indexName('ux', table.name, [candidate.name]));
  return validationFailed(field ? [takenIssue(field, childPath(path, field.name))] : []);
}
