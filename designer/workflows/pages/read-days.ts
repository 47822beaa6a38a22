/** Days of a work calendar out of pasted text or a CSV file: `2026-10-01,休息,国庆节`. Pure. */
import type { CalendarDay } from '../api.ts';

export interface ReadDays {
  readonly days: readonly CalendarDay[];
  /** Lines that were not understood, by their number from 1. */
  readonly wrong: readonly number[];
}

const WORKED = new Set(['true', '1', 'yes', 'y', 'working', 'work', '上班', '工作', '工作日', '补班', '调休上班', '是']);
const OFF = new Set(['false', '0', 'no', 'n', 'off', 'holiday', '休息', '放假', '节假日', '休', '否', '']);

export function readDays(text: string): ReadDays {
  const days = new Map<string, CalendarDay>();
  const wrong: number[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const cells = line.split(/[\t,，;；]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const [first = '', second = '', third = ''] = cells;
    if (cells.every((cell) => cell === '')) continue;
    const day = dayOf(first);
    const working = WORKED.has(second.toLowerCase()) ? true : OFF.has(second.toLowerCase()) ? false : null;
    // A heading on top is no mistake.
    if (day === null && index === 0) continue;
    if (day === null || (working === null && third !== '')) wrong.push(index + 1);
    else days.set(day, { day, working: working ?? false, name: working === null ? second : third });
  }
  return { days: [...days.values()].sort((a, b) => a.day.localeCompare(b.day)), wrong };
}

/** `2026/1/1`, `2026年1月1日`, `20260101`; null when there is no such day. */
function dayOf(text: string): string | null {
  const parts = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text);
  if (!parts) return null;
  const day = `${parts[1]}-${parts[2]?.padStart(2, '0')}-${parts[3]?.padStart(2, '0')}`;
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day) ? day : null;
}

/** Those of `added` take the place of what was known of their day. */
export function withDays(days: readonly CalendarDay[], added: readonly CalendarDay[]): CalendarDay[] {
  return [...new Map([...days, ...added].map((one) => [one.day, one])).values()].sort((a, b) => a.day.localeCompare(b.day));
}
