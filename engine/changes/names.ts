/** Which names a path or a rule calls, told from the definitions alone: they need not build, and a path that leads nowhere calls what it reaches. */
import type { Label } from '../errors.ts';
import { FIELD_TYPES } from '../fields/index.ts';
import type { FieldModel } from '../model/app-model.ts';
import { builtInTables, SYSTEM_FIELDS } from '../model/built-in.ts';
import type { Definitions, FieldDefinition } from '../model/definitions.ts';
import { pathsOf } from '../rules/check.ts';
import { parseFormula } from '../rules/formula/parse-formula.ts';
import { type FieldTables, fieldTypeOf, singleTarget } from '../rules/paths.ts';
import type { Rule } from '../rules/rule.ts';

export interface Names {
  readonly tables: FieldTables;
  onPath(table: string, path: string): string[];
  inRule(table: string, rule: unknown): string[];
  inFormula(table: string, formula: string): string[];
  /** The table a field points at, be it at one record or at many. */
  targetOf(table: string, field: string): string | undefined;
  roleLabel(role: string): Label;
}

export function namesIn({ app, tables }: Definitions): Names {
  const known = new Map<string, Map<string, FieldModel>>();
  for (const table of [...tables, ...builtInTables(app)]) {
    known.set(table.name, new Map([...table.fields, ...SYSTEM_FIELDS].filter(({ type }) => Object.hasOwn(FIELD_TYPES, type)).map((field) => [field.name, asField(field, table.name)])));
  }

  function onPath(table: string, path: string): string[] {
    const names: string[] = [];
    let at = table;
    // `$before.stage` is the field as it stood.
    for (const step of path.replace(/^\$before\./, '').split('.')) {
      if (at !== table) names.push(`table:${at}`);
      names.push(`field:${at}.${step}`);
      const field = known.get(at)?.get(step);
      const target = field && singleTarget(field);
      if (!target) break;
      at = target;
    }
    return names;
  }

  /** Where a path leads; undefined when it ends on the way. */
  function lastOn(table: string, path: string): string | undefined {
    return onPath(table, path).findLast((name) => name.startsWith('field:'))?.slice('field:'.length);
  }

  function inRule(table: string, rule: unknown): string[] {
    return [...pathsOf(rule as Rule).flatMap((path) => onPath(table, path)), ...optionsIn(rule, (path) => lastOn(table, path))];
  }

  const fieldTables = Object.assign(Object.create(null), Object.fromEntries([...known].map(([name, fields]) => [name, { fields: Object.assign(Object.create(null), Object.fromEntries(fields)) }]))) as FieldTables;
  return {
    tables: fieldTables,
    onPath,
    inRule,
    inFormula(table, formula) {
      const parsed = parseFormula(formula, { optionsOf: () => [] });
      return 'rule' in parsed ? inRule(table, parsed.rule) : [];
    },
    targetOf(table, name) {
      const field = known.get(table)?.get(name);
      return field && fieldTypeOf(field).target?.(field);
    },
    roleLabel: (role) => app.roles.find(({ name }) => name === role)?.label ?? { 'zh-CN': role, en: role },
  };
}

function asField(definition: FieldDefinition, table: string): FieldModel {
  return { ...(definition as unknown as FieldModel), table, settings: definition };
}

/** Texts that stand beside a field in an operation: `{ "==": [{ "var": "stage" }, "lost"] }` calls the option `lost` of `stage`. */
function optionsIn(rule: unknown, fieldOn: (path: string) => string | undefined): string[] {
  if (Array.isArray(rule)) return rule.flatMap((part) => optionsIn(part, fieldOn));
  if (rule === null || typeof rule !== 'object') return [];
  return Object.values(rule).flatMap((argument) => {
    const args: unknown[] = Array.isArray(argument) ? argument : [argument];
    const fields = args.flatMap((part) => fieldOn(pathOf(part) ?? '') ?? []);
    const texts = args.flat().filter((part) => typeof part === 'string');
    return [...fields.flatMap((field) => texts.map((text) => `option:${field}.${text}`)), ...args.flatMap((part) => optionsIn(part, fieldOn))];
  });
}

function pathOf(part: unknown): string | undefined {
  if (part === null || typeof part !== 'object' || !('var' in part)) return undefined;
  const name = Array.isArray(part.var) ? part.var[0] : part.var;
  return typeof name === 'string' && !name.startsWith('$') ? name : undefined;
}
