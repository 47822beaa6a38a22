import { NavLink } from 'react-router';
import type { TableDefinition } from '#engine/model/definitions.ts';
import { isAdministrator, useApp } from '#runtime/app/session.tsx';
import { useTexts } from '../i18n/index.ts';
import { formPath, pagePath, tablePath, viewPath } from '../paths.ts';

export type TableTab = 'fields' | 'forms' | 'views' | 'page';

/** The four sides of a table. */
export function TableTabs({ table, active }: { table: TableDefinition; active: TableTab }) {
  const { tree } = useTexts();
  const app = useApp();
  if (!isAdministrator(app)) return null;
  const tabs: readonly [TableTab, string][] = [['fields', tablePath(table.name)], ['forms', formPath(table.name)], ['views', viewPath(table.name)], ['page', pagePath(table.name)]];
  return (
    <nav className="table-tabs">
      {tabs.map(([name, to]) => (
        <NavLink key={name} to={to} end={name === 'fields'} aria-current={name === active ? 'page' : undefined} className={name === active ? 'table-tab table-tab-here' : 'table-tab'}>
          {tree[name]}
        </NavLink>
      ))}
    </nav>
  );
}
