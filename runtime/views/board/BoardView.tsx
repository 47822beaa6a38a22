/** Records as cards in columns. A card that is dragged to another column has that column's value from then on. */
import { closestCenter, type CollisionDetection, DndContext, type DragEndEvent, DragOverlay, type DragStartEvent, type KeyboardCoordinateGetter, KeyboardSensor, MouseSensor, pointerWithin, TouchSensor, useSensor, useSensors } from '@dnd-kit/core';
import { Segmented, Select } from 'antd';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { optionsOf } from '#engine/model/app-model.ts';
import { fill } from '../../app/i18n/fill.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { titleOf } from '../../model/titles.ts';
import { Bone } from '../../ui/Skeletons.tsx';
import { usePhone } from '../../ui/use-phone.ts';
import { useStored } from '../../ui/use-stored.ts';
import type { ViewProps } from '../view-components.ts';
import { ListEmpty } from '../table/ListEmpty.tsx';
import { type BoardColumn, type BoardSettings, boardSettings, columnQuery, useBoardColumns } from './board-columns.ts';
import { BoardCard, cardHeight } from './BoardCard.tsx';
import { BoardColumnView, type CardData } from './BoardColumnView.tsx';
import { useBoardTexts } from './texts.ts';
import { useBoardMove } from './use-board-move.ts';
import './board.css';

const FormDrawer = lazy(() => import('../../forms/FormDrawer.tsx').then((module) => ({ default: module.FormDrawer })));

const isFolds = (value: unknown): value is Record<string, boolean> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Arrows left and right go from column to column. */
const byColumn: KeyboardCoordinateGetter = (event, { context: { droppableRects, collisionRect }, currentCoordinates }) => {
  if (event.code !== 'ArrowRight' && event.code !== 'ArrowLeft') return undefined;
  event.preventDefault();
  if (!collisionRect) return undefined;
  const middle = collisionRect.left + collisionRect.width / 2;
  const rects = [...droppableRects.values()].sort((a, b) => a.left - b.left);
  const next = event.code === 'ArrowRight' ? rects.find((rect) => rect.left > middle) : rects.findLast((rect) => rect.right < middle);
  return next ? { x: currentCoordinates.x + next.left + next.width / 2 - middle, y: currentCoordinates.y } : undefined;
};

const underPointer: CollisionDetection = (given) => {
  const found = pointerWithin(given);
  return found.length > 0 ? found : closestCenter(given);
};

export function BoardView(props: ViewProps) {
  const texts = useBoardTexts();
  const settings = useMemo(() => boardSettings(props.state.choice.view, props.table), [props.state.choice.view, props.table]);
  if (!settings) return <EmptyState title={texts.noGroup} />;
  return <Board key={`${props.state.choice.key} ${settings.field.name}`} {...props} settings={settings} />;
}

