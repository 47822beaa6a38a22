/** How long, at what time of day, and how often. */
import { Alert, Input, InputNumber, Select, Space, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useMemo, useState } from 'react';
import { cronWords, type FriendlySchedule, fromCron, toCron } from '#engine/workflows/cron-words.ts';
import { isCron, occurrences } from '#engine/workflows/cron.ts';
import { type Duration, DURATION_UNITS } from '#engine/workflows/settings.ts';
import { useLabel, useLocale } from '#runtime/app/i18n/index.ts';
import type { EditorProps } from '../../settings/editor.ts';
import { useWorkflowTexts } from '../texts.ts';
import { modeOf, variableOf } from './expression-mode.ts';
import { VariableChip } from './VariableChip.tsx';
import { firstSchedule } from './first-schedule.ts';
import { useWorkflowScope } from './workflow-scope.ts';

const NUMBERS = { what: 'value', kinds: ['number'] } as const;
const TEXTS = { what: 'value', kinds: ['text'] } as const;

export function DurationEditor({ id, value, onChange, required }: EditorProps) {
  const { editor } = useWorkflowTexts();
  const duration = (value ?? {}) as Partial<Duration>;
  const unit = duration.unit ?? 'day';
  const variable = variableOf(duration.amount);
  const amount = typeof duration.amount === 'number' ? duration.amount : null;
  const set = (next: unknown) => onChange(next === null && !required ? undefined : { amount: next, unit });
  return (
    <div className="duration-editor" id={id}>
      <Space.Compact block>
        {variable === undefined ? <InputNumber min={0} max={100_000} value={amount} aria-label={editor.amount} placeholder="0" onChange={set} /> : null}
        <Select
          value={unit}
          aria-label={editor.unit}
          options={DURATION_UNITS.map((name) => ({ value: name, label: editor[`unit_${name}`] }))}
          popupMatchSelectWidth={false}
          onChange={(next) => onChange({ amount: duration.amount ?? 1, unit: next })}
        />
      </Space.Compact>
      <VariableChip path={variable} wanted={NUMBERS} placeholder={editor.variable} onPick={(path) => set({ var: path })} onClear={() => set(1)} />
      {duration.amount !== undefined && modeOf(duration.amount) !== 'constant' && variable === undefined ? <code className="setting-help">{JSON.stringify(duration.amount)}</code> : null}
    </div>
  );
}

export function TimeEditor({ id, value, onChange }: EditorProps) {
  const variable = variableOf(value);
  const { editor } = useWorkflowTexts();
  return (
    <div className="duration-editor">
      {variable === undefined ? <TimeInput id={id} value={typeof value === 'string' ? value : undefined} onChange={onChange} /> : null}
      <VariableChip path={variable} wanted={TEXTS} placeholder={editor.variable} onPick={(path) => onChange({ var: path })} onClear={() => onChange(undefined)} />
    </div>
  );
}

export function TimeInput({ id, value, onChange }: { id: string; value: string | undefined; onChange: (value: string | undefined) => void }) {
  return (
    <TimePicker
      id={id}
      className="full"
      format="HH:mm"
      minuteStep={5}
      needConfirm={false}
      value={value && /^\d{2}:\d{2}$/.test(value) ? dayjs(`2026-01-01T${value}:00`) : null}
      onChange={(next: dayjs.Dayjs | null) => onChange(next ? next.format('HH:mm') : undefined)}
    />
  );
}

type Every = FriendlySchedule['every'] | 'custom';
const EVERY: readonly Every[] = ['minutes', 'hour', 'day', 'workday', 'week', 'month', 'custom'];

export function ScheduleEditor({ id, value, onChange, context }: EditorProps) {
  const { schedule: texts, weekday } = useWorkflowTexts();
  const label = useLabel();
  const { model } = useWorkflowScope();
  const [raw, setRaw] = useState(false);
  const cron = typeof value === 'string' ? value : '';
  const friendly = cron === '' ? null : fromCron(cron);
  const every: Every | null = raw || (cron !== '' && !friendly) ? 'custom' : (friendly?.every ?? null);
  const set = (next: FriendlySchedule) => onChange(toCron(next));
  const timeZone = typeof context.values.timeZone === 'string' && context.values.timeZone !== '' ? context.values.timeZone : model.settings.timeZone;
  return (
    <div className="schedule-editor">
      <Select<Every>
        id={id}
        className="full"
        value={every}
        placeholder={texts.every}
        options={EVERY.map((one) => ({ value: one, label: texts[one] }))}
        onChange={(next) => {
          setRaw(next === 'custom');
          if (next === 'custom') onChange(cron === '' ? '0 9 * * *' : cron);
          else set(firstSchedule(next, friendly));
        }}
      />
      {every === 'custom' ? <Input className="code-input" value={cron} aria-label={texts.cron} placeholder={texts.cron} status={cron !== '' && !isCron(cron) ? 'error' : ''} onChange={(event) => onChange(event.target.value || undefined)} /> : null}
      {every !== 'custom' && friendly?.every === 'minutes' ? <InputNumber className="full" min={1} max={59} value={friendly.minutes} aria-label={texts.everyN} suffix={texts.everyN} onChange={(minutes) => set({ every: 'minutes', minutes: minutes ?? 15 })} /> : null}
      {every !== 'custom' && friendly?.every === 'hour' ? <InputNumber className="full" min={0} max={59} value={friendly.minute} aria-label={texts.minute} suffix={texts.minute} onChange={(minute) => set({ every: 'hour', minute: minute ?? 0 })} /> : null}
      {every !== 'custom' && friendly?.every === 'week' ? (
        <Select mode="multiple" className="full" value={[...friendly.days]} aria-label={texts.days} options={[1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: day, label: weekday[day] }))} onChange={(days: number[]) => (days.length > 0 ? set({ ...friendly, days }) : undefined)} />
      ) : null}
      {every !== 'custom' && friendly?.every === 'month' ? (
        <Select className="full" value={friendly.day} aria-label={texts.dayOfMonth} options={Array.from({ length: 31 }, (_, i) => ({ value: i + 1, label: i === 30 ? texts.last : String(i + 1) }))} onChange={(day) => set({ ...friendly, day })} />
      ) : null}
      {every !== 'custom' && friendly && 'time' in friendly ? <TimeInput id={`${id}-time`} value={friendly.time} onChange={(time) => set({ ...friendly, time: time ?? friendly.time })} /> : null}
      {cron === '' ? null : isCron(cron) ? (
        <div className="schedule-next">
          <p className="setting-help">{label(cronWords(cron))}</p>
          <NextTimes cron={cron} timeZone={timeZone} />
        </div>
      ) : (
        <Alert type="warning" showIcon title={texts.wrong} />
      )}
    </div>
  );
}

const TIMES = 5;
const TWO_YEARS_MS = 2 * 366 * 86_400_000;

function NextTimes({ cron, timeZone }: { cron: string; timeZone: string }) {
  const { schedule: texts } = useWorkflowTexts();
  const locale = useLocale();
  const times = useMemo(() => {
    const now = Date.now();
    try {
      return occurrences(cron, { from: new Date(now).toISOString(), to: new Date(now + TWO_YEARS_MS).toISOString(), timeZone, most: TIMES });
    } catch {
      // A time zone that is half typed has no times to show yet.
      return [];
    }
  }, [cron, timeZone]);
  if (times.length === 0) return null;
  const format = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone });
  return (
    <p className="setting-help">
      {texts.next} {times.map(({ at }) => format.format(new Date(at))).join(' · ')}
    </p>
  );
}
