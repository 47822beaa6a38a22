/** A calendar day, `YYYY-MM-DD`: a text, never an instant, so no time zone can move it. */
import Type from 'typebox';
import { decodeText, encodeText, textColumn } from './columns.ts';
import { dateIssue, doubtIssue, noSuchDay } from './date-issues.ts';
import { isDate, readDate } from './date-text.ts';
import type { FieldType } from './field-type.ts';
import { toLine, trimText } from './plain-text.ts';

export const date: FieldType = {
  label: { 'zh-CN': '日期', en: 'Date' },
  group: 'time',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'date',
  columns: () => textColumn('date'),
  valueSchema: () => ({ type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  encode: encodeText,
  decode: decodeText,
  normalize: toLine,
  check: (value) => (typeof value === 'string' && isDate(value) ? [] : [noSuchDay()]),
  format: (value) => (typeof value === 'string' ? value : ''),
  parse: (input, _field, { today }) => {
    const written = trimText(input);
    if (!written) return { value: null };
    const reading = readDate(written, today);
    return reading && reading !== 'ambiguous' ? { value: reading.date, ...doubtIssue(reading.doubt) } : { issue: dateIssue(written, reading) };
  },
  examples: {
    valid: ['2024-03-15', '2024-02-29', '1949-10-01'],
    invalid: ['2024-02-30', '2023-02-29', '2024-3-15', '2024-03-15T00:00:00Z', 20240315],
    texts: [
      ['2024/3/15', '2024-03-15'],
      ['2024.3.15', '2024-03-15'],
      ['20240315', '2024-03-15'],
      ['2024年3月15日', '2024-03-15'],
      ['２０２４年３月１５日', '2024-03-15'],
      ['2024年3月', '2024-03-01'],
      ['3月15日', '2024-03-15'],
      ['24-3-15', '2024-03-15'],
      ['99-12-31', '1999-12-31'],
      ['二〇二四年三月十五日', '2024-03-15'],
      ['民国113年3月15日', '2024-03-15'],
      ['2024-03-15 下午2点', '2024-03-15'],
      ['2024-03-1514:00-15:00', '2024-03-15'],
      ['3/15/2024', '2024-03-15'],
      ['15 Mar 2024', '2024-03-15'],
      ['2024年3月15日（星期五）', '2024-03-15'],
      ['', null],
    ],
    badTexts: ['2024-02-30', '03/04/2024', '明天', '2024-13-01', '45366', '2024年'],
  },
};
