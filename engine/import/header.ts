/** Finds the row of headings below merged titles and group rows (企业信息 | 联系人信息), and reads each column's heading. */
import type { Sheet } from './sheet.ts';
import { sheetWidth } from './sheet.ts';

/** Rows as people count them, from 1, both included. */
export interface HeaderRange {
  readonly from: number;
  readonly to: number;
}

export interface Heading {
  readonly text: string;
  /** The heading merged over this one and its neighbours. */
  readonly group?: string;
}

const DEEPEST = 30;

export function findHeader(sheet: Sheet, isKnown: (heading: string) => boolean): HeaderRange {
  const width = sheetWidth(sheet);
  let fallback = -1;
  for (let row = 0; row < Math.min(DEEPEST, sheet.rows.length); row++) {
    const cells = (sheet.rows[row] ?? []).map((cell) => cell.trim()).filter(Boolean);
    if (!looksLikeHeadings(cells, width) || isWideMerge(sheet, row, width)) continue;
    const known = cells.filter(isKnown).length;
    if (known >= 2 || (known === 1 && cells.length <= 2)) return withGroups(sheet, row);
    // A group row is narrower than the table; headings nobody knows still stand over every column.
    if (fallback < 0 && cells.length >= width * 0.6) fallback = row;
  }
  return withGroups(sheet, Math.max(fallback, 0));
}

function looksLikeHeadings(cells: readonly string[], width: number): boolean {
  if (cells.length === 0 || (cells.length === 1 && width > 1)) return false;
  const texts = cells.filter((cell) => cell.length <= 60 && !/^[-+]?[\d.,/: ]+$/.test(cell));
  return texts.length >= cells.length / 2 && new Set(cells).size >= cells.length * 0.7;
}

function isWideMerge(sheet: Sheet, row: number, width: number): boolean {
  return sheet.merges.some(({ top, bottom, left, right }) => top <= row && row <= bottom && right - left + 1 >= width * 0.6);
}

/** Takes the row above in when cells are merged across some of the columns there. */
function withGroups(sheet: Sheet, row: number): HeaderRange {
  const width = sheetWidth(sheet);
  let from = row;
  while (
    from > 0 &&
    !isWideMerge(sheet, from - 1, width) &&
    sheet.merges.some(({ top, bottom, left, right }) => top <= from - 1 && from - 1 <= bottom && (right > left || bottom >= from))
  ) {
    from--;
  }
  // A heading merged down says that the row below belongs to the headings as well.
  const to = sheet.merges.reduce((last, { top, bottom }) => (top <= row && row < bottom ? Math.max(last, bottom) : last), row);
  return { from: from + 1, to: to + 1 };
}

export function readHeadings(sheet: Sheet, header: HeaderRange): Heading[] {
  const width = sheetWidth(sheet);
  return Array.from({ length: width }, (_, column) => {
    const levels: string[] = [];
    for (let row = header.from - 1; row < header.to; row++) {
      const text = textAt(sheet, row, column).replace(/\s+/g, ' ').trim();
      if (text !== '' && text !== levels.at(-1)) levels.push(text);
    }
    const text = levels.pop() ?? '';
    return levels.length > 0 ? { text, group: levels.join('/') } : { text };
  });
}

/** The text of the cell, or of the merge that covers it. */
function textAt(sheet: Sheet, row: number, column: number): string {
  const merge = sheet.merges.find(({ top, left, bottom, right }) => top <= row && row <= bottom && left <= column && column <= right);
  return (merge ? sheet.rows[merge.top]?.[merge.left] : sheet.rows[row]?.[column]) ?? '';
}
