/** Every rule and formula of definitions, worked out as if what is gone had never been filled in. */
import type { Json } from '../../fields/field-type.ts';
import type { Definitions, TableDefinition } from '../../model/definitions.ts';
import type { DashboardDefinition } from '../../dashboards/definitions.ts';
import { foldRule, type KnownValue } from '../../rules/fold-rule.ts';
import { foldFormula } from '../../rules/formula/fold-formula.ts';
import type { Rule } from '../../rules/rule.ts';
import { namesIn } from '../names.ts';
import { collectUses } from '../uses.ts';
import type { Gone } from './gone.ts';

/** Tables and dashboards; workflows read variables as well: see `workflows.ts`. */
export function foldRules(definitions: Definitions, gone: Gone): Definitions {
  const tableOf = rulesIn(definitions);
  const known = (table: string): KnownValue => (path) => (path.startsWith('$before.') ? gone.valueOf(table, path.slice('$before.'.length)) : path.startsWith('$') ? undefined : gone.valueOf(table, path));
  const fold = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    const table = tableOf.get(value);
    if (table !== undefined) return foldRule(value as Rule, known(table));
    if (Array.isArray(value)) return value.map(fold);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fold(inner)]));
  };
  return {
    ...definitions,
    tables: definitions.tables.map((table) => withFormulas(fold(table) as TableDefinition, known(table.name))),
    ...(definitions.dashboards && { dashboards: definitions.dashboards.map((dashboard) => fold(dashboard) as DashboardDefinition) }),
  };
}

/** Which table a rule is about, for every rule there is: noted while uses are looked up. */
function rulesIn(definitions: Definitions): ReadonlyMap<object, string> {
  const found = new Map<object, string>();
  const names = namesIn(definitions);
  collectUses(definitions, {
    ...names,
    inRule(table, rule) {
      if (rule !== null && typeof rule === 'object') found.set(rule, table);
      return names.inRule(table, rule);
    },
  });
  return found;
}

function withFormulas(table: TableDefinition, known: (path: string) => Json | undefined): TableDefinition {
  return { ...table, fields: table.fields.map((field) => (typeof field.formula === 'string' ? { ...field, formula: foldFormula(field.formula, known) ?? field.formula } : field)) };
}
