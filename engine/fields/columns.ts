/** The column shapes most field types share, with the conversions that belong to them. */
import type { ValueKind } from '../rules/rule.ts';
import type { ColumnSpec, Json, SqlValue } from './field-type.ts';

export function textColumn(kind: ValueKind): readonly ColumnSpec[] {
  return [{ suffix: '', type: 'text', kind, part: '' }];
}

export function jsonColumn(kind: ValueKind): readonly ColumnSpec[] {
  return [{ suffix: '', type: 'json', kind, part: kind === 'none' ? null : '' }];
}

export function scaledColumn(scale: number): readonly ColumnSpec[] {
  return [{ suffix: '', type: 'bigint', kind: 'number', part: '', scale }];
}

export function encodeText(value: Json): SqlValue[] {
  return [typeof value === 'string' ? value : null];
}

export function decodeText([column]: readonly SqlValue[]): Json {
  return column == null ? null : String(column);
}

export function encodeJson(value: Json): SqlValue[] {
  return [value === null ? null : JSON.stringify(value)];
}

export function decodeJson([column]: readonly SqlValue[]): Json {
  return column == null ? null : (JSON.parse(String(column)) as Json);
}

export function encodeScaled(value: Json, scale: number): SqlValue[] {
  return [typeof value === 'number' ? shiftDecimal(value, scale) : null];
}

/** A whole number over a power of ten is rounded once and correctly: the nearest double to the decimal that was meant. */
export function decodeScaled([column]: readonly SqlValue[], scale: number): Json {
  return column == null ? null : Number(column) / 10 ** scale;
}

/** value × 10^scale as a whole number, halves away from zero. Exact: 1.005 with scale 2 is 101, which `Math.round(1.005 * 100)` misses. */
export function shiftDecimal(value: number, scale: number): number {
  const shifted = Math.round(moveDecimalPoint(Math.abs(value), scale));
  return value < 0 && shifted !== 0 ? -shifted : shifted;
}

export function roundTo(value: number, scale: number): number {
  return moveDecimalPoint(shiftDecimal(value, scale), -scale);
}

/** Moves the decimal point in the written form, so no binary error arises. */
export function moveDecimalPoint(value: number, places: number): number {
  if (places === 0 || value === 0) return value;
  const [digits, exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}
