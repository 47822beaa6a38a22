/** Records on a calendar: by month, week, day or as an agenda. Dragging writes back, an empty place makes a new one. */
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import type { DatesSetArg, EventInput } from '@fullcalendar/core';
import zhCn from '@fullcalendar/core/locales/zh-cn';
import dayGrid from '@fullcalendar/daygrid';
import interaction from '@fullcalendar/interaction';
import list from '@fullcalendar/list';
import FullCalendar from '@fullcalendar/react';
import timeGrid from '@fullcalendar/timegrid';
import { Alert, Button, Segmented } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { optionsOf } from '#engine/model/app-model.ts';
import { kindOf } from '#engine/rules/paths.ts';
import { toLocalDateTime } from '#engine/rules/time.ts';
import { refreshTable, updateRecord } from '../../api/records.ts';
import type { RecordData } from '../../api/types.ts';
import { useCreate } from '../../app/create-context.ts';
import { useAppearance } from '../../app/appearance.ts';
import { useLocale } from '../../app/i18n/index.ts';
import { useApp } from '../../app/session.tsx';
import { optionColors } from '../../app/theme.ts';
import { dayOf, formatDate, formatMoment } from '../../fields/format.ts';
import { resolveFieldPath } from '../../model/paths.ts';
import { sourceField } from '../../model/source-field.ts';
import { includedTitle, titleOf } from '../../model/titles.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState, useErrorText } from '../../ui/ErrorState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useToast } from '../../ui/toast.tsx';
import { usePhone } from '../../ui/use-phone.ts';
import type { ViewProps } from '../view-components.ts';
import { type CalendarSettings, calendarSettings, isDay, occurrencesOf, type Times, timesOf, valueAt, valuesOf } from './calendar-events.ts';
import { useCalendarTexts } from './texts.ts';
import { MOST_EVENTS, useCalendarRecords, type Window } from './use-calendar-records.ts';
import './calendar.css';

const MODES = { month: 'dayGridMonth', week: 'timeGridWeek', day: 'timeGridDay', list: 'listWeek' } as const;
type Mode = keyof typeof MODES;
const PLUGINS = [dayGrid, timeGrid, list, interaction];

export function CalendarView(props: ViewProps) {
  const settings = useMemo(() => calendarSettings(props.state.choice.view, props.table), [props.state.choice.view, props.table]);
  const texts = useCalendarTexts();
  if (!settings) return <EmptyState title={texts.none} />;
  return <Calendar key={props.state.choice.key} {...props} settings={settings} />;
}

const isMode = (value: unknown): value is Mode => typeof value === 'string' && Object.hasOwn(MODES, value);

