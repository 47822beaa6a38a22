/** Moments and lengths of time as the pages about runs show them. */
import { useLocale } from '#runtime/app/i18n/index.ts';
import type { Locale } from '#engine/errors.ts';

export function useMoment(): (iso: string) => string {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (iso) => format.format(new Date(iso));
}

const UNITS = [['day', 86_400], ['hour', 3600], ['minute', 60]] as const;

export function lengthOf(from: string, to: string, locale: Locale): string {
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  const unit = UNITS.find(([, size]) => seconds >= size);
  const [name, value] = unit ? ([unit[0], seconds / unit[1]] as const) : (['second', seconds] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: locale === 'en' ? 'short' : 'narrow', maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
