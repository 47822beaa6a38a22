/** Sample records of a template, told relative to today so that they stay fresh. One transaction; numbers and dates are kept as given. */
import { v7 as uuidv7 } from 'uuid';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { resolveRelative } from '#engine/records/relative-date.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { ident, join, sql } from '../db/sql.ts';
import { createRecord } from '../records/create-record.ts';
import { writeSession } from '../records/write-session.ts';
import type { Workspace } from '../workspace.ts';

type Samples = Readonly<Record<string, readonly Readonly<Record<string, Json>>[]>>;

export async function loadSamples(workspace: Workspace, samples: Samples): Promise<void> {
  const { model } = workspace;
  const ids = new Map<string, string>();
  for (const [table, records] of Object.entries(samples)) for (const record of records) ids.set(`${table}/${String(record.external_id)}`, uuidv7());
  await findOthers(workspace, samples, ids);
  const people: Samples = Object.fromEntries(await Promise.all(PEOPLE.map(async (table) => [table, await newcomers(workspace, table, samples[table] ?? [], ids)] as const)));
  // People first: the department of a record follows its owner.
  await loadTables(workspace, people, PEOPLE, ids);
  await loadTables(workspace, samples, inOrder(model, Object.keys(samples).filter((name) => !PEOPLE.includes(name))), ids);
}

/** Records of other tables that these refer to and that are there already. */
async function findOthers({ database, model }: Workspace, samples: Samples, ids: Map<string, string>): Promise<void> {
  const targets = Object.keys(samples).flatMap((name) => Object.values(model.tables[name]?.fields ?? {}).map((field) => fieldTypeOf(field).target?.(field)));
  for (const table of new Set(targets)) {
    if (table === undefined || samples[table] || !model.tables[table]) continue;
    const rows = await database.all<{ id: string; external_id: string }>(sql`SELECT id, external_id FROM ${ident(table)} WHERE deleted_at IS NULL AND external_id IS NOT NULL`);
    for (const { id, external_id } of rows) ids.set(`${table}/${external_id}`, id);
  }
}

const PEOPLE: readonly string[] = ['department', 'user'];

/** People and departments stay when a template goes; when it comes again, its samples are theirs. */
async function newcomers({ database }: Workspace, table: string, records: Samples[string], ids: Map<string, string>): Promise<Samples[string]> {
  if (records.length === 0) return records;
  const known = await database.all<{ id: string; external_id: string }>(
    sql`SELECT id, external_id FROM ${ident(table)} WHERE deleted_at IS NULL AND external_id IN (${join(records.map((record) => sql`${String(record.external_id)}`), ', ')})`,
  );
  for (const { id, external_id } of known) ids.set(`${table}/${external_id}`, id);
  return records.filter((record) => !known.some(({ external_id }) => external_id === record.external_id));
}

/** Tables after those they refer to, as far as references do not go in circles. */
function inOrder(model: AppModel, names: readonly string[]): string[] {
  const order: string[] = [];
  const open = new Set<string>();
  const visit = (name: string): void => {
    const table = model.tables[name];
    if (!table || order.includes(name) || open.has(name)) return;
    open.add(name);
    for (const field of Object.values(table.fields)) {
      const target = field.required ? fieldTypeOf(field).target?.(field) : undefined;
      if (target !== undefined && names.includes(target)) visit(target);
    }
    order.push(name);
  };
  for (const name of names) visit(name);
  return order;
}

async function loadTables(workspace: Workspace, samples: Samples, tables: readonly string[], ids: ReadonlyMap<string, string>): Promise<void> {
  await writeSession(workspace, systemActor, async (session) => {
    for (const [key, id] of ids) session.reachable.set(`${key.split('/')[0]}/${id}`, true);
    const prepared = tables.flatMap((name) => {
      const table = workspace.model.tables[name];
      if (!table) throw new Error(`Samples name a table that is not there: ${name}`);
      return (samples[name] ?? []).map((sample) => ({ name, id: ids.get(`${name}/${String(sample.external_id)}`) as string, values: resolve(workspace, table, sample, ids) }));
    });
    // A rule may look at a record that comes later: a customer names its contact, a contact its customer.
    for (const { name, id, values } of prepared) session.loaded.set(`${name}/${id}`, { ...values, id });
    for (const { name, id, values: { created_at, ...values } } of prepared) {
      await createRecord(session, name, values, { numbersMayBeGiven: true, snapshot: { id, at: typeof created_at === 'string' ? created_at : session.context.now } });
      session.loaded.delete(`${name}/${id}`);
    }
  });
}

function resolve(workspace: Workspace, table: TableModel, sample: Readonly<Record<string, Json>>, ids: ReadonlyMap<string, string>): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const [name, value] of Object.entries(sample)) {
    const field = table.fields[name];
    const target = field && fieldTypeOf(field).target?.(field);
    const toId = (key: Json): Json => ids.get(`${target}/${String(key)}`) ?? key;
    values[name] = target === undefined ? resolveRelative(value, workspace.now(), workspace.model.settings.timeZone) : Array.isArray(value) ? value.map(toId) : value === null ? null : toId(value);
  }
  return values;
}
