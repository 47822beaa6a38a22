/** Lunar days as they are stored, and how they are called; apart from the field type, so that a screen takes no more than this. */
import type { Json } from './field-type.ts';
import { dayKey, type LunarDay, lunarToSolar } from '../rules/lunar-calendar.ts';

export const LUNAR_PATTERN = /^(?:(\d{4})-)?(L?)(\d{2})-(\d{2})$/;
const MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊'];
const DIGITS = ['十', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

export interface LunarValue extends LunarDay {
  /** Null: not known, as with many a birthday. */
  readonly year: number | null;
}

export function toLunarValue(value: Json): LunarValue | null {
  const match = typeof value === 'string' ? LUNAR_PATTERN.exec(value) : null;
  if (!match) return null;
  const [, year, leap, month, day] = match;
  const lunar = { year: year === undefined ? null : Number(year), leap: leap === 'L', month: Number(month), day: Number(day) };
  const exists = lunar.month >= 1 && lunar.month <= 12 && lunar.day >= 1 && lunar.day <= 30 && (lunar.year === null || lunarToSolar({ ...lunar, year: lunar.year }) !== null);
  return exists ? lunar : null;
}

export const fromLunarValue = (lunar: LunarValue): string => `${lunar.year === null ? '' : `${lunar.year}-`}${dayKey(lunar)}`;

/** 正月初一, 闰六月十五, 腊月三十. */
export function lunarMonthName(month: number): string {
  return `${MONTHS[month - 1]}月`;
}

export function lunarDayName(day: number): string {
  if (day <= 10) return `初${day === 10 ? '十' : DIGITS[day]}`;
  if (day === 20 || day === 30) return day === 20 ? '二十' : '三十';
  return `${day < 20 ? '十' : '廿'}${DIGITS[day % 10]}`;
}

/** 农历1985年闰六月初八; empty for what is no lunar day. */
export function formatLunar(value: Json, locale: string): string {
  const lunar = toLunarValue(value);
  if (!lunar) return '';
  const { year, leap, month, day } = lunar;
  if (locale === 'en') return `Lunar ${leap ? 'leap ' : ''}${year === null ? '' : `${year}-`}${month}-${day}`;
  return `农历${year === null ? '' : `${year}年`}${leap ? '闰' : ''}${lunarMonthName(month)}${lunarDayName(day)}`;
}
