import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { RecordAnswer } from '../api/types.ts';
import type { CreateRequest } from '../app/create-context.ts';
import { useLabel } from '../app/i18n/index.ts';
import { recordPagePath } from '../app/paths.ts';
import { useTable } from '../app/session.tsx';
import { titleOf } from '../model/titles.ts';
import { useToast } from '../ui/toast.tsx';
import { FormDrawer } from './FormDrawer.tsx';

export function CreateDialog({ request, onClose }: { request: CreateRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const toast = useToast();
  const navigate = useNavigate();
  const { table, access } = useTable(request.table);
  if (!table) return null;

  const saved = (answer: RecordAnswer, again: boolean) => {
    request.onCreated?.(answer);
    const warning = answer.warnings?.[0]?.message;
    toast({
      kind: warning ? 'warning' : 'success',
      text: warning ? t('form.warning', { message: warning }) : t('form.created', { name: titleOf(table, answer.data, answer.included) || label(table.label) }),
      ...(!request.onCreated && { action: { label: t('action.open'), run: () => void navigate(recordPagePath(table.name, answer.data.id)) } }),
    });
    if (!again) onClose();
  };
  return (
    <FormDrawer
      title={request.title ?? t('form.new', { table: label(table.label) })}
      table={table}
      form={request.form}
      values={request.values}
      included={request.included ?? {}}
      rights={access.fields}
      onSaved={saved}
      onClose={onClose}
    />
  );
}
