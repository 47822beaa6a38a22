import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import { type ImportEntry, type ImportState, useImportHistory } from '../api/imports.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { formatMoment, formatNumber } from '../fields/format.ts';
import { RowsSkeleton } from '../ui/Skeletons.tsx';

const STATES = { running: 'import.stateRunning', done: 'import.stateDone', failed: 'import.stateFailed', cancelled: 'import.stateCancelled', undone: 'import.stateUndone' } as const satisfies Record<ImportState, string>;

/** Earlier imports: to read their reports and to take them back. */
export function ImportHistory({ table, onOpen }: { table: TableModel; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const history = useImportHistory(table.name);
  const entries = history.data?.data ?? [];
  const stateOf = ({ run }: ImportEntry) => (run === null || run.dryRun ? t('import.stateDraft') : t(STATES[run.state]));
  return (
    <section className="page-section">
      <h2>{t('import.history')}</h2>
      {history.isPending ? <RowsSkeleton rows={3} columns={3} height={36} /> : null}
      {history.isSuccess && entries.length === 0 ? <p className="quiet">{t('import.noHistory')}</p> : null}
      <ul className="import-history">
        {entries.map((entry) => (
          <li key={entry.id}>
            <button type="button" onClick={() => onOpen(entry.id)}>
              <span className="ellipsis">{entry.file.name}</span>
              <span className="quiet tabular">{entry.at ? formatMoment(entry.at, locale, timeZone) : ''}</span>
              <span className="quiet">{entry.run && !entry.run.dryRun ? `${t('import.created')} ${formatNumber(entry.run.created, locale)}` : ''}</span>
              <span>{stateOf(entry)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
