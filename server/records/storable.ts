/**
 * JSON as both databases can keep it: PostgreSQL refuses NUL and lone surrogates, and nobody types them. Nesting is
 * bounded here, so that nothing behind needs to mind its stack.
 */
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';

const MOST_LEVELS = 60;
const UNSTORABLE = /\0|\p{Surrogate}/u;

export function storable(value: Json, level = 0): Json {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd') : value;
  if (value === null || typeof value !== 'object') return value;
  if (level === MOST_LEVELS) throw new AppError('invalid_request', { 'zh-CN': `JSON 嵌套超过 ${MOST_LEVELS} 层`, en: `The JSON is nested more than ${MOST_LEVELS} levels deep` });
  if (Array.isArray(value)) return value.map((item) => storable(item, level + 1));
  // `fromEntries` defines properties; an assignment to `__proto__` would set the prototype.
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key) as string, storable(inner, level + 1)]));
}
