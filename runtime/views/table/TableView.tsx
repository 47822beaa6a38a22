/** The list: virtual rows over pages that are read while one scrolls, edited in place, driven by mouse or keys. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PAGE_SIZE } from '../../api/records.ts';
import { useApp } from '../../app/session.tsx';
import { titleOf } from '../../model/titles.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { RowsSkeleton } from '../../ui/Skeletons.tsx';
import { useHotkeys } from '../../ui/use-hotkeys.ts';
import { usePhone } from '../../ui/use-phone.ts';
import { useStored } from '../../ui/use-stored.ts';
import { isDensity, ROW_HEIGHTS } from '../density.ts';
import { resolveFieldPath } from '../../model/paths.ts';
import { CHECK_WIDTH } from '../view-columns.ts';
import type { ViewProps } from '../view-components.ts';
import { groupPath, viewDensity } from '../view-extras.ts';
import { CARD_HEIGHT, CardRow } from './CardRow.tsx';
import { CellEditor } from './CellEditor.tsx';
import { isEditable } from './editable.ts';
import { GroupHeading, HEADING_HEIGHT } from './GroupHeading.tsx';
import { groupItems } from './group-items.ts';
import { HeaderRow } from './HeaderRow.tsx';
import { ListEmpty } from './ListEmpty.tsx';
import { Row } from './Row.tsx';
import { RowActions } from './RowActions.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { useGroupTotals } from './use-group-totals.ts';
import { useInlineEdit } from './use-inline-edit.ts';
import { useRowColor } from './use-row-color.ts';
import { useRows } from './use-rows.ts';
import { useSelection } from './use-selection.ts';

export function TableView({ table, access, state, onCount }: ViewProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [density] = useStored('density', viewDensity(state.choice.view), isDensity);
  const scroller = useRef<HTMLDivElement>(null);
  const isAtTop = useCallback(() => (scroller.current?.scrollTop ?? 0) < 80, []);
  const { pages, records, includeds, stale, refresh } = useRows(table.name, state.query, isAtTop);
  // Looked up when a row is ticked, so that another page of rows does not draw those before it again.
  const loaded = useRef(records);
  loaded.current = records;
  const idAt = useCallback((index: number) => loaded.current[index]?.id, []);
  const selection = useSelection(idAt);
  const edit = useInlineEdit(table);
  const [active, setActive] = useState<{ row: number; column: number } | null>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const height = phone ? CARD_HEIGHT : ROW_HEIGHTS[density];
  const { columns, openRecord } = state;
  const width = useMemo(() => columns.reduce((sum, column) => sum + column.width, CHECK_WIDTH), [columns]);

  const { model } = useApp();
  const { view } = state.choice;
  const styleOf = useRowColor(table, view);
  const groupBy = groupPath(view);
  const group = useMemo(() => (groupBy === undefined ? undefined : resolveFieldPath(model, table.name, groupBy)), [model, table, groupBy]);
  const items = useMemo(() => (group ? groupItems(records, group.path) : null), [records, group]);
  const totalOf = useGroupTotals(table, state, group?.path);
  const lines = items?.length ?? records.length;

  const rows = useVirtualizer({
    count: lines + (pages.hasNextPage ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: (line) => (items?.[line] && 'first' in items[line] ? HEADING_HEIGHT : height),
    overscan: 10,
    // Drawing inside the scroll event would hold up the frame it belongs to.
    useFlushSync: false,
  });
  useEffect(() => rows.measure(), [rows, height, items]);

  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError } = pages;
  // The next page is asked for before its rows come into sight.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && lastShown >= lines - PAGE_SIZE / 2) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, lastShown, lines, fetchNextPage]);

  const count = pages.data?.pages[0]?.count;
  useEffect(() => onCount(count), [count, onCount]);

  const { query } = state;
  const { clear } = selection;
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActive(null);
    clear();
  }, [query.filter, query.sort, query.search, clear]);

  const go = (rowStep: number, columnStep: number) => {
    if (records.length === 0) return;
    setActive((old) => {
      const next = {
        row: Math.max(0, Math.min(records.length - 1, old ? old.row + rowStep : 0)),
        column: Math.max(0, Math.min(columns.length - 1, (old?.column ?? 0) + columnStep)),
      };
      rows.scrollToIndex(items ? items.findIndex((item) => 'row' in item && item.row === next.row) : next.row);
      return next;
    });
  };
  const atActive = active ? records[active.row] : undefined;
  useHotkeys({
    j: () => go(1, 0),
    k: () => go(-1, 0),
    arrowdown: () => go(1, 0),
    arrowup: () => go(-1, 0),
    arrowleft: () => go(0, -1),
    arrowright: () => go(0, 1),
    ...(atActive && active
      ? {
          enter: () => openRecord(atActive.id),
          x: () => selection.toggle(atActive.id, active.row, false),
          // With the panel open, `e` belongs to the record it shows.
          e: () => {
            if (state.recordId !== undefined) return;
            const column = columns[active.column];
            const editable = column && isEditable(column, access) ? column : columns.find((other) => isEditable(other, access));
            if (editable) edit.start(atActive.id, editable.path);
          },
        }
      : {}),
    ...(state.recordId !== undefined ? { escape: () => openRecord(undefined) } : {}),
  });

  const { toggle } = selection;
  const { start } = edit;
  const handlers = useMemo(() => ({ onOpen: (id: string) => openRecord(id), onToggle: toggle, onEdit: start }), [openRecord, toggle, start]);

  if (pages.isPending) return <div className="grid-scroller"><RowsSkeleton height={height} columns={phone ? 1 : Math.min(columns.length, 9)} /></div>;
  if (pages.isError && records.length === 0) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  if (records.length === 0) return <ListEmpty table={table} access={access} state={state} />;

  const after = (line: number, top: number) =>
    line < lines ? null : (
      <div key="more" className="grid-more" style={{ transform: `translateY(${top}px)`, height }}>
        {isFetchNextPageError ? <Button size="small" onClick={() => void fetchNextPage()}>{t('action.retry')}</Button> : <RowsSkeleton rows={1} height={height} columns={phone ? 1 : 8} />}
      </div>
    );

  return (
    <>
      {stale ? (
        <button type="button" className="stale-pill" onClick={() => void refresh().then(() => scroller.current?.scrollTo({ top: 0 }))}>
          {t('list.newOnes')}
        </button>
      ) : null}
      <div
        ref={scroller}
        className={pages.isPlaceholderData ? 'grid-scroller grid-waiting' : 'grid-scroller'}
        role={phone ? 'list' : 'grid'}
        aria-rowcount={count?.value ?? -1}
        onScroll={({ currentTarget }) => currentTarget.toggleAttribute('data-slid', currentTarget.scrollLeft > 0)}
      >
        {phone ? null : (
          <div style={{ width: Math.max(width, 0), minWidth: '100%' }} className="grid-head-place">
            <HeaderRow
              state={state}
              allSelected={selection.ids.size > 0 && selection.ids.size >= records.length}
              someSelected={selection.ids.size > 0}
              onSelectAll={(on) => (on ? selection.set(records.map((record) => record.id)) : selection.clear())}
            />
          </div>
        )}
        <div className="grid-body" style={{ height: rows.getTotalSize(), minWidth: phone ? undefined : width }} onMouseLeave={() => setHovered(null)}>
          {shown.map(({ index: line, start: top }) => {
            const item = items ? items[line] : { row: line };
            const index = item ? ('row' in item ? item.row : item.first) : records.length;
            const record = records[index];
            const included = includeds[index];
            if (!item || !record || !included) return after(line, top);
            if (group && 'first' in item) return <GroupHeading key={`group ${record.id}`} group={group} record={record} included={included} count={item.count} open={pages.hasNextPage && index + item.count === records.length} total={totalOf(record[group.path])} top={top} width={phone ? 0 : width} />;
            if (phone) return <CardRow key={record.id} table={table} access={access} record={record} included={included} columns={columns} top={top} tone={styleOf(record)} onOpen={handlers.onOpen} />;
            const editing = edit.editing?.id === record.id ? edit.editing : null;
            const column = editing ? columns.find((other) => other.path === editing.path) : undefined;
            return (
              <div key={record.id} onMouseEnter={() => setHovered(record.id)}>
                <Row
                  table={table}
                  access={access}
                  record={record}
                  included={included}
                  columns={columns}
                  index={index}
                  top={top}
                  height={height}
                  tone={styleOf(record)}
                  width={width}
                  selected={selection.ids.has(record.id)}
                  open={state.recordId === record.id}
                  active={active?.row === index ? (columns[active.column]?.path ?? null) : null}
                  editing={editing?.path ?? null}
                  editor={
                    editing && column ? (
                      <CellEditor
                        key={editing.problem}
                        field={column.field}
                        value={editing.draft ?? record[column.path] ?? null}
                        record={record}
                        included={included}
                        problem={editing.problem}
                        onCommit={(value) => void edit.save(record, column.path, value)}
                        onCancel={edit.stop}
                      />
                    ) : null
                  }
                  actions={hovered === record.id && !editing && !rows.isScrolling ? <RowActions table={table} access={access} id={record.id} name={titleOf(table, record, included)} /> : null}
                  {...handlers}
                />
              </div>
            );
          })}
        </div>
      </div>
      {selection.ids.size > 0 ? <SelectionBar table={table} access={access} ids={[...selection.ids]} columns={state.paths} onClear={selection.clear} /> : null}
    </>
  );
}
