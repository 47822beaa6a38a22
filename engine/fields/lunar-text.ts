/** A lunar day as people write it: 农历八月十五, 阴历8.15, 腊月三十, 闰六月初八, `8-15 lunar`; a solar day that says it is one is converted. */
import { isDate, readDate } from './date-text.ts';
import { solarToLunar } from '../rules/lunar-calendar.ts';
import type { LunarValue } from './lunar-value.ts';

const NUMBERS: Readonly<Record<string, number>> = { 〇: 0, 零: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const MARKS = /农历|農曆|阴历|陰曆|旧历|舊曆|lunar/gi;
const SOLAR = /^\s*(?:公历|公曆|阳历|陽曆|新历|solar)\s*/i;
const DAY = /^(?:(\d{4}|[〇零一二三四五六七八九]{4})[年\-/.]\s*)?(闰|閏|leap\s*)?\s*(正|冬|腊|臘|十[一二]?|[一二三四五六七八九]|\d{1,2})[月\-/.]\s*(初?[一二三四五六七八九十]|十[一二三四五六七八九]|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十|卅|\d{1,2})[日号]?$/i;

/** Null: not understood. Whether there is such a day is not looked at. */
export function readLunar(text: string): LunarValue | null {
  const written = text.normalize('NFKC').trim();
  if (SOLAR.test(written)) return fromSolar(written.replace(SOLAR, ''));
  // A leap month may be told before its year: `Lunar leap 1985-6-8`.
  const plain = written.replace(MARKS, '').trim().replace(/^leap\s+(\d{4})-/i, '$1-leap ');
  const match = DAY.exec(plain);
  if (!match) return null;
  const [, year, leap, month = '', day = ''] = match;
  return { year: year === undefined ? null : yearOf(year), leap: leap !== undefined, month: monthOf(month), day: numberOf(day.replace(/^初/, '')) };
}

function fromSolar(text: string): LunarValue | null {
  const reading = readDate(text, '2000-01-01');
  if (!reading || reading === 'ambiguous' || !isDate(reading.date)) return null;
  return solarToLunar(reading.date);
}

const yearOf = (text: string): number => (/^\d/.test(text) ? Number(text) : Number([...text].map((digit) => NUMBERS[digit]).join('')));

function monthOf(text: string): number {
  const named: Readonly<Record<string, number>> = { 正: 1, 冬: 11, 腊: 12, 臘: 12 };
  return named[text] ?? numberOf(text);
}

/** 三, 十, 十五, 二十, 廿三, 三十, 卅, 15. */
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (text === '卅') return 30;
  const [tens, ones] = text.replace('廿', '二十').includes('十') ? text.replace('廿', '二十').split('十') : ['0', text];
  const ten = tens === '0' ? 0 : tens === '' ? 1 : (NUMBERS[tens ?? ''] ?? 0);
  return ten * 10 + (ones === '' || ones === undefined ? 0 : (NUMBERS[ones] ?? 0));
}
