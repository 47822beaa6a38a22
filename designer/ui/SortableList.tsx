/** A list whose items are put in order by dragging, or with space and the arrow keys. */
import { closestCenter, DndContext, type DragEndEvent, type KeyboardCoordinateGetter, KeyboardSensor, PointerSensor, type UniqueIdentifier, useSensor, useSensors } from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { HolderOutlined } from '@ant-design/icons';
import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { fill, useTexts } from '../i18n/index.ts';

/** What screen readers hear while something is moved. */
export function useDragTexts(nameOf: (id: UniqueIdentifier) => string, ids: readonly string[]) {
  const { drag } = useTexts();
  const at = (id: UniqueIdentifier | undefined) => ids.indexOf(String(id)) + 1;
  return {
    screenReaderInstructions: { draggable: drag.instructions },
    announcements: {
      onDragStart: ({ active }: { active: { id: UniqueIdentifier } }) => fill(drag.picked, { name: nameOf(active.id) }),
      onDragOver: ({ over }: { over: { id: UniqueIdentifier } | null }) => (over ? fill(drag.over, { n: at(over.id) }) : undefined),
      onDragEnd: ({ over }: { over: { id: UniqueIdentifier } | null }) => (over ? fill(drag.dropped, { n: at(over.id) }) : drag.cancelled),
      onDragCancel: () => drag.cancelled,
    },
  };
}

export function useDragSensors(coordinateGetter: KeyboardCoordinateGetter = sortableKeyboardCoordinates) {
  return useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }), useSensor(KeyboardSensor, { coordinateGetter }));
}

export function moveStyle(transform: { x: number; y: number } | null, transition: string | undefined): CSSProperties {
  return { transform: transform ? `translate3d(${Math.round(transform.x)}px, ${Math.round(transform.y)}px, 0)` : undefined, transition };
}

interface SortableListProps {
  readonly ids: readonly string[];
  readonly nameOf: (id: string) => string;
  readonly onMove: (from: number, to: number) => void;
  readonly children: (id: string, handle: ReactNode) => ReactNode;
  readonly className?: string;
  readonly label?: string;
}

export function SortableList({ ids, nameOf, onMove, children, className, label }: SortableListProps) {
  const sensors = useDragSensors();
  const accessibility = useDragTexts((id) => nameOf(String(id)), ids);
  const key = ids.join('\n');
  // The same items in the same order: nothing that listens to the list is drawn again.
  const items = useMemo(() => (key === '' ? [] : key.split('\n')), [key]);
  const list = useRef<HTMLUListElement>(null);
  const before = useRef(ids);
  useEffect(() => {
    const gone = before.current.findIndex((id) => !ids.includes(id));
    const isShorter = ids.length < before.current.length;
    before.current = ids;
    // Who removed one goes on with the next.
    if (isShorter && document.activeElement === document.body) list.current?.children[Math.min(gone, ids.length - 1)]?.querySelector<HTMLElement>('.drag-handle')?.focus();
  }, [ids]);
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onMove(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
  };
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd} accessibility={accessibility}>
      <SortableContext items={items} strategy={verticalListSortingStrategy}>
        <ul ref={list} className={className} aria-label={label}>
          {ids.map((id) => (
            <SortableItem key={id} id={id} name={nameOf(id)}>
              {(handle) => children(id, handle)}
            </SortableItem>
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}

function SortableItem({ id, name, children }: { id: string; name: string; children: (handle: ReactNode) => ReactNode }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id });
  const { drag } = useTexts();
  const handle = (
    <button type="button" ref={setActivatorNodeRef} className="drag-handle" {...attributes} {...listeners} aria-label={`${drag.handle}: ${name}`}>
      <HolderOutlined aria-hidden="true" />
    </button>
  );
  return (
    <li ref={setNodeRef} style={moveStyle(transform, transition)} className={isDragging ? 'dragging' : undefined}>
      {children(handle)}
    </li>
  );
}
