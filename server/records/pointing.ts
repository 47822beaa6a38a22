/** Every way in which records of the model point at records of a table, from the definitions. */
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { fieldTypeOf, singleTarget } from '#engine/rules/paths.ts';

export interface Pointing {
  readonly table: TableModel;
  readonly field: FieldModel;
  readonly onDelete: string;
}

/** References in columns. */
export function pointingAt(model: AppModel, target: string): Pointing[] {
  return Object.values(model.tables).flatMap((table) =>
    Object.values(table.fields)
      .filter((field) => !field.system && fieldTypeOf(field).storage === 'columns' && singleTarget(field) === target)
      .map((field) => ({ table, field, onDelete: String(field.settings.onDelete ?? 'keep') })),
  );
}

/** Many-to-many fields. */
export function linkingTo(model: AppModel, target: string): Omit<Pointing, 'onDelete'>[] {
  return Object.values(model.tables).flatMap((table) =>
    Object.values(table.fields)
      .filter((field) => fieldTypeOf(field).storage === 'links' && fieldTypeOf(field).target?.(field) === target)
      .map((field) => ({ table, field })),
  );
}
