/** Merging duplicates, as both sides speak of it. Plain JSON. */
import type { Label } from '../errors.ts';
import type { TableModel } from '../model/app-model.ts';

/** One survives, up to four become part of it. */
export const MOST_LOSERS = 4;
/** So long a merge can be taken back. */
export const UNDO_DAYS = 30;

/** Records of a table, counted; `table` null: of tables the reader does not know. */
export interface MergeCount {
  readonly table: string | null;
  readonly label: Label;
  readonly count: number;
}

/** A merge that may still be taken back. Titles are null where the reader may not see them. */
export interface MergeReport {
  readonly id: string;
  readonly table: string;
  readonly survivor: { readonly id: string; readonly title: string | null };
  readonly losers: readonly { readonly id: string; readonly title: string | null }[];
  /** The name of who merged. */
  readonly by: string;
  readonly at: string;
  readonly until: string;
  /** The reader may take it back. */
  readonly mayUndo: boolean;
}

export interface MergeUndone {
  readonly table: string;
  readonly survivor: string;
  readonly restored: readonly string[];
  /** Records that point at them again. */
  readonly moved: number;
  /** Fields of the survivor that were changed since and were left as they are. */
  readonly kept: readonly Label[];
  /** What could not be put back. */
  readonly left: readonly MergeCount[];
}

/** Tables whose records can be merged at all: users and departments are more than records, and what is only added stays as it was. */
export function canBeMerged(table: Pick<TableModel, 'builtIn' | 'appendOnly'>): boolean {
  return table.builtIn !== true && table.appendOnly === undefined;
}
