/** Edits of what a table shows: its forms (tabs, sections, fields, text blocks), views and record page. Pure, like edits.ts. */
import type { Label } from '../errors.ts';
import type { Definitions, FormDefinition, PageDefinition, SectionDefinition, TableDefinition, ViewDefinition } from '../model/definitions.ts';
import { freeName, moveItem, type Patch, patched, updateTable } from './edits.ts';

/** A field's name, or a block of text. */
export type SectionEntry = SectionDefinition['fields'][number];
export type TabDefinition = NonNullable<FormDefinition['tabs']>[number];

/** A place in a form: before the entry at `index` of a section. */
export interface Place {
  readonly section: string;
  readonly index: number;
}

const DETAILS: Label = { 'zh-CN': '基本信息', en: 'Details' };

/** The sections of a form whether it has tabs or not. */
export function sectionsOf(form: FormDefinition): readonly SectionDefinition[] {
  return form.tabs ? form.tabs.flatMap((tab) => tab.sections) : (form.sections ?? []);
}

function mapSections(form: FormDefinition, change: (sections: readonly SectionDefinition[], tab: string | null) => SectionDefinition[]): FormDefinition {
  if (form.tabs) return { ...form, tabs: form.tabs.map((tab) => ({ ...tab, sections: change(tab.sections, tab.name) })) };
  return { ...form, sections: change(form.sections ?? [], null) };
}

export function placedFields(form: FormDefinition): ReadonlySet<string> {
  return new Set(sectionsOf(form).flatMap((section) => section.fields.filter((entry) => typeof entry === 'string')));
}

export function updateSection(form: FormDefinition, name: string, patch: Patch<SectionDefinition>): FormDefinition {
  return mapSections(form, (sections) => sections.map((section) => (section.name === name ? patched(section, patch) : section)));
}

/** Into a tab, or with null into the form itself. */
export function addSection(form: FormDefinition, tab: string | null, label: Label): FormDefinition {
  const name = freeName('section', sectionsOf(form).map((section) => section.name));
  return mapSections(form, (sections, own) => (own === tab ? [...sections, { name, label, fields: [] }] : [...sections]));
}

export function removeSection(form: FormDefinition, name: string): FormDefinition {
  return mapSections(form, (sections) => sections.filter((section) => section.name !== name));
}

/** `tab` null where the form has no tabs. */
export function moveSection(form: FormDefinition, name: string, tab: string | null, index: number): FormDefinition {
  const moved = sectionsOf(form).find((section) => section.name === name);
  if (!moved) return form;
  return mapSections(form, (sections, own) => {
    const rest = sections.filter((section) => section.name !== name);
    if (own === tab) rest.splice(Math.min(index, rest.length), 0, moved);
    return rest;
  });
}

export function insertEntry(form: FormDefinition, entry: SectionEntry, place: Place): FormDefinition {
  return mapSections(form, (sections) =>
    sections.map((section) => {
      if (section.name !== place.section) return section;
      const fields = [...section.fields];
      fields.splice(Math.min(place.index, fields.length), 0, entry);
      return { ...section, fields };
    }),
  );
}

export function removeEntry(form: FormDefinition, at: Place): FormDefinition {
  return mapSections(form, (sections) =>
    sections.map((section) => (section.name === at.section ? { ...section, fields: section.fields.filter((_, index) => index !== at.index) } : section)),
  );
}

/** `to.index` is counted as the list stands once the entry has been taken out. */
export function moveEntry(form: FormDefinition, from: Place, to: Place): FormDefinition {
  const entry = sectionsOf(form).find((section) => section.name === from.section)?.fields[from.index];
  return entry === undefined ? form : insertEntry(removeEntry(form, from), entry, to);
}

export function updateText(form: FormDefinition, at: Place, text: Label): FormDefinition {
  return mapSections(form, (sections) =>
    sections.map((section) => (section.name === at.section ? { ...section, fields: section.fields.map((entry, index) => (index === at.index ? { text } : entry)) } : section)),
  );
}

/** The first tab takes over the sections that stood without one. */
export function addTab(form: FormDefinition, label: Label): FormDefinition {
  const { sections, ...rest } = form;
  const tabs: TabDefinition[] = form.tabs ? [...form.tabs] : sections?.length ? [{ name: 'main', label: DETAILS, sections }] : [];
  const name = freeName('tab', tabs.map((tab) => tab.name));
  return { ...rest, tabs: [...tabs, { name, label, sections: [] }] };
}

