/** Sheets of an .xlsx file as texts: merges, rich text, links, formula results, dates in either calendar. Nothing is evaluated. */
import ExcelJS from 'exceljs';
import { AppError } from '#engine/errors.ts';
import { type CellMark, cellKey, type Merge, type Sheet, trimRows } from '#engine/import/sheet.ts';
import { checkArchive, damaged } from './check-archive.ts';

const MOST_COLUMNS = 1_000;
/** Excel keeps 15 digits; a number of 16 has lost some. */
const LOST_FROM = 1e15;

export async function readWorkbook(bytes: Buffer): Promise<Sheet[]> {
  const names = await checkArchive(bytes);
  if (!names.some((name) => /(?:^|\/)workbook\.xml$/.test(name))) {
    throw new AppError('unsupported_media', {
      'zh-CN': '这不是 .xlsx 工作簿，请用 Excel 或 WPS 另存为 .xlsx',
      en: 'This is not an .xlsx workbook; save it as .xlsx in a spreadsheet program',
    });
  }
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  } catch {
    // The archive is sound, so what exceljs trips over is inside: there is nothing a person could do but save it again.
    throw damaged();
  }
  const date1904 = workbook.properties.date1904 === true;
  return workbook.worksheets.filter((sheet) => sheet.state === 'visible').map((sheet) => readSheet(sheet, date1904));
}

function readSheet(worksheet: ExcelJS.Worksheet, date1904: boolean): Sheet {
  const rows: string[][] = [];
  const marks = new Map<string, CellMark>();
  worksheet.eachRow({ includeEmpty: true }, (row, number) => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      if (column > MOST_COLUMNS || (cell.isMerged && cell.master.address !== cell.address)) return;
      const reading = readValue(cell.value, cell.numFmt);
      while (cells.length < column - 1) cells.push('');
      cells[column - 1] = reading.text;
      if (reading.mark) marks.set(cellKey(number - 1, column - 1), reading.mark);
    });
    rows[number - 1] = cells;
  });
  for (let index = 0; index < rows.length; index++) rows[index] ??= [];
  return { name: worksheet.name, rows: trimRows(rows), merges: mergesOf(worksheet), marks, ...(date1904 ? { date1904: true as const } : {}) };
}

function mergesOf(worksheet: ExcelJS.Worksheet): Merge[] {
  const ranges = (worksheet.model as { merges?: string[] }).merges ?? [];
  return ranges.flatMap((range) => {
    const [, left, top, right, bottom] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(range) ?? [];
    if (!left || !right) return [];
    return [{ top: Number(top) - 1, left: columnIndex(left), bottom: Number(bottom) - 1, right: columnIndex(right) }];
  });
}

function columnIndex(letters: string): number {
  return [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

interface CellReading {
  readonly text: string;
  readonly mark?: CellMark;
}

function readValue(value: ExcelJS.CellValue, format: string | undefined): CellReading {
  if (value === null || value === undefined) return { text: '' };
  if (typeof value === 'string') return { text: value };
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE' };
  if (typeof value === 'number') return readNumber(value, format);
  if (value instanceof Date) return { text: dateText(value) };
  if ('error' in value) return { text: '', mark: 'formula_error' };
  if ('richText' in value) return { text: value.richText.map((part) => part.text).join('') };
  if ('hyperlink' in value) return readValue(value.text as ExcelJS.CellValue, format);
  if ('formula' in value || 'sharedFormula' in value) {
    const { result } = value;
    return result === undefined || result === null ? { text: '', mark: 'formula_empty' } : readValue(result, format);
  }
  return { text: '' };
}

function readNumber(value: number, format: string | undefined): CellReading {
  if (Math.abs(value) >= LOST_FROM) return { text: '', mark: 'digits_lost' };
  // 15 digits are what the spreadsheet means; the rest is binary noise.
  const exact = Number(value.toPrecision(15));
  return { text: format?.includes('%') ? `${Number((value * 100).toPrecision(15))}%` : plainDigits(exact) };
}

function plainDigits(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(10).replace(/\.?0+$/, '') : text;
}

/** exceljs puts the wall time into the UTC parts; local parts would shift it. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const iso = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
  const [day, time] = [iso.slice(0, 10), iso.slice(11, 19)];
  if (time === '00:00:00') return day;
  const clock = time.endsWith(':00') ? time.slice(0, 5) : time;
  // A cell that holds a time alone stands on the first day of the calendar.
  return day <= '1904-01-01' ? clock : `${day} ${clock}`;
}
