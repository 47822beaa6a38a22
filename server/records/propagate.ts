/**
 * After records were written: stored roll-ups above them and stored formulas that read them are brought up to date, and
 * so on upwards. `buildModel` has refused cycles, so this ends. Derived values change no version and need no right: they
 * are statements of the definition.
 */
import { computeFormulas, hopPaths } from '#engine/records/record-rules.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { rollupSettings } from '#engine/model/computed.ts';
import { fieldTypeOf, singleTarget } from '#engine/rules/paths.ts';
import { rootScope } from '../db/access-sql.ts';
import type { Row } from '../db/database.ts';
import { rollupValue } from '../db/path-to-sql.ts';
import { decodeRow, updateRow } from '../db/row-codec.ts';
import { indexRecord, searchFields } from '../db/search-index.ts';
import { ident, type Sql, sql } from '../db/sql.ts';
import { loadRuleData } from './rule-data.ts';
import type { WriteSession } from './write-session.ts';

interface RollupSource {
  readonly rollup: FieldModel;
  /** The child's reference to the parent. */
  readonly through: string;
  /** Child fields whose change matters. */
  readonly reads: ReadonlySet<string>;
}
interface FormulaSource {
  readonly table: TableModel;
  /** The references that lead here, the first one a field of `table`, each with the table it stands in. */
  readonly chain: readonly { readonly table: string; readonly field: string }[];
  /** Fields here whose change matters. */
  readonly reads: ReadonlySet<string>;
}
interface Sources {
  readonly rollups: readonly RollupSource[];
  readonly formulas: readonly FormulaSource[];
}

const known = new WeakMap<AppModel, Map<string, Sources>>();

/** What is computed from the records of a table. */
function sourcesOf(model: AppModel, table: string): Sources {
  let byTable = known.get(model);
  if (!byTable) known.set(model, (byTable = new Map()));
  let sources = byTable.get(table);
  if (!sources) byTable.set(table, (sources = findSources(model, table)));
  return sources;
}

function findSources(model: AppModel, name: string): Sources {
  const rollups: RollupSource[] = [];
  const formulas: FormulaSource[] = [];
  for (const table of Object.values(model.tables)) {
    for (const field of Object.values(table.fields)) {
      if (field.computed?.mode !== 'stored') continue;
      if (field.computed.rule === undefined) {
        const settings = rollupSettings(field);
        if (settings.table !== name) continue;
        const own = field.computed.reads.filter((key) => key.startsWith(`${name}.`)).map((key) => key.slice(name.length + 1));
        rollups.push({ rollup: field, through: settings.field, reads: new Set([...own, 'deleted_at']) });
        continue;
      }
      for (const path of field.computed.reads) formulas.push(...formulaSources(model, table, path, name));
    }
  }
  return { rollups, formulas };
}

/** Each place where a path over references stands on a record of table `name`, with the field read there. */
function formulaSources(model: AppModel, table: TableModel, path: string, name: string): FormulaSource[] {
  const sources: FormulaSource[] = [];
  const steps = path.split('.');
  const chain: { table: string; field: string }[] = [];
  let here: TableModel | undefined = table;
  for (const [index, step] of steps.slice(0, -1).entries()) {
    const field: FieldModel | undefined = here?.fields[step];
    const target: string | null = field ? singleTarget(field) : null;
    if (!here || target === null) break;
    chain.push({ table: here.name, field: step });
    if (target === name) sources.push({ table, chain: [...chain], reads: new Set([steps[index + 1] as string]) });
    here = model.tables[target];
  }
  return sources;
}

/** `customer IN (SELECT id FROM customer WHERE owner = ?)`: the records from which the chain leads to one record. */
function leadsTo(chain: FormulaSource['chain'], id: string): Sql {
  const [first, ...rest] = chain;
  const column = ident(first?.field ?? 'id');
  const next = rest[0];
  if (!next) return sql`${column} = ${id}`;
  return sql`${column} IN (SELECT "id" FROM ${ident(next.table)} WHERE ${leadsTo(rest, id)})`;
}

export type Derived = Pending;

interface Pending {
  readonly table: string;
  readonly id: string;
  readonly changed: ReadonlySet<string>;
  readonly before: Readonly<Record<string, Json>> | null;
  readonly after: Readonly<Record<string, Json>> | null;
}

/** Answers the records whose stored values were changed here, each as it was before and is after all of it. */
export async function propagate(session: WriteSession): Promise<Derived[]> {
  const touched = new Map<string, Derived>();
  let pending: Pending[] = session.written.map((write) => ({ table: write.table.name, id: write.id, changed: write.changed, before: write.before, after: write.after }));
  while (pending.length > 0) {
    const next: Pending[] = [];
    for (const [rollup, parents] of affectedParents(session.model, pending)) next.push(...(await recomputeRollup(session, rollup, [...parents])));
    for (const [table, ids] of await affectedByFormula(session, pending)) next.push(...(await recomputeFormulas(session, table, [...ids])));
    for (const change of next) {
      const key = `${change.table}/${change.id}`;
      const earlier = touched.get(key);
      touched.set(key, earlier ? { ...change, before: earlier.before, changed: new Set([...earlier.changed, ...change.changed]) } : change);
    }
    pending = next;
  }
  return [...touched.values()];
}

