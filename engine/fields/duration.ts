/** A length of time in whole seconds. `unit` is what a bare number means, and the largest unit shown. */
import Type from 'typebox';
import type { FieldModel } from '../model/app-model.ts';
import { decodeScaled, encodeScaled, scaledColumn } from './columns.ts';
import type { FieldType } from './field-type.ts';
import { notReadable } from './messages.ts';
import { normalizeNumber } from './number-type.ts';
import { LONGEST_TYPED, trimText } from './plain-text.ts';
import { labelled, text, textSetting } from './settings.ts';

const LONGEST = 100 * 366 * 86400;
const UNITS = [
  { name: 'days', seconds: 86400, zh: '天', en: 'd', words: ['天', '日', 'd', 'day', 'days'] },
  { name: 'hours', seconds: 3600, zh: '小时', en: 'h', words: ['小时', '时', '钟头', 'h', 'hour', 'hours'] },
  { name: 'minutes', seconds: 60, zh: '分钟', en: 'min', words: ['分钟', '分', 'min', 'minute', 'minutes', 'm'] },
  { name: 'seconds', seconds: 1, zh: '秒', en: 's', words: ['秒', 's', 'sec', 'second', 'seconds'] },
] as const;

function unitIndex(field: FieldModel): number {
  return UNITS.findIndex((unit) => unit.name === textSetting(field, 'unit', 'minutes'));
}

function formatDuration(seconds: number, first: number, chinese: boolean): string {
  let rest = Math.abs(seconds);
  const parts = UNITS.slice(first).flatMap((unit) => {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    return count > 0 ? [chinese ? `${count}${unit.zh}` : `${count} ${unit.en}`] : [];
  });
  const smallest = UNITS[first] ?? UNITS[2];
  return parts.join(chinese ? '' : ' ') || (chinese ? `0${smallest.zh}` : `0 ${smallest.en}`);
}

function readDuration(written: string, bareUnit: number): number | null {
  if (written.length > LONGEST_TYPED) return null;
  const clock = /^(\d+):([0-5]\d)(?::([0-5]\d))?$/.exec(written);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
  if (/^\d+(\.\d+)?$/.test(written)) return Number(written) * bareUnit;
  let total = 0;
  let rest = written;
  while (rest) {
    const match = /^(\d+(?:\.\d+)?|半)\s*个?\s*(半)?\s*([a-z]+|天|日|小时|时|钟头|分钟|分|秒)\s*(半)?\s*/.exec(rest);
    const unit = UNITS.find((candidate) => (candidate.words as readonly string[]).includes(match?.[3] ?? ''));
    if (!match || !unit) return null;
    total += ((match[1] === '半' ? 0.5 : Number(match[1])) + (match[2] || match[4] ? 0.5 : 0)) * unit.seconds;
    rest = rest.slice(match[0].length);
  }
  return total;
}

export const duration: FieldType = {
  label: { 'zh-CN': '时长', en: 'Duration' },
  group: 'time',
  settings: Type.Object({
    unit: Type.Union([Type.Literal('minutes'), Type.Literal('hours'), Type.Literal('days')], { default: 'minutes', ...labelled('单位', 'Unit', { 'x-labels': { minutes: text('分钟', 'Minutes'), hours: text('小时', 'Hours'), days: text('天', 'Days') } }) }),
  }),
  storage: 'columns',
  kind: () => 'number',
  columns: () => scaledColumn(0),
  valueSchema: () => ({ type: 'integer', minimum: 0, maximum: LONGEST }),
  encode: (value) => encodeScaled(value, 0),
  decode: (columns) => decodeScaled(columns, 0),
  normalize: (value) => normalizeNumber(value, 6),
  format: (value, field, { locale }) =>
    typeof value === 'number' ? formatDuration(value, unitIndex(field), locale === 'zh-CN') : '',
  parse: (input, field) => {
    const written = trimText(input.normalize('NFKC')).toLowerCase();
    if (!written) return { value: null };
    const seconds = readDuration(written, UNITS[unitIndex(field)]?.seconds ?? 60);
    return seconds === null || seconds > LONGEST
      ? { issue: notReadable(written, { 'zh-CN': '时长', en: 'a length of time' }) }
      : { value: Math.round(seconds) };
  },
  examples: {
    settings: { unit: 'hours' },
    valid: [0, 60, 5400, 90061],
    invalid: [-1, 1.5, '1h'],
    texts: [['1.5', 5400], ['1小时30分钟', 5400], ['1个半小时', 5400], ['半小时', 1800], ['90 min', 5400], ['1:30', 5400], ['2天', 172800], ['', null]],
    badTexts: ['一会儿', '-5', '3 光年'],
  },
};
