import { DatePicker, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import { fromLocal, toLocalDateTime } from '#engine/rules/time.ts';
import { useApp } from '../../app/session.tsx';
import { usePhone } from '../../ui/use-phone.ts';
import { spanOf } from '../cells/TimeCell.tsx';
import type { InputProps } from '../field-components.ts';

const DAY = 'YYYY-MM-DD';
const MINUTE = 'YYYY-MM-DD HH:mm';

function shared({ id, describedBy, invalid, disabled, inCell }: InputProps) {
  return {
    id,
    className: 'full',
    variant: inCell ? ('borderless' as const) : ('outlined' as const),
    status: invalid ? ('error' as const) : ('' as const),
    disabled: disabled ?? false,
    'aria-describedby': describedBy,
    autoFocus: inCell ?? false,
    ...(inCell && { defaultOpen: true }),
  };
}

/** The picker shows the clock of the workspace, whatever zone the browser is in. */
function useWall() {
  const { timeZone } = useApp().model.settings;
  return {
    toWall: (moment: Json): Dayjs | null => (typeof moment === 'string' && !Number.isNaN(Date.parse(moment)) ? dayjs(toLocalDateTime(moment, timeZone)) : null),
    fromWall: (wall: Dayjs | null): string | null => (wall ? fromLocal(wall.format('YYYY-MM-DDTHH:mm:ss'), timeZone) : null),
  };
}

interface NativeTimeProps extends Pick<InputProps, 'id' | 'describedBy' | 'invalid' | 'disabled'> {
  readonly kind: 'date' | 'datetime-local';
  readonly wall: Dayjs | null;
  readonly onWall: (wall: Dayjs | null) => void;
  readonly label?: string;
}

const NATIVE = { date: DAY, 'datetime-local': 'YYYY-MM-DDTHH:mm' } as const;

/** A phone has wheels of its own for this, larger than any calendar that fits its screen. */
function NativeTime({ id, describedBy, invalid, disabled, kind, wall, onWall, label }: NativeTimeProps) {
  return (
    <Input
      id={id}
      type={kind}
      aria-label={label}
      prefix={label ? <span className="quiet">{label}</span> : undefined}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      status={invalid ? 'error' : ''}
      disabled={disabled ?? false}
      value={wall?.format(NATIVE[kind]) ?? ''}
      onChange={(event) => onWall(event.target.value === '' ? null : dayjs(event.target.value))}
    />
  );
}

export function DateInput(props: InputProps) {
  const { value, onChange, onDone } = props;
  const phone = usePhone();
  if (phone) return <NativeTime {...props} kind="date" wall={typeof value === 'string' && value ? dayjs(value) : null} onWall={(next) => onChange(next ? next.format(DAY) : null)} />;
  return (
    <DatePicker
      {...shared(props)}
      format={DAY}
      value={typeof value === 'string' && value ? dayjs(value) : null}
      onChange={(next) => {
        onChange(next ? next.format(DAY) : null);
        onDone?.();
      }}
    />
  );
}

export function DateTimeInput(props: InputProps) {
  const { toWall, fromWall } = useWall();
  const phone = usePhone();
  if (phone) return <NativeTime {...props} kind="datetime-local" wall={toWall(props.value)} onWall={(next) => props.onChange(fromWall(next))} />;
  return (
    <DatePicker
      {...shared(props)}
      format={MINUTE}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      value={toWall(props.value)}
      onChange={(next) => {
        props.onChange(fromWall(next));
        props.onDone?.();
      }}
    />
  );
}

export function TimeSpanInput(props: InputProps) {
  const { toWall, fromWall } = useWall();
  const { start, end } = spanOf(props.value);
  const { t } = useTranslation();
  const phone = usePhone();
  const { id, ...rest } = shared(props);
  const change = (from: string | null, until: string | null) => props.onChange(from ? { start: from, end: until } : null);
  if (phone) {
    return (
      <div className="span-parts">
        <NativeTime {...props} kind="datetime-local" wall={toWall(start)} onWall={(next) => change(fromWall(next), end)} />
        <NativeTime {...props} id={`${id}-end`} label={t('field.end')} disabled={props.disabled || start === null} kind="datetime-local" wall={toWall(end)} onWall={(next) => change(start, fromWall(next))} />
      </div>
    );
  }
  return (
    <DatePicker.RangePicker
      {...rest}
      id={{ start: id, end: `${id}-end` }}
      format={MINUTE}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      allowEmpty={[false, true]}
      value={[toWall(start), toWall(end)]}
      onChange={(next) => {
        change(fromWall(next?.[0] ?? null), fromWall(next?.[1] ?? null));
      }}
    />
  );
}
