/** One record whole: its cells, its lines and links, and what the actor may do with it. */
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, authorize, bestRight, type CellGrant, type FieldRight, isKnown, type RowAction, type TableAccess } from '#engine/permissions/authorize.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { readableRows, rootScope, rowsOf, type SqlScope } from '../db/access-sql.ts';
import { and, column, fillSlot, ident, join, type Sql, SLOT, sql } from '../db/sql.ts';
import { survivorOf } from '../merging/tombstones.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { findRecords, MAX_LIMIT } from './find-records.ts';
import { collectIncluded, type Included } from './included.ts';
import { type Projection, projection, type ValueRow } from './projection.ts';
import { notFound } from './update-record.ts';
import { UNREADABLE } from '../vault/sealed-values.ts';

export interface RecordAccess {
  readonly update: boolean;
  readonly delete: boolean;
  readonly share: boolean;
  readonly transfer: boolean;
  readonly merge: boolean;
  readonly fields: Readonly<Record<string, FieldRight>>;
}

export interface RecordAnswer {
  readonly data: Record<string, Json>;
  readonly included: Included;
  readonly access: RecordAccess;
}

/** A hidden record and one that is not there answer alike. Records in the bin are found too: they show `deleted_at`. */
export async function getRecord(workspace: Workspace, actor: Actor, tableName: string, id: string): Promise<RecordAnswer> {
  const { model, database } = workspace;
  const access = authorize(model, actor, 'read', tableName);
  const { table } = access;
  const { shown, query, updating: updateFlags, deleting, sharing, transferring, merging } = planOf(rootScope(model, database.dialect, table, actor), access);
  const [row] = await database.values(fillSlot(query, id), contextOf(workspace, actor));
  if (!row) throw await gone(workspace, actor, access, id);
  const [data] = await shown.read(database, [row]);
  const record = data as Record<string, Json>;
  if (record.deleted_at && (await survivorOf(database, table.name, id)) !== null) throw await gone(workspace, actor, access, id);
  const included = await collectIncluded(workspace, actor, shown.fields, [record]);
  for (const field of Object.values(table.fields)) {
    if (fieldTypeOf(field).storage !== 'children' || !isKnown(access, field)) continue;
    const lines = await readLines(workspace, actor, field, id);
    record[field.name] = lines?.data as Json[] | null ?? null;
    for (const [target, titles] of Object.entries(lines?.included ?? {})) included[target] = { ...included[target], ...titles };
  }
  const updating = updateFlags.held(row);
  const living = record.deleted_at === null || record.deleted_at === undefined;
  return {
    data: record,
    included,
    access: {
      update: living && updating.length > 0,
      delete: deleting.held(row).length > 0,
      share: living && sharing.held(row).length > 0,
      transfer: living && transferring.held(row).length > 0,
      merge: living && merging.held(row).length > 0,
      fields: fieldRights(Object.values(table.fields), record, access.read, living ? updating : []),
    },
  };
}

/** A record that became part of another leads there whoever may read that one; to anybody else there is nothing. */
async function gone(workspace: Workspace, actor: Actor, { table }: TableAccess, id: string): Promise<AppError> {
  const { model, database } = workspace;
  const survivor = await survivorOf(database, table.name, id);
  const scope = rootScope(model, database.dialect, table, actor);
  const readable = survivor !== null && (await database.get(sql`SELECT 1 AS found FROM ${ident(table.name)} ${ident('t0')} WHERE ${and([sql`${column('t0', 'id')} = ${survivor}`, readableRows(scope)])}`, contextOf(workspace, actor))) !== undefined;
  return readable ? new AppError('merged', { 'zh-CN': `这条“${table.label['zh-CN']}”已合并到另一条`, en: `This ${table.label.en} was merged into another one` }, [], { survivor }) : notFound(table);
}

interface HeldGrants {
  readonly columns: readonly Sql[];
  /** The grants that hold on the row. */
  held(row: ValueRow): readonly CellGrant[];
}
interface GetPlan {
  readonly shown: Projection;
  readonly query: Sql;
  readonly updating: HeldGrants;
  readonly deleting: HeldGrants;
  readonly sharing: HeldGrants;
  readonly transferring: HeldGrants;
  readonly merging: HeldGrants;
}
const plans = new WeakMap<TableAccess, GetPlan>();

/** The query for one record, made once for a set of roles. */
function planOf(scope: SqlScope, access: TableAccess): GetPlan {
  let plan = plans.get(access);
  if (!plan) {
    const shown = projection(scope, access, undefined);
    let from = shown.columns.length;
    const held = (action: RowAction): HeldGrants => {
      const grants = heldGrants(scope, access[action], from);
      from += grants.columns.length;
      return grants;
    };
    const [updating, deleting, sharing, transferring, merging] = [held('update'), held('delete'), held('share'), held('transfer'), held('merge')];
    const readable = readableRows(scope);
    const own = sql`${column('t0', 'id')} = ${SLOT}`;
    const columns = join([...shown.columns, ...[updating, deleting, sharing, transferring, merging].flatMap((flags) => flags.columns)], ', ');
    plan = { shown, updating, deleting, sharing, transferring, merging, query: sql`SELECT ${columns} FROM ${ident(scope.table.name)} ${ident('t0')} WHERE ${and([own, readable])}` };
    plans.set(access, plan);
  }
  return plan;
}

function heldGrants(scope: SqlScope, grants: readonly CellGrant[], from: number): HeldGrants {
  if (grants.every((grant) => grant.rows === true)) return { columns: [], held: () => grants };
  return {
    columns: grants.map((grant) => scope.dialect.flag(rowsOf(scope, [grant]))),
    held: (row) => grants.filter((_, i) => Number(row[from + i]) === 1),
  };
}

/** `write` where a grant to update shows it, else as it is read. A field left out of the record is left out here. */
function fieldRights(fields: readonly FieldModel[], record: Readonly<Record<string, Json>>, reading: readonly CellGrant[], updating: readonly CellGrant[]): Record<string, FieldRight> {
  const rights: Record<string, FieldRight> = {};
  for (const field of fields) {
    if (!Object.hasOwn(record, field.name)) continue;
    const read = bestRight(reading, field);
    // What does not open is no value to be edited.
    rights[field.name] = field.encrypted && record[field.name] === UNREADABLE ? 'masked' : bestRight(updating, field) === 'write' ? 'write' : read === 'masked' ? 'masked' : 'read';
  }
  return rights;
}

/** The rows of a `lines` field, through the rights of their own table. */
async function readLines(workspace: Workspace, actor: Actor, field: FieldModel, parent: string): Promise<{ data: readonly Record<string, Json>[]; included: Included } | null> {
  const target = String(fieldTypeOf(field).target?.(field));
  const table = workspace.model.tables[target];
  if (!table || !allows(accessTo(table, actor), 'read')) return null;
  const filter = { '==': [{ var: String(field.settings.field) }, parent] };
  const data: Record<string, Json>[] = [];
  const included: Included = {};
  let cursor: string | undefined;
  do {
    const page = await findRecords(workspace, actor, target, { filter, sort: ['created_at'], limit: MAX_LIMIT, ...(cursor && { cursor }) });
    data.push(...page.data);
    for (const [name, titles] of Object.entries(page.included)) included[name] = { ...included[name], ...titles };
    cursor = page.next ?? undefined;
  } while (cursor);
  return { data, included };
}
