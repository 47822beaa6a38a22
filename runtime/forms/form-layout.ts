/** A form as it is drawn: tabs of sections of fields, from the definition and from what this person may see. Pure. */
import type { Label } from '#engine/errors.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { FormDefinition, SectionDefinition } from '#engine/model/definitions.ts';
import type { RuleContext } from '#engine/rules/context.ts';
import { holds, type RuleData } from '#engine/rules/evaluate.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { FieldRight } from '../api/types.ts';

export interface FormSection {
  readonly name: string;
  /** Absent: the fields stand without a heading. */
  readonly label?: Label;
  readonly fields: readonly FieldModel[];
  /** Fields and text blocks as they stand. */
  readonly entries: readonly (FieldModel | TextBlock)[];
  /** On a desk; a phone has one. */
  readonly columns: number;
  readonly folded: boolean;
  readonly visible?: Rule;
}

export interface TextBlock {
  readonly text: Label;
}

export function isTextBlock(entry: FieldModel | TextBlock): entry is TextBlock {
  return 'text' in entry;
}

export interface FormTab {
  readonly name: string;
  readonly label?: Label;
  readonly sections: readonly FormSection[];
}

export interface FormRequest {
  readonly table: TableModel;
  readonly form: FormDefinition | undefined;
  readonly rights: Readonly<Record<string, FieldRight>>;
  readonly creating: boolean;
  /** Labels for what the definition does not name. */
  readonly labels: { readonly more: Label };
}

/** More would bury the few that matter. */
const OPEN_FIELDS = 12;
const USUAL_COLUMNS = 2;

/** Of the forms a person has, the first whose condition holds for the record as it is; those for strangers are for strangers. */
export function fittingForm(table: TableModel, data: RuleData, context: RuleContext): FormDefinition | undefined {
  return table.forms.find((form) => form.public === undefined && holds(form.when, data, context));
}

function isShown(field: FieldModel, { rights, creating }: FormRequest): boolean {
  if (field.hidden || rights[field.name] === undefined) return false;
  // A new record has no computed values yet, and nothing in it can be only looked at.
  return !creating || (rights[field.name] === 'write' && field.computed === undefined && !field.readOnly);
}

export function buildFormTabs(request: FormRequest): readonly FormTab[] {
  const { table, form } = request;
  const toSection = (section: SectionDefinition): FormSection => {
    const entries = section.fields.flatMap((entry) => (typeof entry === 'string' ? (table.fields[entry] ?? []) : entry)).filter((entry) => isTextBlock(entry) || isShown(entry, request));
    return {
      name: section.name,
      label: section.label,
      fields: entries.filter((entry): entry is FieldModel => !isTextBlock(entry)),
      entries,
      columns: section.columns ?? USUAL_COLUMNS,
      folded: section.folded === true,
      ...(section.visible !== undefined && { visible: section.visible }),
    };
  };
  const filled = (sections: readonly FormSection[]) => sections.filter((section) => section.fields.length > 0);

  if (form?.tabs && form.tabs.length > 0) {
    return form.tabs.map((tab) => ({ name: tab.name, label: tab.label, sections: filled(tab.sections.map(toSection)) })).filter((tab) => tab.sections.length > 0);
  }
  if (form?.sections && form.sections.length > 0) return [{ name: 'form', sections: filled(form.sections.map(toSection)) }];
  return [{ name: 'form', sections: filled(plainSections(request)) }];
}

/** Without a layout of its own a form lists the fields as defined, the owner after them. */
function plainSections(request: FormRequest): readonly FormSection[] {
  const { table, labels } = request;
  const own = Object.values(table.fields).filter((field) => isShown(field, request) && (!field.system || field.name === 'owner'));
  const open = own.filter((field, index) => index < OPEN_FIELDS || field.required);
  const rest = own.filter((field) => !open.includes(field));
  return [
    { name: 'fields', fields: open, entries: open, columns: USUAL_COLUMNS, folded: false },
    { name: 'more', label: labels.more, fields: rest, entries: rest, columns: USUAL_COLUMNS, folded: true },
  ];
}

export function fieldsOfTabs(tabs: readonly FormTab[]): readonly FieldModel[] {
  return [...new Set(tabs.flatMap((tab) => tab.sections.flatMap((section) => section.fields)))];
}

/** The tab that holds a field: where to go when the server points at it. */
export function tabOfField(tabs: readonly FormTab[], name: string): string | undefined {
  return tabs.find((tab) => tab.sections.some((section) => section.fields.some((field) => field.name === name)))?.name;
}
