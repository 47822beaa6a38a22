/** Changes that no form makes: statements of the definition or of the product, which ask for no right of their own and no check of a form. */
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { computeFormulas, hopPaths } from '#engine/records/record-rules.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { UniqueViolation } from '../db/database.ts';
import { updateRow } from '../db/row-codec.ts';
import { indexRecord, searchFields } from '../db/search-index.ts';
import { ident, sql } from '../db/sql.ts';
import { uniqueFailure } from './create-record.ts';
import { writeLinks } from './links.ts';
import { loadRuleData } from './rule-data.ts';
import { sameValue } from './same-value.ts';
import type { WriteAction, WriteSession } from './write-session.ts';

/** Writes a change that no form makes: deletion, restore, an emptied reference. */
export async function setState(session: WriteSession, table: TableModel, before: Readonly<Record<string, Json>>, action: WriteAction, changes: Record<string, Json>, unit?: string): Promise<void> {
  const { tx, context, actor } = session;
  const id = String(before.id);
  const version = Number(before.version) + 1;
  const sets = Object.entries(changes).map(([name, value]) => sql`${ident(name)} = ${value as string | null}, `);
  const text = sets.map((part) => part.text).join('');
  const params = sets.flatMap((part) => part.params);
  const deletedWith = action === 'delete' ? (unit ?? id) : null;
  try {
    await tx.run(sql`UPDATE ${ident(table.name)} SET ${{ text, params }}"_deleted_with" = ${deletedWith}, "version" = ${version}, "updated_at" = ${context.now}, "updated_by" = ${actor.userId} WHERE "id" = ${id}`);
  } catch (error) {
    throw error instanceof UniqueViolation ? uniqueFailure(table, error, '') : error;
  }
  session.loaded.delete(`${table.name}/${id}`);
  const after = { ...before, ...changes, version, updated_at: context.now, updated_by: actor.userId };
  session.written.push({ table, id, action, before, after, changed: new Set(Object.keys(changes)), version });
}

/** Lets a record point elsewhere, in a column or by links. What its formulas read behind the reference is computed anew. */
export async function repoint(session: WriteSession, { table, before, rid, field, value }: { readonly table: TableModel; readonly before: Readonly<Record<string, Json>>; readonly rid: number; readonly field: FieldModel; readonly value: Json }): Promise<void> {
  const { tx, model, context, actor, loaded } = session;
  const id = String(before.id);
  const stamps = { version: Number(before.version) + 1, updated_at: context.now, updated_by: actor.userId };
  const after: Record<string, Json> = { ...before, [field.name]: value, ...stamps };
  loaded.delete(`${table.name}/${id}`);
  const derived: Record<string, Json> = {};
  if (table.computeOrder.length > 0) {
    const data = await loadRuleData({ db: tx, model, table, values: after, paths: hopPaths(table), loaded });
    for (const [name, computed] of Object.entries(computeFormulas(table, data, context))) if (!sameValue(computed, before[name] ?? null)) derived[name] = after[name] = computed;
  }
  const isLink = fieldTypeOf(field).storage === 'links';
  await tx.run(updateRow(table, id, { ...(!isLink && { [field.name]: value }), ...derived, ...stamps }, tx));
  if (isLink) await writeLinks(tx, field, id, (value as string[] | null) ?? []);
  const changed = new Set([field.name, ...Object.keys(derived)]);
  if (searchFields(table).some(({ name }) => changed.has(name))) await indexRecord(tx, table, rid, after, false);
  session.hasChanged = true;
  session.written.push({ table, id, action: 'update', before, after, changed, version: stamps.version });
}
