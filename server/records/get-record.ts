/** One record whole: its cells, its lines and links, and what the actor may do with it. */
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, authorize, bestRight, type CellGrant, type FieldRight, isKnown } from '#engine/permissions/authorize.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { readableRows, rootScope, rowsOf } from '../db/access-sql.ts';
import type { Row } from '../db/database.ts';
import { column, ident, join, type Sql, sql, TRUE } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { findRecords, MAX_LIMIT } from './find-records.ts';
import { collectIncluded, type Included } from './included.ts';
import { projection } from './projection.ts';
import { notFound } from './update-record.ts';

export interface RecordAccess {
  readonly update: boolean;
  readonly delete: boolean;
  readonly share: boolean;
  readonly transfer: boolean;
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
  const scope = rootScope(model, database.dialect, table, actor);
  const shown = projection(scope, access, undefined);
  const holding = (grants: readonly CellGrant[], name: string): Sql[] =>
    grants.every((grant) => grant.rows === true) ? [] : grants.map((grant, i) => sql`${database.dialect.flag(rowsOf(scope, [grant]))} AS ${ident(`_${name}${i}`)}`);
  const flags = [...holding(access.update, 'update'), ...holding(access.delete, 'delete')];
  const readable = readableRows(scope);
  const row = await database.get<Row>(
    sql`SELECT ${join([...shown.columns, ...flags], ', ')} FROM ${ident(table.name)} ${ident('t0')} WHERE ${column('t0', 'id')} = ${id}${readable === TRUE ? { text: '', params: [] } : sql` AND (${readable})`}`,
    contextOf(workspace, actor),
  );
  if (!row) throw notFound(table);
  const [data] = await shown.read(database, [row]);
  const record = data as Record<string, Json>;
  const included = await collectIncluded(workspace, actor, shown.fields, [record]);
  for (const field of Object.values(table.fields)) {
    if (fieldTypeOf(field).storage !== 'children' || !isKnown(access, field)) continue;
    const lines = await readLines(workspace, actor, field, id);
    record[field.name] = lines?.data as Json[] | null ?? null;
    for (const [target, titles] of Object.entries(lines?.included ?? {})) included[target] = { ...included[target], ...titles };
  }
  const held = (grants: readonly CellGrant[], name: string): CellGrant[] => grants.filter((_, i) => row[`_${name}${i}`] === undefined || Number(row[`_${name}${i}`]) === 1);
  const updating = held(access.update, 'update');
  const living = record.deleted_at === null || record.deleted_at === undefined;
  return {
    data: record,
    included,
    access: {
      update: living && updating.length > 0,
      delete: held(access.delete, 'delete').length > 0,
      share: access.share,
      transfer: access.transfer,
      fields: fieldRights(Object.values(table.fields).filter((field) => isKnown(access, field)), record, access.read, living ? updating : []),
    },
  };
}

/** `write` where a grant to update shows it, else as it is read. A field left out of the record is left out here. */
function fieldRights(fields: readonly FieldModel[], record: Readonly<Record<string, Json>>, reading: readonly CellGrant[], updating: readonly CellGrant[]): Record<string, FieldRight> {
  const rights: Record<string, FieldRight> = {};
  for (const field of fields) {
    if (!Object.hasOwn(record, field.name)) continue;
    const read = bestRight(reading, field);
    rights[field.name] = bestRight(updating, field) === 'write' ? 'write' : read === 'masked' ? 'masked' : 'read';
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
