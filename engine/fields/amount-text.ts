/**
 * Reads numbers as people write them: 1,200,000.00 · ￥12.5万 · 1.2亿 · (1,200) · 12w · 壹佰贰拾万元整. Decimal arithmetic on
 * the written digits, so 12.35万 is 123500 and not 123499.99999999999.
 */
import { moveDecimalPoint } from './columns.ts';
import { LONGEST_TYPED, toCode } from './plain-text.ts';

export type AmountReading =
  /** `unit` is the power of ten of a unit written in the text (万 is 4); undefined when there was none. */
  | { readonly value: number; readonly unit?: number }
  /** An exponent or more than 15 digits: the spreadsheet has dropped digits. */
  | { readonly lost: true }
  | null;

const CURRENCY = /^(?:¥|人民币|rmb|cny|us\$|usd|hk\$|hkd|jp¥|jpy|cn¥|€|eur|£|gbp|\$)/;
const SUFFIX = /(?:元整|圆整|元正|元|圆|块|整|rmb|cny|人民币|usd|hkd|eur|jpy)$/;
const UNITS: Readonly<Record<string, number>> = {
  十: 1, 百: 2, 千: 3, 万: 4, 萬: 4, 十万: 5, 百万: 6, 千万: 7, 亿: 8, 億: 8, 十亿: 9, 百亿: 10, 千亿: 11, 万亿: 12, k: 3, w: 4, m: 6,
};
const UNIT = /^(\d+(?:\.\d+)?|\.\d+)(十万|百万|千万|十亿|百亿|千亿|万亿|[十百千万萬亿億kwm])?/;
const DIGITS: Readonly<Record<string, number>> = {
  零: 0, '〇': 0, 一: 1, 壹: 1, 二: 2, 贰: 2, 貳: 2, 两: 2, 三: 3, 叁: 3, 參: 3, 四: 4, 肆: 4, 五: 5, 伍: 5, 六: 6, 陆: 6, 陸: 6, 七: 7, 柒: 7, 八: 8, 捌: 8, 九: 9, 玖: 9,
};
const STEPS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };

export function readAmount(text: string): AmountReading {
  if (text.length > LONGEST_TYPED) return null;
  let rest = toCode(text).toLowerCase().replace(/[\u2212\u2013\u2014]/g, '-');
  let negative = false;
  const bracketed = /^\((.+)\)$/.exec(rest);
  if (bracketed?.[1]) {
    negative = true;
    rest = bracketed[1];
  }
  for (const pattern of [CURRENCY, /^[-+]/, CURRENCY]) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) continue;
    if (found === '-') negative = !negative;
    rest = rest.slice(found.length);
  }
  const chinese = readChineseAmount(rest);
  const reading = chinese === null ? readDigits(rest.replace(SUFFIX, '')) : { value: chinese };
  return reading && 'value' in reading && negative ? { ...reading, value: -reading.value || 0 } : reading;
}

function readDigits(text: string): AmountReading {
  if (/^\d+(\.\d+)?e[+-]?\d+$/.test(text)) return { lost: true };
  const grouped = /^\d{1,4}(,\d{3,4})+(?!\d)/.test(text) ? text.replaceAll(',', '') : text;
  if (grouped.replace(/^0+|\D/g, '').replace(/^0+/, '').length > 15) return { lost: true };
  let rest = grouped;
  let total = 0;
  let unit: number | undefined;
  while (rest) {
    const [whole, digits, word] = UNIT.exec(rest) ?? [];
    if (whole === undefined || digits === undefined) return null;
    const power = word === undefined ? 0 : (UNITS[word] ?? 0);
    // 1亿2000万: each part is of a smaller unit than the one before.
    if (unit !== undefined && power >= unit && !(power === 0 && unit === 0)) return null;
    total += moveDecimalPoint(Number(digits), power);
    if (rest.length < grouped.length && unit === undefined) return null;
    unit = word === undefined ? (unit ?? undefined) : (unit ?? power);
    rest = rest.slice(whole.length);
  }
  if (grouped === '') return null;
  return unit === undefined ? { value: total } : { value: total, unit };
}

/** 壹佰贰拾万元整, 三千五百元, 叁角伍分; null when the text is not written in Chinese numerals. */
export function readChineseAmount(text: string): number | null {
  const match = /^([^元圆块角分]*?)(?:[元圆块](?:零)?)?(?:(.)角)?(?:零?(.)分)?[整正]?$/.exec(text);
  if (!match || text === '') return null;
  const [, whole = '', tenths, hundredths] = match;
  const value = whole === '' ? 0 : readChineseInteger(whole);
  if (value === null || (whole === '' && tenths === undefined && hundredths === undefined)) return null;
  const cents = (DIGITS[tenths ?? '零'] ?? Number.NaN) * 10 + (DIGITS[hundredths ?? '零'] ?? Number.NaN);
  return Number.isNaN(cents) ? null : moveDecimalPoint(moveDecimalPoint(value, 2) + cents, -2);
}

export function readChineseInteger(text: string): number | null {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  let numerals = 0;
  for (const character of text) {
    const value = DIGITS[character];
    const step = STEPS[character];
    if (value !== undefined) {
      if (digit !== null && digit !== 0) return null;
      digit = value;
      numerals++;
    } else if (step !== undefined) {
      section += (digit || (section === 0 && digit === null ? 1 : 0)) * step;
      digit = null;
      numerals++;
    } else if (character === '万' || character === '萬' || character === '亿' || character === '億') {
      const power = character === '万' || character === '萬' ? 1e4 : 1e8;
      if (numerals === 0) return null;
      total = power === 1e8 ? (total + section + (digit ?? 0)) * power : total + (section + (digit ?? 0)) * power;
      section = 0;
      digit = null;
    } else return null;
  }
  return numerals === 0 ? null : total + section + (digit ?? 0);
}
