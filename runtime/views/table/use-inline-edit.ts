/** Editing in place: shown at once, taken back when the server refuses. */
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { isProblem } from '../../api/problem.ts';
import { queryClient } from '../../api/query-client.ts';
import { readRecord, recordKeys, updateRecord } from '../../api/records.ts';
import type { RecordData } from '../../api/types.ts';
import { useTellWarnings } from '../../records/use-tell-warnings.ts';
import { useErrorText } from '../../ui/ErrorState.tsx';
import { useToast } from '../../ui/toast.tsx';
import { patchLists } from './list-cache.ts';

export interface Editing {
  readonly id: string;
  readonly path: string;
  readonly problem: string | null;
  /** What was typed when the server refused it. */
  readonly draft?: Json;
}

export function useInlineEdit(table: TableModel) {
  const { t } = useTranslation();
  const toast = useToast();
  const errorText = useErrorText();
  const tellWarnings = useTellWarnings();
  const [editing, setEditing] = useState<Editing | null>(null);

  const save = async (record: RecordData, path: string, value: Json) => {
    const before = record[path] ?? null;
    patchLists(table.name, record.id, { [path]: value });
    setEditing(null);
    try {
      const answer = await updateRecord(table.name, record.id, record.version, { [path]: value });
      patchLists(table.name, record.id, answer.data, answer.included);
      tellWarnings(answer);
      void queryClient.invalidateQueries({ queryKey: recordKeys.one(table.name, record.id) });
      void queryClient.invalidateQueries({ queryKey: recordKeys.timeline(table.name, record.id) });
    } catch (error) {
      patchLists(table.name, record.id, { [path]: before });
      if (isProblem(error, 422)) {
        const message = error.issues.find((issue) => issue.path.startsWith(`/${path}`))?.message;
        if (message) {
          setEditing({ id: record.id, path, problem: message, draft: value });
          return;
        }
        toast({ kind: 'error', text: t('list.saveFailed', { message: error.issues[0]?.message ?? errorText(error) }) });
      } else if (isProblem(error, 409)) {
        // Showing the latest is a courtesy: if it cannot be read, the list simply stays as it was.
        const latest = await readRecord(table.name, record.id).catch(() => undefined);
        if (latest) patchLists(table.name, record.id, latest.data, latest.included);
        toast({ kind: 'warning', text: t('list.conflict') });
      } else {
        toast({ kind: 'error', text: t('list.saveFailed', { message: errorText(error) }) });
      }
    }
  };

  // Rows hold these; a new function would draw every one of them again.
  const start = useCallback((id: string, path: string) => setEditing({ id, path, problem: null }), []);
  const stop = useCallback(() => setEditing(null), []);
  return { editing, save, start, stop };
}