export function updateTab(form: FormDefinition, name: string, patch: Patch<TabDefinition>): FormDefinition {
  return form.tabs ? { ...form, tabs: form.tabs.map((tab) => (tab.name === name ? patched(tab, patch) : tab)) } : form;
}

export function moveTab(form: FormDefinition, from: number, to: number): FormDefinition {
  return form.tabs ? { ...form, tabs: moveItem(form.tabs, from, to) } : form;
}

/** Its sections go to the tab before it; with the last tab but one, tabs end. */
export function removeTab(form: FormDefinition, name: string): FormDefinition {
  const tabs = form.tabs ?? [];
  const index = tabs.findIndex((tab) => tab.name === name);
  const gone = tabs[index];
  if (!gone) return form;
  const rest = tabs.filter((tab) => tab !== gone);
  const heir = rest[Math.max(0, index - 1)];
  const joined = rest.map((tab) => (tab === heir ? { ...tab, sections: [...tab.sections, ...gone.sections] } : tab));
  if (joined.length > 1) return { ...form, tabs: joined };
  const { tabs: _tabs, ...plain } = form;
  return { ...plain, sections: joined[0]?.sections ?? gone.sections };
}

export function updateForm(definitions: Definitions, table: string, name: string, change: (form: FormDefinition) => FormDefinition): Definitions {
  return updateTable(definitions, table, (own) => ({ ...own, forms: (own.forms ?? []).map((form) => (form.name === name ? change(form) : form)) }));
}

/** The form a table has without defining one, written down so that it can be edited. */
export function defaultForm(table: TableDefinition): FormDefinition {
  const shown = table.fields.filter((field) => !field.hidden).map((field) => field.name);
  return { name: 'default', label: table.label, sections: [{ name: 'main', label: DETAILS, fields: shown }] };
}

/** A further form begins as a copy of `from`, or of the table's default. */
export function addForm(definitions: Definitions, table: string, label: Label, from?: FormDefinition): Definitions {
  return updateTable(definitions, table, (own) => {
    const forms = own.forms ?? [];
    const name = forms.length === 0 ? 'default' : freeName('form', forms.map((form) => form.name));
    const { roles: _roles, when: _when, ...copied } = from ?? defaultForm(own);
    return { ...own, forms: [...forms, { ...copied, name, label }] };
  });
}

export function removeForm(definitions: Definitions, table: string, name: string): Definitions {
  return updateTable(definitions, table, (own) => {
    const forms = (own.forms ?? []).filter((form) => form.name !== name);
    return patched(own, { forms: forms.length > 0 ? forms : undefined });
  });
}

export function moveForm(definitions: Definitions, table: string, from: number, to: number): Definitions {
  return updateTable(definitions, table, (own) => ({ ...own, forms: moveItem(own.forms ?? [], from, to) }));
}

export function defaultView(table: TableDefinition): ViewDefinition {
  const shown = table.fields.filter((field) => !field.hidden).map((field) => field.name);
  return { name: 'all', label: { 'zh-CN': '全部', en: 'All' }, type: 'table', columns: shown.slice(0, 8), sort: ['-updated_at'] };
}

export function addView(definitions: Definitions, table: string, label: Label, from?: ViewDefinition): Definitions {
  return updateTable(definitions, table, (own) => {
    const views = own.views ?? [];
    const name = views.length === 0 ? 'all' : freeName('view', views.map((view) => view.name));
    return { ...own, views: [...views, { ...(from ?? defaultView(own)), name, label }] };
  });
}

export function updateView(definitions: Definitions, table: string, name: string, patch: Patch<ViewDefinition>): Definitions {
  return updateTable(definitions, table, (own) => ({ ...own, views: (own.views ?? []).map((view) => (view.name === name ? patched(view, patch) : view)) }));
}

/** The home page may have begun with it. */
export function removeView(definitions: Definitions, table: string, name: string): Definitions {
  const { app } = definitions;
  const home = app.home?.filter((card) => card.table !== table || card.view !== name);
  return updateTable({ ...definitions, app: patched(app, { home }) }, table, (own) => {
    const views = (own.views ?? []).filter((view) => view.name !== name);
    return patched(own, { views: views.length > 0 ? views : undefined });
  });
}

export function moveView(definitions: Definitions, table: string, from: number, to: number): Definitions {
  return updateTable(definitions, table, (own) => ({ ...own, views: moveItem(own.views ?? [], from, to) }));
}

export function updatePage(definitions: Definitions, table: string, patch: Patch<PageDefinition>): Definitions {
  return updateTable(definitions, table, (own) => {
    const page = patched(own.page ?? {}, patch);
    return patched(own, { page: Object.keys(page).length > 0 ? page : undefined });
  });
}
