/** Which public forms one may hand out. */
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { FormDefinition } from '#engine/model/definitions.ts';
import type { AppState } from '../app/session.tsx';

export interface PublicForm {
  readonly table: TableModel;
  readonly form: FormDefinition;
  /** The reference by which what comes in is about the record at hand. */
  readonly field?: string;
}

const formsOf = (table: TableModel): readonly FormDefinition[] => table.forms.filter((form) => form.public !== undefined);

/** What comes in needs a record there, which the form cannot ask for. */
const isAbout = (field: FieldModel): boolean => field.required === true && !field.system && field.default === undefined;

/** Of a table whose forms need no record to be about. */
export function ownPublicForms({ access }: Pick<AppState, 'access'>, table: TableModel): PublicForm[] {
  if (!access[table.name]?.create || Object.values(table.fields).some((field) => isAbout(field) && field.target !== undefined)) return [];
  return formsOf(table).map((form) => ({ table, form }));
}

/** Of tables that refer to a record of this one. */
export function publicFormsAbout({ access, model }: { access: AppState['access']; model: AppModel }, name: string): PublicForm[] {
  return Object.values(model.tables).flatMap((table) => {
    const field = Object.values(table.fields).find((own) => isAbout(own) && own.target === name);
    return field && access[table.name]?.create ? formsOf(table).map((form) => ({ table, form, field: field.name })) : [];
  });
}
