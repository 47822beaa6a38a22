/**
 * Takes out every mention of something that is about to go, where that needs no judgement: columns, form entries, sort keys, lists on
 * pages, indexes, rights, navigation. Rules, formulas and references stay as they are; `whereUsed` still lists them.
 */
import type { Definitions } from '../model/definitions.ts';
import type { Pointer } from './uses.ts';
import { type UsageTarget, usesOf } from './where-used.ts';

export function repairDefinitions(definitions: Definitions, target: UsageTarget): Definitions {
  return withoutPointers(definitions, usesOf(definitions, target).flatMap((use) => (use.remove ? [use.remove] : [])));
}

/** A copy without what the pointers name. A pointer below another one is covered by it. */
export function withoutPointers(definitions: Definitions, pointers: readonly Pointer[]): Definitions {
  return pointers.length === 0 ? definitions : (without(definitions, pointers) as Definitions);
}

function without(value: unknown, pointers: readonly Pointer[]): unknown {
  const entries: [string | number, unknown][] = Array.isArray(value) ? value.map((item, i) => [i, item]) : Object.entries(value as object);
  const kept = entries.flatMap(([key, inner]): [string | number, unknown][] => {
    const here = pointers.filter(([first]) => first === key);
    if (here.some((pointer) => pointer.length === 1)) return [];
    return [[key, here.length > 0 ? without(inner, here.map((pointer) => pointer.slice(1))) : inner]];
  });
  return Array.isArray(value) ? kept.map(([, inner]) => inner) : Object.fromEntries(kept);
}
