/**
 * Reads dates and times as Chinese and international texts write them (`2024年3月15日 下午2点半`, `20240315`, `3月15日`,
 * `2024-03-1514:00-15:00`). Nothing is guessed silently: what was completed comes back as a doubt.
 */
import { readChineseInteger } from './amount-text.ts';
import { LONGEST_TYPED, trimText } from './plain-text.ts';

export type DateDoubt = 'no_year' | 'no_day' | 'month_first';

export interface DateReading {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:mm:ss` */
  readonly time?: string;
  readonly end?: { readonly date: string; readonly time: string };
  readonly doubt?: DateDoubt;
}

const SPACE = '[\\s,T]*';
const FORMS: readonly { pattern: RegExp; order: 'ymd' | 'md' | 'ym' | 'dmy' | 'roc' }[] = [
  { pattern: new RegExp(`^(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{2})\\s*[日号]?${SPACE}`), order: 'ymd' },
  { pattern: new RegExp(`^(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d)\\s*[日号]?${SPACE}`), order: 'ymd' },
  { pattern: new RegExp(`^(\\d{4})(\\d{2})(\\d{2})(?!\\d)${SPACE}`), order: 'ymd' },
  { pattern: new RegExp(`^(?:民国|民國)\\s*(\\d{1,3})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*[日号]?${SPACE}`), order: 'roc' },
  { pattern: /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/, order: 'ym' },
  { pattern: new RegExp(`^(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*[日号]?${SPACE}`), order: 'md' },
  { pattern: new RegExp(`^(\\d{2})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})(?!\\d)\\s*[日号]?${SPACE}`), order: 'ymd' },
  { pattern: new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})(?!\\d)${SPACE}`), order: 'dmy' },
];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS_BEFORE_FEBRUARY_29 = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year !== undefined && toDate(Number(year), Number(month), Number(day)) === text;
}

function toDate(year: number, month: number, day: number): string | null {
  const days = DAYS_BEFORE_FEBRUARY_29[month - 1];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (days === undefined || year < 1 || day < 1 || day > days || (month === 2 && day === 29 && !leap)) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function fullYear(year: number): number {
  return year < 50 ? 2000 + year : 1900 + year;
}

/** 'ambiguous' for 03/04/2024, which is March or April by the writer's country; null for what is no date. */
export function readDate(text: string, today: string): DateReading | 'ambiguous' | null {
  if (text.length > LONGEST_TYPED) return null;
  const written = unify(text);
  let ambiguous = false;
  for (const { pattern, order } of FORMS) {
    const match = pattern.exec(written);
    if (!match) continue;
    const [a, b, c] = [Number(match[1]), Number(match[2]), Number(match[3])];
    let date: string | null = null;
    let doubt: DateDoubt | undefined;
    if (order === 'ymd') date = toDate(match[1]?.length === 2 ? fullYear(a) : a, b, c);
    else if (order === 'roc') date = toDate(a + 1911, b, c);
    else if (order === 'ym') [date, doubt] = [toDate(a, b, 1), 'no_day'];
    else if (order === 'md') [date, doubt] = [toDate(Number(today.slice(0, 4)), a, b), 'no_year'];
    else {
      const year = match[3]?.length === 2 ? fullYear(c) : c;
      const [monthFirst, dayFirst] = [toDate(year, a, b), toDate(year, b, a)];
      if (monthFirst && dayFirst && monthFirst !== dayFirst) {
        ambiguous = true;
        continue;
      }
      [date, doubt] = [monthFirst ?? dayFirst, 'month_first'];
    }
    const times = date === null ? null : readTimes(written.slice(match[0].length), date, today);
    if (date !== null && times) return { date, ...times, ...(doubt ? { doubt } : {}) };
  }
  return ambiguous ? 'ambiguous' : null;
}

/** Half-width, Chinese numerals and English months turned into digits. */
function unify(text: string): string {
  const narrow = trimText(text.normalize('NFKC')).replace(/[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?/g, ' ').trim();
  const english = /^(?:([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?)[\s,-]+(\d{4})/i.exec(narrow);
  if (english) {
    const month = MONTHS.indexOf((english[1] ?? english[4] ?? '').slice(0, 3).toLowerCase()) + 1;
    if (month > 0) return `${english[5]}-${month}-${english[2] ?? english[3]}${narrow.slice(english[0].length)}`;
  }
  return narrow
    .replace(/[〇零○Oo一二三四五六七八九]{4}(?=年)/g, (digits) => [...digits].map((digit) => readChineseInteger(digit.replace(/[○Oo]/, '〇')) ?? 0).join(''))
    .replace(/[零一二三四五六七八九十廿卅]{1,4}(?=[月日号点时分年])/g, (numeral) => {
      const value = readChineseInteger(numeral.replace('廿', '二十').replace('卅', '三十'));
      return value === null ? numeral : String(value);
    });
}

const TIME = /^(凌晨|早上|早晨|上午|中午|下午|晚上|傍晚|am|pm)?\s*(\d{1,2})\s*(?::|点|时|h)\s*(?:(半)|(\d{1,2})?(?:\s*:\s*(\d{2})(?:\.\d+)?)?\s*分?(?:(\d{1,2})秒)?)\s*(am|pm)?/i;

/** `14:30`, `下午2点半`, `9:05 PM` -> `HH:mm:ss`, and what follows. */
function takeTime(text: string): [time: string, rest: string] | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const half = (match[1] ?? match[7] ?? '').toLowerCase();
  let hour = Number(match[2]);
  const minute = match[3] ? 30 : Number(match[4] ?? 0);
  const second = Number(match[5] ?? match[6] ?? 0);
  if (['下午', '晚上', '傍晚', 'pm'].includes(half) && hour < 12) hour += 12;
  if (half === '中午' && hour < 3) hour += 12;
  if ((half === 'am' || half === '凌晨' || half === '上午') && hour === 12) hour = 0;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const time = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
  return [time, text.slice(match[0].length).trim()];
}

function readTimes(rest: string, date: string, today: string): Omit<DateReading, 'date'> | null {
  if (rest === '') return {};
  const start = takeTime(rest);
  if (!start) return null;
  const [time, after] = start;
  if (after === '') return { time };
  const range = /^(?:[-–—~～]|至|到|to)\s*(.+)$/i.exec(after)?.[1];
  if (range === undefined) return null;
  const end = takeTime(range);
  if (end?.[1] === '') return { time, end: { date, time: end[0] } };
  const other = readDate(range, today);
  return other && other !== 'ambiguous' && other.time && !other.end ? { time, end: { date: other.date, time: other.time } } : null;
}
