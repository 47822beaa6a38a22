/** What exists, by group; a word in the search shows what matches it instead. */
import { AppstoreOutlined, PlusOutlined, SearchOutlined, ShareAltOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { Badge, Button, Input } from 'antd';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { NavLink, useLocation } from 'react-router';
import type { TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { isAdministrator, useApp } from '#runtime/app/session.tsx';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ModelIcon } from '#runtime/ui/ModelIcon.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { DESIGNER, DIAGRAM, formPath, optionsPath, pagePath, tablePath, viewPath } from '../paths.ts';
import { sectionsFor } from '../sections.tsx';
import { AddTable } from '../tables/AddTable.tsx';
import { type Found, searchDefinitions } from './search-definitions.ts';
import { useIssues } from './issues.ts';

function Line({ to, icon, text, count, end, here = false }: { to: string; icon?: ReactNode; text: string; count?: number; end?: boolean; here?: boolean }) {
  return (
    <NavLink to={to} end={end ?? false} className={({ isActive }) => (isActive || here ? 'tree-line tree-here' : 'tree-line')}>
      {icon ? <span className="tree-icon">{icon}</span> : null}
      <span className="ellipsis">{text}</span>
      {count === undefined ? null : <span className="tree-count">{count}</span>}
    </NavLink>
  );
}

/** `whole`: with what is kept in it, not only with how it is shown. */
function TableLines({ table, whole }: { table: TableDefinition; whole: boolean }) {
  const texts = useTexts();
  const label = useLabel();
  const { pathname } = useLocation();
  const issues = useIssues(`/tables/${table.name}`);
  const at = tablePath(table.name);
  const open = whole && (pathname === at || pathname.startsWith(`${at}/`));
  const name = label(table.label);
  return (
    <li>
      <NavLink to={whole ? at : viewPath(table.name)} end={whole} className={({ isActive }) => (open ? 'tree-line tree-open' : isActive ? 'tree-line tree-here' : 'tree-line')}>
        <span className="tree-icon">
          <ModelIcon name={table.icon} label={name} />
        </span>
        <span className="ellipsis">{name}</span>
        {issues.length > 0 ? <Badge count={issues.length} size="small" /> : <span className="tree-count">{whole ? table.fields.length : (table.views?.length ?? 0)}</span>}
      </NavLink>
      {open ? (
        <ul className="tree-inner">
          <li>
            <Line to={at} end here={pathname.startsWith(`${at}/fields/`)} text={texts.tree.fields} count={table.fields.length} />
          </li>
          <li>
            <Line to={formPath(table.name)} text={texts.tree.forms} count={table.forms?.length ?? 0} />
          </li>
          <li>
            <Line to={viewPath(table.name)} text={texts.tree.views} count={table.views?.length ?? 0} />
          </li>
          <li>
            <Line to={pagePath(table.name)} text={texts.tree.page} />
          </li>
        </ul>
      ) : null}
    </li>
  );
}

function Results({ found, query }: { found: readonly Found[]; query: string }) {
  const texts = useTexts();
  const label = useLabel();
  if (found.length === 0) return <EmptyState small title={fill(texts.shell.found, { q: query })} hint={texts.shell.foundHint} />;
  return (
    <ul className="tree-results">
      {found.map((one) => (
        <li key={`${one.kind} ${one.to} ${one.name}`}>
          <NavLink to={one.to} className="tree-line tree-result">
            <span className="ellipsis">{label(one.label)}</span>
            <span className="ellipsis quiet">
              {[one.of && label(one.of), one.type && label(one.type), one.name].filter(Boolean).join(' · ')}
            </span>
          </NavLink>
        </li>
      ))}
    </ul>
  );
}

export function Tree() {
  const texts = useTexts();
  const label = useLabel();
  const { definitions } = useDraft();
  const own = useApp();
  const whole = isAdministrator(own);
  const [query, setQuery] = useState('');
  const [adding, setAdding] = useState(false);
  const wanted = useDeferredValue(query.trim());
  const found = useMemo(() => searchDefinitions(definitions, wanted).filter(({ kind, to }) => whole || ['view', 'dashboard', 'options'].includes(kind) || (kind === 'option' && to.startsWith(optionsPath()))), [definitions, wanted, whole]);
  const { app, tables } = definitions;
  const grouped = new Set(app.navigation.flatMap((group) => group.tables));
  const groups = [
    ...app.navigation.map((group) => ({ name: group.name, title: label(group.label), tables: group.tables.flatMap((name) => tables.find((table) => table.name === name) ?? []) })),
    { name: '', title: texts.tree.ungrouped, tables: tables.filter((table) => !grouped.has(table.name)) },
  ].filter((group) => group.tables.length > 0);

  return (
    <div className="tree">
      <div className="tree-search">
        <Input allowClear value={query} onChange={(event) => setQuery(event.target.value)} prefix={<SearchOutlined className="quiet" aria-hidden="true" />} placeholder={texts.shell.search} aria-label={texts.shell.search} />
      </div>
      <nav aria-label={texts.shell.tree} className="tree-scroll">
        {wanted ? (
          <Results found={found} query={wanted} />
        ) : (
          <>
            {whole ? (
              <ul>
                <li>
                  <Line to={DESIGNER} end icon={<AppstoreOutlined aria-hidden="true" />} text={texts.shell.overview} />
                </li>
                <li>
                  <Line to={DIAGRAM} icon={<ShareAltOutlined aria-hidden="true" />} text={texts.diagram.title} />
                </li>
              </ul>
            ) : (
              <p className="quiet tree-hint">{texts.tree.arrangement}</p>
            )}
            {groups.map((group) => (
              <section key={group.name}>
                <h2>{group.title}</h2>
                <ul>
                  {group.tables.map((table) => (
                    <TableLines key={table.name} table={table} whole={whole} />
                  ))}
                </ul>
              </section>
            ))}
            {whole ? (
              <Button type="text" size="small" className="tree-add" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
                {texts.tree.addTable}
              </Button>
            ) : null}
            <ul className="tree-rest">
              <li>
                <Line to={optionsPath()} icon={<UnorderedListOutlined aria-hidden="true" />} text={texts.tree.options} count={Object.keys(app.options ?? {}).length} />
              </li>
              {sectionsFor(own.me.level).map((section) => (
                <li key={section.path}>
                  <Line to={`${DESIGNER}/${section.path}`} icon={section.icon} text={label(section.title)} />
                </li>
              ))}
            </ul>
          </>
        )}
      </nav>
      {adding ? <AddTable onClose={() => setAdding(false)} /> : null}
    </div>
  );
}
