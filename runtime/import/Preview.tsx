import { Checkbox, Collapse, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportDraft, PreviewRow } from '../api/imports.ts';

function worst(row: PreviewRow, column: number | null): { level: 'error' | 'warning'; text: string } | null {
  const issues = row.issues.filter((issue) => issue.column === column);
  if (issues.length === 0) return null;
  return { level: issues.some((issue) => issue.level === 'error') ? 'error' : 'warning', text: issues.map((issue) => issue.message).join('\n') };
}

function Mark({ level, text, children }: { level: 'error' | 'warning'; text: string; children: React.ReactNode }) {
  return (
    <Tooltip title={<span className="pre-line">{text}</span>}>
      <span className={`import-mark import-${level}`} tabIndex={0} aria-label={text}>
        {children}
      </span>
    </Tooltip>
  );
}

/** Rows as they were read, with what is wrong where; what will be skipped and why. */
export function Preview({ draft }: { draft: ImportDraft }) {
  const { t } = useTranslation();
  const [onlyIssues, setOnlyIssues] = useState(false);
  const { totals } = draft;
  const columns = draft.columns.filter((column) => column.target !== null);
  const labels = new Map(draft.targets.map((target) => [target.path, target.label]));
  const rows = draft.preview.filter((row) => !onlyIssues || row.issues.length > 0);
  return (
    <section>
      <header className="import-head">
        <strong>{t('import.preview')}</strong>
        <span>{t('import.rows', { count: totals.rows })}</span>
        <span className={totals.errors > 0 ? 'import-error-text' : 'quiet'}>{t('import.errors', { count: totals.errors })}</span>
        <span className={totals.warnings > 0 ? 'import-warning-text' : 'quiet'}>{t('import.warnings', { count: totals.warnings })}</span>
        {totals.duplicates ? <span className="import-warning-text">{t('import.repeats', { count: totals.duplicates })}</span> : null}
        <Checkbox checked={onlyIssues} onChange={(event) => setOnlyIssues(event.target.checked)}>
          {t('import.onlyIssues')}
        </Checkbox>
      </header>
      <div className="import-table import-preview">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('import.rowNumber')}</th>
              {columns.map((column) => (
                <th key={column.index} scope="col">
                  {labels.get(column.target ?? '') ?? column.heading}
                  {labels.get(column.target ?? '') !== column.heading ? <span className="quiet"> ← {column.heading}</span> : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const whole = worst(row, null);
              return (
                <tr key={row.row}>
                  <td className="tabular quiet">{whole ? <Mark {...whole}>{row.row}</Mark> : row.row}</td>
                  {columns.map((column) => {
                    const found = worst(row, column.index);
                    const text = row.cells[column.index] ?? '';
                    return <td key={column.index}>{found ? <Mark {...found}>{text || '–'}</Mark> : text}</td>;
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {totals.skipped.length > 0 ? (
        <Collapse
          ghost
          items={[
            {
              key: 'skipped',
              label: t('import.skipped', { count: totals.skipped.length }),
              children: (
                <ul>
                  {totals.skipped.slice(0, 100).map((skipped) => (
                    <li key={skipped.row} className="quiet">
                      {t('import.skippedRow', { row: skipped.row, reason: skipped.reason })}
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      ) : null}
    </section>
  );
}
