/** A table to print: landscape, the heading on every page, the filter in words, who took it out and when, pages counted. */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import { fieldTypeOf } from '#engine/rules/paths.ts';
import { cellText, type ExportColumn } from './columns.ts';
import type { ExportWriter, WriteRequest } from './export-writer.ts';
import { PdfText } from './pdf-text.ts';

const MARGIN = 30;
const PAD = 4;
const MOST_LINES = 4;
const SAMPLE = 200;
const INK = '#1f2329';
const QUIET = '#6b7280';
const RULE = '#d9dce1';

type Row = readonly string[];

export const writePdf: ExportWriter = async (request) => {
  const { plan, file, pages } = request;
  const doc = new PDFDocument({ size: 'A4', layout: 'landscape', margin: MARGIN, bufferPages: true, info: { Title: plan.title, Author: request.by, Producer: 'Relata' } });
  const stream = createWriteStream(file);
  doc.pipe(stream);
  const text = new PdfText(doc);
  try {
    const sheet = new Sheet(doc, text, request);
    const waiting: Row[] = [];
    for await (const { records, included } of pages) {
      const context = { ...request.context, included };
      const rows = records.map((record) => plan.columns.map((column) => cellText(column, record[column.path] ?? null, context)));
      if (sheet.isBegun) for (const row of rows) sheet.add(row);
      else {
        waiting.push(...rows);
        // How wide columns should be is told by the first rows.
        if (waiting.length >= SAMPLE) sheet.begin(waiting.splice(0));
      }
      // A page takes long to lay out; others get their turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (!sheet.isBegun) sheet.begin(waiting);
    sheet.numberPages();
  } finally {
    doc.end();
  }
  await finished(stream);
};

class Sheet {
  readonly #doc: PDFKit.PDFDocument;
  readonly #text: PdfText;
  readonly #request: WriteRequest;
  readonly #size: number;
  /** Numbers stand to the right, so that they compare. */
  readonly #isNumber: readonly boolean[];
  #widths: readonly number[] = [];
  #y = MARGIN;
  isBegun = false;

  constructor(doc: PDFKit.PDFDocument, text: PdfText, request: WriteRequest) {
    this.#doc = doc;
    this.#text = text;
    this.#request = request;
    const { length } = request.plan.columns;
    this.#isNumber = request.plan.columns.map(({ field }) => fieldTypeOf(field).numberFormat !== undefined && fieldTypeOf(field).kind(field) === 'number');
    this.#size = length > 16 ? 6 : length > 10 ? 7 : 8;
  }

  begin(rows: readonly Row[]): void {
    this.isBegun = true;
    const { plan, by, at, context } = this.#request;
    const { request, total, columns } = plan;
    this.#widths = this.#fit(columns, rows);
    this.#text.draw(plan.title, MARGIN, this.#y, { size: 15, weight: 700 });
    this.#y += 22;
    const isChinese = context.locale === 'zh-CN';
    const facts = [
      request.filterText,
      request.search && (isChinese ? `搜索“${request.search}”` : `Search "${request.search}"`),
      isChinese ? `共 ${total} 条` : `${total} records`,
      by,
      at,
    ].filter(Boolean).join(' · ');
    for (const line of this.#text.lines(facts, this.#room(), 3, { size: 8 })) {
      this.#text.draw(line, MARGIN, this.#y, { size: 8, color: QUIET });
      this.#y += 12;
    }
    this.#y += 6;
    this.#head();
    for (const row of rows) this.add(row);
    if (rows.length === 0) this.#text.draw(isChinese ? '没有记录' : 'No records', MARGIN + PAD, this.#y + PAD, { size: 8, color: QUIET });
  }

  add(row: Row): void {
    const cells = row.map((value, i) => this.#text.lines(value, (this.#widths[i] as number) - 2 * PAD, MOST_LINES, { size: this.#size }));
    const height = Math.max(...cells.map((lines) => lines.length)) * this.#size * 1.4 + 2 * PAD - 1;
    if (this.#y + height > this.#doc.page.height - MARGIN - 14) {
      this.#doc.addPage();
      this.#y = MARGIN;
      this.#head();
    }
    this.#row(cells, height, 400);
    this.#doc.moveTo(MARGIN, this.#y).lineTo(MARGIN + this.#room(), this.#y).lineWidth(0.5).strokeColor(RULE).stroke();
  }

  /** Known only when all is laid out. */
  numberPages(): void {
    const { start, count } = this.#doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.#doc.switchToPage(page);
      const label = `${page + 1} / ${count}`;
      // Below the margin pdfkit would begin another page.
      this.#doc.page.margins.bottom = 0;
      const width = this.#text.width(label, { size: 8 });
      this.#text.draw(label, this.#doc.page.width - MARGIN - width, this.#doc.page.height - MARGIN + 4, { size: 8, color: QUIET });
      this.#text.draw(this.#request.plan.title, MARGIN, this.#doc.page.height - MARGIN + 4, { size: 8, color: QUIET });
    }
  }

  #room(): number {
    return this.#doc.page.width - 2 * MARGIN;
  }

  #head(): void {
    const { columns } = this.#request.plan;
    const cells = columns.map((column, i) => this.#text.lines(column.label, (this.#widths[i] as number) - 2 * PAD, 2, { size: this.#size, weight: 700 }));
    const height = Math.max(...cells.map((lines) => lines.length)) * this.#size * 1.4 + 2 * PAD;
    this.#doc.rect(MARGIN, this.#y, this.#room(), height).fill('#f2f3f5');
    this.#row(cells, height, 700);
  }

  #row(cells: readonly string[][], height: number, weight: 400 | 700): void {
    let x = MARGIN;
    cells.forEach((lines, i) => {
      const room = (this.#widths[i] as number) - 2 * PAD;
      const indent = (line: string): number => (this.#isNumber[i] ? room - this.#text.width(line, { size: this.#size, weight }) : 0);
      lines.forEach((line, k) => this.#text.draw(line, x + PAD + indent(line), this.#y + PAD - 1 + k * this.#size * 1.4, { size: this.#size, weight, color: INK }));
      x += this.#widths[i] as number;
    });
    this.#y += height;
  }

  /** As wide as their texts ask, within bounds, and all of the page together. */
  #fit(columns: readonly ExportColumn[], rows: readonly Row[]): number[] {
    const wanted = columns.map(({ label }, i) => {
      const widths = rows.slice(0, SAMPLE).map((row) => this.#text.width((row[i] ?? '').slice(0, 60), { size: this.#size }));
      const typical = widths.sort((a, b) => a - b)[Math.floor(widths.length * 0.9)] ?? 0;
      return Math.min(220, Math.max(34, this.#text.width(label, { size: this.#size, weight: 700 }), typical) + 2 * PAD);
    });
    const sum = wanted.reduce((all, width) => all + width, 0);
    return wanted.map((width) => (width / sum) * this.#room());
  }
}
