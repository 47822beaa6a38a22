import { DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { Json } from '#engine/fields/field-type.ts';
import { fromLocal, toLocalDateTime } from '#engine/rules/time.ts';
import { useApp } from '../../app/session.tsx';
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

export function DateInput(props: InputProps) {
  const { value, onChange, onDone } = props;
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
  const { id, ...rest } = shared(props);
  return (
    <DatePicker.RangePicker
      {...rest}
      id={{ start: id, end: `${id}-end` }}
      format={MINUTE}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      allowEmpty={[false, true]}
      value={[toWall(start), toWall(end)]}
      onChange={(next) => {
        const from = fromWall(next?.[0] ?? null);
        props.onChange(from ? { start: from, end: fromWall(next?.[1] ?? null) } : null);
      }}
    />
  );
}
