/** A day of the Chinese lunar calendar that comes again every year, such as a birthday: `08-15`, of a leap month `L06-08`, with its year `1985-06-03`. */
import Type from 'typebox';
import { decodeText } from './columns.ts';
import type { FieldType, Json } from './field-type.ts';
import { dayKey, type LunarDay, lunarToSolar } from '../rules/lunar-calendar.ts';
import { readLunar } from './lunar-text.ts';
import { toIssue } from './messages.ts';
import { toLine, trimText } from './plain-text.ts';

const PATTERN = /^(?:(\d{4})-)?(L?)(\d{2})-(\d{2})$/;
const MONTHS = ['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊'];
const DIGITS = ['十', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

export interface LunarValue extends LunarDay {
  /** Null: not known, as with many a birthday. */
  readonly year: number | null;
}

export function toLunarValue(value: Json): LunarValue | null {
  const match = typeof value === 'string' ? PATTERN.exec(value) : null;
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

export const lunarDate: FieldType = {
  label: { 'zh-CN': '农历日期', en: 'Lunar date' },
  group: 'time',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'text',
  // The day without its year stands apart: it is what comes again, and what a search for today's birthdays asks for.
  columns: () => [
    { suffix: '', type: 'text', kind: 'text', part: '' },
    { suffix: '__day', type: 'text', kind: 'text', part: 'day' },
  ],
  valueSchema: () => ({ type: 'string', pattern: PATTERN.source }),
  encode: (value) => {
    const lunar = toLunarValue(value);
    return [lunar && fromLunarValue(lunar), lunar && dayKey(lunar)];
  },
  decode: ([value]) => decodeText([value ?? null]),
  // An object with an id is that id when it is read itself: `birthday` is the text, `birthday.day` its part.
  toRule: (value) => {
    const lunar = toLunarValue(value);
    return lunar && { id: fromLunarValue(lunar), day: dayKey(lunar) };
  },
  normalize: toLine,
  check: (value) => (toLunarValue(value) ? [] : [toIssue('no_such_day', '农历没有这一天', 'The lunar calendar has no such day')]),
  format: (value, _field, { locale }) => {
    const lunar = toLunarValue(value);
    if (!lunar) return '';
    const { year, leap, month, day } = lunar;
    if (locale === 'en') return `Lunar ${leap ? 'leap ' : ''}${year === null ? '' : `${year}-`}${month}-${day}`;
    return `农历${year === null ? '' : `${year}年`}${leap ? '闰' : ''}${lunarMonthName(month)}${lunarDayName(day)}`;
  },
  parse: (input) => {
    const written = trimText(input);
    if (!written) return { value: null };
    const lunar = readLunar(written);
    const value = lunar && fromLunarValue(lunar);
    if (value !== null && toLunarValue(value)) return { value };
    return { issue: toIssue('not_a_lunar_date', `不是农历日期：${written}。例如：八月十五、闰六月初八、1985年腊月廿三`, `Not a lunar date: ${written}. Examples: 8-15, leap 6-8, 1985-12-23`) };
  },
  examples: {
    valid: ['08-15', 'L06-08', '1985-06-03', '2025-L06-15', '12-30'],
    invalid: ['2024-12-30', '13-01', '08-31', '8-15', '2024-L06-15', 815],
    texts: [
      ['农历八月十五', '08-15'],
      ['八月十五', '08-15'],
      ['阴历8.15', '08-15'],
      ['8-15 lunar', '08-15'],
      ['8月15', '08-15'],
      ['腊月三十', '12-30'],
      ['正月初一', '01-01'],
      ['冬月廿三日', '11-23'],
      ['闰六月初八', 'L06-08'],
      ['Lunar leap 6-8', 'L06-08'],
      ['农历1985年六月初三', '1985-06-03'],
      ['一九八五年六月初三', '1985-06-03'],
      ['1985/6/3', '1985-06-03'],
      ['公历1985-07-20', '1985-06-03'],
      ['八月卅', '08-30'],
      ['十一月二十一', '11-21'],
      ['', null],
    ],
    badTexts: ['闰六月', '八月', '13-1', '八月三十一', '明天', '1985年'],
  },
};
