import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import { changeRecords, deleteRecord, refreshTable, restoreRecord } from '../api/records.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { removeFromLists } from '../views/table/list-cache.ts';

/** Deleting names what will go, and offers Undo afterwards. */
export function useDelete(table: TableModel) {
  const { t } = useTranslation();
  const label = useLabel();
  const { modal } = App.useApp();
  const toast = useToast();
  const errorText = useErrorText();
  const fail = (error: unknown) => toast({ kind: 'error', text: errorText(error) });

  const deleteOne = (id: string, name: string, onDone: () => void) => {
    modal.confirm({
      title: t('record.deleteTitle', { name }),
      content: t('record.deleteText'),
      okText: t('action.delete'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await deleteRecord(table.name, id);
        } catch (error) {
          fail(error);
          return;
        }
        removeFromLists(table.name, [id]);
        onDone();
        refreshTable(table.name);
        toast({
          text: t('list.deletedToast', { name }),
          action: {
            label: t('action.undo'),
            run: () =>
              void restoreRecord(table.name, id).then(() => {
                refreshTable(table.name);
                toast({ text: t('list.undone') });
              }, fail),
          },
        });
      },
    });
  };

  const deleteMany = (ids: readonly string[], onDone: () => void) => {
    modal.confirm({
      title: t('list.bulkDelete', { count: ids.length, table: label(table.pluralLabel) }),
      content: t('list.bulkDeleteText'),
      okText: t('action.delete'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          const { results } = await changeRecords(table.name, { ids, action: 'delete' });
          const gone = results.filter((result) => result.ok).map((result) => result.id);
          removeFromLists(table.name, gone);
          onDone();
          refreshTable(table.name);
          const failed = results.filter((result) => !result.ok);
          const reason = failed[0]?.issues?.[0]?.message ?? '';
          const outcome = gone.length === 0 ? t('list.bulkNone', { reason }) : t('list.bulkPartly', { ok: gone.length, failed: failed.length, reason });
          toast({
            kind: failed.length === 0 ? 'success' : gone.length === 0 ? 'error' : 'warning',
            text: failed.length > 0 ? outcome : t('list.bulkDeleted', { ok: gone.length }),
            ...(gone.length > 0 && {
              action: {
                label: t('action.undo'),
                run: () =>
                  void changeRecords(table.name, { ids: gone, action: 'restore' }).then(() => {
                    refreshTable(table.name);
                    toast({ text: t('list.undone') });
                  }, fail),
              },
            }),
          });
        } catch (error) {
          fail(error);
        }
      },
    });
  };

  return { deleteOne, deleteMany };
}
