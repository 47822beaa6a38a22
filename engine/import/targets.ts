/**
 * Where a column of a file can go: a field of the table (`name`), a record found by one of its fields (`customer.customer_no`),
 * or a field of a record that points here and is made with it (`contact:phone`).
 */
import type { Label } from '../errors.ts';
import type { AppModel, FieldModel, TableModel } from '../model/app-model.ts';
import { WRITABLE_SYSTEM_FIELDS } from '../model/built-in.ts';
import { rollupSettings } from '../model/computed.ts';
import { fieldTypeOf, singleTarget } from '../rules/paths.ts';

export interface ImportTarget {
  readonly path: string;
  readonly label: Label;
  readonly required: boolean;
  /** The field written: of the imported table, or of `child.table`. */
  readonly field: FieldModel;
  /** The field of the referenced table by which the record is found; absent when any of its naming fields may fit. */
  readonly lookup?: FieldModel;
  readonly child?: { readonly table: TableModel; readonly reference: FieldModel };
}

export interface TargetAccess {
  /** Whether the actor may write this field. */
  readonly canWrite: (table: string, field: string) => boolean;
  readonly canCreate: (table: string) => boolean;
}

export function importTargets(model: AppModel, table: TableModel, access: TargetAccess): ImportTarget[] {
  const own = fieldTargets(model, table, access);
  const children = Object.values(model.tables).flatMap((child) => {
    const reference = child.builtIn || child.name === table.name || !access.canCreate(child.name) ? undefined : referenceTo(child, table.name);
    if (!reference) return [];
    return fieldTargets(model, child, access)
      .filter(({ field, lookup }) => field.name !== reference.name && !lookup)
      .map((target) => ({
        ...target,
        path: `${child.name}:${target.path}`,
        label: joinLabels(child.label, target.label, '：', ': '),
        required: false,
        child: { table: child, reference },
      }));
  });
  return [...own, ...children];
}

/** The reference by which `child` belongs to `table`: a required one before others. */
function referenceTo(child: TableModel, table: string): FieldModel | undefined {
  const references = Object.values(child.fields).filter((field) => !field.system && !field.computed && singleTarget(field) === table);
  return references.find((field) => field.required) ?? references[0];
}

function fieldTargets(model: AppModel, table: TableModel, access: TargetAccess): ImportTarget[] {
  return Object.values(table.fields)
    .filter((field) => isImportable(field) && access.canWrite(table.name, field.name))
    .flatMap((field) => {
      const target = { path: field.name, label: field.label, required: field.required === true && field.default === undefined, field };
      const referenced = model.tables[singleTarget(field) ?? ''];
      if (!referenced) return [target];
      const lookups = namingFields(referenced).map((lookup) => ({
        path: `${field.name}.${lookup.name}`,
        label: joinLabels(field.label, lookup.label, ' / ', ' / '),
        required: false,
        field,
        lookup,
      }));
      return [target, ...lookups];
    });
}

function isImportable(field: FieldModel): boolean {
  const type = fieldTypeOf(field);
  if (field.computed || type.storage !== 'columns' || type.group === 'file') return false;
  if (field.system) return WRITABLE_SYSTEM_FIELDS.has(field.name);
  return !field.hidden && (!field.readOnly || type.computed === true);
}

/** The fields that name a record: its number, what is unique, its title. */
export function namingFields(table: TableModel): FieldModel[] {
  return Object.values(table.fields).filter(
    (field) =>
      !field.system &&
      !field.computed &&
      fieldTypeOf(field).kind(field) === 'text' &&
      (field.unique || fieldTypeOf(field).computed || field.name === table.titleField),
  );
}

/**
 * The target that stands behind a computed field: the column 联系人 of a customer list, a lookup of the primary contact's
 * name, is imported into the contact. Null when nothing can be written there.
 */
export function sourceOfComputed(table: TableModel, field: FieldModel, targets: readonly ImportTarget[]): ImportTarget | null {
  if (!field.computed) return null;
  const { table: childTable, of } = rollupSettings(field);
  const path = typeof field.settings.path === 'string' ? field.settings.path : null;
  if (path !== null) {
    const [hop = '', name] = path.split('.');
    const reference = table.fields[hop];
    const through = reference ? singleTarget(reference) : null;
    return targets.find((target) => target.child?.table.name === through && target.path === `${through}:${name}`) ?? null;
  }
  return of === undefined ? null : (targets.find((target) => target.path === `${childTable}:${of.split('.')[0]}`) ?? null);
}

function joinLabels(a: Label, b: Label, zh: string, en: string): Label {
  return { 'zh-CN': `${a['zh-CN']}${zh}${b['zh-CN']}`, en: `${a.en}${en}${b.en}` };
}
