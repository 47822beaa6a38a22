/** What waits for a person: the first records of the views that the app names for its home page. */
import { Tooltip } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FIELD_TYPES } from '#engine/fields/index.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import type { ValueKind } from '#engine/rules/rule.ts';
import { useRecordEvents } from '../api/events.ts';
import { queryClient } from '../api/query-client.ts';
import { useFewRecords } from '../api/records.ts';
import type { Included, RecordData } from '../api/types.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { recordPagePath, tablePath } from '../app/paths.ts';
import { useApp, useTable } from '../app/session.tsx';
import { FieldCell } from '../fields/FieldCell.tsx';
import { formatCount, formatMoment, formatRelative } from '../fields/format.ts';
import { resolveFieldPath } from '../model/paths.ts';
import { sourceField } from '../model/source-field.ts';
import { titleOf } from '../model/titles.ts';
import { useActions } from '../records/use-actions.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { ModelIcon } from '../ui/ModelIcon.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { columnPaths } from '../views/view-columns.ts';

const SHOWN = 6;
const SETTLE = 800;
const TIMES: ReadonlySet<ValueKind> = new Set(['date', 'dateTime']);

/** Short lists of these tables are read again when someone changes their records. */
export function useLiveTables(names: ReadonlySet<string>): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useRecordEvents(({ table }) => {
    if (!names.has(table)) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      for (const name of names) void queryClient.invalidateQueries({ queryKey: ['records', name, 'few'] });
    }, SETTLE);
  });
}

function When({ moment, agenda }: { moment: string; agenda: boolean }) {
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const late = agenda && new Date(moment).getTime() < Date.now();
  return (
    <Tooltip title={formatMoment(moment, locale, timeZone)} mouseEnterDelay={0.4}>
      <time className={late ? 'home-late' : 'quiet'} dateTime={moment}>
        {formatRelative(moment, locale)}
      </time>
    </Tooltip>
  );
}

interface WorkLineProps {
  readonly table: TableModel;
  readonly record: RecordData;
  readonly included: Included;
  readonly time: string | undefined;
  readonly about: string | undefined;
  readonly agenda: boolean;
}

function WorkLine({ table, record, included, time, about, agenda }: WorkLineProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const { model } = useApp();
  const { actions, run } = useActions(table);
  const [action] = actions;
  const field = about === undefined ? undefined : resolveFieldPath(model, table.name, about)?.field;
  const moment = time === undefined ? null : record[time];
  return (
    <li className="home-work-line">
      <div className="home-work-text">
        <Link className="ellipsis" to={recordPagePath(table.name, record.id)}>
          {titleOf(table, record, included) || t('field.noTitle')}
        </Link>
        {field && about !== undefined ? (
          <span className="home-work-about">
            <FieldCell field={field} value={record[about]} record={record} included={included} />
          </span>
        ) : null}
      </div>
      {typeof moment === 'string' ? <When moment={moment} agenda={agenda} /> : null}
      {action ? <IconButton size="small" label={label(action.label)} icon={<ModelIcon name={action.icon} label={label(action.label)} />} onClick={() => void run(action, record.id)} /> : null}
    </li>
  );
}

export function WorkCard({ table, view, limit = SHOWN }: { table: TableModel; view: ViewDefinition; limit?: number }) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const { model } = useApp();
  const { access } = useTable(table.name);
  const fieldAt = (path: string) => resolveFieldPath(model, table.name, path)?.field;
  const isTime = (path: string): boolean => {
    const field = fieldAt(path);
    const source = field && sourceField(model, field);
    return source !== undefined && TIMES.has(source.computed?.kind ?? FIELD_TYPES[source.type].kind(source));
  };
  const paths = columnPaths(table, access, view, {});
  const order = view.sort?.[0] ?? '';
  const sorted = order.replace(/^-/, '');
  const time = isTime(sorted) ? sorted : paths.find(isTime);
  // What stands behind the title tells what the record is about; what stands before it is its number.
  const about = paths.slice(paths.indexOf(table.titleField) + 1).find((path) => !isTime(path));
  const fields = [...new Set([table.titleField, ...[time, about].filter((path) => path !== undefined)])];
  // Sorted by a day that somebody set, a list is an agenda: what has passed in it is late.
  const agenda = order === time && !fieldAt(order)?.computed;
  const found = useFewRecords(table.name, { filter: view.filter, sort: view.sort, fields, limit, count: true });
  return (
    <section className="home-card">
      <header>
        <h2>{label(view.label)}</h2>
        <span className="quiet tabular">{found.data?.count ? formatCount(found.data.count, locale) : ''}</span>
        <Link to={`${tablePath(table.name)}?view=${view.name}`}>{t('home.seeAll')}</Link>
      </header>
      {found.isPending ? <RowsSkeleton rows={limit} columns={2} height={44} /> : null}
      {found.isError && !found.data ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data?.data.length === 0 ? <p className="quiet home-nothing">{t('home.nothing')}</p> : null}
      <ul>
        {found.data?.data.map((record) => (
          <WorkLine key={record.id} table={table} record={record} included={found.data.included} time={time} about={about} agenda={agenda} />
        ))}
      </ul>
    </section>
  );
}

export function HomeWork() {
  const { t } = useTranslation();
  const { model, access } = useApp();
  const cards = model.home.flatMap(({ table: name, view: wanted }) => {
    const table = model.tables[name];
    const view = table?.views.find((one) => one.name === wanted);
    return table && view && access[name]?.read ? [{ table, view }] : [];
  });
  useLiveTables(new Set(cards.map(({ table }) => table.name)));
  if (cards.length === 0) return null;
  return (
    <section aria-label={t('home.work')} className="home-cards home-work">
      {cards.map(({ table, view }) => (
        <WorkCard key={`${table.name}/${view.name}`} table={table} view={view} />
      ))}
    </section>
  );
}
