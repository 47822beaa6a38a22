import type { Rule } from '#engine/rules/rule.ts';

/** Every path the rules read. */
export function pathsOf(rule: Rule): readonly string[] {
  if (rule === null || typeof rule !== 'object') return [];
  if (Array.isArray(rule)) return rule.flatMap((part) => pathsOf(part as Rule));
  return Object.entries(rule).flatMap(([operator, args]) => (operator === 'var' && typeof args === 'string' ? [args] : pathsOf(args as Rule)));
}
