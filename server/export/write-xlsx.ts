/**
 * Workbooks, written as they are read. Plain: frozen bold heading, autofilter, typed cells. As cards (客户档案): a merged title
 * in 宋体 20, every cell centred with thin borders, the key columns filled.
 */
import ExcelJS from 'exceljs';
import { type CellContext, type ExportColumn, sheetCell } from './columns.ts';
import type { ExportWriter, RecordPage, WriteRequest } from './export-writer.ts';

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;
const MOST_WIDE = 48;
const LEAST_WIDE = 9;
const THIN = { style: 'thin' } as const;
const BORDER: Partial<ExcelJS.Borders> = { top: THIN, left: THIN, bottom: THIN, right: THIN };
const CENTRE: Partial<ExcelJS.Alignment> = { horizontal: 'center', vertical: 'middle', wrapText: true };
const KEY_FILL: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF2CC' } };
const HEAD_FILL: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF2F3F5' } };

export const writeXlsx: ExportWriter = async (request) => {
  const { plan, file, pages } = request;
  const isCard = plan.request.style === 'card';
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file, useStyles: true, useSharedStrings: false });
  book.creator = request.by;
  book.created = new Date(request.at);
  const first = isCard ? 2 : 1;
  const sheet = book.addWorksheet(sheetName(plan.title), {
    views: [{ state: 'frozen', ySplit: first, xSplit: isCard ? 0 : 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, paperSize: 9 },
  });
  let begun = false;
  try {
    for await (const page of pages) {
      if (!begun) begin(sheet, request, page, isCard);
      begun = true;
      const context: CellContext = { ...request.context, included: page.included };
      for (const record of page.records) addRow(sheet, plan.columns, record, context, isCard ? plan.table.titleField : null);
    }
    if (!begun) begin(sheet, request, { records: [], included: {} }, isCard);
  } catch (error) {
    // An open file would stay open.
    sheet.commit();
    await book.commit();
    throw error;
  }
  sheet.commit();
  await book.commit();
};

/** A sheet's name takes neither these characters nor more than 31 of them. */
function sheetName(title: string): string {
  return title.replace(/[\\/*?:[\]]/g, ' ').trim().slice(0, 31) || 'Sheet';
}

function begin(sheet: ExcelJS.Worksheet, { plan, context }: WriteRequest, page: RecordPage, isCard: boolean): void {
  const { columns } = plan;
  const at: CellContext = { ...context, included: page.included };
  sheet.columns = columns.map((column) => ({ width: widthOf(column, page, at) }));
  const last = sheet.getColumn(columns.length).letter;
  if (isCard) {
    const title = sheet.addRow([plan.title]);
    sheet.mergeCells(`A1:${last}1`);
    title.height = 34;
    for (let i = 1; i <= columns.length; i++) Object.assign(title.getCell(i), { font: { name: '宋体', size: 20, bold: true }, alignment: CENTRE, border: BORDER });
    title.commit();
  }
  const head = sheet.addRow(columns.map((column) => column.label));
  const row = isCard ? 2 : 1;
  head.height = 22;
  columns.forEach((column, i) => {
    const cell = head.getCell(i + 1);
    cell.font = isCard ? { name: '宋体', bold: true } : { bold: true };
    cell.alignment = isCard ? CENTRE : { vertical: 'middle' };
    cell.fill = isCard && column.path === plan.table.titleField ? KEY_FILL : HEAD_FILL;
    if (isCard) cell.border = BORDER;
  });
  head.commit();
  sheet.autoFilter = `A${row}:${last}${row + plan.total}`;
}

function addRow(sheet: ExcelJS.Worksheet, columns: readonly ExportColumn[], record: RecordPage['records'][number], context: CellContext, key: string | null): void {
  const cells = columns.map((column) => sheetCell(column, record[column.path] ?? null, context));
  const row = sheet.addRow(cells.map((cell) => cell.value));
  cells.forEach(({ format }, i) => {
    const cell = row.getCell(i + 1);
    cell.numFmt = format;
    if (key === null) return;
    cell.font = { name: '宋体' };
    cell.alignment = CENTRE;
    cell.border = BORDER;
    if (columns[i]?.path === key) cell.fill = KEY_FILL;
  });
  row.commit();
}

function widthOf(column: ExportColumn, { records }: RecordPage, context: CellContext): number {
  const texts = records.map((record) => {
    const { value, format } = sheetCell(column, record[column.path] ?? null, context);
    return value instanceof Date ? format : String(value ?? '');
  });
  const widest = Math.max(...[column.label, ...texts].map((text) => [...(text.split('\n')[0] ?? '')].reduce((sum, char) => sum + (WIDE.test(char) ? 2 : 1), 0)));
  return Math.min(MOST_WIDE, Math.max(LEAST_WIDE, widest + 3));
}
