/**
 * Resident ID and bank card numbers may not be stored: what that means for the value of a field, whoever writes it and
 * however. The setting `sensitiveNumbers` of the app says whether such a value is refused, masked or only pointed out; a
 * field with `allowNumbers` (tracking numbers, serials of a bank) is exempt.
 */
import type { Issue, Label } from '../errors.ts';
import type { Json } from '../fields/field-type.ts';
import type { FieldModel } from '../model/app-model.ts';
import { fieldTypeOf } from '../rules/paths.ts';
import { findSensitiveNumbers, maskSensitiveNumbers, type SensitiveNumber } from './sensitive-numbers.ts';

export type NumberMode = 'block' | 'mask' | 'warn';
type NumberKind = SensitiveNumber['kind'];

const KINDS: Readonly<Record<NumberKind, Label>> = {
  id: { 'zh-CN': '身份证号', en: 'a resident ID number' },
  card: { 'zh-CN': '银行卡号', en: 'a bank card number' },
};

/** The first number found anywhere inside, keys of objects included; null where there is none. */
export function bannedNumberIn(value: Json): NumberKind | null {
  if (typeof value === 'string') return findSensitiveNumbers(value)[0]?.kind ?? null;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 1e12 ? bannedNumberIn(String(value)) : null;
  if (value === null || typeof value !== 'object') return null;
  const parts = Array.isArray(value) ? value : Object.entries(value).flat();
  for (const part of parts) {
    const kind = bannedNumberIn(part);
    if (kind !== null) return kind;
  }
  return null;
}

/** The same with every number in it masked: for what comes from outside and for texts that repeat what somebody sent. */
export function withoutNumbers<Value extends Json>(value: Value): Value;
export function withoutNumbers(value: Json): Json {
  if (typeof value === 'string') return maskSensitiveNumbers(value);
  if (typeof value === 'number') return bannedNumberIn(value) === null ? value : maskSensitiveNumbers(String(value));
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => withoutNumbers(item));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [maskSensitiveNumbers(key), withoutNumbers(inner)]));
}

export interface BannedValue {
  /** Names the field, never the number. */
  readonly issue: Issue;
  /** What may be stored in its place; a number field can hold no masked one. */
  readonly masked: Json;
}

/** Null where the value may be stored. Ids of other records are not anybody's text. */
export function bannedValue(field: FieldModel, value: Json, path: string): BannedValue | null {
  if (field.allowNumbers || fieldTypeOf(field).target?.(field) !== undefined) return null;
  const kind = bannedNumberIn(value);
  if (kind === null) return null;
  const masked = typeof value === 'number' ? null : withoutNumbers(value);
  return { issue: { path, code: 'sensitive_number', message: refusal(field.label, kind) }, masked };
}

function refusal(label: Label, kind: NumberKind): Label {
  return {
    'zh-CN': `${label['zh-CN']}：含有${KINDS[kind]['zh-CN']}，按规定不得录入，请删去该号码`,
    en: `${label.en} holds ${KINDS[kind].en}, which must not be stored here; take it out`,
  };
}

/** For texts that belong to no field: the name of a file, a comment. */
export function bannedText(value: Json, label: Label): Label | null {
  const kind = bannedNumberIn(value);
  return kind === null ? null : refusal(label, kind);
}
