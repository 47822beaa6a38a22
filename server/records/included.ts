/** Titles for the ids in an answer, so that a screen needs no second request. A title the actor may not see is null. */
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows } from '#engine/permissions/authorize.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { livingAndReadable, rootScope, visibleColumn } from '../db/access-sql.ts';
import { bind, column, ident, sql } from '../db/sql.ts';
import { contextOf, type Workspace } from '../workspace.ts';

export type Included = Record<string, Record<string, { title: string | null; [detail: string]: Json }>>;

export async function collectIncluded(
  workspace: Workspace,
  actor: Actor,
  fields: ReadonlyMap<string, FieldModel>,
  records: readonly Readonly<Record<string, Json>>[],
): Promise<Included> {
  const wanted = new Map<string, Set<string>>();
  const files = new Set<string>();
  for (const [key, field] of fields) {
    const type = fieldTypeOf(field);
    const target = type.target?.(field);
    const ids = target !== undefined ? (wanted.get(target) ?? new Set<string>()) : type.group === 'file' ? files : null;
    if (!ids) continue;
    if (target !== undefined) wanted.set(target, ids);
    for (const record of records) {
      const value = record[key];
      if (typeof value === 'string') ids.add(value);
      else if (Array.isArray(value)) for (const id of value) if (typeof id === 'string') ids.add(id);
    }
  }
  const included: Included = {};
  for (const [target, ids] of wanted) if (ids.size > 0) included[target] = await titlesOf(workspace, actor, target, [...ids]);
  if (files.size > 0) included.file = await fileDetails(workspace, [...files]);
  return included;
}

export async function titlesOf(workspace: Workspace, actor: Actor, target: string, ids: readonly string[]): Promise<Included[string]> {
  const { model, database, directory } = workspace;
  const table = model.tables[target];
  const titles: Included[string] = Object.fromEntries(ids.map((id) => [id, { title: null }]));
  if (!table || !allows(accessTo(table, actor), 'read')) return titles;
  if (target === 'user' && ids.every((id) => directory.user(id))) {
    for (const id of ids) titles[id] = { title: directory.user(id)?.name ?? null };
    return titles;
  }
  const scope = rootScope(model, database.dialect, table, actor);
  const title = table.fields[table.titleField] as FieldModel;
  const list = database.dialect.typed(bind(database.dialect.listParam(ids)), 'list');
  const rows = await database.all<{ id: string; title: string | number | null }>(
    sql`SELECT ${column('t0', 'id')} AS id, ${visibleColumn(scope, title, title.name)} AS title FROM ${ident(target)} ${ident('t0')} WHERE ${database.dialect.inList(column('t0', 'id'), list)} AND ${livingAndReadable(scope)}`,
    contextOf(workspace, actor),
  );
  for (const row of rows) titles[row.id] = { title: row.title === null ? null : String(row.title) };
  return titles;
}

async function fileDetails(workspace: Workspace, ids: readonly string[]): Promise<Included[string]> {
  const { database } = workspace;
  const list = database.dialect.typed(bind(database.dialect.listParam(ids)), 'list');
  const rows = await database.all<{ id: string; name: string; size: number; type: string; image: number }>(
    sql`SELECT id, name, size, type, image FROM relata_file WHERE ${database.dialect.inList(ident('id'), list)}`,
  );
  return Object.fromEntries(rows.map((row) => [row.id, { title: row.name, name: row.name, size: Number(row.size), type: row.type, image: Number(row.image) === 1 }]));
}
