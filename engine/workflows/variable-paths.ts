/** Paths that expressions read: plain ones of a record, and `$` variables. */
import { pathsOf } from '../rules/check.ts';
import type { FieldTables } from '../rules/paths.ts';
import { type Rule, SPECIAL_VALUES } from '../rules/rule.ts';
import { isTemplate, placeholdersIn } from './placeholders.ts';

export function isTable(tables: FieldTables, name: string): boolean {
  return Object.hasOwn(tables, name);
}

/** Every `$variable` an expression reads, special values apart. */
export function rootsOf(expression: unknown): string[] {
  if (isTemplate(expression)) return placeholdersIn(expression).filter((path) => path.startsWith('$'));
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node !== null && typeof node === 'object') {
      for (const [name, argument] of Object.entries(node)) {
        const path: unknown = Array.isArray(argument) ? argument[0] : argument;
        if (name !== 'var') walk(argument);
        else if (typeof path === 'string' && path.startsWith('$') && !Object.hasOwn(SPECIAL_VALUES, path)) found.add(path);
      }
    }
  };
  walk(expression);
  return [...found];
}

/** Every path of the run's record that an expression reads. */
export function fieldsRead(expression: unknown): string[] {
  return isTemplate(expression) ? placeholdersIn(expression).filter((path) => !path.startsWith('$')) : pathsOf(expression as Rule);
}

/** Variables put in as constants, so that the rest can run in a database. */
export function bindVariables(rule: Rule, read: (path: string) => unknown): Rule {
  const isVariable = (node: unknown): string | null => {
    if (node === null || typeof node !== 'object' || Array.isArray(node) || !('var' in node)) return null;
    const path: unknown = Array.isArray(node.var) ? node.var[0] : node.var;
    return typeof path === 'string' && path.startsWith('$') && !Object.hasOwn(SPECIAL_VALUES, path) ? path : null;
  };
  const replace = (node: unknown): unknown => {
    const path = isVariable(node);
    if (path !== null) return read(path) ?? null;
    if (Array.isArray(node)) return node.map(replace);
    if (node === null || typeof node !== 'object' || 'var' in node) return node;
    return Object.fromEntries(Object.entries(node).map(([name, argument]) => [name, replace(argument)]));
  };
  return replace(rule) as Rule;
}
