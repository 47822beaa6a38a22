/** What is on a calendar today, in the order of the day; what is repeated stands on the days it falls on. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import { addToDate } from '#engine/rules/time.ts';
import { useLabel } from '../app/i18n/index.ts';
import { recordPagePath, tablePath } from '../app/paths.ts';
import { useApp } from '../app/session.tsx';
import { dayOf } from '../fields/format.ts';
import { titleOf } from '../model/titles.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { type CalendarSettings, calendarSettings, occurrencesOf, timesOf } from '../views/calendar/calendar-events.ts';
import { useCalendarRecords } from '../views/calendar/use-calendar-records.ts';
import { useDashboardTexts } from './texts.ts';

interface AgendaCardProps {
  readonly table: TableModel;
  readonly view: ViewDefinition;
  readonly limit: number;
}

interface Line {
  readonly id: string;
  readonly title: string;
  /** Wall-clock `HH:mm`; null: the whole day, or since before it. */
  readonly time: string | null;
}

export function AgendaCard({ table, view, limit }: AgendaCardProps) {
  const settings = calendarSettings(view, table);
  return settings ? <Agenda table={table} view={view} limit={limit} settings={settings} /> : null;
}

function Agenda({ table, view, limit, settings }: AgendaCardProps & { settings: CalendarSettings }) {
  const { t } = useTranslation();
  const texts = useDashboardTexts();
  const label = useLabel();
  const { timeZone } = useApp().model.settings;
  const today = dayOf(new Date(), timeZone);
  const window = { from: today, to: addToDate(today, 1, 'day') };
  const found = useCalendarRecords(table, settings, { filter: view.filter, search: '' }, window);
  const lines = useQuery({
    queryKey: ['agenda', table.name, view.name, today, found.dataUpdatedAt],
    enabled: found.data !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<Line[]> => {
      const [from, to] = [new Date(`${window.from}T00:00:00Z`), new Date(Date.parse(`${window.to}T00:00:00Z`) - 1)];
      const all: { readonly line: Line; readonly start: string }[] = [];
      const { records, included } = found.data ?? { records: [], included: {} };
      for (const record of records) {
        const times = timesOf(record, settings, timeZone);
        if (!times) continue;
        for (const { start, allDay } of await occurrencesOf(record, times, settings, from, to)) {
          const time = allDay || start < `${today}T` ? null : start.slice(11, 16);
          all.push({ line: { id: record.id, title: titleOf(table, record, included), time }, start });
        }
      }
      return all.sort((a, b) => (a.start < b.start ? -1 : 1)).map(({ line }) => line).slice(0, limit);
    },
  });
  const shown = lines.data;
  return (
    <section className="home-card">
      <header>
        <h2>{label(view.label)}</h2>
        <Link to={`${tablePath(table.name)}?view=${view.name}`}>{t('home.seeAll')}</Link>
      </header>
      {shown === undefined && !found.isError ? <RowsSkeleton rows={4} columns={2} height={36} /> : null}
      {found.isError && !found.data ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : null}
      {shown?.length === 0 ? <p className="quiet home-nothing">{texts.nothingToday}</p> : null}
      <ul className="home-list">
        {shown?.map(({ id, title, time }, i) => (
          <li key={`${id}/${i}`}>
            <Link to={recordPagePath(table.name, id)} className="agenda-line">
              <time className="tabular">{time ?? texts.allDay}</time>
              <span className="ellipsis">{title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
