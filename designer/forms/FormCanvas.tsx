/** The form taken apart: tabs, sections and what stands in them, dragged into place or moved with the keys. */
import { closestCorners, type CollisionDetection, DndContext, DragOverlay, type KeyboardCoordinateGetter, pointerWithin, type UniqueIdentifier } from '@dnd-kit/core';
import { rectSortingStrategy, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { HolderOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { addSection, sectionsOf } from '#engine/changes/edit-layout.ts';
import type { FormDefinition, SectionDefinition, TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useTexts } from '../i18n/index.ts';
import { definedField, typeOf } from '../settings/field-choices.ts';
import { moveStyle, useDragSensors, useDragTexts } from '../ui/SortableList.tsx';
import { accepts, dropOn, entryIds, fromId, placeOf, toId } from './drag-ids.ts';
import { FieldPalette, TEXT } from './FieldPalette.tsx';
import { isSelected, type Selection } from './selection.ts';

interface CanvasProps {
  readonly table: TableDefinition;
  readonly form: FormDefinition;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onChange: (form: FormDefinition) => void;
}

/** Under the pointer the narrowest target counts; with keys the nearest. */
const collisions: CollisionDetection = (args) => {
  const { kind } = fromId(String(args.active.id));
  const droppableContainers = args.droppableContainers.filter((container) => accepts(kind, fromId(String(container.id)).kind));
  const within = pointerWithin({ ...args, droppableContainers });
  const entries = within.filter(({ id }) => ['field', 'text'].includes(fromId(String(id)).kind));
  if (entries.length > 0) return entries;
  return within.length > 0 ? within : closestCorners({ ...args, droppableContainers });
};

/** With keys too a section goes among sections, a field among fields: the rest is as if it were not there. */
const byKeys: KeyboardCoordinateGetter = (event, args) => {
  const { kind } = fromId(String(args.active));
  const all = args.context.droppableContainers;
  const fitting = { get: (id: UniqueIdentifier) => all.get(id), getEnabled: () => all.getEnabled().filter((container) => accepts(kind, fromId(String(container.id)).kind)) };
  return sortableKeyboardCoordinates(event, { ...args, context: { ...args.context, droppableContainers: fitting as unknown as typeof all } });
};

export function FormCanvas(props: CanvasProps) {
  const { table, form, onChange } = props;
  const texts = useTexts();
  const label = useLabel();
  const sensors = useDragSensors(byKeys);
  const [dragged, setDragged] = useState<string | null>(null);
  const nameOf = (id: string): string => {
    const { kind, name } = fromId(id);
    if (kind === 'field' || kind === 'new') return label(definedField(table, name)?.label ?? { 'zh-CN': name, en: name });
    if (kind === 'section') return label(sectionsOf(form).find((section) => section.name === name)?.label ?? { 'zh-CN': name, en: name });
    return kind === 'tab' ? label(form.tabs?.find((tab) => tab.name === name)?.label ?? { 'zh-CN': name, en: name }) : texts.form.text;
  };
  const accessibility = useDragTexts((id) => nameOf(String(id)), sectionsOf(form).flatMap(entryIds));
  const addTo = (tab: string | null) => {
    const next = addSection(form, tab, { 'zh-CN': '新分区', en: 'New section' });
    const known = new Set(sectionsOf(form).map((section) => section.name));
    const made = sectionsOf(next).find((section) => !known.has(section.name));
    onChange(next);
    if (made) props.onSelect({ kind: 'section', section: made.name });
  };
  const plus = (tab: string | null) => (
    <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={() => addTo(tab)}>
      {texts.form.addSection}
    </Button>
  );
  const sections = (list: readonly SectionDefinition[]) => (
    <SortableContext items={list.map((section) => toId({ kind: 'section', name: section.name }))} strategy={verticalListSortingStrategy}>
      {list.map((section) => (
        <SectionBox key={section.name} section={section} {...props} />
      ))}
    </SortableContext>
  );
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collisions}
      accessibility={accessibility}
      onDragStart={({ active }) => setDragged(String(active.id))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={({ active, over }) => {
        setDragged(null);
        if (!over || over.id === active.id) return;
        const moved = fromId(String(active.id));
        const next = dropOn(form, moved, fromId(String(over.id)), TEXT);
        onChange(next);
        // The selection goes with the field; of anything else it would now point at a neighbour.
        if (props.selection.kind === 'entry') {
          const place = moved.kind === 'field' || moved.kind === 'new' ? placeOf(next, { kind: 'field', name: moved.name }) : undefined;
          props.onSelect(place ? { kind: 'entry', ...place } : { kind: 'form' });
        }
      }}
    >
      <div className="form-designer">
        <FieldPalette table={table} form={form} onChange={onChange} selection={props.selection} />
        <div className="form-canvas">
          {form.tabs ? (
            <SortableContext items={form.tabs.map((tab) => toId({ kind: 'tab', name: tab.name }))} strategy={verticalListSortingStrategy}>
              {form.tabs.map((tab) => (
                <TabBox key={tab.name} name={tab.name} text={label(tab.label)} selection={props.selection} onSelect={props.onSelect}>
                  {sections(tab.sections)}
                  {plus(tab.name)}
                </TabBox>
              ))}
            </SortableContext>
          ) : (
            <>
              {sections(form.sections ?? [])}
              {plus(null)}
            </>
          )}
        </div>
      </div>
      <DragOverlay>{dragged ? <div className="drag-overlay">{nameOf(dragged)}</div> : null}</DragOverlay>
    </DndContext>
  );
}

interface TabBoxProps {
  readonly name: string;
  readonly text: string;
  readonly children: ReactNode;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
}

function TabBox({ name, text, children, selection, onSelect }: TabBoxProps) {
  const { drag } = useTexts();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isOver } = useSortable({ id: toId({ kind: 'tab', name }) });
  const own: Selection = { kind: 'tab', tab: name };
  return (
    <section ref={setNodeRef} style={moveStyle(transform, transition)} className={`canvas-tab${isOver ? ' canvas-over' : ''}${isSelected(selection, own) ? ' canvas-selected' : ''}`}>
      <header>
        <button type="button" ref={setActivatorNodeRef} className="drag-handle" {...attributes} {...listeners} aria-label={`${drag.handle}: ${text}`}>
          <HolderOutlined aria-hidden="true" />
        </button>
        <button type="button" className="canvas-title" onClick={() => onSelect(own)}>
          {text}
        </button>
      </header>
      {children}
    </section>
  );
}

