/** Field paths such as `contact.name`: which field stands at their end, and how a reader knows it. */
import type { Locale } from '#engine/errors.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import type { TableAccess } from '../api/types.ts';

export interface PathField {
  readonly path: string;
  readonly field: FieldModel;
  /** References walked over on the way; empty for a field of the table itself. */
  readonly hops: readonly FieldModel[];
}

/** The table a reference points at. Users and departments are ordinary tables of the model. */
export function targetTable(field: FieldModel): string | undefined {
  return field.target;
}

/** Undefined when the path leads nowhere in the model that this person was given. */
export function resolveFieldPath(model: AppModel, table: string, path: string): PathField | undefined {
  const steps = path.split('.');
  const hops: FieldModel[] = [];
  let current: TableModel | undefined = Object.hasOwn(model.tables, table) ? model.tables[table] : undefined;
  for (const [index, step] of steps.entries()) {
    const field: FieldModel | undefined = current && Object.hasOwn(current.fields, step) ? current.fields[step] : undefined;
    if (!field) return undefined;
    if (index === steps.length - 1) return { path, field, hops };
    hops.push(field);
    const target = targetTable(field);
    current = target === undefined ? undefined : model.tables[target];
  }
  return undefined;
}

export function pathLabel({ field, hops }: PathField, locale: Locale): string {
  return [...hops, field].map((step) => step.label[locale]).join(' · ');
}

/** Fields a person may meet on screens: not hidden helpers, and seen with at least a masked value. */
export function visibleFields(table: TableModel, access: TableAccess): readonly FieldModel[] {
  return Object.values(table.fields).filter((field) => !field.hidden && access.fields[field.name] !== undefined);
}
