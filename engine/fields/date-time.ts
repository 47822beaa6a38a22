/** A moment, kept in UTC and shown in the workspace's time zone. */
import Type from 'typebox';
import { decodeText, encodeText, textColumn } from './columns.ts';
import { dateIssue, doubtIssue, noSuchDay } from './date-issues.ts';
import { readDate } from './date-text.ts';
import type { FieldType } from './field-type.ts';
import { formatMoment, isMoment, MOMENT_PATTERN, normalizeMoment, toMoment } from './moment.ts';
import { trimText } from './plain-text.ts';

export const dateTime: FieldType = {
  label: { 'zh-CN': '日期时间', en: 'Date and time' },
  group: 'time',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'dateTime',
  columns: () => textColumn('dateTime'),
  valueSchema: () => ({ type: 'string', pattern: MOMENT_PATTERN }),
  encode: encodeText,
  decode: decodeText,
  normalize: normalizeMoment,
  check: (value) => (isMoment(value) ? [] : [noSuchDay()]),
  format: (value, _field, { timeZone }) => (typeof value === 'string' ? formatMoment(value, timeZone) : ''),
  parse: (input, _field, { today, timeZone }) => {
    const written = trimText(input);
    if (!written) return { value: null };
    const exact = normalizeMoment(written);
    if (isMoment(exact)) return { value: exact };
    const reading = readDate(written, today);
    if (!reading || reading === 'ambiguous' || reading.end) return { issue: dateIssue(written, reading === 'ambiguous' ? reading : null) };
    return { value: toMoment(reading.date, reading.time, timeZone), ...doubtIssue(reading.doubt) };
  },
  examples: {
    valid: ['2024-03-15T06:30:00.000Z', '2024-12-31T16:00:01.000Z'],
    invalid: ['2024-03-15', '2024-02-30T00:00:00.000Z', '2024-03-15T14:30', 1710484200000],
    texts: [
      ['2024-03-15 14:30', '2024-03-15T06:30:00.000Z'],
      ['2024年3月15日 下午2点半', '2024-03-15T06:30:00.000Z'],
      ['2024/3/15 2:30 PM', '2024-03-15T06:30:00.000Z'],
      ['2024-03-15T14:30:00+08:00', '2024-03-15T06:30:00.000Z'],
      ['2024-03-15', '2024-03-14T16:00:00.000Z'],
      ['3月15日14时30分', '2024-03-15T06:30:00.000Z'],
      ['2024-03-15 00:00:30', '2024-03-14T16:00:30.000Z'],
      ['', null],
    ],
    badTexts: ['2024-03-15 25:00', '下午', '2024-03-15 14:00-15:00'],
  },
};
