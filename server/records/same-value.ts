import type { Json } from '#engine/fields/field-type.ts';

export function sameValue(a: Json, b: Json): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
