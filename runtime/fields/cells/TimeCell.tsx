import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import { formatLunar, toLunarValue } from '#engine/fields/lunar-value.ts';
import { nextKept } from '#engine/rules/lunar-calendar.ts';
import { useLocale } from '../../app/i18n/index.ts';
import { useApp } from '../../app/session.tsx';
import type { CellProps } from '../field-components.ts';
import { dayOf, formatDate, formatMoment, formatRelative, formatTime } from '../format.ts';

export function DateCell({ value }: CellProps) {
  const locale = useLocale();
  return <span className="tabular">{formatDate(String(value), locale)}</span>;
}

/** Recent moments as distance ("3 days ago"), the moment itself on hover; older ones as they are. */
export function DateTimeCell({ value, room }: CellProps) {
  const locale = useLocale();
  const { model } = useApp();
  const text = String(value);
  const full = formatMoment(text, locale, model.settings.timeZone);
  const near = Math.abs(Date.now() - new Date(text).getTime()) < 7 * 86_400_000;
  if (!near) return <span className="tabular">{full}</span>;
  if (room === 'block') {
    return (
      <span className="tabular">
        {full} <span className="quiet">({formatRelative(text, locale)})</span>
      </span>
    );
  }
  return (
    <span className="tabular" title={full}>
      {formatRelative(text, locale)}
    </span>
  );
}

export function spanOf(value: Json): { start: string | null; end: string | null } {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { start: null, end: null };
  const read = (part: Json | undefined) => (typeof part === 'string' ? part : null);
  return { start: read(value.start), end: read(value.end) };
}

export function TimeSpanCell({ value }: CellProps) {
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const { start, end } = spanOf(value);
  if (!start) return null;
  const sameDay = end !== null && dayOf(start, timeZone) === dayOf(end, timeZone);
  const until = end === null ? '' : ` – ${sameDay ? formatTime(end, locale, timeZone) : formatMoment(end, locale, timeZone)}`;
  return (
    <span className="tabular ellipsis">
      {formatMoment(start, locale, timeZone)}
      {until}
    </span>
  );
}

/** As people say it; on a page, or on hover, with the day on which it is kept next. */
export function LunarDateCell({ value, room }: CellProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const lunar = toLunarValue(value);
  if (!lunar) return <span>{String(value)}</span>;
  const text = formatLunar(value, locale);
  const date = nextKept(lunar, dayOf(new Date(), timeZone));
  const next = date === null ? '' : t('lunar.next', { date: formatDate(date, locale) });
  return (
    <span title={room === 'line' ? next : undefined}>
      {text} {room === 'block' && next ? <span className="quiet">({next})</span> : null}
    </span>
  );
}
