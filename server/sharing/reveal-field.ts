/** Uncovers one masked value of one record, for who may do so, and notes who looked at what and why. */
import { AppError, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { accessTo, authorize, bestRight } from '#engine/permissions/authorize.ts';
import { rootScope, rowsOf } from '../db/access-sql.ts';
import { ident, join, sql } from '../db/sql.ts';
import { noteInAudit } from '../records/audit.ts';
import { keepText } from '../records/ban-numbers.ts';
import { validationFailed } from '../records/create-record.ts';
import { projection, type ValueRow } from '../records/projection.ts';
import { notFound } from '../records/update-record.ts';
import { UNREADABLE } from '../vault/sealed-values.ts';
import { keyMissing } from '../vault/vault.ts';
import { contextOf, type Workspace } from '../workspace.ts';

const text = {
  reason: { 'zh-CN': '请写明查看的原因', en: 'Say why you need to see it' } as Label,
  noField: (name: string): Label => ({ 'zh-CN': `没有字段“${name}”`, en: `There is no field "${name}"` }),
  notYours: { 'zh-CN': '您没有查看完整内容的权限', en: 'You may not uncover this value' } as Label,
};

export async function revealField(workspace: Workspace, actor: Actor, tableName: string, id: string, { field: name, reason }: { readonly field: string; readonly reason: string }): Promise<Json> {
  const { model } = workspace;
  const access = authorize(model, actor, 'read', tableName);
  const { table, read } = access;
  const field = Object.hasOwn(table.fields, name) ? table.fields[name] : undefined;
  if (!field || bestRight(read, field) === 'hidden') throw validationFailed([{ path: '/field', code: 'unknown_field', message: text.noField(name) }]);
  if (reason.trim().length < 2) throw validationFailed([{ path: '/reason', code: 'required', message: text.reason }]);
  const said = keepText(model, reason.trim(), { 'zh-CN': '原因', en: 'The reason' }, '/reason');
  return workspace.database.transaction(async (tx) => {
    const scope = rootScope(model, tx.dialect, table, actor);
    const flags = read.map((grant, i) => sql`${tx.dialect.flag(rowsOf(scope, [grant]))} AS ${ident(`held${i}`)}`);
    const row = await tx.get<Record<string, number>>(sql`SELECT ${join(flags, ', ')} FROM ${ident(table.name)} ${ident('t0')} WHERE "id" = ${id} AND "deleted_at" IS NULL`, contextOf(workspace, actor));
    const held = read.filter((_, i) => Number(row?.[`held${i}`] ?? 0) === 1);
    if (held.length === 0) throw notFound(table);
    const right = bestRight(held, field);
    if (right === 'hidden') throw validationFailed([{ path: '/field', code: 'unknown_field', message: text.noField(name) }]);
    if (right === 'masked' && !held.some((grant) => grant.reveals)) throw new AppError('forbidden', text.notYours);
    const shown = projection(rootScope(model, tx.dialect, table, systemActor), accessTo(table, systemActor), [name]);
    const rows = (await tx.values(sql`SELECT ${join(shown.columns, ', ')} FROM ${ident(table.name)} ${ident('t0')} WHERE "id" = ${id}`, contextOf(workspace, actor))) as ValueRow[];
    const [record] = await shown.read(tx, rows);
    if (field.encrypted && record?.[name] === UNREADABLE) throw keyMissing(tx.vault.missing);
    if (right === 'masked') await noteInAudit(tx, { at: workspace.now(), by: actor.userId, table: table.name, id, action: 'reveal', version: 0, changes: { field: name, reason: said } });
    return record?.[name] ?? null;
  });
}
