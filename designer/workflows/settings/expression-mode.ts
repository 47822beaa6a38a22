/** How an expression was given, so that it is edited the same way again. Pure. */
import { isLabel, type Label } from '#engine/errors.ts';
import { printFormula } from '#engine/rules/formula/print-formula.ts';
import type { Rule } from '#engine/rules/rule.ts';

export type ExpressionMode = 'constant' | 'variable' | 'template' | 'formula' | 'json';

export function variableOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const [name, path] = entries[0] ?? [];
  return entries.length === 1 && name === 'var' && typeof path === 'string' ? path : undefined;
}

export function modeOf(value: unknown): ExpressionMode {
  if (variableOf(value) !== undefined) return 'variable';
  if (typeof value === 'string') return value.includes('{{') ? 'template' : 'constant';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'constant';
  return printFormula(value as Rule) === null ? 'json' : 'formula';
}

/** Puts a variable where the cursor stands. */
export function insertAt(text: string, path: string, start: number, end = start): { readonly text: string; readonly cursor: number } {
  const placeholder = `{{${path}}}`;
  return { text: `${text.slice(0, start)}${placeholder}${text.slice(end)}`, cursor: start + placeholder.length };
}

export const emptyLabel: Label = { 'zh-CN': '', en: '' };

export function labelOrEmpty(value: unknown): Label {
  return isLabel(value) ? value : emptyLabel;
}
