import { useText } from '../../app/i18n/index.ts';
import { type CSSProperties, memo, useRef, useState } from 'react';
import { optionsOf, type TableModel } from '#engine/model/app-model.ts';
import type { Included, RecordData, TableAccess } from '../../api/types.ts';
import { FieldCell } from '../../fields/FieldCell.tsx';
import { titleOf } from '../../model/titles.ts';
import type { Column } from '../view-columns.ts';
import { RowActions } from './RowActions.tsx';

interface CardRowProps {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly record: RecordData;
  readonly included: Included;
  readonly columns: readonly Column[];
  readonly top: number;
  readonly tone: CSSProperties | undefined;
  readonly onOpen: (id: string) => void;
}

export const CARD_HEIGHT = 68;
const SWIPE = 56;

/** What tells most comes first: options, one figure, the rest, and last other figures and what stands before the title, its number. */
function weightOf(column: Column, columns: readonly Column[], table: TableModel): number {
  if (optionsOf(column.field).length > 0) return 0;
  if (column.align === 'right') return column === columns.find(({ align }) => align === 'right') ? 1 : 3;
  return columns.indexOf(column) < columns.findIndex(({ path }) => path === table.titleField) ? 3 : 2;
}

/** A row on a phone: the title and one fact, below it up to three more. A swipe to the left shows its actions. */
function CardRowOf({ table, access, record, included, columns, top, tone, onOpen }: CardRowProps) {
  const t = useText();
  const start = useRef<number | null>(null);
  const [swiped, setSwiped] = useState(false);
  const filled = columns.filter((column) => {
    const value = record[column.path];
    return column.path !== table.titleField && value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  const [first, ...rest] = filled.map((column) => ({ column, weight: weightOf(column, columns, table) })).sort((a, b) => a.weight - b.weight);
  const name = titleOf(table, record, included) || t('field.noTitle');
  const cell = ({ column }: { readonly column: Column }) => (
    <span key={column.path} className="card-cell">
      <FieldCell
        field={column.field}
        value={record[column.path]}
        record={record}
        included={included}
        masked={column.hops.length === 0 && access.fields[column.field.name] === 'masked'}
      />
    </span>
  );
  return (
    <div
      className={`card-row${swiped ? ' card-swiped' : ''}${tone ? ' grid-toned' : ''}`}
      style={{ transform: `translateY(${top}px)`, height: CARD_HEIGHT, ...tone }}
      onTouchStart={(event) => {
        start.current = event.touches[0]?.clientX ?? null;
      }}
      onTouchEnd={(event) => {
        const end = event.changedTouches[0]?.clientX;
        if (start.current === null || end === undefined) return;
        if (start.current - end > SWIPE) setSwiped(true);
        else if (end - start.current > SWIPE) setSwiped(false);
        start.current = null;
      }}
    >
      <button type="button" className="card-main" onClick={() => (swiped ? setSwiped(false) : onOpen(record.id))}>
        <span className="card-line">
          <strong className="ellipsis">{name}</strong>
          {first ? <span className="card-fact">{cell(first)}</span> : null}
        </span>
        <span className="card-line card-second">{rest.slice(0, 3).map(cell)}</span>
      </button>
      {swiped ? (
        <div className="card-actions">
          <RowActions table={table} access={access} id={record.id} name={name} />
        </div>
      ) : null}
    </div>
  );
}

export const CardRow = memo(CardRowOf);
