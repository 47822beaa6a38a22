import { DownloadOutlined, UndoOutlined } from '@ant-design/icons';
import { Alert, App, Button, Collapse } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TableModel } from '#engine/model/app-model.ts';
import { failuresUrl, type ImportDraft, type ImportRun, undoImport } from '../api/imports.ts';
import { refreshTable } from '../api/records.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { tablePath } from '../app/paths.ts';
import { formatNumber } from '../fields/format.ts';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';

interface ImportReportProps {
  readonly table: TableModel;
  readonly draft: ImportDraft;
  readonly run: ImportRun;
  readonly onAgain: () => void;
  readonly onUndone: () => void;
}

const LISTED = 200;

function headline(run: ImportRun): 'import.dryDone' | 'import.done' | 'import.cancelled' | 'import.failedState' | 'import.undoneState' | 'import.running' {
  if (run.state === 'done') return run.dryRun ? 'import.dryDone' : 'import.done';
  return { running: 'import.running', cancelled: 'import.cancelled', failed: 'import.failedState', undone: 'import.undoneState' }[run.state] as 'import.cancelled';
}

/** What became of the rows, which failed and why, and the way back. */
export function ImportReport({ table, draft, run, onAgain, onUndone }: ImportReportProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const toast = useToast();
  const errorText = useErrorText();
  const { modal } = App.useApp();
  const { state, dryRun } = run;

  useEffect(() => {
    if (state === 'done' && !dryRun) refreshTable(table.name);
  }, [state, dryRun, table.name]);

  const undo = () =>
    modal.confirm({
      title: t('import.undoTitle'),
      content: t('import.undoText', { created: formatNumber(run.created, locale) }),
      okText: t('import.undo'),
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await undoImport(draft.id);
          toast({ text: t('import.undoDone') });
          onUndone();
        } catch (error) {
          toast({ kind: 'error', text: errorText(error) });
        }
      },
    });

  const columnName = (column: string | number | null) => {
    const found = typeof column === 'number' ? draft.columns.find((one) => one.index === column)?.heading : column;
    return found ? `${found}: ` : '';
  };
  const figures = [
    [t('import.created'), run.created], [t('import.updatedCount'), run.updated], [t('import.skippedCount'), run.skipped], [t('import.failedCount'), run.failed], [t('import.warningCount'), run.warnings],
  ] as const;

  return (
    <section className="import-report">
      <Alert type={run.state === 'done' ? (run.failed > 0 ? 'warning' : 'success') : 'info'} showIcon title={t(headline(run))} description={draft.file.name} />
      <dl className="import-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="tabular">{formatNumber(value, locale)}</dd>
          </div>
        ))}
      </dl>
      <Collapse
        ghost
        items={[
          ...(run.failures.length > 0
            ? [
                {
                  key: 'failures',
                  label: `${t('import.failures')} (${formatNumber(run.failed, locale)})`,
                  children: (
                    <ul className="import-list">
                      {run.failures.slice(0, LISTED).map((failure) => (
                        <li key={failure.row}>
                          {t('import.skippedRow', { row: failure.row, reason: failure.issues.map((issue) => `${columnName(issue.column)}${issue.message}`).join('；') })}
                        </li>
                      ))}
                    </ul>
                  ),
                },
              ]
            : []),
          ...(run.duplicates.length > 0
            ? [
                {
                  key: 'duplicates',
                  label: `${t('import.duplicatesFound')} (${formatNumber(run.duplicates.length, locale)})`,
                  children: (
                    <ul className="import-list">
                      {run.duplicates.slice(0, LISTED).map((duplicate, index) => (
                        <li key={`${duplicate.row}-${index}`}>{t('import.skippedRow', { row: duplicate.row, reason: `${duplicate.title} · ${duplicate.message}` })}</li>
                      ))}
                    </ul>
                  ),
                },
              ]
            : []),
        ]}
      />
      <div className="import-foot">
        {run.failed > 0 ? (
          <Button icon={<DownloadOutlined aria-hidden="true" />} href={failuresUrl(draft.id)} download>
            {t('import.downloadFailures')}
          </Button>
        ) : null}
        {!run.dryRun && run.state !== 'undone' && run.created + run.updated > 0 ? (
          <Button danger icon={<UndoOutlined aria-hidden="true" />} onClick={undo}>
            {t('import.undo')}
          </Button>
        ) : null}
        {run.dryRun ? null : (
          <>
            <Button onClick={onAgain}>{t('import.again')}</Button>
            <Link to={tablePath(table.name)}>
              <Button type="primary">{t('import.toList', { table: label(table.pluralLabel) })}</Button>
            </Link>
          </>
        )}
      </div>
    </section>
  );
}
