/** A column: its heading with count and sum, and its cards, of which only those in sight are drawn. */
import { LeftOutlined, PlusOutlined } from '@ant-design/icons';
import { useDraggable, useDroppable } from '@dnd-kit/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button } from 'antd';
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableModel } from '#engine/model/app-model.ts';
import { PAGE_SIZE, type RecordQuery } from '../../api/records.ts';
import type { Included, RecordData, TableAccess } from '../../api/types.ts';
import { useCreate } from '../../app/create-context.ts';
import { useAppearance } from '../../app/appearance.ts';
import { fill } from '../../app/i18n/fill.ts';
import { useLocale } from '../../app/i18n/index.ts';
import { useApp } from '../../app/session.tsx';
import { optionColors } from '../../app/theme.ts';
import { shortValue } from '../../charts/values.ts';
import { formatNumber } from '../../fields/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Bone } from '../../ui/Skeletons.tsx';
import { useErrorText } from '../../ui/ErrorState.tsx';
import { useRows } from '../table/use-rows.ts';
import { BoardCard, cardHeight } from './BoardCard.tsx';
import type { BoardColumn, BoardSettings } from './board-columns.ts';
import { useBoardTexts } from './texts.ts';

export interface CardData {
  readonly record: RecordData;
  readonly included: Included;
  readonly column: BoardColumn;
}

interface ColumnProps {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly settings: BoardSettings;
  readonly column: BoardColumn;
  readonly columns: readonly BoardColumn[];
  readonly query: RecordQuery;
  readonly folded: boolean;
  readonly movable: boolean;
  readonly phone: boolean;
  readonly openId: string | undefined;
  readonly onFold: (id: string, folded: boolean) => void;
  readonly onOpen: (id: string) => void;
  readonly onMove: (card: CardData, to: BoardColumn) => void;
}

const GAP = 8;

function BoardColumnOf(props: ColumnProps) {
  const { table, access, settings, column, folded, phone, movable, onFold } = props;
  const texts = useBoardTexts();
  const locale = useLocale();
  const { model } = useApp();
  const appearance = useAppearance();
  const create = useCreate();
  const { setNodeRef, isOver } = useDroppable({ id: `column:${column.id}`, data: { column }, disabled: !movable });
  const { ink } = optionColors(column.color, appearance);
  const count = formatNumber(column.count, locale);
  const sum = column.sum === null ? null : shortValue(column.sum, 'money', { locale, currency: model.settings.currency });
  if (folded && !phone) {
    return (
      <button type="button" ref={setNodeRef} className={isOver ? 'board-folded board-over' : 'board-folded'} title={fill(texts.unfold, { name: column.text })} onClick={() => onFold(column.id, false)}>
        <span className="board-dot" style={{ background: ink }} />
        <span className="board-folded-text">{column.text}</span>
        <span className="quiet tabular">{count}</span>
      </button>
    );
  }
  return (
    <section ref={setNodeRef} className={isOver ? 'board-column board-over' : 'board-column'} aria-label={`${column.text}, ${fill(texts.total, { n: count })}`}>
      <header className="board-head">
        <span className="board-dot" style={{ background: ink }} />
        <h2 className="ellipsis" title={column.text}>{column.text}</h2>
        <span className="quiet tabular">{count}</span>
        <span className="board-space" />
        {sum === null ? null : <span className="tabular board-head-sum">{sum}</span>}
        {phone ? null : <IconButton size="small" label={texts.fold} icon={<LeftOutlined aria-hidden="true" />} onClick={() => onFold(column.id, true)} />}
        {access.create ? <IconButton size="small" label={fill(texts.add, { name: column.text })} icon={<PlusOutlined aria-hidden="true" />} onClick={() => create({ table: table.name, ...(column.key !== null && { values: { [settings.field.name]: column.key } }) })} /> : null}
      </header>
      <Cards {...props} />
    </section>
  );
}
export const BoardColumnView = memo(BoardColumnOf);

