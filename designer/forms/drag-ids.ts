/** What can be dragged in the form designer, as ids of dnd-kit, and what a drop means for the form. Pure. */
import { insertEntry, moveEntry, moveSection, moveTab, type Place, sectionsOf } from '#engine/changes/edit-layout.ts';
import type { Label } from '#engine/errors.ts';
import type { FormDefinition, SectionDefinition } from '#engine/model/definitions.ts';

export type DragKind = 'field' | 'text' | 'section' | 'tab' | 'new' | 'newText';

export interface DragId {
  readonly kind: DragKind;
  readonly name: string;
  /** Of a text block: where in its section. */
  readonly index?: number;
}

export function toId({ kind, name, index }: DragId): string {
  return index === undefined ? `${kind}:${name}` : `${kind}:${name}:${index}`;
}

export function fromId(id: string): DragId {
  const [kind = '', name = '', index] = id.split(':');
  return { kind: kind as DragKind, name, ...(index !== undefined && { index: Number(index) }) };
}

/** Ids of a section's entries, in order. */
export function entryIds(section: SectionDefinition): string[] {
  return section.fields.map((entry, index) => (typeof entry === 'string' ? toId({ kind: 'field', name: entry }) : toId({ kind: 'text', name: section.name, index })));
}

/** What may be dropped on what. */
export function accepts(dragged: DragKind, target: DragKind): boolean {
  if (dragged === 'tab') return target === 'tab';
  if (dragged === 'section') return target === 'section' || target === 'tab';
  return target === 'field' || target === 'text' || target === 'section';
}

/** The place of an entry, or the end of a section. */
export function placeOf(form: FormDefinition, id: DragId): Place | undefined {
  if (id.kind === 'section') {
    const section = sectionsOf(form).find((own) => own.name === id.name);
    return section && { section: section.name, index: section.fields.length };
  }
  if (id.kind === 'text') return { section: id.name, index: id.index ?? 0 };
  for (const section of sectionsOf(form)) {
    const index = section.fields.indexOf(id.name);
    if (index >= 0) return { section: section.name, index };
  }
  return undefined;
}

function dropSection(form: FormDefinition, name: string, over: DragId): FormDefinition {
  if (over.kind === 'tab') return moveSection(form, name, over.name, Number.POSITIVE_INFINITY);
  const groups = form.tabs?.map((tab) => ({ tab: tab.name as string | null, sections: tab.sections })) ?? [{ tab: null, sections: form.sections ?? [] }];
  const group = groups.find(({ sections }) => sections.some((section) => section.name === over.name));
  return group ? moveSection(form, name, group.tab, group.sections.findIndex((section) => section.name === over.name)) : form;
}

/** The form after `dragged` was let go over `over`; the same form when that means nothing. */
export function dropOn(form: FormDefinition, dragged: DragId, over: DragId, newText: Label): FormDefinition {
  if (!accepts(dragged.kind, over.kind)) return form;
  if (dragged.kind === 'section') return dropSection(form, dragged.name, over);
  if (dragged.kind === 'tab') {
    const names = form.tabs?.map((tab) => tab.name) ?? [];
    return moveTab(form, names.indexOf(dragged.name), names.indexOf(over.name));
  }
  const to = placeOf(form, over);
  if (!to) return form;
  if (dragged.kind === 'new') return insertEntry(form, dragged.name, to);
  if (dragged.kind === 'newText') return insertEntry(form, { text: newText }, to);
  const from = placeOf(form, dragged);
  if (!from) return form;
  // At the end of its own section the entry itself no longer counts.
  const index = over.kind === 'section' && from.section === to.section ? to.index - 1 : to.index;
  return moveEntry(form, from, { ...to, index });
}
