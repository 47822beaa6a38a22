/**
 * What must hold over several records, asked in the transaction that could break it: combinations that stand once, and
 * invariants over roll-ups. Writers queue for the write lock, so what is found here is still so at the commit.
 */
import { AppError, childPath, type Issue, type Label } from '#engine/errors.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { UniqueDefinition } from '#engine/model/definitions.ts';
import { pathsOf } from '#engine/rules/check.ts';
import { columnOf, resolvePath } from '#engine/rules/paths.ts';
import { rootScope } from '../db/access-sql.ts';
import { ruleCondition } from '../db/rule-to-sql.ts';
import { and, bind, column, ident, type Sql, sql } from '../db/sql.ts';
import type { Derived } from './propagate.ts';
import type { WriteSession } from './write-session.ts';

/** An invariant over several records was broken: an import then takes its rows one by one. */
export class InvariantBroken extends AppError {}

/** The record as it now stands in the database. */
export async function combinationIssues(session: WriteSession, table: TableModel, id: string, changed: ReadonlySet<string>, path: string): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (const unique of table.unique) {
    const fields = unique.fields.map((name) => name.split('.')[0] ?? '');
    const reads = [...fields, ...pathsOf(unique.when).map((name) => name.split('.')[0] ?? '')];
    if (!reads.some((name) => changed.has(name))) continue;
    if ((await twinOf(session, table, id, unique)) !== null) {
      issues.push({ path: childPath(path, fields[fields.length - 1] ?? ''), code: 'not_unique', message: unique.message ?? standsAlready(table, fields) });
    }
  }
  return issues;
}

function standsAlready(table: TableModel, fields: readonly string[]): Label {
  const labels = fields.flatMap((name) => table.fields[name]?.label ?? []);
  return { 'zh-CN': `已有${labels.map((label) => label['zh-CN']).join('、')}都相同的记录`, en: `There is a record with the same ${labels.map((label) => label.en).join(', ')} already` };
}

/** Another living record of the same combination. `moving`: as it would be if this reference pointed there. */
export async function twinOf({ tx, model, context }: WriteSession, table: TableModel, id: string, { fields, when, emptyCounts }: UniqueDefinition, moving?: { readonly field: string; readonly to: string }): Promise<string | null> {
  const own = rootScope(model, tx.dialect, table, null);
  const other = { ...own, alias: 't1' };
  const columns = fields.flatMap((name) => {
    const resolved = resolvePath(model.tables, table.name, name);
    return typeof resolved === 'object' ? [resolved.field.name + (columnOf(resolved.field, resolved.part)?.suffix ?? '')] : [];
  });
  const held = (name: string): Sql => (name === moving?.field ? tx.dialect.typed(bind(moving.to), 'text') : column('t0', name));
  const same = (name: string): Sql => (emptyCounts ? tx.dialect.isSame(held(name), column('t1', name)) : sql`${held(name)} = ${column('t1', name)}`);
  const conditions = [
    sql`${column('t0', 'id')} = ${id}`,
    sql`${column('t1', 'id')} <> ${id}`,
    sql`${column('t0', 'deleted_at')} IS NULL`,
    sql`${column('t1', 'deleted_at')} IS NULL`,
    ...columns.map(same),
    ...(when === undefined ? [] : [ruleCondition(when, own), ruleCondition(when, other)]),
  ];
  const found = await tx.get<{ id: string }>(sql`SELECT ${column('t1', 'id')} AS "id" FROM ${ident(table.name)} ${ident('t0')} JOIN ${ident(table.name)} ${ident('t1')} ON ${and(conditions)}`, context);
  return found?.id ?? null;
}

/** After roll-ups: every record that was written or recomputed, where something the rule reads has changed. */
export async function checkInvariants(session: WriteSession, derived: readonly Derived[]): Promise<void> {
  const { tx, model, context } = session;
  const touched = new Map<string, Map<string, Set<string>>>();
  const touch = (table: string, id: string, changed: ReadonlySet<string>): void => {
    let ids = touched.get(table);
    if (!ids) touched.set(table, (ids = new Map()));
    ids.set(id, new Set([...(ids.get(id) ?? []), ...changed]));
  };
  // Sample data is loaded record by record; it holds when all of it is there.
  for (const write of session.written) if (write.at === undefined && write.after !== null && write.action !== 'delete') touch(write.table.name, write.id, write.changed);
  if (session.written.some((write) => write.at === undefined)) for (const change of derived) touch(change.table, change.id, change.changed);
  const issues: Issue[] = [];
  for (const [name, ids] of touched) {
    const table = model.tables[name];
    if (!table || table.invariants.length === 0) continue;
    const scope = rootScope(model, tx.dialect, table, null);
    for (const { rule, message } of table.invariants) {
      const reads = pathsOf(rule).map((path) => path.split('.')[0] ?? '');
      const asked = [...ids].filter(([, changed]) => reads.some((path) => changed.has(path))).map(([id]) => id);
      if (asked.length === 0) continue;
      const list = tx.dialect.typed(bind(tx.dialect.listParam(asked)), 'list');
      const broken = await tx.get(
        sql`SELECT 1 AS broken FROM ${ident(name)} ${ident('t0')} WHERE ${tx.dialect.inList(column('t0', 'id'), list)} AND ${column('t0', 'deleted_at')} IS NULL AND ${tx.dialect.not(ruleCondition(rule, scope))} LIMIT 1`,
        context,
      );
      if (broken) issues.push({ path: '', code: 'invariant', message });
    }
  }
  if (issues.length > 0) throw new InvariantBroken('validation_failed', { 'zh-CN': '有内容需要更正', en: 'Some values need correcting' }, issues);
}
