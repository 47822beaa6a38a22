/** Deleted records: restored with one click, gone for good only after a question. */
import { DeleteOutlined, UndoOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { OWNER_LEVEL } from '#engine/permissions/levels.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { MergeReport } from '#engine/records/merge.ts';
import { useMerges } from '../api/merges.ts';
import { purgeRecord, type RecordQuery, recordKeys, refreshTable, requestPurge, restoreRecord, useRecordPages } from '../api/records.ts';
import type { Included, RecordData } from '../api/types.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useNavigationTables } from '../app/navigation.ts';
import { binPath, recordPagePath, tablePath } from '../app/paths.ts';
import { isAdministrator, useApp } from '../app/session.tsx';
import { FieldCell } from '../fields/FieldCell.tsx';
import { useUndoMerge } from '../merging/use-undo-merge.ts';
import { titleOf } from '../model/titles.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState, useErrorText } from '../ui/ErrorState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { useToast } from '../ui/toast.tsx';

export function BinPage() {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  const { access } = useApp();
  const { table: name } = useParams();
  const tables = useNavigationTables().filter((table) => access[table.name]?.delete);
  const table = tables.find((one) => one.name === name) ?? (name === undefined ? tables[0] : undefined);
  return (
    <div className="page">
      <PageHead
        title={t('bin.title')}
        {...(name !== undefined && { back: tablePath(name) })}
        extra={
          <Select
            aria-label={t('bin.choose')}
            className="bin-table"
            value={table?.name ?? null}
            options={tables.map((one) => ({ value: one.name, label: label(one.label) }))}
            onChange={(next) => (next ? void navigate(binPath(next)) : undefined)}
          />
        }
      />
      <div className="page-body">{table ? <BinList key={table.name} table={table} /> : <EmptyState title={t('bin.empty')} hint={t('bin.emptyHint')} />}</div>
    </div>
  );
}

function BinList({ table }: { table: TableModel }) {
  const { t } = useTranslation();
  const query: RecordQuery = { deleted: true, fields: [table.titleField, 'deleted_at', 'owner'], sort: ['-deleted_at'], limit: 50 };
  const pages = useRecordPages(table.name, query);
  const merges = useMerges(table.name).data?.data ?? [];
  if (pages.isPending) return <RowsSkeleton rows={8} columns={3} />;
  if (pages.isError && !pages.data) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  const rows = pages.data.pages.flatMap((page) => page.data.map((record) => ({ record, included: page.included })));
  if (rows.length === 0) return <EmptyState title={t('bin.empty')} hint={t('bin.emptyHint')} />;
  return (
    <>
      <ul className="bin-list">
        {rows.map(({ record, included }) => (
          <BinRow key={record.id} table={table} record={record} included={included} query={query} merge={merges.find(({ losers }) => losers.some(({ id }) => id === record.id))} />
        ))}
      </ul>
      {pages.hasNextPage ? (
        <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('action.showMore')}
        </Button>
      ) : null}
    </>
  );
}

interface BinRowProps {
  readonly table: TableModel;
  readonly record: RecordData;
  readonly included: Included;
  readonly query: RecordQuery;
  /** It was merged into another record, not deleted. */
  readonly merge: MergeReport | undefined;
}

function BinRow({ table, record, included, query, merge }: BinRowProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { modal } = App.useApp();
  const app = useApp();
  const isOwner = app.me.level >= OWNER_LEVEL;
  const name = titleOf(table, record, included) || t('field.noTitle');
  const reread = () => client.invalidateQueries({ queryKey: recordKeys.list(table.name, query) });

  const undoMerge = useUndoMerge();
  const takeBack = async (id: string) => {
    await undoMerge(id);
    await reread();
  };
  const restore = async () => {
    try {
      await restoreRecord(table.name, record.id);
      refreshTable(table.name);
      await reread();
      toast({ text: t('bin.restored', { name }), action: { label: t('action.open'), run: () => void navigate(recordPagePath(table.name, record.id)) } });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    }
  };
  const purge = () =>
    modal.confirm({
      title: t('bin.purgeTitle', { name }),
      content: isOwner ? t('bin.purgeText') : t('bin.askText'),
      okText: isOwner ? t('action.purge') : t('bin.ask'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await (isOwner ? purgeRecord(table.name, record.id) : requestPurge(table.name, record.id));
          await reread();
          toast({ text: isOwner ? t('bin.purged') : t('bin.asked') });
        } catch (error) {
          toast({ kind: 'error', text: errorText(error) });
        }
      },
    });

  const { owner, deleted_at: deletedAt } = table.fields;
  return (
    <li className="bin-row">
      <span className="bin-name ellipsis">
        {name}
        {merge ? (
          <span className="quiet bin-merged">
            {t('bin.mergedInto')} <Link to={recordPagePath(table.name, merge.survivor.id)}>{merge.survivor.title ?? t('field.noTitle')}</Link>
          </span>
        ) : null}
      </span>
      <span className="bin-owner">{owner ? <FieldCell field={owner} value={record.owner} record={record} included={included} /> : null}</span>
      <span className="quiet bin-time">{deletedAt ? <FieldCell field={deletedAt} value={record.deleted_at} record={record} included={included} /> : null}</span>
      {merge ? (
        <Button size="small" disabled={!merge.mayUndo} icon={<UndoOutlined aria-hidden="true" />} onClick={() => void takeBack(merge.id)}>
          {t('action.takeBack')}
        </Button>
      ) : (
        <Button size="small" icon={<UndoOutlined aria-hidden="true" />} onClick={() => void restore()}>
          {t('action.restore')}
        </Button>
      )}
      {merge ? <span /> : isAdministrator(app) ? <IconButton size="small" danger label={isOwner ? t('action.purge') : t('bin.ask')} icon={<DeleteOutlined aria-hidden="true" />} onClick={purge} /> : null}
    </li>
  );
}
