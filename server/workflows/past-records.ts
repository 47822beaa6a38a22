/**
 * Records as they stood at a moment of the past: their own changes taken back by the audit, their roll-ups gathered anew from the
 * children there were by then, formulas worked out on that day. A child counts from the date the record's timeline shows it at, so
 * history that was imported counts as it happened and not as of the import.
 */
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { rollupSettings } from '#engine/model/computed.ts';
import { toRuleData } from '#engine/records/record-rules.ts';
import { traitsOf } from '#engine/records/table-traits.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import { evaluateRule, holds, readPath } from '#engine/rules/evaluate.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { Queryable, Row } from '../db/database.ts';
import { decodeRow } from '../db/row-codec.ts';
import { bind, ident, sql } from '../db/sql.ts';
import { type FieldChange, openChanges } from '../records/audit.ts';

type Values = Readonly<Record<string, Json>>;

interface FieldUndo {
  readonly at: string;
  readonly changes: readonly { readonly field: string; readonly before: Json }[];
}

interface Child {
  readonly at: string;
  readonly values: Values;
}

export interface PastRecord {
  readonly id: string;
  readonly now: Values;
  /** Newest first. */
  readonly undo: readonly FieldUndo[];
  /** Of each roll-up, by its name. */
  readonly children: Readonly<Record<string, readonly Child[]>>;
}

/** A batch of records with all that is needed to look back at them. */
export async function loadPast(db: Queryable, model: AppModel, table: TableModel, ids: readonly string[]): Promise<PastRecord[]> {
  const list = db.dialect.typed(bind(db.dialect.listParam([...ids])), 'list');
  const rows = await db.all<Row>(sql`SELECT * FROM ${ident(table.name)} WHERE ${db.dialect.inList(sql`"id"`, list)}`);
  const audit = await db.all<{ record_id: string; at: string; changes: unknown }>(
    sql`SELECT record_id, at, changes FROM relata_audit WHERE table_name = ${table.name} AND ${db.dialect.inList(sql`record_id`, list)} AND action <> 'create' ORDER BY seq DESC`,
  );
  const undone = new Map<string, FieldUndo[]>();
  for (const { record_id, at, changes } of audit) {
    const own = undone.get(record_id) ?? [];
    const noted: unknown = typeof changes === 'string' ? JSON.parse(changes) : changes;
    // A share or a look at a masked value changed nothing.
    if (Array.isArray(noted)) own.push({ at, changes: openChanges(db.vault, table.name, record_id, noted as FieldChange[]) });
    undone.set(record_id, own);
  }
  const children = new Map<string, Map<string, Child[]>>();
  for (const rollup of traitsOf(table).storedRollups) children.set(rollup.name, await childrenOf(db, model, rollup, list));
  return rows.map((row) => {
    const now = decodeRow(table, row, db.vault);
    const id = String(now.id);
    return { id, now, undo: undone.get(id) ?? [], children: Object.fromEntries([...children].map(([name, byParent]) => [name, byParent.get(id) ?? []])) };
  });
}

async function childrenOf(db: Queryable, model: AppModel, rollup: FieldModel, parents: ReturnType<Queryable['dialect']['typed']>): Promise<Map<string, Child[]>> {
  const settings = rollupSettings(rollup);
  const child = model.tables[settings.table] as TableModel;
  const shown = model.tables[rollup.table]?.page.timeline?.find((entry) => entry.table === settings.table && entry.field === settings.field)?.date ?? 'created_at';
  const rows = await db.all<Row>(sql`SELECT * FROM ${ident(child.name)} WHERE ${db.dialect.inList(ident(settings.field), parents)} AND "deleted_at" IS NULL`);
  const byParent = new Map<string, Child[]>();
  for (const row of rows) {
    const values = decodeRow(child, row, db.vault);
    const at = readPath(toRuleData(child, values), shown);
    const parent = String(values[settings.field]);
    byParent.set(parent, [...(byParent.get(parent) ?? []), { at: typeof at === 'string' ? at : String(values.created_at), values }]);
  }
  return byParent;
}

/** Moments between which the record's stored values stayed as they were, in order. */
export function turningPoints({ undo, children }: PastRecord): string[] {
  return [...new Set([...undo.map(({ at }) => at), ...Object.values(children).flatMap((list) => list.map(({ at }) => at))])].sort();
}

/** The values at a moment, as rules read them; `context.now` is that moment. */
export function valuesAt(model: AppModel, table: TableModel, record: PastRecord, context: RuleContext): Record<string, Json> {
  const values: Record<string, Json> = { ...record.now };
  // What was imported later than it happened has no earlier self: it counts as it came.
  for (const { at, changes } of record.undo) {
    if (at <= context.now) break;
    for (const { field, before } of changes) values[field] = before;
  }
  for (const rollup of traitsOf(table).storedRollups) values[rollup.name] = gathered(model, rollup, record.children[rollup.name] ?? [], context);
  const data = toRuleData(table, values);
  for (const name of table.computeOrder) {
    const rule = table.fields[name]?.computed?.rule;
    if (rule !== undefined) data[name] = evaluateRule(rule, data, context);
  }
  for (const field of Object.values(table.fields)) {
    if (field.computed?.mode === 'query' && field.computed.rule !== undefined) data[field.name] = evaluateRule(field.computed.rule, data, context);
  }
  return data;
}

function gathered(model: AppModel, rollup: FieldModel, children: readonly Child[], context: RuleContext): Json {
  const { table, filter, of, function: kind, sort, empty } = rollupSettings(rollup);
  const child = model.tables[table] as TableModel;
  const there = children.filter(({ at, values }) => at <= context.now && (filter === undefined || holds(filter as Rule, toRuleData(child, values), context)));
  if (kind === 'count') return there.length;
  const value = (values: Values): Json => readPath(toRuleData(child, values), of ?? 'id');
  const numbers = there.map(({ values }) => value(values)).filter((item) => item !== null);
  const fallback = (empty as Json | undefined) ?? (kind === 'sum' ? 0 : null);
  if (numbers.length === 0) return fallback;
  if (kind === 'sum') return numbers.reduce<number>((sum, item) => sum + Number(item), 0);
  if (kind === 'avg') return numbers.reduce<number>((sum, item) => sum + Number(item), 0) / numbers.length;
  if (kind === 'min' || kind === 'max') return numbers.reduce((best, item) => ((item as string) < (best as string) === (kind === 'min') ? item : best));
  const [key = '-created_at'] = sort ?? [];
  const name = key.replace(/^-/, '');
  const ordered = [...there].sort((a, b) => {
    const [left, right] = [a, b].map(({ values }) => String(readPath(toRuleData(child, values), name) ?? ''));
    return (left ?? '') < (right ?? '') ? -1 : 1;
  });
  const first = key.startsWith('-') ? ordered.at(-1) : ordered[0];
  return first ? value(first.values) : fallback;
}
