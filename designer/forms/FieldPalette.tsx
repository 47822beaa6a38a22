/** Fields that the form does not show yet: dragged into it, or put into the selected section by a click. */
import { useDraggable } from '@dnd-kit/core';
import { FontSizeOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { addTab, insertEntry, placedFields, sectionsOf } from '#engine/changes/edit-layout.ts';
import { SYSTEM_FIELDS, WRITABLE_SYSTEM_FIELDS } from '#engine/model/built-in.ts';
import type { FormDefinition, TableDefinition } from '#engine/model/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { toId } from './drag-ids.ts';
import type { Selection } from './selection.ts';

/** Bilingual, whatever language the designer is read in. */
export const TEXT = { 'zh-CN': '在这里写说明', en: 'Write something here' };

interface PaletteProps {
  readonly table: TableDefinition;
  readonly form: FormDefinition;
  readonly selection: Selection;
  readonly onChange: (form: FormDefinition) => void;
}

function Item({ id, text, title, onAdd }: { id: string; text: string; title: string; onAdd: () => void }) {
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id });
  return (
    <button type="button" ref={setNodeRef} className={isDragging ? 'palette-item canvas-dragged' : 'palette-item'} title={title} {...attributes} {...listeners} onClick={onAdd}>
      <span className="ellipsis">{text}</span>
    </button>
  );
}

export function FieldPalette({ table, form, selection, onChange }: PaletteProps) {
  const texts = useTexts();
  const label = useLabel();
  const [query, setQuery] = useState('');
  const placed = placedFields(form);
  const system = SYSTEM_FIELDS.filter((field) => WRITABLE_SYSTEM_FIELDS.has(field.name) && !field.hidden);
  const free = [...table.fields, ...system].filter((field) => !field.hidden && !placed.has(field.name));
  const wanted = query.trim().toLowerCase();
  const found = free.filter((field) => [field.name, field.label['zh-CN'], field.label.en].some((text) => text.toLowerCase().includes(wanted)));
  const sections = sectionsOf(form);
  const target = sections.find((section) => 'section' in selection && section.name === selection.section) ?? sections.at(-1);
  const title = target ? fill(texts.form.place, { section: label(target.label) }) : '';
  const put = (entry: Parameters<typeof insertEntry>[1]) => {
    if (target) onChange(insertEntry(form, entry, { section: target.name, index: selection.kind === 'entry' && selection.section === target.name ? selection.index + 1 : target.fields.length }));
  };
  return (
    <aside className="palette" aria-label={texts.form.palette}>
      <div className="palette-tools">
        <Button size="small" icon={<FontSizeOutlined aria-hidden="true" />} onClick={() => put({ text: TEXT })}>
          {texts.form.addText}
        </Button>
        <Button size="small" icon={<PlusOutlined aria-hidden="true" />} onClick={() => onChange(addTab(form, { 'zh-CN': '新标签页', en: 'New tab' }))}>
          {texts.form.addTab}
        </Button>
      </div>
      <h3>
        {texts.form.palette} <span className="quiet">{free.length}</span>
      </h3>
      {free.length > 8 ? <Input size="small" allowClear placeholder={texts.field.search} aria-label={texts.field.search} value={query} onChange={(event) => setQuery(event.target.value)} /> : null}
      {free.length === 0 ? <p className="quiet">{texts.form.allPlaced}</p> : null}
      <div className="palette-list">
        {found.map((field) => (
          <Item key={field.name} id={toId({ kind: 'new', name: field.name })} text={label(field.label)} title={title} onAdd={() => put(field.name)} />
        ))}
      </div>
    </aside>
  );
}
