/** What is on a calendar today, in the order of the day. */
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { addToDate } from '#engine/rules/time.ts';
import { useFewRecords } from '../api/records.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { recordPagePath, tablePath } from '../app/paths.ts';
import { useApp } from '../app/session.tsx';
import { dayOf, formatTime } from '../fields/format.ts';
import { titleOf } from '../model/titles.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { calendarSettings, isDay, valueAt } from '../views/calendar/calendar-events.ts';
import { useDashboardTexts } from './texts.ts';

export function AgendaCard({ table, view, limit }: { table: TableModel; view: ViewDefinition; limit: number }) {
  const { t } = useTranslation();
  const texts = useDashboardTexts();
  const label = useLabel();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const settings = calendarSettings(view, table);
  const start = settings?.start;
  const path = { var: start?.path ?? 'id' };
  const today = dayOf(new Date(), timeZone);
  const onDay: Rule = { and: [{ '>=': [path, today] }, { '<': [path, addToDate(today, 1, 'day')] }] };
  const filter: Rule = view.filter === undefined ? onDay : { and: [view.filter, onDay] };
  const found = useFewRecords(table.name, { filter, sort: [path.var], fields: [...new Set([table.titleField, start?.field.name ?? 'id'])], limit, count: true }, start !== undefined);
  if (!start) return null;
  return (
    <section className="home-card">
      <header>
        <h2>{label(view.label)}</h2>
        <Link to={`${tablePath(table.name)}?view=${view.name}`}>{t('home.seeAll')}</Link>
      </header>
      {found.isPending ? <RowsSkeleton rows={4} columns={2} height={36} /> : null}
      {found.isError && !found.data ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.data.length === 0 ? <p className="quiet home-nothing">{texts.nothingToday}</p> : null}
      <ul className="home-list">
        {found.data?.data.map((record) => {
          const moment = valueAt(record, start);
          return (
            <li key={record.id}>
              <Link to={recordPagePath(table.name, record.id)} className="agenda-line">
                <time className="tabular">{moment === null || isDay(moment) ? texts.allDay : formatTime(moment, locale, timeZone)}</time>
                <span className="ellipsis">{titleOf(table, record, found.data.included)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
