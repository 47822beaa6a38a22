/**
 * Edits of definitions: definitions in, definitions out, nothing changed in place. Every designer edits through these, so a
 * draft can be undone by keeping what was before. They do not judge: what is wrong afterwards `buildModel` says.
 */
import type { Label } from '../errors.ts';
import { FIELD_TYPES, type FieldTypeName } from '../fields/index.ts';
import type { AppDefinition, Definitions, FieldDefinition, OptionDefinition, TableDefinition } from '../model/definitions.ts';
import { FieldCommonSchema } from '../model/definitions.ts';
import { repairDefinitions } from './repair.ts';

/** What is `undefined` in a patch is taken away. */
export type Patch<Of> = { readonly [Key in keyof Of]?: Of[Key] | undefined };

export function patched<Of extends object>(object: Of, patch: Patch<Of>): Of {
  const all = Object.entries({ ...object, ...patch }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as Of;
}

/** The list with the item at `from` standing at `to`. */
export function moveItem<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const rest = list.filter((_, index) => index !== from);
  const item = list[from];
  if (item === undefined) return [...list];
  rest.splice(Math.max(0, Math.min(to, rest.length)), 0, item);
  return rest;
}

/** `wanted`, or with a number behind it when that is taken. */
export function freeName(wanted: string, taken: Iterable<string>): string {
  const names = new Set(taken);
  if (!names.has(wanted)) return wanted;
  let count = 2;
  while (names.has(`${wanted}_${count}`)) count += 1;
  return `${wanted}_${count}`;
}

export function tableOf(definitions: Definitions, name: string): TableDefinition | undefined {
  return definitions.tables.find((table) => table.name === name);
}

export function updateApp(definitions: Definitions, patch: Patch<AppDefinition>): Definitions {
  return { ...definitions, app: patched(definitions.app, patch) };
}

export function updateTable(definitions: Definitions, name: string, patch: Patch<TableDefinition> | ((table: TableDefinition) => TableDefinition)): Definitions {
  const change = typeof patch === 'function' ? patch : (table: TableDefinition) => patched(table, patch);
  return { ...definitions, tables: definitions.tables.map((table) => (table.name === name ? change(table) : table)) };
}

export interface NewTable {
  readonly name: string;
  readonly label: Label;
  readonly icon?: string | undefined;
  /** A group of the navigation; without one the table stands in none. */
  readonly group?: string | undefined;
}

/** A new table begins with a title, so that a record of it can be called something, and is for whom the levels let see it. */
export function addTable(definitions: Definitions, { name, label, icon, group }: NewTable): Definitions {
  const table: TableDefinition = {
    name,
    label,
    ...(icon && { icon }),
    ...(group && { group }),
    titleField: 'name',
    sharing: 'private',
    fields: [{ name: 'name', label: { 'zh-CN': '名称', en: 'Name' }, type: 'text', required: true }],
  };
  const added = { ...definitions, tables: [...definitions.tables, table] };
  return group === undefined ? added : placeTable(added, name, group, Number.POSITIVE_INFINITY);
}

/** Puts a table into a group of the navigation, or with null into none. */
export function placeTable(definitions: Definitions, name: string, group: string | null, index: number): Definitions {
  const navigation = definitions.app.navigation.map((own) => {
    const rest = own.tables.filter((other) => other !== name);
    if (own.name !== group) return rest.length === own.tables.length ? own : { ...own, tables: rest };
    rest.splice(Math.min(index, rest.length), 0, name);
    return { ...own, tables: rest };
  });
  return updateTable(updateApp(definitions, { navigation }), name, { group: group ?? undefined });
}

export function groupOf(definitions: Definitions, table: string): string | undefined {
  return definitions.app.navigation.find((group) => group.tables.includes(table))?.name;
}

/** Takes the table out of the navigation, the home page and every page that lists it. */
export function removeTable(definitions: Definitions, name: string): Definitions {
  const rest = repairDefinitions(definitions, { table: name });
  return { ...rest, tables: rest.tables.filter((table) => table.name !== name) };
}

export function updateField(definitions: Definitions, table: string, name: string, patch: Patch<FieldDefinition>): Definitions {
  return updateTable(definitions, table, (own) => ({ ...own, fields: own.fields.map((field) => (field.name === name ? patched(field, patch) : field)) }));
}

export function addField(definitions: Definitions, table: string, field: FieldDefinition, index = Number.POSITIVE_INFINITY): Definitions {
  return updateTable(definitions, table, (own) => {
    const fields = [...own.fields];
    fields.splice(Math.min(index, fields.length), 0, field);
    return { ...own, fields };
  });
}

/** The copy stands behind the original; a number of its own, uniqueness and a stage path are not copied with it. */
export function duplicateField(definitions: Definitions, table: string, name: string, copy: { readonly name: string; readonly label: Label }): Definitions {
  const fields = tableOf(definitions, table)?.fields ?? [];
  const index = fields.findIndex((field) => field.name === name);
  const original = fields[index];
  return original ? addField(definitions, table, patched(original, { ...copy, unique: undefined, aliases: undefined, stage: undefined }), index + 1) : definitions;
}

export function moveField(definitions: Definitions, table: string, from: number, to: number): Definitions {
  return updateTable(definitions, table, (own) => ({ ...own, fields: moveItem(own.fields, from, to) }));
}

const COMMON = new Set(Object.keys(FieldCommonSchema.properties));

/** Keeps what every field has and those settings that the other type has too; the rest would be refused. */
export function changeFieldType(definitions: Definitions, table: string, name: string, type: FieldTypeName): Definitions {
  const { properties } = FIELD_TYPES[type].settings;
  return updateTable(definitions, table, (own) => ({
    ...own,
    fields: own.fields.map((field) => {
      if (field.name !== name) return field;
      const kept = Object.entries(field).filter(([key]) => COMMON.has(key) || Object.hasOwn(properties, key));
      return { ...(Object.fromEntries(kept) as FieldDefinition), type };
    }),
  }));
}

/** Takes the field out of its table and out of every layout that shows it; rules and formulas that read it stay and are reported. */
export function removeField(definitions: Definitions, table: string, name: string): Definitions {
  return updateTable(repairDefinitions(definitions, { table, field: name }), table, (own) => ({ ...own, fields: own.fields.filter((field) => field.name !== name) }));
}

export function updateOptions(definitions: Definitions, list: string, options: readonly OptionDefinition[]): Definitions {
  return updateApp(definitions, { options: { ...definitions.app.options, [list]: [...options] } });
}

export function removeOptions(definitions: Definitions, list: string): Definitions {
  const { [list]: _gone, ...rest } = definitions.app.options ?? {};
  return updateApp(definitions, { options: rest });
}

/** Fields that take their options from a shared list. */
export function usersOfOptions(definitions: Definitions, list: string): { readonly table: TableDefinition; readonly field: FieldDefinition }[] {
  return definitions.tables.flatMap((table) => table.fields.filter((field) => field.options === list).map((field) => ({ table, field })));
}
