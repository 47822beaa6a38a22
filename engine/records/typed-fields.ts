import type { TableModel } from '../model/app-model.ts';

/** What a person types for a field: itself, or the fields of the table that its formula reads (a name, where a name tidied up is compared). */
export function typedFields(table: Pick<TableModel, 'fields'>, name: string): readonly string[] {
  const computed = table.fields[name]?.computed;
  if (!computed) return [name];
  const own = computed.reads.filter((path) => path !== name && table.fields[path] !== undefined);
  return [...new Set(own.flatMap((path) => typedFields(table, path)))];
}
