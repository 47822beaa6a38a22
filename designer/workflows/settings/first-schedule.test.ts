import { expect, test } from 'vitest';
import { fromCron, toCron } from '#engine/workflows/cron-words.ts';
import { firstSchedule } from './first-schedule.ts';

test('each kind of schedule begins with a cron that is read back as it', () => {
  for (const every of ['minutes', 'hour', 'day', 'workday', 'week', 'month'] as const) expect(fromCron(toCron(firstSchedule(every, null)))?.every).toBe(every);
});

test('the time of day is kept from one kind to the next', () => {
  const daily = firstSchedule('day', { every: 'week', days: [2], time: '17:30' });
  expect(daily).toEqual({ every: 'day', time: '17:30' });
  expect(firstSchedule('hour', daily)).toEqual({ every: 'hour', minute: 30 });
});
