import { useAllExports } from '../api/exports.ts';
import { useFewRecords } from '../api/records.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { formatMoment, formatNumber } from '../fields/format.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { useSystemTexts } from './texts.ts';

/** Who took what out of the house. */
export function ExportsTab() {
  const texts = useSystemTexts();
  const label = useLabel();
  const locale = useLocale();
  const { model } = useApp();
  const found = useAllExports();
  const rows = found.data?.data ?? [];
  const people = useFewRecords('user', { filter: { in: [{ var: 'id' }, [...new Set(rows.map(({ by }) => by))]] }, fields: ['name'], limit: 200 }, rows.length > 0);
  const nameOf = (id: string): string => String(people.data?.data.find((user) => user.id === id)?.name ?? '');
  if (found.isPending) return <RowsSkeleton rows={8} columns={5} />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (rows.length === 0) return <EmptyState title={texts.noExports} />;
  return (
    <table className="system-table">
      <thead>
        <tr><th>{texts.when}</th><th>{texts.who}</th><th>{texts.table}</th><th>{texts.count}</th><th>{texts.file}</th><th>{texts.state}</th></tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const table = model.tables[row.table];
          return (
            <tr key={row.id}>
              <td className="tabular">{formatMoment(row.createdAt, locale, model.settings.timeZone)}</td>
              <td>{nameOf(row.by)}</td>
              <td>{table ? label(table.label) : row.table}<br /><span className="quiet">{texts.columns(formatNumber(row.columns.length, locale))}</span></td>
              <td className="tabular">{texts.rows(formatNumber(row.done, locale))}</td>
              <td>{row.fileName}</td>
              <td>{texts.states[row.state] ?? row.state}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
