import { CloseOutlined, DeleteOutlined, EditOutlined, ExportOutlined, MergeCellsOutlined, ShareAltOutlined, SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import { MOST_LOSERS } from '#engine/records/merge.ts';
import type { TableAccess } from '../../api/types.ts';
import { ListButtons } from '../../automation/ListButtons.tsx';
import { mayMerge } from '../../merging/may-merge.ts';
import { useDelete } from '../../records/use-delete.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useHotkeys } from '../../ui/use-hotkeys.ts';

const ShareDialog = lazy(() => import('../../sharing/index.ts').then((module) => ({ default: module.ShareDialog })));
const TransferDialog = lazy(() => import('../../sharing/index.ts').then((module) => ({ default: module.TransferDialog })));
const MergeDialog = lazy(() => import('../../merging/index.ts').then((module) => ({ default: module.MergeDialog })));
const BulkDialog = lazy(() => import('./BulkDialog.tsx').then((module) => ({ default: module.BulkDialog })));

const ExportDialog = lazy(() => import('../../export/ExportDialog.tsx').then((module) => ({ default: module.ExportDialog })));

interface SelectionBarProps {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly ids: readonly string[];
  /** Paths of the columns shown. */
  readonly columns: readonly string[];
  readonly onClear: () => void;
}

export function SelectionBar({ table, access, ids, columns, onClear }: SelectionBarProps) {
  const { t } = useTranslation();
  const { deleteMany } = useDelete(table);
  const [dialog, setDialog] = useState<'update' | 'transfer' | 'share' | 'export' | 'merge' | null>(null);
  useHotkeys({ escape: onClear });
  return (
    <div className="selection-bar" role="toolbar" aria-label={t('list.selected', { count: ids.length })}>
      <strong>{t('list.selected', { count: ids.length })}</strong>
      {access.update ? (
        <Button type="text" icon={<EditOutlined aria-hidden="true" />} onClick={() => setDialog('update')}>
          {t('list.bulkEdit')}
        </Button>
      ) : null}
      {access.share ? (
        <Button type="text" icon={<ShareAltOutlined aria-hidden="true" />} onClick={() => setDialog('share')}>
          {t('action.share')}
        </Button>
      ) : null}
      {access.transfer && table.fields.owner ? (
        <Button type="text" icon={<SwapOutlined aria-hidden="true" />} onClick={() => setDialog('transfer')}>
          {t('action.transfer')}
        </Button>
      ) : null}
      {mayMerge(table, access) && ids.length >= 2 && ids.length <= MOST_LOSERS + 1 ? (
        <Button type="text" icon={<MergeCellsOutlined aria-hidden="true" />} onClick={() => setDialog('merge')}>
          {t('action.merge')}
        </Button>
      ) : null}
      {access.export ? (
        <Button type="text" icon={<ExportOutlined aria-hidden="true" />} onClick={() => setDialog('export')}>
          {t('action.export')}
        </Button>
      ) : null}
      <ListButtons table={table.name} ids={ids} onStarted={onClear} />
      {access.delete ? (
        <Button type="text" danger icon={<DeleteOutlined aria-hidden="true" />} onClick={() => deleteMany(ids, onClear)}>
          {t('action.delete')}
        </Button>
      ) : null}
      <IconButton label={t('action.clear')} shortcut="Esc" icon={<CloseOutlined aria-hidden="true" />} onClick={onClear} />
      <Suspense fallback={null}>
        {dialog === 'update' ? <BulkDialog table={table} access={access} ids={ids} onClose={() => setDialog(null)} onDone={onClear} /> : null}
        {dialog === 'share' ? <ShareDialog table={table} ids={ids} name="" onClose={() => setDialog(null)} /> : null}
        {dialog === 'transfer' ? <TransferDialog table={table} ids={ids} name="" onClose={() => setDialog(null)} onDone={onClear} /> : null}
        {dialog === 'merge' ? <MergeDialog table={table} ids={ids} onClose={() => setDialog(null)} onDone={onClear} /> : null}
        {dialog === 'export' ? <ExportDialog table={table} source={{ ids, columns }} onClose={() => setDialog(null)} /> : null}
      </Suspense>
    </div>
  );
}