function Board({ table, access, state, onCount, settings }: ViewProps & { settings: BoardSettings }) {
  const texts = useBoardTexts();
  const phone = usePhone();
  const { view, key: viewKey } = state.choice;
  const { field } = settings;
  const { query, columns, shift } = useBoardColumns(table, settings, state);
  const [folds, setFolds] = useStored<Record<string, boolean>>(`folded.${table.name}.${viewKey}`, {}, isFolds);
  const foldedAtFirst = useMemo(() => new Set(Array.isArray(view.folded) ? (view.folded as string[]) : []), [view.folded]);
  const isFolded = (column: BoardColumn): boolean => folds[column.id] ?? foldedAtFirst.has(column.id);
  const [carried, setCarried] = useState<CardData | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const movable = access.update && access.fields[field.name] === 'write' && !field.readOnly && !field.computed;

  const { filter, sort, search } = state;
  const queries = useMemo(() => new Map<string | null, ReturnType<typeof columnQuery>>(), [table, settings, filter, sort, search]);
  const queryOf = useCallback(
    (key: string | null) => {
      let found = queries.get(key);
      if (!found) queries.set(key, (found = columnQuery(table, settings, { filter, sort, search }, key)));
      return found;
    },
    [queries, table, settings, filter, sort, search],
  );
  const { move, gate, closeGate } = useBoardMove({ table, settings, queryOf, shift, onOpen: state.openRecord });
  const latest = useRef(move);
  latest.current = move;
  const onMove = useCallback((card: CardData, to: BoardColumn) => void latest.current(card.record, card.included, card.column, to), []);
  const fold = useRef<(id: string, folded: boolean) => void>(() => undefined);
  fold.current = (id, folded) => setFolds({ ...folds, [id]: folded });
  const onFold = useCallback((id: string, folded: boolean) => fold.current(id, folded), []);
  const { openRecord } = state;
  const onOpen = useCallback((id: string) => openRecord(id), [openRecord]);

  const total = columns?.reduce((sum, { count }) => sum + count, 0);
  useEffect(() => onCount(total === undefined ? undefined : { value: total, capped: false }), [total, onCount]);

  const sensors = useSensors(useSensor(MouseSensor, { activationConstraint: { distance: 6 } }), useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }), useSensor(KeyboardSensor, { coordinateGetter: byColumn, keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space'] } }));
  const nameOf = (data: unknown): string => {
    const card = data as CardData | undefined;
    return card ? titleOf(table, card.record, card.included) : '';
  };
  const columnOf = (data: unknown): string => (data as { column?: BoardColumn } | undefined)?.column?.text ?? '';

  if (query.isError && !columns) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!columns) return <BoardSkeleton columns={Math.max(4, optionsOf(field).length)} height={cardHeight(settings)} />;
  if (total === 0 && (state.search || state.filter !== undefined || columns.length === 0)) return <ListEmpty table={table} access={access} state={state} />;

  const one = phone ? (columns.find(({ id }) => id === chosen) ?? columns.find((column) => !isFolded(column)) ?? columns[0]) : undefined;
  const shown = one ? [one] : columns;
  const drop = ({ active, over }: DragEndEvent) => {
    setCarried(null);
    const card = active.data.current as CardData | undefined;
    const to = (over?.data.current as { column?: BoardColumn } | undefined)?.column;
    if (card && to) void move(card.record, card.included, card.column, to);
  };
  return (
    <>
      {one ? (
        <div className="board-picker">
          {columns.length <= 4 ? (
            <Segmented block value={one.id} options={columns.map(({ id, text, count }) => ({ value: id, label: `${text} ${count}` }))} onChange={setChosen} aria-label={texts.columns} />
          ) : (
            <Select className="full" size="large" value={one.id} options={columns.map(({ id, text, count }) => ({ value: id, label: `${text} · ${count}` }))} onChange={setChosen} aria-label={texts.columns} />
          )}
        </div>
      ) : null}
      <DndContext
        sensors={sensors}
        collisionDetection={underPointer}
        onDragStart={({ active }: DragStartEvent) => setCarried((active.data.current as CardData | undefined) ?? null)}
        onDragEnd={drop}
        onDragCancel={() => setCarried(null)}
        accessibility={{
          screenReaderInstructions: { draggable: texts.drag },
          announcements: {
            onDragStart: ({ active }) => fill(texts.picked, { name: nameOf(active.data.current) }),
            onDragOver: ({ over }) => (over ? fill(texts.over, { name: columnOf(over.data.current) }) : undefined),
            onDragEnd: ({ over }) => (over ? fill(texts.dropped, { name: columnOf(over.data.current) }) : texts.cancelled),
            onDragCancel: () => texts.cancelled,
          },
        }}
      >
        <div
          ref={scroller}
          className={phone ? 'board board-phone' : 'board'}
          onWheel={(event) => {
            const inCards = (event.target as Element).closest('.board-cards');
            // Above the cards the wheel scrolls a column; beside them, the board.
            if (!phone && scroller.current && event.deltaX === 0 && (!inCards || inCards.scrollHeight <= inCards.clientHeight)) scroller.current.scrollLeft += event.deltaY;
          }}
          {...(one && swipe(columns, one, setChosen))}
        >
          {shown.map((column) => (
            <BoardColumnView key={column.id} table={table} access={access} settings={settings} column={column} columns={columns} query={queryOf(column.key)} folded={isFolded(column)} movable={movable} phone={phone} openId={state.recordId} onFold={onFold} onOpen={onOpen} onMove={onMove} />
          ))}
        </div>
        <DragOverlay dropAnimation={null}>
          {carried ? (
            <div className="board-card board-card-carried" style={{ height: cardHeight(settings) }}>
              <BoardCard table={table} access={access} settings={settings} record={carried.record} included={carried.included} />
            </div>
          ) : null}
        </DragOverlay>
      </DndContext>
      {gate ? (
        <Suspense fallback={null}>
          <FormDrawer
            title={fill(texts.confirm, { name: gate.column.text })}
            table={table}
            form={gate.form}
            record={gate.answer.data}
            values={{ [field.name]: gate.column.key }}
            included={gate.answer.included}
            rights={gate.answer.access.fields}
            onSaved={() => {
              closeGate();
              void query.refetch();
            }}
            onClose={closeGate}
          />
        </Suspense>
      ) : null}
    </>
  );
}

const FAR = 60;

/** A swipe to the side goes to the neighbouring column. */
function swipe(columns: readonly BoardColumn[], one: BoardColumn, choose: (id: string) => void) {
  let start: { x: number; y: number } | null = null;
  return {
    onTouchStart: (event: React.TouchEvent) => {
      const touch = event.touches[0];
      start = touch ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: (event: React.TouchEvent) => {
      const touch = event.changedTouches[0];
      if (!start || !touch) return;
      const [dx, dy] = [touch.clientX - start.x, touch.clientY - start.y];
      const next = columns[columns.indexOf(one) + (dx < 0 ? 1 : -1)];
      if (Math.abs(dx) > FAR && Math.abs(dx) > 2 * Math.abs(dy) && next) choose(next.id);
    },
  };
}

function BoardSkeleton({ columns, height }: { columns: number; height: number }) {
  return (
    <div className="board" aria-busy="true">
      {Array.from({ length: Math.min(columns, 6) }, (_, column) => (
        <section key={column} className="board-column" aria-hidden="true">
          <header className="board-head">
            <Bone width={90} height={14} />
          </header>
          <div className="board-cards">
            {Array.from({ length: 3 - (column % 2) }, (_, card) => (
              <div key={card} className="board-card board-card-still" style={{ height }}>
                <Bone width="70%" height={14} />
                <Bone width="45%" height={10} />
              </div>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
