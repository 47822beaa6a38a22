/** Turns the texts of reference columns into ids: one question for each field and a thousand texts, not one for each cell. */
import { fieldTypeOf, singleTarget } from '#engine/rules/paths.ts';
import type { DataRow } from '#engine/import/data-rows.ts';
import type { Resolution, RowReader } from '#engine/import/read-row.ts';
import type { ColumnPlan } from '#engine/import/row-plan.ts';
import { namingFields } from '#engine/import/targets.ts';
import { trimText } from '#engine/fields/plain-text.ts';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';

const BATCH = 1_000;

/**
 * Records of `table`, as far as the actor may read them, whose `field` equals one of `texts`. Answers the ids by text,
 * two at most: more than one is "several".
 */
export type FindByText = (table: TableModel, field: FieldModel, texts: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;

export interface ReferenceSource {
  readonly model: AppModel;
  readonly columns: readonly ColumnPlan[];
  readonly rows: readonly DataRow[];
  readonly findByText: FindByText;
}

export async function loadReferences({ model, columns, rows, findByText }: ReferenceSource): Promise<RowReader['resolve']> {
  const found = new Map<string, Set<string>>();
  for (const [table, texts] of textsByTable(model, columns, rows)) {
    for (const { field, wanted } of texts) {
      const type = fieldTypeOf(field);
      for (let start = 0; start < wanted.length; start += BATCH) {
        const batch = wanted.slice(start, start + BATCH);
        // Stored as the field's type writes it; asked for as the file spells it.
        const spellings = new Map<string, string[]>();
        for (const text of batch) {
          const stored = String(type.normalize(text, field) ?? '');
          spellings.set(stored, [...(spellings.get(stored) ?? []), text]);
        }
        for (const [stored, ids] of await findByText(table, field, [...spellings.keys()])) {
          for (const text of spellings.get(stored) ?? []) {
            const key = keyOf(table.name, field.name, text);
            found.set(key, new Set([...(found.get(key) ?? []), ...ids]));
          }
        }
      }
    }
  }
  const named = new Map<FieldModel, { table: TableModel; fields: readonly FieldModel[] }>();
  for (const { target } of columns) {
    const table = model.tables[singleTarget(target.field) ?? ''];
    if (table) named.set(target.field, { table, fields: namingFields(table) });
  }
  return (field, lookup, text): Resolution => {
    const known = named.get(field);
    if (!known) return { failure: 'unknown' };
    const { table } = known;
    for (const naming of lookup ? [lookup] : known.fields) {
      const ids = [...(found.get(keyOf(table.name, naming.name, trimText(text))) ?? [])];
      const [id] = ids;
      if (ids.length > 1) return { failure: 'several' };
      if (id !== undefined) return { id };
    }
    return { failure: 'unknown' };
  };
}

function keyOf(table: string, field: string, text: string): string {
  return `${table} ${field} ${text}`;
}

function textsByTable(
  model: AppModel,
  columns: readonly ColumnPlan[],
  rows: readonly DataRow[],
): Map<TableModel, { field: FieldModel; wanted: string[] }[]> {
  const wanted = new Map<TableModel, Map<FieldModel, Set<string>>>();
  for (const { index, target } of columns) {
    const table = model.tables[singleTarget(target.field) ?? ''];
    if (!table) continue;
    const fields = wanted.get(table) ?? new Map<FieldModel, Set<string>>();
    wanted.set(table, fields);
    const texts = new Set(rows.flatMap((row) => [row, ...row.continuations].map(({ cells }) => trimText(cells[index] ?? ''))));
    texts.delete('');
    for (const field of target.lookup ? [target.lookup] : namingFields(table)) {
      const known = fields.get(field) ?? new Set<string>();
      fields.set(field, known);
      for (const text of texts) known.add(text);
    }
  }
  return new Map([...wanted].map(([table, fields]) => [table, [...fields].map(([field, texts]) => ({ field, wanted: [...texts] }))]));
}
