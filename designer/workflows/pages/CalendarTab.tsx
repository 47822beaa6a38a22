/** Business time: the week, its hours, and the days that are otherwise. */
import { CloseOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, DatePicker, Input, Modal, Segmented, Select, Skeleton, Upload } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { ErrorState, useErrorText } from '#runtime/ui/ErrorState.tsx';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { fill } from '../../i18n/index.ts';
import { Setting } from '../../ui/Setting.tsx';
import { CALENDAR_KEY, type CalendarDay, putCalendar, useWorkCalendar, type WorkCalendar } from '../api.ts';
import { useRunTexts } from '../runs/texts.ts';
import { TimeInput } from '../settings/TimeEditors.tsx';
import { useWorkflowTexts } from '../texts.ts';
import { readDays, withDays } from './read-days.ts';

export function CalendarTab() {
  const { calendar: texts } = useRunTexts();
  const found = useWorkCalendar();
  if (found.isPending) return <Skeleton active className="tab-body" />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const { missingYears, ...calendar } = found.data;
  return (
    <div className="tab-body calendar-tab">
      <p className="quiet">{texts.hint}</p>
      {missingYears.length > 0 ? <Alert type="warning" showIcon title={fill(texts.missing, { years: missingYears.join(', ') })} description={texts.missingHint} /> : null}
      <CalendarForm key={JSON.stringify(calendar)} stored={calendar} />
    </div>
  );
}

function CalendarForm({ stored }: { stored: WorkCalendar }) {
  const { calendar: texts } = useRunTexts();
  const { weekday } = useWorkflowTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const queries = useQueryClient();
  const [calendar, setCalendar] = useState(stored);
  const [pasting, setPasting] = useState(false);
  const [busy, setBusy] = useState(false);
  const years = [...new Set([String(new Date().getFullYear()), ...calendar.days.map(({ day }) => day.slice(0, 4))])].sort();
  const [year, setYear] = useState(String(new Date().getFullYear()));
  const shown = calendar.days.filter(({ day }) => day.startsWith(year));
  const isChanged = JSON.stringify(calendar) !== JSON.stringify(stored);
  const setDays = (days: readonly CalendarDay[]) => setCalendar({ ...calendar, days });
  const change = (day: string, patch: Partial<CalendarDay>) => setDays(calendar.days.map((own) => (own.day === day ? { ...own, ...patch } : own)));
  const save = async () => {
    setBusy(true);
    try {
      await putCalendar(calendar);
      toast({ text: texts.saved });
      await queries.invalidateQueries({ queryKey: CALENDAR_KEY });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Setting id="calendar-week" label={texts.week}>
        <Checkbox.Group value={[...calendar.weekdays]} options={[1, 2, 3, 4, 5, 6, 0].map((day) => ({ value: day, label: weekday[day] }))} onChange={(weekdays) => setCalendar({ ...calendar, weekdays: [...weekdays].sort() })} />
      </Setting>
      <div className="calendar-hours">
        <Setting id="calendar-from" label={`${texts.hours} · ${texts.from}`}>
          <TimeInput id="calendar-from" value={calendar.from} onChange={(from) => setCalendar({ ...calendar, from: from ?? calendar.from })} />
        </Setting>
        <Setting id="calendar-to" label={texts.to}>
          <TimeInput id="calendar-to" value={calendar.to} onChange={(to) => setCalendar({ ...calendar, to: to ?? calendar.to })} />
        </Setting>
      </div>
      <section>
        <header className="calendar-head">
          <h3>{texts.days}</h3>
          {years.length > 5 ? <Select value={year} aria-label={texts.year} options={years.map((one) => ({ value: one, label: one }))} onChange={setYear} /> : <Segmented value={year} options={years} onChange={setYear} />}
          <span className="quiet">{fill(texts.total, { n: shown.length })}</span>
          <Button icon={<UploadOutlined aria-hidden="true" />} onClick={() => setPasting(true)}>
            {texts.paste}
          </Button>
        </header>
        {shown.length === 0 ? <p className="quiet">{texts.empty}</p> : null}
        <ul className="calendar-days">
          {shown.map(({ day, working, name }) => (
            <li key={day}>
              <span className="tabular">
                {day} <span className="quiet">{weekday[new Date(`${day}T00:00:00Z`).getUTCDay()]}</span>
              </span>
              <Segmented size="small" value={working} options={[{ value: false, label: texts.off }, { value: true, label: texts.working }]} onChange={(next) => change(day, { working: next })} />
              <Input size="small" value={name} aria-label={`${texts.name}: ${day}`} placeholder={texts.name} onChange={(event) => change(day, { name: event.target.value })} />
              <IconButton size="small" label={`${texts.remove}: ${day}`} icon={<CloseOutlined aria-hidden="true" />} onClick={() => setDays(calendar.days.filter((own) => own.day !== day))} />
            </li>
          ))}
        </ul>
        <DatePicker
          value={null}
          placeholder={texts.add}
          aria-label={texts.add}
          suffixIcon={<PlusOutlined aria-hidden="true" />}
          defaultPickerValue={dayjs(`${year}-01-01`)}
          onChange={(next: dayjs.Dayjs | null) => {
            if (!next) return;
            const day = next.format('YYYY-MM-DD');
            setYear(day.slice(0, 4));
            setDays(withDays(calendar.days, [{ day, working: [0, 6].includes(next.day()), name: '' }]));
          }}
        />
      </section>
      <div className="panel-foot">
        <Button type="primary" disabled={!isChanged || calendar.weekdays.length === 0} loading={busy} onClick={() => void save()}>
          {texts.save}
        </Button>
        {isChanged ? <span className="quiet">{texts.unsaved}</span> : null}
      </div>
      {pasting ? (
        <PasteDays
          onClose={() => setPasting(false)}
          onDone={(days) => {
            setDays(withDays(calendar.days, days));
            const [first] = days;
            if (first) setYear(first.day.slice(0, 4));
            setPasting(false);
          }}
        />
      ) : null}
    </>
  );
}

function PasteDays({ onDone, onClose }: { onDone: (days: readonly CalendarDay[]) => void; onClose: () => void }) {
  const { calendar: texts } = useRunTexts();
  const [text, setText] = useState('');
  const { days, wrong } = readDays(text);
  return (
    <Modal open title={texts.paste} okText={fill(texts.import, { n: days.length })} okButtonProps={{ disabled: days.length === 0 }} onOk={() => onDone(days)} onCancel={onClose} width={520}>
      <p className="quiet dialog-hint">{texts.pasteHint}</p>
      <Input.TextArea rows={8} className="code-input" value={text} placeholder={texts.pasteExample} aria-label={texts.paste} onChange={(event) => setText(event.target.value)} />
      {wrong.length > 0 ? <p className="field-problem">{fill(texts.wrongLines, { n: wrong.length, lines: wrong.slice(0, 8).join(', ') })}</p> : days.length > 0 ? <p className="setting-help">{fill(texts.read, { n: days.length })}</p> : null}
      <Upload
        accept=".csv,.txt,.tsv"
        showUploadList={false}
        beforeUpload={(file: File) => {
          void file.text().then(setText);
          return false;
        }}
      >
        <Button size="small" icon={<UploadOutlined aria-hidden="true" />}>
          {texts.file}
        </Button>
      </Upload>
    </Modal>
  );
}
