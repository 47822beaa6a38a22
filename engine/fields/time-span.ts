/** From one moment to another; the end may be open. Rules address `field.start` and `field.end`. */
import Type from 'typebox';
import type { ColumnSpec, FieldType, Json } from './field-type.ts';
import { dateIssue, doubtIssue, noSuchDay } from './date-issues.ts';
import { readDate } from './date-text.ts';
import { toIssue } from './messages.ts';
import { formatMoment, isMoment, MOMENT_PATTERN, normalizeMoment, toMoment } from './moment.ts';
import { trimText } from './plain-text.ts';
import { toWallTime } from './time-zone.ts';

interface Span {
  readonly start: string;
  readonly end: string | null;
}

const columns: readonly ColumnSpec[] = [
  { suffix: '__start', type: 'text', kind: 'dateTime', part: 'start' },
  { suffix: '__end', type: 'text', kind: 'dateTime', part: 'end' },
];

function toSpan(value: Json): Span | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || typeof value.start !== 'string') return null;
  return { start: value.start, end: typeof value.end === 'string' ? value.end : null };
}

function formatSpan({ start, end }: Span, timeZone: string): string {
  const from = formatMoment(start, timeZone);
  if (end === null) return from;
  const to = formatMoment(end, timeZone);
  const sameDay = toWallTime(start, timeZone).date === toWallTime(end, timeZone).date;
  return sameDay ? `${from}-${to.slice(11)}` : `${from} - ${to}`;
}

export const timeSpan: FieldType = {
  label: { 'zh-CN': '时间段', en: 'Time span' },
  group: 'time',
  settings: Type.Object({}),
  storage: 'columns',
  kind: () => 'none',
  columns: () => columns,
  valueSchema: () => ({
    type: 'object',
    properties: {
      start: { type: 'string', pattern: MOMENT_PATTERN },
      end: { anyOf: [{ type: 'string', pattern: MOMENT_PATTERN }, { type: 'null' }] },
    },
    required: ['start', 'end'],
    additionalProperties: false,
  }),
  encode: (value) => {
    const span = toSpan(value);
    return [span?.start ?? null, span?.end ?? null];
  },
  decode: ([start, end]) => (start == null ? null : { start: String(start), end: end == null ? null : String(end) }),
  normalize: (value) => {
    // A rule can give a moment but no object: `$now` as a default is the start.
    if (typeof value === 'string' && isMoment(value)) return { start: normalizeMoment(value), end: null };
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value === '' ? null : value;
    const { start = null, end = null, ...others } = value;
    const span = { ...others, start: normalizeMoment(start), end: normalizeMoment(end) };
    return span.start === null && span.end === null && Object.keys(others).length === 0 ? null : span;
  },
  check: (value) => {
    const span = toSpan(value);
    if (!span || !isMoment(span.start) || (span.end !== null && !isMoment(span.end))) return [noSuchDay()];
    return span.end === null || span.end > span.start
      ? []
      : [{ ...toIssue('end_before_start', '结束时间须晚于开始时间', 'The end must be after the start'), path: '/end' }];
  },
  format: (value, _field, { timeZone }) => {
    const span = toSpan(value);
    return span ? formatSpan(span, timeZone) : '';
  },
  parse: (input, _field, { today, timeZone }) => {
    const written = trimText(input);
    if (!written) return { value: null };
    const reading = readDate(written, today);
    if (!reading || reading === 'ambiguous') return { issue: dateIssue(written, reading) };
    const start = toMoment(reading.date, reading.time, timeZone);
    const end = reading.end ? toMoment(reading.end.date, reading.end.time, timeZone) : null;
    if (end !== null && end <= start) return { issue: toIssue('end_before_start', '结束时间须晚于开始时间', 'The end must be after the start') };
    return { value: { start, end }, ...doubtIssue(reading.doubt) };
  },
  examples: {
    valid: [
      { start: '2024-03-15T06:00:00.000Z', end: '2024-03-15T07:00:00.000Z' },
      { start: '2024-03-15T06:00:00.000Z', end: '2024-03-17T07:30:15.000Z' },
      { start: '2024-03-15T06:00:00.000Z', end: null },
    ],
    invalid: [
      { start: '2024-03-15T07:00:00.000Z', end: '2024-03-15T06:00:00.000Z' },
      { start: null, end: '2024-03-15T06:00:00.000Z' },
      { start: '2024-03-15T06:00:00.000Z', end: null, note: 'x' },
      '2024-03-15',
    ],
    texts: [
      ['2024-03-15, 14:00–15:00', { start: '2024-03-15T06:00:00.000Z', end: '2024-03-15T07:00:00.000Z' }],
      ['2024-03-1514:00-15:00', { start: '2024-03-15T06:00:00.000Z', end: '2024-03-15T07:00:00.000Z' }],
      ['2024年3月15日 14：00～15：00', { start: '2024-03-15T06:00:00.000Z', end: '2024-03-15T07:00:00.000Z' }],
      ['2024-03-15 14:00', { start: '2024-03-15T06:00:00.000Z', end: null }],
      ['', null],
    ],
    badTexts: ['2024-03-15 15:00-14:00', '14:00-15:00'],
  },
};