function Cards({ table, access, settings, column, columns, query, movable, phone, openId, onOpen, onMove }: ColumnProps) {
  const { t } = useTranslation();
  const texts = useBoardTexts();
  const errorText = useErrorText();
  const scroller = useRef<HTMLDivElement>(null);
  const isAtTop = useCallback(() => (scroller.current?.scrollTop ?? 0) < 40, []);
  const { pages, records, includeds } = useRows(table.name, query, isAtTop);
  const { field } = settings;
  // A card that was moved elsewhere by somebody else is not here any more, whatever the page it came with says.
  const cards = useMemo(() => records.flatMap((record, i) => ((record[field.name] ?? null) === column.key ? [{ record, included: includeds[i] as Included, column }] : [])), [records, includeds, field.name, column]);
  const height = cardHeight(settings);
  const rows = useVirtualizer({ count: cards.length, getScrollElement: () => scroller.current, estimateSize: () => height + GAP, overscan: 4, useFlushSync: false, getItemKey: (i) => cards[i]?.record.id ?? i });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = pages;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && last >= cards.length - PAGE_SIZE / 3) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, last, cards.length, fetchNextPage]);

  if (pages.isError && cards.length === 0) {
    return (
      <div className="board-note" role="alert">
        <p className="quiet">{errorText(pages.error)}</p>
        <Button size="small" onClick={() => void pages.refetch()}>{t('action.retry')}</Button>
      </div>
    );
  }
  return (
    <div ref={scroller} className="board-cards">
      {pages.isPending ? (
        <div aria-hidden="true">
          {Array.from({ length: Math.min(4, Math.max(1, column.count)) }, (_, i) => (
            <div key={i} className="board-card board-card-still" style={{ height }}>
              <Bone width="70%" height={14} />
              <Bone width="45%" height={10} />
            </div>
          ))}
        </div>
      ) : cards.length === 0 ? (
        <p className="board-note quiet">{texts.empty}</p>
      ) : (
        <ul className="board-list" style={{ height: rows.getTotalSize() }}>
          {shown.map(({ index, start, key }) => {
            const card = cards[index];
            return card ? (
              <DraggableCard key={key} table={table} access={access} settings={settings} card={card} top={start} height={height} movable={movable} open={openId === card.record.id} targets={phone && movable ? columns : undefined} onOpen={onOpen} onMove={onMove} />
            ) : null;
          })}
        </ul>
      )}
    </div>
  );
}

interface DraggableProps {
  readonly table: TableModel;
  readonly access: TableAccess;
  readonly settings: BoardSettings;
  readonly card: CardData;
  readonly top: number;
  readonly height: number;
  readonly movable: boolean;
  readonly open: boolean;
  readonly targets: readonly BoardColumn[] | undefined;
  readonly onOpen: (id: string) => void;
  readonly onMove: (card: CardData, to: BoardColumn) => void;
}

function DraggableCardOf({ table, access, settings, card, top, height, movable, open, targets, onOpen, onMove }: DraggableProps) {
  const { record, included, column } = card;
  const { setNodeRef, attributes, listeners, isDragging } = useDraggable({ id: record.id, data: card, disabled: !movable });
  const others = useMemo(() => targets?.filter(({ id }) => id !== column.id), [targets, column.id]);
  const move = useCallback((to: BoardColumn) => onMove(card, to), [onMove, card]);
  return (
    <li className="board-place" style={{ transform: `translateY(${top}px)`, height }}>
      <div
        ref={setNodeRef}
        {...attributes}
        {...listeners}
        className={`board-card${isDragging ? ' board-card-gone' : ''}${open ? ' board-card-open' : ''}`}
        onClick={() => onOpen(record.id)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.target === event.currentTarget) onOpen(record.id);
          else listeners?.onKeyDown?.(event);
        }}
      >
        <BoardCard table={table} access={access} settings={settings} record={record} included={included} targets={others} onMove={others ? move : undefined} />
      </div>
    </li>
  );
}
const DraggableCard = memo(DraggableCardOf);
