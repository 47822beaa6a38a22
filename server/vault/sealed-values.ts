/**
 * Values of encrypted fields between records and rows. In memory a value that no key opens stays what it is, as `{ $sealed }`: a write of
 * other fields puts it back untouched, and whoever reads it is told so. Nobody can type one, since these fields take texts.
 */
import type { Json, SqlValue } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { isSealedText, type Vault } from './vault.ts';

export interface SealedValue {
  readonly [key: string]: Json;
  readonly $sealed: string;
}

/** Stands in answers and files where a value does not open. */
export const UNREADABLE = '无法解密：缺少密钥或内容已损坏 / Cannot be decrypted: the key is missing, or the content is damaged';

export function isSealedValue(value: unknown): value is SealedValue {
  return value !== null && typeof value === 'object' && typeof (value as { $sealed?: unknown }).$sealed === 'string';
}

export function placeOf(table: string, field: string, id: string): string {
  return `${table}/${field}/${id}`;
}

export function openColumn(vault: Vault, field: FieldModel, id: string, stored: SqlValue | undefined): Json {
  if (stored === null || stored === undefined) return null;
  const text = vault.open(String(stored), placeOf(field.table, field.name, id));
  return text === null ? { $sealed: String(stored) } : fieldTypeOf(field).decode([text], field);
}

export function sealColumn(vault: Vault, field: FieldModel, id: string, value: Json): SqlValue {
  if (value === null) return null;
  if (isSealedValue(value)) return value.$sealed;
  return vault.seal(String(fieldTypeOf(field).encode(value, field)[0]), placeOf(field.table, field.name, id));
}

/** As an answer shows it. */
export function shownValue(value: Json): Json {
  return isSealedValue(value) ? UNREADABLE : value;
}

/** A copy kept elsewhere, as the audit keeps what stood there before and stands there after. */
export function sealCopy(vault: Vault, field: FieldModel, id: string, value: Json): Json {
  return value === null || isSealedValue(value) ? value : { $sealed: String(sealColumn(vault, field, id, value)) };
}

export function openCopy(vault: Vault, place: { readonly table: string; readonly field: string; readonly id: string }, value: Json): Json {
  return isSealedValue(value) ? (vault.open(value.$sealed, placeOf(place.table, place.field, place.id)) ?? UNREADABLE) : value;
}

/**
 * A text of the server's own that may hold such values: the state of a run, a request on its way out. Sealed as a whole where
 * anything is encrypted at all. While a key is missing nothing readable can get into it.
 */
export function sealOwn(vault: Vault, text: string, place: string): string {
  return vault.isActive && vault.missing.length === 0 ? vault.seal(text, place) : text;
}

/** Null: it is sealed, and does not open. */
export function openOwn(vault: Vault, text: string, place: string): string | null {
  return isSealedText(text) ? vault.open(text, place) : text;
}
