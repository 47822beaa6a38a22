/** Which value of each field the merged record will hold. Pure, as the server decides it, over what the reader sees. */
import type { Json } from '#engine/fields/field-type.ts';
import type { MergeCount } from '#engine/records/merge.ts';
import type { MergeCandidate, MergePreview } from '../api/merges.ts';

export const isBlank = (value: Json | undefined): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

export interface SortedFields {
  /** Filled in more than one record, and not alike: these are to be chosen. */
  readonly differing: MergePreview['fields'];
  /** Filled in one record only. */
  readonly single: MergePreview['fields'];
  readonly same: MergePreview['fields'];
}

/** What is empty everywhere is left out. */
export function sortFields({ fields, records }: MergePreview): SortedFields {
  const sorted: Record<keyof SortedFields, MergePreview['fields'][number][]> = { differing: [], single: [], same: [] };
  for (const field of fields) {
    const values = records.flatMap(({ data }) => (isBlank(data[field.name]) ? [] : JSON.stringify(data[field.name])));
    const kind = new Set(values).size > 1 ? 'differing' : values.length === records.length ? 'same' : 'single';
    if (values.length > 0) sorted[kind].push(field);
  }
  // Who is in charge does not fill itself.
  const owner = sorted.single.filter(({ name }) => name === 'owner');
  return { ...sorted, differing: [...sorted.differing, ...owner], single: sorted.single.filter((field) => !owner.includes(field)) };
}

/** Records that may be the one that stays: it may be changed, and all others may go. */
export function possibleSurvivors({ records }: MergePreview): readonly MergeCandidate[] {
  return records.filter((one) => one.maySurvive && records.every((other) => other === one || other.mayGo));
}

/** The one on which most hangs; of several the first. */
export function likelySurvivor(preview: MergePreview): string | undefined {
  const weight = (id: string): number => (preview.moves[id] ?? []).reduce((sum, { count }) => sum + count, 0);
  return possibleSurvivors(preview).reduce<MergeCandidate | undefined>((best, one) => (best === undefined || weight(one.data.id) > weight(best.data.id) ? one : best), undefined)?.data.id;
}

/** Where nobody chooses: the survivor's own, else the first there is. */
export function defaultSource({ records }: MergePreview, field: string, survivor: string): string {
  const own = records.find(({ data }) => data.id === survivor);
  if (!isBlank(own?.data[field]) || field === 'owner') return survivor;
  return records.find(({ data }) => !isBlank(data[field]))?.data.id ?? survivor;
}

/** What moves, by table, when this one stays. */
export function movesTo({ records, moves }: MergePreview, survivor: string): readonly MergeCount[] {
  const sums = new Map<string, MergeCount>();
  for (const { data } of records) {
    if (data.id === survivor) continue;
    for (const one of moves[data.id] ?? []) {
      const key = one.table ?? one.label.en;
      sums.set(key, { ...one, count: one.count + (sums.get(key)?.count ?? 0) });
    }
  }
  return [...sums.values()].sort((a, b) => b.count - a.count);
}
