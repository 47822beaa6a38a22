import { ArrowDownOutlined, ArrowUpOutlined, EyeInvisibleOutlined, PushpinOutlined } from '@ant-design/icons';
import { Checkbox, Dropdown, type MenuProps } from 'antd';
import { type PointerEvent as ReactPointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '../../app/i18n/index.ts';
import { pathLabel } from '../../model/paths.ts';
import { movePath } from '../move-path.ts';
import { isSortable } from '../SortEditor.tsx';
import { CHECK_WIDTH, type Column, MAX_WIDTH, MIN_WIDTH, pinnedAt } from '../view-columns.ts';
import type { ViewState } from '../view-state.ts';

interface HeaderRowProps {
  readonly state: ViewState;
  readonly allSelected: boolean;
  readonly someSelected: boolean;
  readonly onSelectAll: (on: boolean) => void;
}

export function HeaderRow({ state, allSelected, someSelected, onSelectAll }: HeaderRowProps) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<string | null>(null);
  return (
    <div className="grid-head" role="row">
      <div className="grid-cell grid-check" role="columnheader" style={{ width: CHECK_WIDTH }}>
        <Checkbox checked={allSelected} indeterminate={someSelected && !allSelected} onChange={(event) => onSelectAll(event.target.checked)} aria-label={t('list.selectAll')} />
      </div>
      {state.columns.map((column) => (
        <HeaderCell key={column.path} column={column} state={state} dragged={dragged} onDrag={setDragged} />
      ))}
    </div>
  );
}

interface HeaderCellProps {
  readonly column: Column;
  readonly state: ViewState;
  readonly dragged: string | null;
  readonly onDrag: (path: string | null) => void;
}

function HeaderCell({ column, state, dragged, onDrag }: HeaderCellProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { layout, paths, setLayout, setSort, sort } = state;
  const index = state.columns.indexOf(column);
  const direction = sort.includes(column.path) ? 'up' : sort.includes(`-${column.path}`) ? 'down' : null;
  const text = pathLabel(column, locale);

  const items: MenuProps['items'] = [
    ...(isSortable(column.field)
      ? [
          { key: 'up', icon: <ArrowUpOutlined aria-hidden="true" />, label: t('list.sortUp'), onClick: () => setSort([column.path]) },
          { key: 'down', icon: <ArrowDownOutlined aria-hidden="true" />, label: t('list.sortDown'), onClick: () => setSort([`-${column.path}`]) },
          { type: 'divider' as const },
        ]
      : []),
    column.pinned
      ? { key: 'unpin', icon: <PushpinOutlined aria-hidden="true" />, label: t('list.unpin'), onClick: () => setLayout({ ...layout, pinned: index }) }
      : { key: 'pin', icon: <PushpinOutlined aria-hidden="true" />, label: t('list.pin'), onClick: () => setLayout({ ...layout, pinned: index + 1 }) },
    ...(paths.length > 1
      ? [{ key: 'hide', icon: <EyeInvisibleOutlined aria-hidden="true" />, label: t('list.hide'), onClick: () => setLayout({ ...layout, paths: paths.filter((path) => path !== column.path) }) }]
      : []),
  ];

  return (
    <div
      className={`grid-cell grid-column${column.align === 'right' ? ' grid-right' : ''}${column.pinned ? ' grid-pinned' : ''}${dragged && dragged !== column.path ? ' grid-drop' : ''}`}
      role="columnheader"
      aria-sort={direction === 'up' ? 'ascending' : direction === 'down' ? 'descending' : 'none'}
      style={{ width: column.width, ...(column.pinned && pinnedAt(column.left)) }}
      onDragOver={(event) => (dragged ? event.preventDefault() : undefined)}
      onDrop={() => (dragged ? setLayout({ ...layout, paths: movePath(paths, dragged, column.path) }) : undefined)}
    >
      <Dropdown trigger={['click']} menu={{ items }}>
        <button
          type="button"
          className="grid-title"
          draggable
          title={text}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            onDrag(column.path);
          }}
          onDragEnd={() => onDrag(null)}
        >
          <span className="ellipsis">{text}</span>
          {direction === 'up' ? <ArrowUpOutlined aria-hidden="true" /> : direction === 'down' ? <ArrowDownOutlined aria-hidden="true" /> : null}
        </button>
      </Dropdown>
      <ResizeHandle width={column.width} onResize={(width) => setLayout({ ...layout, widths: { ...layout.widths, [column.path]: width } })} />
    </div>
  );
}

/** Drags the width; arrow keys do the same. The change is drawn while dragging and kept when let go. */
function ResizeHandle({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const { t } = useTranslation();
  const start = useRef<{ x: number; width: number } | null>(null);
  const limit = (value: number) => Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, value)));
  const move = (event: ReactPointerEvent) => {
    if (start.current) onResize(limit(start.current.width + event.clientX - start.current.x));
  };
  return (
    <div
      className="grid-resize"
      role="separator"
      aria-orientation="vertical"
      aria-label={t('list.resize')}
      aria-valuenow={width}
      tabIndex={-1}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = null;
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onResize(limit(width - 16));
        if (event.key === 'ArrowRight') onResize(limit(width + 16));
      }}
    />
  );
}
