/** Durations are whole seconds; people read and write days, hours and minutes. */
import type { Locale } from '#engine/errors.ts';

const UNITS = [
  { seconds: 86_400, 'zh-CN': ' 天', en: 'd' },
  { seconds: 3600, 'zh-CN': ' 小时', en: 'h' },
  { seconds: 60, 'zh-CN': ' 分', en: 'm' },
  { seconds: 1, 'zh-CN': ' 秒', en: 's' },
] as const;

export function formatDuration(seconds: number, locale: Locale): string {
  let rest = Math.abs(Math.trunc(seconds));
  const parts: string[] = [];
  for (const unit of UNITS) {
    const amount = Math.floor(rest / unit.seconds);
    rest -= amount * unit.seconds;
    if (amount > 0) parts.push(`${amount}${unit[locale]}`);
  }
  return `${seconds < 0 ? '−' : ''}${parts.length > 0 ? parts.join(' ') : `0${UNITS[2][locale]}`}`;
}
