import { Progress } from 'antd';
import { useLocale } from '../../app/i18n/index.ts';
import { useApp } from '../../app/session.tsx';
import type { CellProps } from '../field-components.ts';
import { formatDuration } from '../duration.ts';
import { formatNumber } from '../format.ts';
import { numberSetting, textSetting } from '../settings.ts';

export function IntegerCell({ value }: CellProps) {
  const locale = useLocale();
  return <span className="tabular">{typeof value === 'number' ? formatNumber(value, locale) : String(value)}</span>;
}

export function DecimalCell({ field, value }: CellProps) {
  const locale = useLocale();
  const scale = numberSetting(field, 'scale', 2);
  return (
    <span className="tabular">
      {typeof value === 'number' ? formatNumber(value, locale, { minimumFractionDigits: 0, maximumFractionDigits: scale }) : String(value)}
    </span>
  );
}

export function PercentCell({ field, value }: CellProps) {
  const locale = useLocale();
  const scale = numberSetting(field, 'scale', 0);
  return <span className="tabular">{typeof value === 'number' ? formatNumber(value, locale, { style: 'percent', maximumFractionDigits: scale }) : String(value)}</span>;
}

export function MoneyCell({ field, value, record }: CellProps) {
  const locale = useLocale();
  const { model } = useApp();
  const currencyField = textSetting(field, 'currencyField');
  const named = currencyField ? record[currencyField] : textSetting(field, 'currency');
  const currency = typeof named === 'string' && /^[A-Z]{3}$/.test(named) ? named : model.settings.currency;
  const scale = numberSetting(field, 'scale', 2);
  if (typeof value !== 'number') return <span className="tabular">{String(value)}</span>;
  const whole = Number.isInteger(value);
  return (
    <span className="tabular">
      {formatNumber(value, locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: whole ? 0 : scale, maximumFractionDigits: scale })}
    </span>
  );
}

export function DurationCell({ value }: CellProps) {
  const locale = useLocale();
  return <span className="tabular">{typeof value === 'number' ? formatDuration(value, locale) : String(value)}</span>;
}

/** Marks go from 0 to 10. */
export function ScoreCell({ value }: CellProps) {
  if (typeof value !== 'number') return <span>{String(value)}</span>;
  return (
    <span className="score">
      <Progress percent={Math.max(0, Math.min(100, value * 10))} showInfo={false} size="small" aria-hidden="true" />
      <span className="tabular">{value}</span>
    </span>
  );
}

export function RatingCell({ field, value }: CellProps) {
  const max = numberSetting(field, 'max', 5);
  const stars = typeof value === 'number' ? value : 0;
  return (
    <span className="rating" role="img" aria-label={`${stars}/${max}`}>
      {'★'.repeat(Math.min(stars, max))}
      <span className="rating-rest">{'★'.repeat(Math.max(0, max - stars))}</span>
    </span>
  );
}
