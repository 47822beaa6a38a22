/** What a record is called, here and where others point at it. */
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Included, RecordData } from '../api/types.ts';

/** Titles of records picked in this browser, until an answer of the server brings them. */
const picked = new Map<string, string>();

export function rememberTitle(table: string, id: string, title: string): void {
  picked.set(`${table}/${id}`, title);
}

/** `undefined`: the answer says nothing about it; `null`: it may not be seen, or is gone. */
export function includedTitle(included: Included, table: string, id: string): string | null | undefined {
  const record = included[table]?.[id];
  if (!record) return picked.get(`${table}/${id}`);
  return typeof record.title === 'string' ? record.title : null;
}

/** A title field may itself be a reference: then the other record's title is the title. */
export function titleOf(table: TableModel, record: RecordData, included: Included): string {
  const value: Json | undefined = record[table.titleField];
  const field = table.fields[table.titleField];
  if (value === null || value === undefined) return '';
  const target = field?.settings.table;
  if (typeof value === 'string' && typeof target === 'string') return includedTitle(included, target, value) ?? '';
  return typeof value === 'object' ? '' : String(value);
}

export function mergeIncluded(...parts: readonly (Included | undefined)[]): Included {
  const merged: Record<string, Record<string, Included[string][string]>> = {};
  for (const part of parts) {
    if (!part) continue;
    for (const [table, records] of Object.entries(part)) merged[table] = { ...merged[table], ...records };
  }
  return merged;
}
