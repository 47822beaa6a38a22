import type { Json } from '#engine/fields/field-type.ts';
import { useLocale, useText } from '../../app/i18n/index.ts';
import type { CellProps } from '../field-components.ts';
import { formatNumber } from '../format.ts';
import { numberSetting } from '../settings.ts';
import { MoneyCell } from './NumberCell.tsx';
import { DateCell, DateTimeCell } from './TimeCell.tsx';

function part(value: Json, name: string): Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value[name] ?? null) : null;
}

export function RegionCell({ value }: CellProps) {
  const names = part(value, 'names');
  return <span className="ellipsis">{Array.isArray(names) ? names.join(' ') : ''}</span>;
}

export function GeoPointCell({ value }: CellProps) {
  const lat = part(value, 'lat');
  const lng = part(value, 'lng');
  return <span className="tabular ellipsis">{`${String(lat)}, ${String(lng)}`}</span>;
}

export function LinesCell({ value }: CellProps) {
  const t = useText();
  return <span className="quiet">{t('field.items', { count: Array.isArray(value) ? value.length : 0 })}</span>;
}

export function ChecklistCell({ value, room }: CellProps) {
  const t = useText();
  const items = Array.isArray(value) ? value : [];
  const done = items.filter((item) => part(item, 'done') === true).length;
  if (room === 'line') return <span className="tabular">{t('field.progress', { done, total: items.length })}</span>;
  return (
    <ul className="checklist">
      {items.map((item, index) => (
        <li key={index} className={part(item, 'done') === true ? 'checklist-done' : undefined}>
          {String(part(item, 'text') ?? '')}
        </li>
      ))}
    </ul>
  );
}

export function JsonCell({ value, room }: CellProps) {
  return room === 'line' ? <code className="ellipsis">{JSON.stringify(value)}</code> : <pre className="json">{JSON.stringify(value, null, 2)}</pre>;
}

/** A computed value looks like what it computed; its kind stands in the model. */
export function ComputedCell(props: CellProps) {
  const { field, value, room } = props;
  const locale = useLocale();
  const t = useText();
  const kind = field.computed?.kind;
  if (typeof value === 'number' && field.settings.format === 'money') return <MoneyCell {...props} />;
  if (typeof value === 'number' && field.settings.format === 'percent') return <span className="tabular">{formatNumber(value, locale, { style: 'percent', maximumFractionDigits: Math.max(0, numberSetting(field, 'scale', 2) - 2) })}</span>;
  if (typeof value === 'number') return <span className="tabular">{formatNumber(value, locale, { maximumFractionDigits: 4 })}</span>;
  if (typeof value === 'boolean') return <span>{value ? t('field.yes') : t('field.no')}</span>;
  if (kind === 'dateTime') return <DateTimeCell {...props} />;
  if (kind === 'date') return <DateCell {...props} />;
  if (Array.isArray(value)) return <span className="ellipsis">{value.map(String).join(', ')}</span>;
  return <span className={room === 'line' ? 'ellipsis' : 'pre-line'}>{typeof value === 'object' ? JSON.stringify(value) : value}</span>;
}
