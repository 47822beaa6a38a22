/** Between a moment (UTC) and what the clocks of an IANA zone show. */
export interface WallTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:mm:ss` */
  readonly time: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

export function toWallTime(moment: string | number, timeZone: string): WallTime {
  const [date = '', time = ''] = formatterOf(timeZone).format(new Date(moment)).split(' ');
  return { date, time };
}

/** A time that a clock change skips is moved by the change; one that occurs twice is its first occurrence. */
export function fromWallTime({ date, time }: WallTime, timeZone: string): string {
  const wanted = Date.parse(`${date}T${time}Z`);
  const offsetAt = (moment: number): number => {
    const shown = toWallTime(moment, timeZone);
    return Date.parse(`${shown.date}T${shown.time}Z`) - moment;
  };
  const before = offsetAt(wanted - 86_400_000);
  const early = wanted - before;
  if (offsetAt(early) === before) return new Date(early).toISOString();
  const late = wanted - offsetAt(wanted + 86_400_000);
  return new Date(offsetAt(late) === wanted - late ? late : early).toISOString();
}