function affectedParents(model: AppModel, pending: readonly Pending[]): Map<FieldModel, Set<string>> {
  const affected = new Map<FieldModel, Set<string>>();
  for (const write of pending) {
    for (const { rollup, through, reads } of sourcesOf(model, write.table).rollups) {
      const isNew = write.before === null || write.after === null;
      if (!isNew && ![...write.changed].some((name) => reads.has(name))) continue;
      for (const parent of [write.before?.[through], write.after?.[through]]) {
        if (typeof parent !== 'string') continue;
        let parents = affected.get(rollup);
        if (!parents) affected.set(rollup, (parents = new Set()));
        parents.add(parent);
      }
    }
  }
  return affected;
}

const BATCH = 400;

async function recomputeRollup(session: WriteSession, rollup: FieldModel, parents: readonly string[]): Promise<Pending[]> {
  const { tx, model, context } = session;
  const table = model.tables[rollup.table] as TableModel;
  const scope = rootScope(model, tx.dialect, table, null);
  const changed: Pending[] = [];
  for (let start = 0; start < parents.length; start += BATCH) {
    const ids = tx.dialect.typed({ text: '?', params: [tx.dialect.listParam(parents.slice(start, start + BATCH))] }, 'list');
    const rows = await tx.all<Row>(
      sql`SELECT ${ident('t0')}.*, ${rollupValue(scope, rollup)} AS "_new" FROM ${ident(table.name)} ${ident('t0')} WHERE ${tx.dialect.inList(sql`${ident('t0')}."id"`, ids)}`,
      context,
    );
    for (const row of rows) {
      const before = decodeRow(table, row, tx.vault);
      const type = fieldTypeOf(rollup);
      const value = type.normalize(type.decode([row._new as string | number | null], rollup), rollup);
      if (value === (before[rollup.name] ?? null)) continue;
      changed.push(await store(session, table, before, { [rollup.name]: value }, Number(row._rid)));
    }
  }
  return changed;
}

async function affectedByFormula(session: WriteSession, pending: readonly Pending[]): Promise<Map<TableModel, Set<string>>> {
  const { tx, model } = session;
  const affected = new Map<TableModel, Set<string>>();
  const add = (table: TableModel, id: string): void => {
    let ids = affected.get(table);
    if (!ids) affected.set(table, (ids = new Set()));
    ids.add(id);
  };
  for (const write of pending) {
    const own = model.tables[write.table];
    // A deletion empties references and computes nothing itself.
    if (own && own.computeOrder.length > 0 && hasEmptiedReference(own, write)) add(own, write.id);
    for (const { table, chain, reads } of sourcesOf(model, write.table).formulas) {
      if (write.before === null || ![...write.changed].some((name) => reads.has(name))) continue;
      const rows = await tx.all<{ id: string }>(sql`SELECT "id" FROM ${ident(table.name)} WHERE ${leadsTo(chain, write.id)}`);
      for (const { id } of rows) add(table, id);
    }
  }
  return affected;
}

function hasEmptiedReference(table: TableModel, { changed, before, after }: Pending): boolean {
  if (before === null || after === null) return false;
  return [...changed].some((name) => {
    const field = table.fields[name];
    return field !== undefined && singleTarget(field) !== null && (after[name] ?? null) === null;
  });
}

async function recomputeFormulas(session: WriteSession, table: TableModel, ids: readonly string[]): Promise<Pending[]> {
  const changed: Pending[] = [];
  for (const id of ids) {
    const row = await session.tx.get<Row>(sql`SELECT * FROM ${ident(table.name)} WHERE "id" = ${id}`);
    if (!row) continue;
    const before = decodeRow(table, row, session.tx.vault);
    const result = await store(session, table, before, {}, Number(row._rid));
    if (result.changed.size > 0) changed.push(result);
  }
  return changed;
}

/** Writes derived values of a record together with the formulas of the record that follow from them. */
async function store(session: WriteSession, table: TableModel, before: Record<string, Json>, values: Record<string, Json>, rid: number): Promise<Pending> {
  const { tx, model, context, loaded } = session;
  const id = String(before.id);
  loaded.delete(`${table.name}/${id}`);
  const merged = { ...before, ...values };
  const data = await loadRuleData({ db: tx, model, table, values: merged, paths: hopPaths(table), loaded });
  const formulas = computeFormulas(table, data, context);
  const changes: Record<string, Json> = { ...values };
  for (const [name, value] of Object.entries(formulas)) {
    if (JSON.stringify(value) !== JSON.stringify(before[name] ?? null)) changes[name] = value;
  }
  const changed = new Set(Object.keys(changes));
  const after = { ...before, ...changes };
  if (changed.size > 0) {
    await tx.run(updateRow(table, id, changes, tx));
    if (searchFields(table).some((field) => changed.has(field.name))) await indexRecord(tx, table, rid, after, false);
  }
  return { table: table.name, id, changed, before, after };
}
