/** A day of the Chinese lunar calendar that comes again every year, such as a birthday: `08-15`, of a leap month `L06-08`, with its year `1985-06-03`. */
import Type from 'typebox';
import { decodeText } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { dayKey } from '../rules/lunar-calendar.ts';
import { readLunar } from './lunar-text.ts';
import { formatLunar, fromLunarValue, LUNAR_PATTERN, toLunarValue } from './lunar-value.ts';
import { toIssue } from './messages.ts';
import { toLine, trimText } from './plain-text.ts';

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
  valueSchema: () => ({ type: 'string', pattern: LUNAR_PATTERN.source }),
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
  format: (value, _field, { locale }) => formatLunar(value, locale),
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