function SectionBox({ section, table, selection, onSelect }: CanvasProps & { readonly section: SectionDefinition }) {
  const texts = useTexts();
  const label = useLabel();
  const id = toId({ kind: 'section', name: section.name });
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isOver } = useSortable({ id });
  const own: Selection = { kind: 'section', section: section.name };
  const ids = entryIds(section);
  return (
    <section ref={setNodeRef} style={moveStyle(transform, transition)} className={`canvas-section${isOver ? ' canvas-over' : ''}${isSelected(selection, own) ? ' canvas-selected' : ''}`}>
      <header>
        <button type="button" ref={setActivatorNodeRef} className="drag-handle" {...attributes} {...listeners} aria-label={`${texts.drag.handle}: ${label(section.label)}`}>
          <HolderOutlined aria-hidden="true" />
        </button>
        <button type="button" className="canvas-title" onClick={() => onSelect(own)}>
          {label(section.label)}
        </button>
        {section.folded ? <span className="mark">{texts.form.folded}</span> : null}
        {section.visible === undefined ? null : <span className="mark">{texts.form.visible}</span>}
      </header>
      <SortableContext items={ids} strategy={rectSortingStrategy}>
        <div className={`canvas-grid form-grid-${section.columns ?? 2}`}>
          {section.fields.map((entry, index) => (
            <EntryBox
              key={ids[index]}
              id={ids[index] ?? ''}
              selected={isSelected(selection, { kind: 'entry', section: section.name, index })}
              onSelect={() => onSelect({ kind: 'entry', section: section.name, index })}
              text={typeof entry === 'string' ? null : label(entry.text)}
              field={typeof entry === 'string' ? definedField(table, entry) : undefined}
              name={typeof entry === 'string' ? entry : ''}
            />
          ))}
          {section.fields.length === 0 ? (
            <p className="canvas-empty quiet">{texts.form.drop}</p>
          ) : null}
        </div>
      </SortableContext>
    </section>
  );
}

interface EntryBoxProps {
  readonly id: string;
  readonly selected: boolean;
  readonly onSelect: () => void;
  /** Of a text block. */
  readonly text: string | null;
  readonly field: TableDefinition['fields'][number] | undefined;
  readonly name: string;
}

function EntryBox({ id, selected, onSelect, text, field, name }: EntryBoxProps) {
  const label = useLabel();
  const { drag } = useTexts();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging, isOver } = useSortable({ id });
  const type = field && typeOf(field);
  const title = text ?? (field ? label(field.label) : name);
  return (
    <div ref={setNodeRef} style={moveStyle(transform, transition)} className={`canvas-entry${text === null ? '' : ' canvas-text'}${selected ? ' canvas-selected' : ''}${isDragging ? ' canvas-dragged' : ''}${isOver ? ' canvas-over' : ''}`}>
      <button type="button" ref={setActivatorNodeRef} className="drag-handle" {...attributes} {...listeners} aria-label={`${drag.handle}: ${title}`}>
        <HolderOutlined aria-hidden="true" />
      </button>
      <button type="button" className="canvas-field" aria-pressed={selected} onClick={onSelect}>
        <span className={field?.required ? 'ellipsis required-label' : text === null ? 'ellipsis' : 'pre-line'}>{title}</span>
        {text === null ? <span className="canvas-input ellipsis">{type ? label(type.label) : name}</span> : null}
      </button>
    </div>
  );
}
