/** The view as people will see it, over the records that are there; what is not live yet is left out and named. */
import { Alert } from 'antd';
import { Suspense, useMemo, useState } from 'react';
import { updateView } from '#engine/changes/edit-layout.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { ViewDefinition } from '#engine/model/definitions.ts';
import { viewTypeOf } from '#engine/views/index.ts';
import type { TableColumn } from '#engine/views/table.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';
import { useApp } from '#runtime/app/session.tsx';
import { BlockSkeleton } from '#runtime/ui/Skeletons.tsx';
import { viewComponent } from '#runtime/views/index.ts';
import { isListView } from '#runtime/views/view-kinds.ts';
import { buildColumns, type ColumnLayout, columnPaths } from '#runtime/views/view-columns.ts';
import { colorPath, colorRules, extraPaths, groupPath } from '#runtime/views/view-extras.ts';
import { type ViewState, viewQuery } from '#runtime/views/view-state.ts';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { isLivePath, isLiveRule } from '../preview/live-paths.ts';
import { noLeaving } from '../preview/no-leaving.ts';
import { ownerAccess, readOnlyAccess, useLiveModel } from '../preview/preview-app.ts';
import { usePathName } from '../settings/ColumnsEditor.tsx';

const nothing = () => undefined;

/** What a change of the preview's columns means for the definition. */
function columnsAfter(view: ViewDefinition, layout: ColumnLayout, shown: readonly { path: string; pinned: boolean }[]): (string | TableColumn)[] {
  const own = ((view.columns ?? []) as (string | TableColumn)[]).map((column): TableColumn => (typeof column === 'string' ? { field: column } : column));
  const paths = layout.paths ?? (own.length > 0 ? own.map((column) => column.field) : shown.map((column) => column.path));
  return paths.map((path, index) => {
    const old = own.find((column) => column.field === path);
    const width = layout.widths?.[path] ?? old?.width;
    const pinned = layout.pinned === undefined ? old?.pinned : index < layout.pinned ? (true as const) : undefined;
    return width === undefined && !pinned ? path : { field: path, ...(width !== undefined && { width }), ...(pinned && { pinned }) };
  });
}

export function ViewPreview({ table, view }: { table: TableModel; view: ViewDefinition }) {
  const texts = useTexts();
  const locale = useLocale();
  const { edit } = useDraft();
  const { model } = useApp();
  const live = useLiveModel();
  const nameOf = usePathName(table.name);
  const [record, setRecord] = useState<string | undefined>(undefined);
  const full = ownerAccess(model)[table.name];
  const access = useMemo(() => readOnlyAccess(full ?? { create: false, read: true, update: false, delete: false, export: false, import: false, share: false, transfer: false, merge: false, reveal: false, fields: {} }), [full]);

  const known = useMemo(() => {
    const isLive = (path: string) => isLivePath(live, table.name, path);
    const common = { filter: isLiveRule(live, table.name, view.filter) ? view.filter : undefined, sort: view.sort?.filter((key) => isLive(key.replace(/^-/, ''))) };
    if (!isListView(view.type)) return { shown: { ...view, ...common }, missing: [...new Set(viewTypeOf(view)?.paths(view) ?? [])].filter((path) => !isLive(path)) };
    const [group, color] = [groupPath(view), colorPath(view)];
    const shown: ViewDefinition = {
      ...view,
      ...common,
      columns: columnPaths(table, access, view, {}).flatMap((path) => (isLive(path) ? [((view.columns ?? []) as (string | TableColumn)[]).find((column) => typeof column !== 'string' && column.field === path) ?? path] : [])),
      colors: colorRules(view).filter(({ when }) => isLiveRule(live, table.name, when)),
      groupBy: group !== undefined && isLive(group) ? group : undefined,
      colorBy: color !== undefined && isLive(color) ? color : undefined,
    };
    const missing = [...columnPaths(table, access, view, {}), ...(view.sort ?? []).map((key) => key.replace(/^-/, '')), ...extraPaths(model, table.name, view)].filter((path) => !isLive(path));
    return { shown, missing: [...new Set(missing)] };
  }, [live, table, view, access, model]);

  const state = useMemo<ViewState>(() => {
    const { shown } = known;
    const columns = buildColumns({ model, table, access, view: shown, layout: {}, locale });
    const sort = shown.sort ?? [];
    const choice = { key: view.name, view: shown };
    const set = (patch: Parameters<typeof updateView>[3], key: string) => edit((old) => updateView(old, table.name, view.name, patch), `${table.name} ${view.name} ${key}`);
    return {
      choices: [choice], choice, filter: shown.filter, sort, search: '', columns, layout: {}, paths: columns.map((column) => column.path), changed: false, sortChanged: false, recordId: record,
      query: viewQuery({ model, table, view: shown, columns, filter: shown.filter, sort, search: '' }),
      chooseView: nothing, setFilter: nothing, setSearch: nothing, clear: nothing, reset: nothing, openRecord: setRecord,
      setSort: (next) => set({ sort: next.length > 0 ? [...next] : undefined }, 'sort'),
      setLayout: (layout) => set({ columns: columnsAfter(view, layout, columns) }, 'columns'),
    };
  }, [known, model, table, access, locale, view, record, edit]);

  const View = viewComponent(view.type);
  const canShow = isListView(view.type) || known.missing.length === 0;
  if (!Object.hasOwn(live.tables, table.name)) {
    return (
      <div className="view-preview">
        <p className="pane-empty quiet">{texts.view.newTableHint}</p>
        <p className="pane-empty">{state.paths.map(nameOf).join(' · ')}</p>
      </div>
    );
  }
  return (
    <div className="view-preview" onClickCapture={noLeaving}>
      {known.missing.length > 0 ? <Alert banner type="info" title={fill(texts.view.unknown, { names: known.missing.map(nameOf).join('、') })} /> : null}
      <Suspense fallback={<BlockSkeleton />}>{canShow ? <View key={view.name} table={table} access={access} state={state} onCount={nothing} /> : null}</Suspense>
    </div>
  );
}
