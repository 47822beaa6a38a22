/** What a date that was read with a doubt, or not at all, is reported as. */
import type { Issue } from '../errors.ts';
import type { DateDoubt } from './date-text.ts';
import { notReadable, toIssue } from './messages.ts';

const DOUBTS: Readonly<Record<DateDoubt, Issue>> = {
  no_year: toIssue('no_year', '没有年份，按今年处理', 'No year given; this year is assumed'),
  no_day: toIssue('no_day', '没有日期，按当月 1 日处理', 'No day given; the first of the month is assumed'),
  month_first: toIssue('day_order', '日期按“月/日/年”或“日/月/年”理解，请核对', 'Read as month/day/year or day/month/year; please check'),
};

export function doubtIssue(doubt: DateDoubt | undefined): { warning?: Issue } {
  return doubt ? { warning: DOUBTS[doubt] } : {};
}

export function dateIssue(text: string, reading: 'ambiguous' | null): Issue {
  return reading === 'ambiguous'
    ? toIssue('ambiguous_date', `“${text}”可能是月/日，也可能是日/月，请写成 年-月-日`, `“${text}” may be month/day or day/month; write year-month-day`)
    : notReadable(text, { 'zh-CN': '日期', en: 'a date' });
}

export function noSuchDay(): Issue {
  return toIssue('no_such_day', '日期不存在', 'There is no such day');
}
