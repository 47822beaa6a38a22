/** What one person may do, table by table, and what was shared with them by name. */
import { CheckOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { OWNER_LEVEL } from '#engine/permissions/levels.ts';
import { type Reach, ROW_ACTIONS, type TablePermission } from '#engine/permissions/reports.ts';
import { usePermission } from '../api/permissions.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { recordPagePath } from '../app/paths.ts';
import { useApp } from '../app/session.tsx';
import { formatMoment, formatNumber } from '../fields/format.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { BlockSkeleton } from '../ui/Skeletons.tsx';
import { usePermissionTexts } from './permission-texts.ts';
import './system.css';

/** Left out where a table is read as one card after the other. */
const NOTHING = 'permission-none';

export function PermissionTables({ user }: { user: string }) {
  const texts = usePermissionTexts();
  const label = useLabel();
  const locale = useLocale();
  const { model } = useApp();
  const found = usePermission(user);
  if (found.isPending) return <BlockSkeleton />;
  if (!found.data) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const { tables, shared, level } = found.data;
  const yes = (is: boolean) => (is ? <CheckOutlined aria-label={texts.yes} /> : <span className="quiet">–</span>);
  const limited = (limit: boolean | number) => (typeof limit === 'number' ? texts.rows(formatNumber(limit, locale)) : yes(limit));
  const tableName = (name: string) => {
    const table = model.tables[name];
    return table ? label(table.label) : name;
  };
  const reach = (value: Reach | undefined) => (value === undefined ? <span className="quiet">–</span> : texts.reaches[value]);
  return (
    <>
      {level === OWNER_LEVEL ? <p>{texts.owner}</p> : null}
      <div className="permission-scroll">
        <table className="system-table permission-tables">
          <thead>
            <tr>
              <th>{texts.table}</th>
              <th>{texts.create}</th>
              {ROW_ACTIONS.map((action) => <th key={action}>{texts.actions[action]}</th>)}
              <th>{texts.import}</th><th>{texts.export}</th>
            </tr>
          </thead>
          <tbody>
            {tables.map((table) => (
              <tr key={table.table}>
                <td>{label(table.label)}<Limits table={table} /></td>
                <td data-label={texts.create} className={table.create ? undefined : NOTHING}>{yes(table.create)}</td>
                {ROW_ACTIONS.map((action) => <td key={action} data-label={texts.actions[action]} className={table.actions[action] ? undefined : NOTHING}>{reach(table.actions[action])}</td>)}
                <td data-label={texts.import} className={table.import ? undefined : NOTHING}>{limited(table.import)}</td>
                <td data-label={texts.export} className={table.export ? undefined : NOTHING}>{limited(table.export)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shared.length > 0 ? (
        <section className="page-section">
          <h2>{texts.sharedByName}</h2>
          <ul className="permission-shared">
            {shared.map((share) => (
              <li key={`${share.table}/${share.id}`}>
                <Link to={recordPagePath(share.table, share.id)}>{share.title || texts.untitled}</Link>
                <span className="quiet">
                  {[tableName(share.table), texts.accesses[share.access], share.until === null ? texts.forGood : texts.until(formatMoment(share.until, locale, model.settings.timeZone)), texts.by(share.by)].join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

function Limits({ table: { also, hidden, masked } }: { table: TablePermission }) {
  const texts = usePermissionTexts();
  const label = useLabel();
  const line = (names: TablePermission['also']) => names.map(label).join(texts.comma);
  return (
    <>
      {also.length > 0 ? <div className="quiet">{texts.also(line(also))}</div> : null}
      {hidden.length > 0 ? <div className="quiet">{texts.hidden(line(hidden))}</div> : null}
      {masked.length > 0 ? <div className="quiet">{texts.masked(line(masked))}</div> : null}
    </>
  );
}
