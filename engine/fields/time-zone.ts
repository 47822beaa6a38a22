/** A moment (UTC) as the clocks of an IANA zone show it, and back. */
import { fromLocal, toLocalDateTime } from '../rules/time.ts';

export interface WallTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:mm:ss` */
  readonly time: string;
}

export function toWallTime(moment: string, timeZone: string): WallTime {
  const local = toLocalDateTime(moment, timeZone);
  return { date: local.slice(0, 10), time: local.slice(11, 19) };
}

/** A time that a clock change skips is moved by the change; one that occurs twice is its first occurrence. */
export function fromWallTime({ date, time }: WallTime, timeZone: string): string {
  return fromLocal(`${date}T${time}`, timeZone);
}
