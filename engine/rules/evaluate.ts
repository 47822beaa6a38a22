/**
 * A rule in memory, by json-logic-js. Comes in: a rule that `checkRule` has passed, the values it may read (fields by
 * name, references as objects under their field's name when hops are read), and who asks. Comes out: the value.
 * json-logic-js keeps its operators in one table; ours replace it whole, so nothing outside the registry can run.
 */
import jsonLogic, { type RulesLogic } from 'json-logic-js';
import type { Json } from '../fields/field-type.ts';
import type { RuleContext } from './context.ts';
import { specialValue } from './context.ts';
import { isTruthy, OPERATORS } from './operators.ts';
import { SPECIAL_VALUES, type Rule, type SpecialName } from './rule.ts';

export type RuleData = Readonly<Record<string, Json>>;

/** The context of the evaluation under way; evaluation is synchronous, so there is never more than one. */
let current: RuleContext | null = null;

for (const foreign of ['===', '!==', 'log', 'method', 'merge', 'missing', 'missing_some', 'substr', 'map', 'filter', 'reduce', 'all', 'none', 'some']) {
  jsonLogic.rm_operation(foreign);
}
for (const [name, operator] of Object.entries(OPERATORS)) {
  if (!('evaluate' in operator)) continue;
  const evaluate = operator.evaluate as (args: readonly Json[], context: RuleContext) => Json;
  jsonLogic.add_operation(name, (...args: Json[]) => {
    if (!current) throw new Error('A rule operator ran outside evaluateRule.');
    return evaluate(args, current);
  });
}
jsonLogic.add_operation('var', function readVariable(this: RuleData, path: unknown) {
  return readPath(this, String(path));
});

/**
 * Adds what needs large word lists (pinyin, company names). Only the server has them: it computes the stored formulas,
 * so the browser need not load them.
 */
export function registerFunctions(functions: Readonly<Record<string, (text: string) => string | null>>): void {
  for (const [name, run] of Object.entries(functions)) {
    jsonLogic.add_operation(name, (value: Json) => (typeof value === 'string' ? run(value) : null));
  }
}

/** Own properties only: a path can never reach a prototype. */
export function readPath(data: RuleData, path: string): Json {
  if (path.startsWith('$') && Object.hasOwn(SPECIAL_VALUES, path)) {
    if (!current) throw new Error('A special value was read outside evaluateRule.');
    return (specialValue(path as SpecialName, current) as Json) ?? null;
  }
  let value: Json | undefined = data as Json;
  for (const step of path.split('.')) {
    if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, step)) return null;
    value = value[step];
  }
  // A reference that was loaded for its fields is still its id when it is read itself.
  if (value !== null && typeof value === 'object' && !Array.isArray(value) && typeof value.id === 'string') return value.id;
  return value ?? null;
}

export function evaluateRule(rule: Rule, data: RuleData, context: RuleContext): Json {
  if (rule === null || typeof rule !== 'object') return rule as Json;
  const outer = current;
  current = context;
  try {
    const result = jsonLogic.apply(rule as RulesLogic, data) as Json | undefined;
    return result ?? null;
  } finally {
    current = outer;
  }
}

export function holds(rule: Rule | undefined, data: RuleData, context: RuleContext): boolean {
  return rule === undefined || isTruthy(evaluateRule(rule, data, context));
}
