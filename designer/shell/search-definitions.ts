/** Finds things in the definitions by name, by label in either language, or by type. Pure. */
import type { Label } from '#engine/errors.ts';
import { FIELD_TYPES, type FieldTypeName } from '#engine/fields/index.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { TRIGGER_TYPES, type TriggerTypeName } from '#engine/workflows/triggers/index.ts';
import { DESIGNER, fieldPath, formPath, optionsPath, tablePath, viewPath } from '../paths.ts';
import { workflowPath } from '../workflows/paths.ts';

export type FoundKind = 'table' | 'field' | 'form' | 'view' | 'options' | 'option' | 'workflow' | 'dashboard';

export interface Found {
  readonly kind: FoundKind;
  readonly to: string;
  readonly label: Label;
  /** As it stands in definitions. */
  readonly name: string;
  /** The table or list it belongs to. */
  readonly of?: Label;
  /** The field's type. */
  readonly type?: Label;
}

const MOST = 60;

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function everything({ app, tables, workflows = [], dashboards = [] }: Definitions): Found[] {
  const found: Found[] = tables.map((table) => ({ kind: 'table', to: tablePath(table.name), label: table.label, name: table.name }));
  for (const table of tables) {
    const of = table.label;
    for (const field of table.fields) {
      const type = Object.hasOwn(FIELD_TYPES, field.type) ? FIELD_TYPES[field.type as FieldTypeName].label : undefined;
      found.push({ kind: 'field', to: fieldPath(table.name, field.name), label: field.label, name: field.name, of, ...(type && { type }) });
      if (!Array.isArray(field.options)) continue;
      for (const option of field.options) found.push({ kind: 'option', to: fieldPath(table.name, field.name), label: option.label, name: option.value, of: field.label });
    }
    for (const form of table.forms ?? []) found.push({ kind: 'form', to: formPath(table.name, form.name), label: form.label, name: form.name, of });
    for (const view of table.views ?? []) found.push({ kind: 'view', to: viewPath(table.name, view.name), label: view.label, name: view.name, of });
  }
  for (const [name, options] of Object.entries(app.options ?? {})) {
    const label = { 'zh-CN': name, en: name };
    found.push({ kind: 'options', to: optionsPath(name), label, name });
    for (const option of options) found.push({ kind: 'option', to: optionsPath(name), label: option.label, name: option.value, of: label });
  }
  for (const { name, label } of dashboards) found.push({ kind: 'dashboard', to: `${DESIGNER}/dashboards/${name}`, label, name });
  for (const { name, label, trigger } of workflows) {
    const type = Object.hasOwn(TRIGGER_TYPES, trigger.type) ? TRIGGER_TYPES[trigger.type as TriggerTypeName].label : undefined;
    found.push({ kind: 'workflow', to: workflowPath(name), label, name, ...(type && { type }) });
  }
  return found;
}

/** Best first: the whole text, then its beginning, then a part; a type's name counts last. */
function rank(found: Found, query: string): number | null {
  const texts = [found.name, found.label['zh-CN'], found.label.en].map(fold);
  if (texts.includes(query)) return 0;
  if (texts.some((text) => text.startsWith(query))) return 1;
  if (texts.some((text) => text.includes(query))) return 2;
  return found.type && [found.type['zh-CN'], found.type.en].some((text) => fold(text).includes(query)) ? 3 : null;
}

export function searchDefinitions(definitions: Definitions, text: string): readonly Found[] {
  const query = fold(text.trim());
  if (query === '') return [];
  return everything(definitions)
    .map((found) => ({ found, rank: rank(found, query) }))
    .filter((one): one is { found: Found; rank: number } => one.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ found }) => found);
}
