/** What integer, decimal, percent and money share: limits, tidying, and the schema of a number stored with a fixed scale. */
import type { FieldModel } from '../model/app-model.ts';
import { readAmount } from './amount-text.ts';
import { moveDecimalPoint, roundTo } from './columns.ts';
import type { Json, JsonSchema, ParseResult } from './field-type.ts';
import { digitsLost, notReadable } from './messages.ts';
import { trimText } from './plain-text.ts';
import { numberSetting } from './settings.ts';

const A_NUMBER = { 'zh-CN': '数字', en: 'a number' };

/** Beyond these a scaled integer would no longer be exact. */
function largest(scale: number): number {
  return moveDecimalPoint(Number.MAX_SAFE_INTEGER, -scale);
}

export function numberSchema(field: FieldModel, scale: number, type: 'number' | 'integer' = 'number'): JsonSchema {
  const limit = largest(scale);
  return {
    type,
    minimum: Math.max(-limit, numberSetting(field, 'min', -limit)),
    maximum: Math.min(limit, numberSetting(field, 'max', limit)),
  };
}

/** API clients may send a decimal as text, which keeps its digits through their own number types. */
export function normalizeNumber(value: Json, scale: number): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? roundTo(value, scale) : value;
  if (typeof value !== 'string') return value;
  const digits = trimText(value.normalize('NFKC'));
  if (!digits) return null;
  return /^[-+]?\d{1,15}(\.\d{1,15})?$/.test(digits) ? roundTo(Number(digits), scale) : value;
}

export function parseNumber(input: string, scale: number): ParseResult {
  const written = trimText(input);
  if (!written) return { value: null };
  const reading = readAmount(written);
  if (reading === null) return { issue: notReadable(written, A_NUMBER) };
  if ('lost' in reading) return { issue: digitsLost() };
  return { value: roundTo(reading.value, scale) };
}

const formats = new Map<string, Intl.NumberFormat>();

/** Grouped digits with exactly `decimals` places, or up to that many. */
export function formatNumber(value: number, locale: string, decimals: number, options: Intl.NumberFormatOptions = {}): string {
  const key = `${locale} ${decimals} ${options.style ?? ''} ${options.currency ?? ''} ${options.minimumFractionDigits ?? ''}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals, ...options });
    formats.set(key, format);
  }
  return format.format(value);
}

/** The format of a cell in a spreadsheet: grouped, with these decimals. */
export function cellFormat(decimals: number): string {
  return decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
}

/** For a share of one with that many digits: 0.1234 with 4 shows as 12.34%. */
export function percentFormat(scale: number): string {
  return scale <= 2 ? '0%' : `0.${'0'.repeat(scale - 2)}%`;
}
