/** Values the product sets when something comes to hold: when a case was resolved, since when a deal stands in its stage. */
import type { Json } from '../fields/field-type.ts';
import type { TableModel } from '../model/app-model.ts';
import type { StampDefinition } from '../model/definitions.ts';
import type { RuleContext } from '../rules/context.ts';
import { evaluateRule, holds, type RuleData } from '../rules/evaluate.ts';

/** `before` is null for a new record. Later stamps see what earlier ones set. */
export function stampValues(table: TableModel, before: RuleData | null, after: RuleData, context: RuleContext): Record<string, Json> {
  const stamped: Record<string, Json> = {};
  let data: RuleData = { ...after, $before: (before ?? {}) as Json };
  for (const stamp of table.stamps) {
    if (!holds(stamp.when, data, context)) continue;
    // What held before has had its stamp; a rule about the change itself speaks for each change.
    if (before !== null && !readsBefore(stamp) && holds(stamp.when, before, context)) continue;
    stamped[stamp.field] = evaluateRule(stamp.value, data, context);
    data = { ...data, [stamp.field]: stamped[stamp.field] ?? null };
  }
  return stamped;
}

const known = new WeakMap<StampDefinition, boolean>();

function readsBefore(stamp: StampDefinition): boolean {
  let reads = known.get(stamp);
  if (reads === undefined) known.set(stamp, (reads = JSON.stringify(stamp.when).includes('"$before.')));
  return reads;
}
