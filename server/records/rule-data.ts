/** Values as a rule reads them, with the records behind its references loaded. Trusted: rules of definitions read all there is. */
import { toRuleData } from '#engine/records/record-rules.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import { singleTarget } from '#engine/rules/paths.ts';
import type { Queryable, Row } from '../db/database.ts';
import { decodeRow } from '../db/row-codec.ts';
import { ident, sql } from '../db/sql.ts';
import { linkFields, readLinks } from './links.ts';

/** Records already loaded, by `table/id`. One map a write, dropped with it; a write to a record removes its entry. */
export type LoadedRecords = Map<string, Readonly<Record<string, Json>>>;

export async function loadRecord(db: Queryable, table: TableModel, id: string, loaded: LoadedRecords): Promise<Readonly<Record<string, Json>> | null> {
  const key = `${table.name}/${id}`;
  const known = loaded.get(key);
  if (known) return known;
  const row = await db.get<Row>(sql`SELECT * FROM ${ident(table.name)} WHERE "id" = ${id}`);
  const values = row ? decodeRow(table, row, db.vault) : null;
  // One that is not there yet may be written later in the same transaction.
  if (values) loaded.set(key, values);
  return values;
}

export interface RuleDataRequest {
  readonly db: Queryable;
  readonly model: AppModel;
  readonly table: TableModel;
  readonly values: Readonly<Record<string, Json>>;
  /** Paths the rules read; only those over references cost a query. */
  readonly paths: readonly string[];
  readonly loaded: LoadedRecords;
}

export async function loadRuleData({ db, model, table, values, paths, loaded }: RuleDataRequest): Promise<Record<string, Json>> {
  const data = toRuleData(table, values);
  for (const path of paths) {
    const steps = path.split('.');
    let at: Record<string, Json> = data;
    let here: TableModel = table;
    for (const step of steps.slice(0, -1)) {
      const field = here.fields[step];
      const target = field ? singleTarget(field) : null;
      if (!field || target === null) break;
      const next = model.tables[target];
      const value = at[step];
      if (!next || value === null || value === undefined) break;
      if (typeof value === 'string') {
        const behind = await loadRecord(db, next, value, loaded);
        if (!behind) break;
        at[step] = { ...toRuleData(next, behind), id: value };
      }
      at = at[step] as Record<string, Json>;
      here = next;
    }
    await addLinks(db, here, at, steps.at(-1) as string);
  }
  return data;
}

/** Links stand in a table of their own: only a rule that reads them pays for it. */
async function addLinks(db: Queryable, table: TableModel, data: Record<string, Json>, name: string): Promise<void> {
  const field = linkFields(table).find((own) => own.name === name);
  if (!field || typeof data.id !== 'string' || Object.hasOwn(data, name)) return;
  data[name] = (await readLinks(db, field, [data.id])).get(data.id) ?? null;
}
