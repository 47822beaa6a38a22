/** The schedules that the editor offers, between cron and words. Any other cron is shown as it is. */
import type { Label } from '../errors.ts';
import { text } from '../fields/settings.ts';

export type FriendlySchedule =
  | { readonly every: 'minutes'; readonly minutes: number }
  | { readonly every: 'hour'; readonly minute: number }
  | { readonly every: 'day' | 'workday'; readonly time: string }
  /** 0 is Sunday. */
  | { readonly every: 'week'; readonly days: readonly number[]; readonly time: string }
  /** 31 stands for the last day. */
  | { readonly every: 'month'; readonly day: number; readonly time: string };

const two = (value: number): string => String(value).padStart(2, '0');

export function toCron(schedule: FriendlySchedule): string {
  if (schedule.every === 'minutes') return `*/${schedule.minutes} * * * *`;
  if (schedule.every === 'hour') return `${schedule.minute} * * * *`;
  const [hour = 0, minute = 0] = schedule.time.split(':').map(Number);
  if (schedule.every === 'day') return `${minute} ${hour} * * *`;
  if (schedule.every === 'workday') return `${minute} ${hour} * * 1-5`;
  if (schedule.every === 'week') return `${minute} ${hour} * * ${[...schedule.days].sort().join(',')}`;
  const { day } = schedule as Extract<FriendlySchedule, { every: 'month' }>;
  return `${minute} ${hour} ${day >= 31 ? 'L' : day} * *`;
}

export function fromCron(cron: string): FriendlySchedule | null {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = cron.trim().split(/\s+/);
  if (month !== '*') return null;
  const every = /^\*\/(\d+)$/.exec(minute);
  if (every && hour === '*' && day === '*' && weekday === '*') return { every: 'minutes', minutes: Number(every[1]) };
  if (!/^\d+$/.test(minute)) return null;
  if (hour === '*' && day === '*' && weekday === '*') return { every: 'hour', minute: Number(minute) };
  if (!/^\d+$/.test(hour)) return null;
  const time = `${two(Number(hour))}:${two(Number(minute))}`;
  if (day === '*' && weekday === '*') return { every: 'day', time };
  if (day === '*' && weekday === '1-5') return { every: 'workday', time };
  if (day === '*' && /^[0-6](,[0-6])*$/.test(weekday)) return { every: 'week', days: weekday.split(',').map(Number), time };
  if (weekday === '*' && (day === 'L' || /^\d+$/.test(day))) return { every: 'month', day: day === 'L' ? 31 : Number(day), time };
  return null;
}

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

export function cronWords(cron: string): Label {
  const schedule = fromCron(cron);
  switch (schedule?.every) {
    case 'minutes': return text(`每 ${schedule.minutes} 分钟`, `Every ${schedule.minutes} minutes`);
    case 'hour': return text(`每小时第 ${schedule.minute} 分`, `Every hour at minute ${schedule.minute}`);
    case 'day': return text(`每天 ${schedule.time}`, `Every day at ${schedule.time}`);
    case 'workday': return text(`周一至周五 ${schedule.time}`, `Monday to Friday at ${schedule.time}`);
    case 'week': return text(`每周${schedule.days.map((day) => WEEKDAYS[day]).join('、')} ${schedule.time}`, `Every ${schedule.days.map((day) => DAYS[day]).join(', ')} at ${schedule.time}`);
    case 'month': return schedule.day >= 31 ? text(`每月最后一天 ${schedule.time}`, `The last day of every month at ${schedule.time}`) : text(`每月 ${schedule.day} 日 ${schedule.time}`, `Day ${schedule.day} of every month at ${schedule.time}`);
    default: return text(`按计划（${cron}）`, `On the schedule ${cron}`);
  }
}
