import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { Tabs } from 'antd';
import type { TableModel } from '#engine/model/app-model.ts';
import { mergedInto } from '../api/merges.ts';
import { useRecord } from '../api/records.ts';
import { useLabel } from '../app/i18n/index.ts';
import { recordPagePath, tablePath } from '../app/paths.ts';
import { useApp, useTable } from '../app/session.tsx';
import { RecordAutomation, useAutomationKind } from '../automation/RecordAutomation.tsx';
import { mayHoldFiles } from '../files/file-sources.ts';
import { titleOf } from '../model/titles.ts';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { PageHead, useDocumentTitle } from '../ui/PageHead.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { RecordDetail } from './RecordDetail.tsx';
import { RecordHeader } from './RecordHeader.tsx';
import { RelatedList } from './RelatedList.tsx';
import { Timeline } from './Timeline.tsx';
import { useLiveRecord } from './use-live-record.ts';

const RecordPanels = lazy(() => import('../panels/index.ts').then((module) => ({ default: module.RecordPanels })));

const RecordFiles = lazy(() => import('../files/index.ts').then((module) => ({ default: module.RecordFiles })));

export function RecordPage() {
  const { table: name = '', id = '' } = useParams();
  const { table, access } = useTable(name);
  if (!table || !access.read) return <NotFoundPage />;
  return <RecordOf key={`${table.name}/${id}`} table={table} id={id} />;
}

function RecordOf({ table, id }: { table: TableModel; id: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const phone = usePhone();
  const navigate = useNavigate();
  const record = useRecord(table.name, id);
  useLiveRecord(table, id);
  const app = useApp();
  const automationKind = useAutomationKind(table.name, id);
  const title = record.data ? titleOf(table, record.data.data, record.data.included) || t('field.noTitle') : label(table.label);

  const survivor = mergedInto(record.error);
  if (survivor !== null) return <Navigate replace to={recordPagePath(table.name, survivor)} />;

  const body = () => {
    if (record.isPending) return <BlockSkeleton />;
    if (!record.data) return <ErrorState error={record.error} onRetry={() => void record.refetch()} way={<Link to={tablePath(table.name)}>{t('record.toList', { table: label(table.label) })}</Link>} />;
    const detail = <RecordDetail table={table} answer={record.data} />;
    const automation = automationKind !== 'none' ? <RecordAutomation table={table.name} id={id} /> : null;
    const panels =
      (table.page.panels ?? []).length > 0 ? (
        <Suspense fallback={<BlockSkeleton lines={3} />}>
          <RecordPanels parent={{ table, id, title }} />
        </Suspense>
      ) : null;
    const timeline = { key: 'timeline', label: t('record.timeline'), children: <Timeline table={table} id={id} /> };
    const related = (table.page.related ?? []).length > 0 ? [{ key: 'related', label: t('record.related'), children: (table.page.related ?? []).map((definition) => <RelatedList key={`${definition.table}.${definition.field}`} definition={definition} parent={{ table, id, title }} />) }] : [];
    const files = mayHoldFiles(app, table)
      ? [
          {
            key: 'files',
            label: t('record.files'),
            children: (
              <Suspense fallback={<BlockSkeleton />}>
                <RecordFiles table={table} answer={record.data} />
              </Suspense>
            ),
          },
        ]
      : [];
    return (
      <>
        <RecordHeader table={table} answer={record.data} onDeleted={() => void navigate(tablePath(table.name))} />
        {phone ? null : panels}
        {phone ? (
          <Tabs items={[...(panels ? [{ key: 'overview', label: t('record.overview'), children: panels }] : []), { key: 'detail', label: t('record.detail'), children: detail }, timeline, ...related, ...files, ...(automation ? [{ key: 'automation', label: t('automation.title'), children: automation }] : [])]} />
        ) : (
          <div className="record-columns">
            <div>
              {automation ? (
                <details open={automationKind === 'ahead'} className="record-automation">
                  <summary>{t('automation.title')}</summary>
                  {automation}
                </details>
              ) : null}
              {detail}
            </div>
            <Tabs items={[timeline, ...related, ...files]} />
          </div>
        )}
      </>
    );
  };

  return (
    <div className="page">
      <PageHead title={label(table.pluralLabel)} back={tablePath(table.name)} />
      <RecordTitle title={title} />
      <div className="page-body record-page">{body()}</div>
    </div>
  );
}

/** The browser's tab tells the record, the head of the page where it belongs. */
function RecordTitle({ title }: { title: string }) {
  useDocumentTitle(title);
  return null;
}
