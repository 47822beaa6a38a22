/** Brings stored formulas and roll-ups of whole tables up to date after their definitions, or what they read, have changed. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { computeFormulas, hopPaths } from '#engine/records/record-rules.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { storageForm } from '#engine/schema/storage-changes.ts';
import { physicalColumns } from '#engine/schema/database-schema.ts';
import { rootScope } from '../db/access-sql.ts';
import type { Row, Transaction } from '../db/database.ts';
import { rollupValue } from '../db/path-to-sql.ts';
import { decodeRow, updateRow } from '../db/row-codec.ts';
import { ident, type Sql, sql } from '../db/sql.ts';
import { type LoadedRecords, loadRuleData } from '../records/rule-data.ts';

/** Stored computed fields whose values may differ under the new model, by `table.field`. */
export function outdatedFields(before: AppModel, after: AppModel, restored: ReadonlySet<string>): FieldModel[] {
  const touched = new Set<string>();
  for (const table of Object.values(after.tables)) {
    for (const field of Object.values(table.fields)) {
      const was = before.tables[table.name]?.fields[field.name];
      const isSameValue = was !== undefined && storageForm(was) === storageForm(field) && JSON.stringify(was.computed) === JSON.stringify(field.computed) && (!field.computed || JSON.stringify(was.settings) === JSON.stringify(field.settings));
      // A new table has no records yet; one that comes back has, and what they read may have changed meanwhile.
      if (!isSameValue && (before.tables[table.name] || restored.has(table.name))) touched.add(`${table.name}.${field.name}`);
    }
  }
  const stored = Object.values(after.tables).flatMap((table) => Object.values(table.fields).filter((field) => field.computed?.mode === 'stored'));
  for (let size = -1; size !== touched.size; ) {
    size = touched.size;
    for (const field of stored) if (readsOf(after, field).some((key) => touched.has(key))) touched.add(`${field.table}.${field.name}`);
  }
  return stored.filter((field) => touched.has(`${field.table}.${field.name}`));
}

/** What a computed field reads, as `table.field` of each step. */
function readsOf(model: AppModel, field: FieldModel): string[] {
  const keys: string[] = [];
  for (const path of field.computed?.reads ?? []) {
    const steps = path.split('.');
    let table: TableModel | undefined = model.tables[field.table];
    if (field.computed?.rule === undefined) {
      // A roll-up names the table of its children first.
      table = model.tables[steps.shift() ?? ''];
    }
    for (const step of steps) {
      const at: FieldModel | undefined = table?.fields[step];
      if (!at) break;
      keys.push(`${at.table}.${at.name}`);
      table = at.target === undefined ? undefined : model.tables[at.target];
    }
  }
  return keys;
}

/** Until nothing changes any more: cycles were refused, so each pass settles one more step. Answers the rows written. */
export async function recompute(tx: Transaction, model: AppModel, fields: readonly FieldModel[], context: RuleContext): Promise<number> {
  const rollups = fields.filter((field) => field.computed?.rule === undefined);
  const formulas = new Set(fields.filter((field) => field.computed?.rule !== undefined).map((field) => field.table));
  let total = 0;
  for (let pass = 0; pass <= fields.length; pass++) {
    let written = 0;
    for (const field of rollups) written += await recomputeRollup(tx, model, field, context);
    for (const table of formulas) written += await recomputeFormulas(tx, model, model.tables[table] as TableModel, context);
    total += written;
    if (written === 0) break;
  }
  return total;
}

const BATCH = 500;

async function recomputeRollup(tx: Transaction, model: AppModel, field: FieldModel, context: RuleContext): Promise<number> {
  const table = model.tables[field.table] as TableModel;
  const scope = rootScope(model, tx.dialect, table, null);
  const type = fieldTypeOf(field);
  const columns = physicalColumns(field).map((column) => column.name);
  const own: Sql = sql`${ident('t0')}.${ident(columns[0] as string)}`;
  let written = 0;
  for (let after = 0; ; ) {
    const rows = await tx.all<{ rid: number; value: string | number | null; old: string | number | null }>(
      sql`SELECT ${ident('t0')}."_rid" AS rid, ${rollupValue(scope, field)} AS value, ${own} AS old FROM ${ident(table.name)} ${ident('t0')} WHERE ${ident('t0')}."_rid" > ${after} ORDER BY ${ident('t0')}."_rid" LIMIT ${BATCH}`,
      context,
    );
    for (const row of rows) {
      const value = type.normalize(type.decode([row.value], field), field);
      const encoded = value === null ? null : (type.encode(value, field)[0] ?? null);
      if (encoded === row.old) continue;
      written += await tx.run(sql`UPDATE ${ident(table.name)} SET ${ident(columns[0] as string)} = ${encoded} WHERE "_rid" = ${row.rid}`);
    }
    if (rows.length < BATCH) return written;
    after = Number(rows.at(-1)?.rid);
    await breathe();
  }
}

async function recomputeFormulas(tx: Transaction, model: AppModel, table: TableModel, context: RuleContext): Promise<number> {
  const paths = hopPaths(table);
  let written = 0;
  const loaded: LoadedRecords = new Map();
  for (let after = 0; ; ) {
    const rows = await tx.all<Row>(sql`SELECT * FROM ${ident(table.name)} WHERE "_rid" > ${after} ORDER BY "_rid" LIMIT ${BATCH}`);
    for (const row of rows) {
      const before = decodeRow(table, row, tx.vault);
      const data = await loadRuleData({ db: tx, model, table, values: before, paths, loaded });
      const changes: Record<string, Json> = {};
      for (const [name, value] of Object.entries(computeFormulas(table, data, context))) {
        if (JSON.stringify(value) !== JSON.stringify(before[name] ?? null)) changes[name] = value;
      }
      if (Object.keys(changes).length === 0) continue;
      loaded.delete(`${table.name}/${String(before.id)}`);
      await tx.run(updateRow(table, String(before.id), changes, tx));
      written += 1;
    }
    if (loaded.size > 20_000) loaded.clear();
    if (rows.length < BATCH) return written;
    after = Number(rows.at(-1)?._rid);
    await breathe();
  }
}
