import { EditOutlined } from '@ant-design/icons';
import { type CSSProperties, memo, type MouseEvent, type ReactNode, useRef } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Included, RecordData, TableAccess } from '../../api/types.ts';
import { useLabel, useText } from '../../app/i18n/index.ts';
import { FieldCell } from '../../fields/FieldCell.tsx';
import { titleOf } from '../../model/titles.ts';
import { CHECK_WIDTH, type Column, pinnedAt } from '../view-columns.ts';
import { isEditable } from './editable.ts';

export interface RowHandlers {
  readonly onOpen: (id: string) => void;
  readonly onToggle: (id: string, index: number, range: boolean) => void;
  readonly onEdit: (id: string, path: string) => void;
}

interface RowProps extends RowHandlers {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly record: RecordData;
  readonly included: Included;
  readonly columns: readonly Column[];
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly width: number;
  /** The colour the view gives it. */
  readonly tone: CSSProperties | undefined;
  readonly selected: boolean;
  readonly open: boolean;
  /** The column the keyboard stands on, if it stands on this row. */
  readonly active: string | null;
  /** The column being edited, and its editor. */
  readonly editing: string | null;
  readonly editor: ReactNode;
  /** Only under the pointer. */
  readonly actions: ReactNode;
}

const DOUBLE_CLICK = 220;

function RowOf(props: RowProps) {
  const { table, access, record, included, columns, index, top, height, width, tone, selected, open, active, editing, editor, actions, onOpen, onToggle, onEdit } = props;
  const t = useText();
  const label = useLabel();
  const opening = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // The panel would move the cell away under a double click, so a single one waits to see whether it stays single.
  const onClick = (event: MouseEvent) => {
    clearTimeout(opening.current);
    // React hands on clicks from popups that belong to a cell; they are not clicks on the row.
    if (!event.currentTarget.contains(event.target as Node)) return;
    if (event.detail > 1 || window.getSelection()?.type === 'Range' || (event.target as HTMLElement).closest('button,a,label,.grid-editor')) return;
    opening.current = setTimeout(() => onOpen(record.id), DOUBLE_CLICK);
  };
  const state = `${selected ? ' grid-selected' : ''}${open ? ' grid-open' : ''}${active !== null ? ' grid-active' : ''}${tone ? ' grid-toned' : ''}`;
  return (
    <div
      className={`grid-row${state}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${top}px)`, height, width, ...tone }}
      onClick={onClick}
    >
      <div className="grid-cell grid-check" role="gridcell" style={{ width: CHECK_WIDTH }}>
        <label className="tick-place" onClick={(event) => event.stopPropagation()}>
          <input type="checkbox" className="tick" checked={selected} aria-label={t('list.selectRow')} onChange={(event) => onToggle(record.id, index, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)} />
        </label>
      </div>
      {columns.map((column) => {
        const title = column.hops.length === 0 && column.field.name === table.titleField;
        const edited = editing === column.path;
        return (
          <div
            key={column.path}
            role="gridcell"
            className={`grid-cell${column.align === 'right' ? ' grid-right' : ''}${column.pinned ? ' grid-pinned' : ''}${active === column.path ? ' grid-focus' : ''}${edited ? ' grid-edited' : ''}`}
            style={{ width: column.width, ...(column.pinned && pinnedAt(column.left)) }}
            onDoubleClick={() => (isEditable(column, access) ? onEdit(record.id, column.path) : undefined)}
          >
            {edited ? (
              editor
            ) : title ? (
              <button type="button" className="grid-link ellipsis" onClick={() => onOpen(record.id)}>
                {titleOf(table, record, included) || t('field.noTitle')}
              </button>
            ) : (
              <FieldCell
                field={column.field}
                value={record[column.path]}
                record={record}
                included={included}
                masked={column.hops.length === 0 && access.fields[column.field.name] === 'masked'}
              />
            )}
            {actions && !edited && !title && isEditable(column, access) ? (
              <button type="button" className="grid-pencil" tabIndex={-1} aria-label={t('list.editCell', { field: label(column.field.label) })} onClick={() => onEdit(record.id, column.path)}>
                <EditOutlined aria-hidden="true" />
              </button>
            ) : null}
          </div>
        );
      })}
      {actions}
    </div>
  );
}

/** One line of a list. Drawn again only when something it shows has changed. */
export const Row = memo(RowOf);
