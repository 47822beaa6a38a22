/**
 * The rows below the headings: which are records, which go on with the record above (several contacts of one customer), and
 * which are none at all, with the reason. Nothing is left out without one.
 */
import type { Label } from '../errors.ts';
import type { HeaderRange, Heading } from './header.ts';
import type { Sheet } from './sheet.ts';

export type SkipReason = 'blank' | 'total' | 'repeated_header' | 'note';

export const SKIP_REASONS: Readonly<Record<SkipReason, Label>> = {
  blank: { 'zh-CN': '空行', en: 'Blank row' },
  total: { 'zh-CN': '合计行', en: 'Total row' },
  repeated_header: { 'zh-CN': '重复的表头', en: 'Repeated heading row' },
  note: { 'zh-CN': '标题或备注行', en: 'Title or note' },
};

export interface DataRow {
  /** As people count, from 1. */
  readonly row: number;
  readonly cells: readonly string[];
  /** Rows that belong to the same record and hold only rows below it. */
  readonly continuations: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

export interface DataRows {
  readonly records: readonly DataRow[];
  readonly skipped: readonly { readonly row: number; readonly reason: SkipReason }[];
}

const TOTAL = /^(?:合\s*计|总\s*计|小\s*计|总\s*数|汇\s*总|共\s*计|累\s*计|平均|(?:grand |sub)?total|sum|average)(?:[:：(（].*)?$/i;
const NOTE = /^(?:注|备注|说明|附注|制表|填表|审核|打印|导出|数据来源|note|remark)(?:[:：\d（( ].*|人.*|时间.*|日期.*|$)/i;

export interface DataRowOptions {
  readonly header: HeaderRange;
  readonly headings: readonly Heading[];
  /** Columns that hold the record itself; the others hold rows below it. */
  readonly ownColumns: ReadonlySet<number>;
  /** Columns that are imported at all. */
  readonly usedColumns: ReadonlySet<number>;
}

interface OpenRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly continuations: { row: number; cells: readonly string[] }[];
}

export function splitDataRows(sheet: Sheet, options: DataRowOptions): DataRows {
  const records: OpenRow[] = [];
  const skipped: { row: number; reason: SkipReason }[] = [];
  const covers = verticalCovers(sheet, options.ownColumns);
  const wide = wideMerges(sheet, options.headings.length);
  for (let index = options.header.to; index < sheet.rows.length; index++) {
    const cells = sheet.rows[index] ?? [];
    const row = index + 1;
    const reason = skipReason(cells, options.headings, wide.has(index));
    if (reason) {
      skipped.push({ row, reason });
      continue;
    }
    const last = records.at(-1);
    const hasOwn = cells.some((cell, column) => options.ownColumns.has(column) && cell.trim() !== '');
    const hasOther = cells.some((cell, column) => !options.ownColumns.has(column) && options.usedColumns.has(column) && cell.trim() !== '');
    const start = covers.get(index);
    if (last && hasOther && (start === last.row - 1 || !hasOwn)) last.continuations.push({ row, cells });
    else records.push({ row, cells, continuations: [] });
  }
  return { records, skipped };
}

function skipReason(cells: readonly string[], headings: readonly Heading[], isWide: boolean): SkipReason | null {
  const filled = cells.map((cell) => cell.trim()).filter(Boolean);
  const [first] = filled;
  if (first === undefined) return 'blank';
  if (isWide) return TOTAL.test(first) ? 'total' : 'note';
  const numeric = filled.slice(1).every((cell) => /^[-+¥￥$]?[\d.,]+[%万亿元]?$/.test(cell));
  if (TOTAL.test(first) && (numeric || filled.length <= headings.length / 2)) return 'total';
  const repeated = cells.filter((cell, column) => cell.trim() !== '' && cell.trim() === headings[column]?.text).length;
  if (repeated >= 2 && repeated >= filled.length * 0.6) return 'repeated_header';
  const isNote = headings.length >= 3 && filled.length <= Math.max(1, headings.length / 8) && (NOTE.test(first) || [...first].length > 40);
  return isNote ? 'note' : null;
}

/** Row -> first row of the merge down a column of the record itself. */
function verticalCovers(sheet: Sheet, ownColumns: ReadonlySet<number>): Map<number, number> {
  const covers = new Map<number, number>();
  for (const { top, bottom, left } of sheet.merges) {
    if (bottom === top || !ownColumns.has(left)) continue;
    for (let row = top + 1; row <= bottom; row++) covers.set(row, top);
  }
  return covers;
}

function wideMerges(sheet: Sheet, width: number): Set<number> {
  return new Set(sheet.merges.filter(({ left, right }) => right - left + 1 >= width * 0.6).map(({ top }) => top));
}
