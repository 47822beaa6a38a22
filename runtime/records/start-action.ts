/** An action of a table on one record: a new record elsewhere, filled in by rules over this one. */
import { carriedValues } from '#engine/records/carried-values.ts';
import type { ActionDefinition } from '#engine/model/definitions.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { findRecords, readRecord } from '../api/records.ts';
import type { Included, Values } from '../api/types.ts';
import type { CreateRequest } from '../app/create-context.ts';
import type { AppState } from '../app/session.tsx';
import { targetTable } from '../model/paths.ts';
import { ruleContext, toRuleData } from '../model/rule-data.ts';
import { pathsOf } from '../model/rule-paths.ts';
import { mergeIncluded, titleOf } from '../model/titles.ts';

export async function startAction(app: AppState, table: TableModel, action: ActionDefinition, id: string): Promise<CreateRequest & { readonly about: string }> {
  const hops = [...new Set(Object.values(action.values).flatMap(pathsOf))].filter((path) => path.includes('.') && !path.startsWith('$'));
  const [one, distant] = await Promise.all([
    readRecord(table.name, id),
    hops.length > 0 ? findRecords(table.name, { filter: { '==': [{ var: 'id' }, id] }, fields: hops, limit: 1 }) : undefined,
  ]);
  const data = toRuleData(table, { ...one.data, ...distant?.data[0] });
  const context = ruleContext(app);
  const values: Record<string, Values[string]> = carriedValues(action.values, { record: one.data, data, context });
  for (const [name, { from, values: rules }] of Object.entries(action.lines ?? {})) {
    const rows = one.data[from];
    const child = app.model.tables[table.fields[from]?.target ?? ''];
    if (!Array.isArray(rows) || !child || rows.length === 0) continue;
    // Rows come without their ids: they are new.
    values[name] = rows.map((row) => carriedValues(rules, { record: row as Values, data: toRuleData(child, row as Values), context }));
  }

  const about = titleOf(table, one.data, one.included);
  const own: Included = { [table.name]: { [id]: { title: about } } };
  const target = app.model.tables[action.table];
  // A reference that came by a rule is titled only if one of the answers knows it; the form asks for the rest.
  const known = mergeIncluded(one.included, distant?.included, own);
  const included: Record<string, Included[string]> = {};
  for (const field of Object.values(target?.fields ?? {})) {
    const pointed = targetTable(field);
    if (pointed && known[pointed]) included[pointed] = known[pointed];
  }
  return { table: action.table, form: action.form, values, included, about };
}
