/** A place on the map: latitude and longitude in degrees (WGS 84). */
import Type from 'typebox';
import { roundTo } from './columns.ts';
import type { ColumnSpec, FieldType, Json } from './field-type.ts';
import { notReadable } from './messages.ts';
import { LONGEST_TYPED } from './plain-text.ts';

// Six decimals are 11 cm.
const SCALE = 6;
const columns: readonly ColumnSpec[] = [
  { suffix: '__lat', type: 'real', kind: 'number', part: 'lat' },
  { suffix: '__lng', type: 'real', kind: 'number', part: 'lng' },
];

function toPoint(value: Json): { lat: number; lng: number } | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  return typeof value.lat === 'number' && typeof value.lng === 'number' ? { lat: value.lat, lng: value.lng } : null;
}

export const geoPoint: FieldType = {
  label: { 'zh-CN': '地理位置', en: 'Place on the map' },
  group: 'other',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'none',
  columns: () => columns,
  valueSchema: () => ({
    type: 'object',
    properties: { lat: { type: 'number', minimum: -90, maximum: 90 }, lng: { type: 'number', minimum: -180, maximum: 180 } },
    required: ['lat', 'lng'],
    additionalProperties: false,
  }),
  encode: (value) => {
    const point = toPoint(value);
    return [point?.lat ?? null, point?.lng ?? null];
  },
  decode: ([lat, lng]) => (lat == null || lng == null ? null : { lat: Number(lat), lng: Number(lng) }),
  normalize: (value) => {
    const point = toPoint(value);
    if (!point || value === null || Object.keys(value).length !== 2) return value === '' ? null : value;
    return { lat: roundTo(point.lat, SCALE), lng: roundTo(point.lng, SCALE) };
  },
  format: (value) => {
    const point = toPoint(value);
    return point ? `${point.lat}, ${point.lng}` : '';
  },
  parse: (input) => {
    const written = input.normalize('NFKC').trim();
    if (!written) return { value: null };
    const match = written.length > LONGEST_TYPED ? null : /^\(?(-?\d{1,3}(?:\.\d+)?)°?\s*[NS]?\s*[,\s/]\s*(-?\d{1,3}(?:\.\d+)?)°?\s*[EW]?\)?$/i.exec(written);
    const [first, second] = [Number(match?.[1]), Number(match?.[2])];
    // Chinese map services write the longitude first; beyond 90 it can be nothing else.
    const [lat, lng] = Math.abs(first) > 90 ? [second, first] : [first, second];
    return match && Math.abs(lat) <= 90 && Math.abs(lng) <= 180
      ? { value: { lat: roundTo(lat, SCALE), lng: roundTo(lng, SCALE) } }
      : { issue: notReadable(written, { 'zh-CN': '经纬度', en: 'a latitude and longitude' }) };
  },
  examples: {
    valid: [{ lat: 22.543099, lng: 114.057868 }, { lat: -33.9, lng: 0 }],
    invalid: [{ lat: 91, lng: 0 }, { lat: 1 }, { lat: 1, lng: 2, height: 3 }, '1,2', [1, 2]],
    texts: [['22.5431，114.0579', { lat: 22.5431, lng: 114.0579 }], ['114.0579,22.5431', { lat: 22.5431, lng: 114.0579 }], ['', null]],
    badTexts: ['深圳', '95, 195'],
  },
};
