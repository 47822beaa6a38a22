import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useErrorText } from '#runtime/ui/ErrorState.tsx';
import { useDebounced } from '#runtime/ui/use-debounced.ts';
import { tryFormula } from '../draft/api.ts';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { RecordChooser } from '../preview/RecordChooser.tsx';
import { useLiveModel } from '../preview/preview-app.ts';
import { Setting } from '../ui/Setting.tsx';

/** What the formula gives on one record; the server computes it, from the draft. */
export function FormulaTry({ table, formula, result }: { table: string; formula: string; result: string | undefined }) {
  const texts = useTexts();
  const label = useLabel();
  const errorText = useErrorText();
  const { definitions } = useDraft();
  const live = useLiveModel();
  const [record, setRecord] = useState<string | null>(null);
  const settled = useDebounced(formula, 400);
  const known = Object.hasOwn(live.tables, table);
  const trial = useQuery({
    queryKey: ['formula', table, settled, result, record],
    queryFn: ({ signal }) => tryFormula({ definitions, table, formula: settled, result, record: record ?? undefined }, signal),
    enabled: record !== null && known,
    retry: false,
    gcTime: 0,
  });
  if (!known) return null;
  const issue = trial.data?.issues[0];
  return (
    <Setting id={`try-${table}`} label={texts.formula.tryOn}>
      <RecordChooser id={`try-${table}`} table={table} value={record} onChange={setRecord} />
      <p className="formula-result" role="status">
        {record === null ? (
          <span className="quiet">{texts.formula.noRecord}</span>
        ) : trial.isError ? (
          <span className="field-problem">{fill(texts.formula.failed, { message: errorText(trial.error) })}</span>
        ) : issue ? (
          <span className="field-problem">{label(issue.message)}</span>
        ) : trial.data ? (
          <>
            {texts.formula.result} <strong>{trial.data.text || texts.formula.empty}</strong>
          </>
        ) : (
          '…'
        )}
      </p>
    </Setting>
  );
}
