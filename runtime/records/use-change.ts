import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import { isProblem, type Problem } from '../api/problem.ts';
import { queryClient } from '../api/query-client.ts';
import { recordKeys, refreshTable, updateRecord } from '../api/records.ts';
import type { RecordAnswer, Values } from '../api/types.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { useTellWarnings } from './use-tell-warnings.ts';
import { patchLists } from '../views/table/list-cache.ts';

/** Changes a shown record: at once on screen, taken back when refused. Answers the refusal, if it was one of validation. */
export function useChange(table: TableModel): (shown: RecordAnswer, changes: Values) => Promise<Problem | null> {
  const { t } = useTranslation();
  const toast = useToast();
  const errorText = useErrorText();
  const tellWarnings = useTellWarnings();
  return async (shown, changes) => {
    const { id, version } = shown.data;
    const key = recordKeys.one(table.name, id);
    queryClient.setQueryData<RecordAnswer>(key, { ...shown, data: { ...shown.data, ...changes } });
    try {
      const answer = await updateRecord(table.name, id, version, changes);
      queryClient.setQueryData<RecordAnswer>(key, answer);
      patchLists(table.name, id, answer.data, answer.included);
      refreshTable(table.name);
      tellWarnings(answer);
      return null;
    } catch (error) {
      queryClient.setQueryData<RecordAnswer>(key, shown);
      if (isProblem(error, 422)) return error;
      if (isProblem(error, 409)) {
        await queryClient.invalidateQueries({ queryKey: key });
        toast({ kind: 'warning', text: t('list.conflict') });
      } else toast({ kind: 'error', text: t('list.saveFailed', { message: errorText(error) }) });
      return null;
    }
  };
}
