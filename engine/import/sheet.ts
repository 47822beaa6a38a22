/**
 * A table of texts as it was read from a file, before anybody knows what its columns mean. Rows and columns count from 0;
 * people see row numbers from 1. The cells that a merge covers are blank, only its first holds the text.
 */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Why a cell's text is not to be trusted: a number past 15 digits, a formula that gives an error or was never computed. */
export type CellMark = 'digits_lost' | 'formula_error' | 'formula_empty';

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  readonly merges: readonly Merge[];
  /** By `cellKey`. */
  readonly marks: ReadonlyMap<string, CellMark>;
  /** Days are counted from 1904, as old Macs did. */
  readonly date1904?: true;
}

export function cellKey(row: number, column: number): string {
  return `${row}:${column}`;
}

export function sheetWidth(sheet: Sheet): number {
  let width = 0;
  for (const row of sheet.rows) width = Math.max(width, row.length);
  return width;
}

/** Rows without their blank end, as wide as their last filled cell. */
export function trimRows(rows: readonly (readonly string[])[]): string[][] {
  const trimmed = rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell.trim() !== '') + 1));
  return trimmed.slice(0, trimmed.findLastIndex((row) => row.length > 0) + 1);
}
