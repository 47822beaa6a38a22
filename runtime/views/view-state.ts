/**
 * What a list shows: its view, and what the person changed on top of it. Filter, sort and search stand in the address,
 * so back, forward and a shared link work; columns and row height are this browser's.
 */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { RecordQuery } from '../api/records.ts';
import type { TableAccess } from '../api/types.ts';
import { useOwnViews } from '../api/views.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { useStored } from '../ui/use-stored.ts';
import { buildColumns, type Column, type ColumnLayout, columnPaths, isColumnLayout } from './view-columns.ts';
import { extraPaths, groupedSort } from './view-extras.ts';

export interface ViewChoice {
  /** As it stands in the address. */
  readonly key: string;
  readonly view: ViewDefinition;
  /** Only views of one's own have one. */
  readonly ownId?: string;
}

export interface ViewState {
  readonly choices: readonly ViewChoice[];
  readonly choice: ViewChoice;
  readonly filter: Rule | undefined;
  readonly sort: readonly string[];
  readonly search: string;
  readonly columns: readonly Column[];
  readonly layout: ColumnLayout;
  readonly paths: readonly string[];
  readonly query: RecordQuery;
  /** Something differs from the saved view. */
  readonly changed: boolean;
  /** Sorted by hand, not by the view. */
  readonly sortChanged: boolean;
  readonly recordId: string | undefined;
  readonly chooseView: (key: string) => void;
  readonly setFilter: (filter: Rule | undefined) => void;
  readonly setSort: (sort: readonly string[]) => void;
  readonly setSearch: (search: string) => void;
  readonly setLayout: (layout: ColumnLayout) => void;
  readonly openRecord: (id: string | undefined) => void;
  /** Without filter and search. */
  readonly clear: () => void;
  readonly reset: () => void;
}

function readFilter(text: string): Rule | undefined {
  try {
    return JSON.parse(text) as Rule;
  } catch {
    return undefined;
  }
}

export interface ViewQuery {
  readonly model: AppModel;
  readonly table: TableModel;
  readonly view: ViewDefinition;
  readonly columns: readonly Column[];
  readonly filter: Rule | undefined;
  readonly sort: readonly string[];
  readonly search: string;
}

export function viewQuery({ model, table, view, columns, filter, sort, search }: ViewQuery): RecordQuery {
  // Without an order of its own a list shows what moved last; a search answers best match first.
  const order = groupedSort(view, sort.length > 0 || search ? sort : ['-updated_at']);
  return {
    filter,
    search: search || undefined,
    sort: order.length > 0 ? order : undefined,
    fields: [...new Set([table.titleField, ...columns.map((column) => column.path), ...extraPaths(model, table.name, view)])],
    count: true,
  };
}

const OWN = 'own:';

export function useViewState(table: TableModel, access: TableAccess): ViewState {
  const { model } = useApp();
  const locale = useLocale();
  const [params, setParams] = useSearchParams();
  const ownViews = useOwnViews();

  const choices = useMemo<readonly ViewChoice[]>(
    () => [
      ...table.views.map((view) => ({ key: view.name, view })),
      ...(ownViews.data?.data ?? []).filter((own) => own.table === table.name).map((own) => ({ key: `${OWN}${own.id}`, view: own.view, ownId: own.id })),
    ],
    [table, ownViews.data],
  );
  const wanted = params.get('view');
  const fallback: ViewChoice = choices[0] ?? { key: '', view: { name: 'all', label: table.label, type: 'table' } };
  const choice = choices.find((candidate) => candidate.key === wanted) ?? fallback;
  const [layout, setLayout] = useStored<ColumnLayout>(`columns.${table.name}.${choice.key}`, {}, isColumnLayout);

  const change = useCallback(
    (changes: Readonly<Record<string, string | undefined>>, replace = true) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace },
      ),
    [setParams],
  );

  const filterText = params.get('filter');
  const sortText = params.get('sort');
  const search = params.get('q') ?? '';
  const recordId = params.get('record') ?? undefined;
  const filter = useMemo(() => (filterText === null ? choice.view.filter : filterText === '' ? undefined : readFilter(filterText)), [filterText, choice]);
  const sort = useMemo(() => (sortText === null ? (choice.view.sort ?? []) : sortText === '' ? [] : sortText.split(',')), [sortText, choice]);
  const columns = useMemo(() => buildColumns({ model, table, access, view: choice.view, layout, locale }), [model, table, access, choice, layout, locale]);
  const paths = useMemo(() => columnPaths(table, access, choice.view, layout), [table, access, choice, layout]);

  const query = useMemo(() => viewQuery({ model, table, view: choice.view, columns, filter, sort, search }), [model, table, choice, columns, filter, sort, search]);

  return {
    choices,
    choice,
    filter,
    sort,
    search,
    columns,
    layout,
    paths,
    query,
    recordId,
    sortChanged: sortText !== null,
    changed: filterText !== null || sortText !== null || Object.keys(layout).length > 0,
    chooseView: useCallback((key: string) => change({ view: key, filter: undefined, sort: undefined, record: undefined }, false), [change]),
    setFilter: useCallback((next: Rule | undefined) => change({ filter: next === undefined ? '' : JSON.stringify(next) }), [change]),
    setSort: useCallback((next: readonly string[]) => change({ sort: next.join(',') }), [change]),
    setSearch: useCallback((next: string) => change({ q: next || undefined }), [change]),
    openRecord: useCallback((id: string | undefined) => change({ record: id }, id === undefined || params.has('record')), [change, params]),
    setLayout,
    clear: useCallback(() => change({ q: undefined, filter: '' }), [change]),
    reset: useCallback(() => {
      change({ filter: undefined, sort: undefined });
      setLayout({});
    }, [change, setLayout]),
  };
}
