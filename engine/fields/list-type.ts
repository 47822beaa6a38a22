/** What the list types share: a JSON column holding texts without repeats, and how a typed list is split. */
import { decodeJson, encodeJson, jsonColumn } from './columns.ts';
import type { FieldType, Json } from './field-type.ts';
import { trimText } from './plain-text.ts';

export function splitList(text: string): string[] {
  return text.split(/[;；,，、|\n\t]+/).map(trimText).filter(Boolean);
}

/** A single text is taken as a list of one; nothing else is guessed. */
export function normalizeTexts(value: Json): Json {
  if (typeof value === 'string') return trimText(value) ? [trimText(value)] : null;
  if (!Array.isArray(value)) return value;
  const tidy = value.map((item) => (typeof item === 'string' ? trimText(item) : item)).filter((item) => item !== '' && item !== null);
  const unique = tidy.filter((item, index) => typeof item !== 'string' || tidy.indexOf(item) === index);
  return unique.length > 0 ? unique : null;
}

export function textsOf(value: Json): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

export const listColumn: Pick<FieldType, 'storage' | 'kind' | 'columns' | 'encode' | 'decode' | 'normalize'> = {
  storage: 'columns',
  kind: () => 'list',
  columns: () => jsonColumn('list'),
  encode: encodeJson,
  decode: decodeJson,
  normalize: normalizeTexts,
};
