import type { FriendlySchedule } from '#engine/workflows/cron-words.ts';

const USUAL_TIME = '09:00';

/** Another kind of schedule keeps the time of day and the minute it had. */
export function firstSchedule(every: FriendlySchedule['every'], before: FriendlySchedule | null): FriendlySchedule {
  const time = before && 'time' in before ? before.time : USUAL_TIME;
  switch (every) {
    case 'minutes': return { every, minutes: 15 };
    case 'hour': return { every, minute: before && 'time' in before ? Number(before.time.slice(3)) : 0 };
    case 'week': return { every, days: [1], time };
    case 'month': return { every, day: 1, time };
    default: return { every, time };
  }
}
