import type { ConditionOperator } from '#engine/rules/conditions.ts';
import type { ValueKind } from '#engine/rules/rule.ts';

/** Earlier and later for time, less and more for numbers. */
const FOR_TIME = { '<': 'before', '<=': 'beforeOrOn', '>': 'after', '>=': 'afterOrOn' } as const;

type OperatorKey = ConditionOperator | (typeof FOR_TIME)[keyof typeof FOR_TIME];

export function operatorKey(operator: ConditionOperator, kind: ValueKind | undefined): OperatorKey {
  const timely = kind === 'date' || kind === 'dateTime';
  return timely && Object.hasOwn(FOR_TIME, operator) ? FOR_TIME[operator as keyof typeof FOR_TIME] : operator;
}
