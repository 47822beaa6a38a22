/** A record beside its list; on a phone it covers the list. */
import { CloseOutlined, ExpandAltOutlined } from '@ant-design/icons';
import { Drawer, Tabs } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import { mergedInto } from '../api/merges.ts';
import { useRecord } from '../api/records.ts';
import { useLabel } from '../app/i18n/index.ts';
import { recordPagePath } from '../app/paths.ts';
import { RecordAutomation, useAutomationKind } from '../automation/RecordAutomation.tsx';
import { titleOf } from '../model/titles.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { RecordDetail } from './RecordDetail.tsx';
import { RecordHeader } from './RecordHeader.tsx';
import { RelatedList } from './RelatedList.tsx';
import { Timeline } from './Timeline.tsx';
import { useLiveRecord } from './use-live-record.ts';

const RecordPanels = lazy(() => import('../panels/index.ts').then((module) => ({ default: module.RecordPanels })));

interface SidePanelProps {
  readonly table: TableModel;
  readonly id: string;
  readonly onClose: () => void;
}

export function SidePanel({ table, id, onClose }: SidePanelProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const phone = usePhone();
  const navigate = useNavigate();
  const record = useRecord(table.name, id);
  useLiveRecord(table, id);
  const automation = useAutomationKind(table.name, id);

  const content = () => {
    if (record.isPending) return <BlockSkeleton />;
    // Beside a list nobody is led away without asking.
    const survivor = mergedInto(record.error);
    if (survivor !== null) return <EmptyState title={t('error.recordMerged')} hint={t('error.recordMergedHint')} action={<Link to={recordPagePath(table.name, survivor)}>{t('action.open')}</Link>} />;
    if (!record.data) return <ErrorState error={record.error} onRetry={() => void record.refetch()} />;
    const title = titleOf(table, record.data.data, record.data.included) || t('field.noTitle');
    const related = table.page.related ?? [];
    return (
      <>
        <RecordHeader table={table} answer={record.data} onDeleted={onClose} />
        <Tabs
          items={[
            { key: 'timeline', label: t('record.timeline'), children: <Timeline table={table} id={id} /> },
            ...((table.page.panels ?? []).length > 0
              ? [
                  {
                    key: 'overview',
                    label: t('record.overview'),
                    children: (
                      <Suspense fallback={<BlockSkeleton />}>
                        <RecordPanels parent={{ table, id, title }} />
                      </Suspense>
                    ),
                  },
                ]
              : []),
            { key: 'detail', label: t('record.detail'), children: <RecordDetail table={table} answer={record.data} /> },
            ...(related.length > 0
              ? [{ key: 'related', label: t('record.related'), children: related.map((definition) => <RelatedList key={`${definition.table}.${definition.field}`} definition={definition} parent={{ table, id, title }} />) }]
              : []),
            ...(automation !== 'none' ? [{ key: 'automation', label: t('automation.title'), children: <RecordAutomation table={table.name} id={id} /> }] : []),
          ]}
        />
      </>
    );
  };
  const bar = (
    <div className="panel-bar">
      <span className="quiet ellipsis">{label(table.label)}</span>
      <IconButton size="small" label={t('action.fullPage')} icon={<ExpandAltOutlined aria-hidden="true" />} onClick={() => void navigate(recordPagePath(table.name, id))} />
      <IconButton size="small" label={t('action.close')} shortcut="Esc" icon={<CloseOutlined aria-hidden="true" />} onClick={onClose} />
    </div>
  );

  if (phone) {
    return (
      <Drawer open placement="bottom" size="100%" closable={false} onClose={onClose} styles={{ body: { padding: 0 } }} aria-label={label(table.label)}>
        <div className="panel-phone">
          {bar}
          <div className="panel-body">{content()}</div>
        </div>
      </Drawer>
    );
  }
  return (
    <aside className="side-panel" aria-label={label(table.label)}>
      {bar}
      <div className="panel-body">{content()}</div>
    </aside>
  );
}
