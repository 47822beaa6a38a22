/** What happened to a record: follow-ups and changes in one stream, newest first. */
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import { useTimeline } from '../api/records.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { dayOf, formatDate } from '../fields/format.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { ChangeItem, RecordItem } from './TimelineItem.tsx';

type Shown = 'all' | 'record' | 'change';

export function Timeline({ table, id }: { table: TableModel; id: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const [shown, setShown] = useState<Shown>('all');
  const timeline = useTimeline(table.name, id);
  if (timeline.isPending) return <BlockSkeleton />;
  if (timeline.isError && !timeline.data) return <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />;

  const entries = timeline.data.pages.flatMap((page) => page.data.map((entry) => ({ entry, included: page.included }))).filter(({ entry }) => shown === 'all' || entry.kind === shown);
  const today = dayOf(new Date(), timeZone);
  let lastDay = '';
  return (
    <div className="timeline">
      {(table.page.timeline?.length ?? 0) > 0 ? (
        <Segmented<Shown>
          size="small"
          value={shown}
          onChange={setShown}
          options={[
            { value: 'all', label: t('record.all') },
            { value: 'record', label: t('record.activity') },
            { value: 'change', label: t('record.history') },
          ]}
        />
      ) : null}
      {entries.length === 0 ? <EmptyState small title={t('record.noTimeline')} hint={t('record.noTimelineHint')} /> : null}
      <ol>
        {entries.map(({ entry, included }, index) => {
          const day = dayOf(entry.at, timeZone);
          const heading = day === lastDay ? null : day === today ? t('record.today') : formatDate(day, locale);
          lastDay = day;
          return (
            <li key={entry.kind === 'record' ? `${entry.table}/${entry.id}` : `${entry.at}/${index}`}>
              {heading ? <h3 className="timeline-day">{heading}</h3> : null}
              {entry.kind === 'record' ? <RecordItem parent={table} entry={entry} included={included} /> : <ChangeItem table={table} entry={entry} included={included} />}
            </li>
          );
        })}
      </ol>
      {timeline.hasNextPage ? (
        <Button type="link" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t('action.showMore')}
        </Button>
      ) : null}
    </div>
  );
}
