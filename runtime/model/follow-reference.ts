/** Choosing a record fills in what its fields are the default for: a product brings its name and its price. */
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { evaluateRule } from '#engine/rules/evaluate.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { findRecords } from '../api/records.ts';
import type { Values } from '../api/types.ts';
import type { AppState } from '../app/session.tsx';
import { targetTable } from './paths.ts';
import { ruleContext, toRuleData } from './rule-data.ts';
import { pathsOf } from './rule-paths.ts';

function defaultRule({ default: fallback }: FieldModel): Rule | undefined {
  return typeof fallback === 'object' && fallback !== null && 'rule' in fallback ? (fallback.rule as Rule) : undefined;
}

/** New values of the fields whose default reads over `reference`; none when nothing was chosen or nothing depends on it. */
export async function followReference(app: AppState, table: TableModel, values: Values, reference: string): Promise<Values> {
  const field = table.fields[reference];
  const target = field && targetTable(field);
  const id = values[reference];
  if (!target || typeof id !== 'string') return {};
  const dependent = Object.values(table.fields).flatMap((one) => {
    // What nobody may type the server fills in itself.
    const rule = one.readOnly || one.computed ? undefined : defaultRule(one);
    const paths = rule === undefined ? [] : pathsOf(rule).filter((path) => path.startsWith(`${reference}.`));
    return rule !== undefined && paths.length > 0 ? [{ name: one.name, rule, paths }] : [];
  });
  if (dependent.length === 0) return {};
  const paths = [...new Set(dependent.flatMap((one) => one.paths))];
  const found = await findRecords(target, { filter: { '==': [{ var: 'id' }, id] }, fields: paths.map((path) => path.slice(reference.length + 1)), limit: 1 });
  const chosen = found.data[0];
  if (!chosen) return {};
  const distant = Object.fromEntries(paths.map((path) => [path, chosen[path.slice(reference.length + 1)] ?? null]));
  const data = toRuleData(table, { ...values, ...distant });
  const context = ruleContext(app);
  const filled: Record<string, Json> = {};
  for (const { name, rule } of dependent) filled[name] = evaluateRule(rule, data, context);
  return filled;
}
