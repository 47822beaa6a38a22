/** What happened to a record: follow-ups, comments and changes in one stream, newest first; a comment is written on top. */
import { Button, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import { useRecord, useTimeline } from '../api/records.ts';
import type { TimelineKind } from '../api/types.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { dayOf, formatDate } from '../fields/format.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { ChangeItem, RecordItem } from './TimelineItem.tsx';

type Shown = 'all' | TimelineKind;

const CommentComposer = lazy(() => import('../comments/index.ts').then((module) => ({ default: module.CommentComposer })));
const CommentItem = lazy(() => import('../comments/index.ts').then((module) => ({ default: module.CommentItem })));

export function Timeline({ table, id }: { table: TableModel; id: string }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>('all');
  const { user } = useApp();
  const record = useRecord(table.name, id).data?.data;
  const hasRecords = (table.page.timeline?.length ?? 0) > 0;
  const kinds = (['all', 'record', 'comment', 'change'] as const).filter((kind) => kind !== 'record' || hasRecords);
  return (
    <div className="timeline">
      {record && !record.deleted_at && !user.viewedBy ? (
        <Suspense fallback={<div className="timeline-composer" />}>
          <CommentComposer key={`${table.name}/${id}`} table={table} id={id} />
        </Suspense>
      ) : null}
      <Segmented<Shown> size="small" value={shown} onChange={setShown} options={kinds.map((value) => ({ value, label: t(LABELS[value]) }))} />
      <Entries table={table} id={id} shown={shown} />
    </div>
  );
}

const LABELS = { all: 'record.all', record: 'record.activity', comment: 'record.comments', change: 'record.history' } as const;

function Entries({ table, id, shown }: { table: TableModel; id: string; shown: Shown }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const timeline = useTimeline(table.name, id, shown);
  if (timeline.isPending) return <BlockSkeleton />;
  if (timeline.isError && !timeline.data) return <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />;

  const entries = timeline.data.pages.flatMap((page) => page.data.map((entry) => ({ entry, included: page.included })));
  const today = dayOf(new Date(), timeZone);
  let lastDay = '';
  return (
    <>
      {entries.length > 0 ? null : shown === 'comment' ? <EmptyState small title={t('record.noComments')} /> : <EmptyState small title={t('record.noTimeline')} hint={t('record.noTimelineHint')} />}
      <ol>
        {entries.map(({ entry, included }, index) => {
          const day = dayOf(entry.at, timeZone);
          const heading = day === lastDay ? null : day === today ? t('record.today') : formatDate(day, locale);
          lastDay = day;
          return (
            <li key={entry.kind === 'change' ? `${entry.at}/${index}` : entry.id}>
              {heading ? <h3 className="timeline-day">{heading}</h3> : null}
              {entry.kind === 'record' ? (
                <RecordItem parent={table} entry={entry} included={included} />
              ) : entry.kind === 'comment' ? (
                <Suspense fallback={<BlockSkeleton />}>
                  <CommentItem table={table} record={id} comment={entry} included={included} />
                </Suspense>
              ) : (
                <ChangeItem table={table} entry={entry} included={included} />
              )}
            </li>
          );
        })}
      </ol>
      {timeline.hasNextPage ? (
        <Button type="link" loading={timeline.isFetchingNextPage} onClick={() => void timeline.fetchNextPage()}>
          {t('action.showMore')}
        </Button>
      ) : null}
    </>
  );
}