function Calendar({ table, access, state, onCount, settings }: ViewProps & { settings: CalendarSettings }) {
  const texts = useCalendarTexts();
  const locale = useLocale();
  const phone = usePhone();
  const appearance = useAppearance();
  const { model } = useApp();
  const { timeZone } = model.settings;
  const create = useCreate();
  const toast = useToast();
  const errorText = useErrorText();
  const calendar = useRef<FullCalendar>(null);
  const { view } = state.choice;
  const [mode, setMode] = useState<Mode>(phone ? 'list' : isMode(view.mode) ? view.mode : 'month');
  const [window, setWindow] = useState<Window | null>(null);
  const [title, setTitle] = useState('');
  const { filter, search } = state;
  const query = useCalendarRecords(table, settings, useMemo(() => ({ filter, search }), [filter, search]), window);
  const [events, setEvents] = useState<EventInput[]>([]);
  const right = access.fields[settings.start.field.name];
  const movable = access.update && right === 'write' && !settings.start.field.readOnly && !settings.start.field.computed;
  // Which kind the dates are of: of a field that holds days, days are written.
  const isDated = kindOf(settings.start.field, settings.start.part) === 'date';

  const found = query.data;
  useEffect(() => onCount(found && { value: found.records.length, capped: found.capped }), [found, onCount]);
  const colors = useMemo(() => {
    const path = settings.colorBy === undefined ? undefined : resolveFieldPath(model, table.name, settings.colorBy);
    return new Map(path ? optionsOf(sourceField(model, path.field)).map(({ value, color }) => [value, color]) : []);
  }, [settings.colorBy, model, table.name]);

  useEffect(() => {
    if (!found || !window) return undefined;
    let current = true;
    const [from, to] = [new Date(`${window.from}T00:00:00Z`), new Date(`${window.to}T00:00:00Z`)];
    void Promise.all(
      found.records.map(async (record): Promise<EventInput[]> => {
        const times = timesOf(record, settings, timeZone);
        if (!times) return [];
        const { ink, tint } = optionColors(settings.colorBy === undefined ? 'indigo' : (colors.get(String(record[settings.colorBy])) ?? 'gray'), appearance);
        const repeats = settings.rrule !== undefined && typeof record[settings.rrule] === 'string' && record[settings.rrule] !== '';
        return (await occurrencesOf(record, times, settings, from, to)).map((own: Times, i) => ({
          id: `${record.id}#${i}`,
          title: eventTitle(record),
          start: own.start,
          ...(own.end && { end: own.end }),
          allDay: own.allDay,
          backgroundColor: tint,
          borderColor: tint,
          textColor: ink,
          editable: movable && !repeats,
          extendedProps: { record },
        }));
      }),
    ).then((all) => (current ? setEvents(all.flat()) : undefined));
    return () => {
      current = false;
    };
    function eventTitle(record: RecordData): string {
      if (settings.title === table.titleField) return titleOf(table, record, found?.included ?? {});
      const value = record[settings.title];
      const target = resolveFieldPath(model, table.name, settings.title)?.field.target;
      return (target !== undefined && typeof value === 'string' ? includedTitle(found?.included ?? {}, target, value) : undefined) ?? (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
    }
  }, [found, window, settings, timeZone, colors, appearance, movable, model, table]);

  const onDates = useCallback(({ start, end, view: shown }: DatesSetArg) => {
    setWindow({ from: start.toISOString().slice(0, 10), to: end.toISOString().slice(0, 10) });
    setTitle(shown.title);
  }, []);
  useEffect(() => {
    const api = calendar.current?.getApi();
    const shown = api?.view.type;
    if (api && shown !== MODES[mode]) queueMicrotask(() => api.changeView(MODES[mode]));
  }, [mode]);

  const save = async (record: RecordData, moved: { start: Date | null; end: Date | null; allDay: boolean }, revert: () => void) => {
    if (!moved.start) return revert();
    const changes = valuesOf(record, settings, { start: moved.start, end: moved.end, allDay: moved.allDay }, timeZone, isDated);
    try {
      const answer = await updateRecord(table.name, record.id, record.version, changes);
      refreshTable(table.name);
      const when = valueAt(answer.data, settings.start) ?? '';
      const before = Object.fromEntries(Object.keys(changes).map((name) => [name, record[name] ?? null]));
      toast({
        text: texts.moved.replace('{{when}}', isDay(when) ? formatDate(when, locale) : formatMoment(when, locale, timeZone)),
        action: { label: texts.undo, run: () => void updateRecord(table.name, record.id, answer.data.version, before).then(() => refreshTable(table.name), (error: unknown) => toast({ kind: 'error', text: errorText(error) })) },
      });
    } catch (error) {
      revert();
      toast({ kind: 'error', text: texts.refused.replace('{{why}}', errorText(error)) });
      refreshTable(table.name);
    }
  };
  const startNew = (start: Date, end: Date, allDay: boolean) => {
    if (!access.create) return;
    // A day of the month view says nothing of the hour: nine in the morning is a better guess than midnight.
    const from = allDay && !isDated ? new Date(start.getTime() + 9 * 3_600_000) : start;
    const to = allDay && !isDated ? new Date(from.getTime() + 3_600_000) : end;
    create({ table: table.name, values: valuesOf({}, settings, { start: from, end: to, allDay }, timeZone, isDated), onCreated: () => refreshTable(table.name) });
  };
  const step = (to: 'prev' | 'next' | 'today') => calendar.current?.getApi()[to]();

  if (query.isError && !found) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className="calendar-view">
      <div className="calendar-tools">
        <Button size="small" onClick={() => step('today')}>{texts.today}</Button>
        <IconButton size="small" label={texts.previous} icon={<LeftOutlined aria-hidden="true" />} onClick={() => step('prev')} />
        <IconButton size="small" label={texts.next} icon={<RightOutlined aria-hidden="true" />} onClick={() => step('next')} />
        <h2 aria-live="polite">{title}</h2>
        <span className="board-space" />
        <Segmented size="small" value={mode} options={(Object.keys(MODES) as Mode[]).map((name) => ({ value: name, label: texts[name] }))} onChange={setMode} aria-label={texts.views} />
      </div>
      {found?.capped ? <Alert banner type="info" title={texts.capped.replace('{{n}}', String(MOST_EVENTS))} /> : null}
      <div className={query.isPending ? 'calendar-place calendar-waiting' : 'calendar-place'}>
        <FullCalendar
          ref={calendar}
          plugins={PLUGINS}
          initialView={MODES[mode]}
          headerToolbar={false}
          timeZone="UTC"
          now={() => `${toLocalDateTime(new Date().toISOString(), timeZone)}Z`}
          initialDate={dayOf(new Date(), timeZone)}
          firstDay={1}
          {...(locale === 'zh-CN' ? { locale: zhCn } : { locale: 'en' })}
          height="100%"
          events={events}
          datesSet={onDates}
          nowIndicator
          dayMaxEvents
          slotEventOverlap={false}
          scrollTime="08:00:00"
          allDayText={texts.allDay}
          noEventsText={texts.none}
          moreLinkContent={({ num }) => texts.more.replace('{{n}}', String(num))}
          eventTimeFormat={{ hour: '2-digit', minute: '2-digit', hour12: false }}
          slotLabelFormat={{ hour: '2-digit', minute: '2-digit', hour12: false }}
          eventDisplay="block"
          selectable={access.create}
          selectMirror
          unselectAuto
          longPressDelay={300}
          eventStartEditable={movable}
          eventDurationEditable={movable && settings.end !== undefined}
          defaultTimedEventDuration="00:30:00"
          select={({ start, end, allDay }) => {
            calendar.current?.getApi().unselect();
            startNew(start, end, allDay);
          }}
          eventClick={({ event, jsEvent }) => {
            jsEvent.preventDefault();
            state.openRecord((event.extendedProps.record as RecordData).id);
          }}
          eventDrop={({ event, revert }) => void save(event.extendedProps.record as RecordData, event, revert)}
          eventResize={({ event, revert }) => void save(event.extendedProps.record as RecordData, event, revert)}
          eventDidMount={({ el, event }) => {
            el.title = event.title;
            el.tabIndex = 0;
          }}
        />
      </div>
    </div>
  );
}
