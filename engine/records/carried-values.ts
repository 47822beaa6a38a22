/**
 * What a new record takes along of another. A field that is taken as it stands keeps all of its value, of which a rule sees only a part:
 * a region its names, a lunar birthday its year. What is not known is left to the new record's own default.
 */
import type { Json } from '../fields/field-type.ts';
import type { RuleContext } from '../rules/context.ts';
import { evaluateRule, type RuleData } from '../rules/evaluate.ts';
import type { Rule } from '../rules/rule.ts';

export interface Carried {
  /** The record as it is stored. */
  readonly record: Readonly<Record<string, Json | undefined>>;
  /** The same as rules read it. */
  readonly data: RuleData;
  readonly context: RuleContext;
}

export function carriedValues(rules: Readonly<Record<string, Rule>>, { record, data, context }: Carried): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const [name, rule] of Object.entries(rules)) {
    const whole = fieldTaken(rule);
    const value = (whole !== null && record[whole]) || evaluateRule(rule, data, context);
    if (value !== null) values[name] = value;
  }
  return values;
}

/** `{ "var": "region" }` takes the field itself. */
function fieldTaken(rule: Rule): string | null {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return null;
  const { var: path } = rule as { var?: unknown };
  return typeof path === 'string' && !path.includes('.') && !path.startsWith('$') ? path : null;
}
