/** A record on paper: its title, the sections of its form, its related lists; only what the reader may see, only what is filled in. */
import PDFDocument from 'pdfkit';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel, TableModel } from '#engine/model/app-model.ts';
import { type FormDefinition, type PageDefinition, type SectionDefinition, sectionFields } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { accessTo, allows, isKnown } from '#engine/permissions/authorize.ts';
import { isBlank, toRuleData } from '#engine/records/record-rules.ts';
import { formatMoment } from '#engine/fields/moment.ts';
import { holds } from '#engine/rules/evaluate.ts';
import { resolvePath } from '#engine/rules/paths.ts';
import { toLocalDate } from '#engine/rules/time.ts';
import type { Locale } from '#engine/errors.ts';
import { findRecords } from '../records/find-records.ts';
import { getRecord } from '../records/get-record.ts';
import { notFound } from '../records/update-record.ts';
import { contextOf, type Workspace } from '../workspace.ts';
import { type CellContext, cellText, type ExportColumn, exportColumns, sourceOf } from './columns.ts';
import { PdfText } from './pdf-text.ts';

const MARGIN = 40;
const MOST_ROWS = 8;
const MOST_COLUMNS = 6;
const QUIET = '#6b7280';
const RULE = '#d9dce1';

export interface RecordCard {
  readonly title: string;
  readonly doc: PDFKit.PDFDocument;
}

/** Throws what reading the record throws. The document streams as it is laid out. */
export async function recordCard(workspace: Workspace, actor: Actor, tableName: string, id: string, locale: Locale): Promise<RecordCard> {
  const { model } = workspace;
  const { data, included } = await getRecord(workspace, actor, tableName, id);
  const table = model.tables[tableName] as TableModel;
  if (data.deleted_at !== null && data.deleted_at !== undefined) throw notFound(table);
  const { timeZone } = model.settings;
  const now = workspace.now();
  const context: CellContext = { included, locale, timeZone, today: toLocalDate(now, timeZone) };
  const own = (field: FieldModel): ExportColumn => ({ path: field.name, label: field.label[locale], field: sourceOf(model, field) });
  const textOf = (name: string): string => {
    const field = table.fields[name];
    return field && Object.hasOwn(data, name) ? cellText(own(field), data[name] ?? null, context) : '';
  };
  const title = textOf(table.titleField) || table.label[locale];
  const doc = new PDFDocument({ size: 'A4', margin: MARGIN, bufferPages: true, info: { Title: title, Producer: 'Relata' } });
  const card = new Card(doc);
  card.head(title, table.label[locale]);
  const facts = exportColumns(model, table, (table.page.header ?? []).filter((path) => !path.includes('.')), locale);
  const shown = new Set<string>([table.titleField, ...facts.map(({ path }) => path)]);
  card.grid(facts.map(({ path, label }) => ({ label, value: textOf(path) })));
  const ruleData = toRuleData(table, data);
  for (const section of sectionsOf(formFor(workspace, actor, table, ruleData))) {
    if (!holds(section.visible, ruleData, contextOf(workspace, actor))) continue;
    const names = sectionFields(section).filter((name) => !shown.has(name) && !isBlank(data[name]) && !table.fields[name]?.hidden);
    for (const name of names) shown.add(name);
    card.section(section.label[locale], names.map((name) => ({ label: table.fields[name]?.label[locale] ?? name, value: textOf(name) })));
  }
  for (const related of table.page.related ?? []) await addRelated(card, { workspace, actor, related, id, locale, context });
  const by = workspace.directory.user(actor.userId)?.name ?? '';
  card.foot(`${by} · ${formatMoment(now, timeZone).slice(0, 16)}`);
  doc.end();
  return { title, doc };
}

function formFor(workspace: Workspace, actor: Actor, table: TableModel, data: Record<string, Json>): FormDefinition | undefined {
  const context = contextOf(workspace, actor);
  return table.forms.find((form) => form.public === undefined && (actor.unrestricted || form.roles === undefined || form.roles.some((role) => actor.roles.includes(role))) && holds(form.when, data, context)) ?? table.forms[0];
}

function sectionsOf(form: FormDefinition | undefined): readonly SectionDefinition[] {
  return [...(form?.sections ?? []), ...(form?.tabs ?? []).flatMap((tab) => tab.sections)];
}

interface RelatedRequest {
  readonly workspace: Workspace;
  readonly actor: Actor;
  readonly related: NonNullable<PageDefinition['related']>[number];
  readonly id: string;
  readonly locale: Locale;
  readonly context: CellContext;
}

async function addRelated(card: Card, { workspace, actor, related, id, locale, context }: RelatedRequest): Promise<void> {
  const { model } = workspace;
  const table = model.tables[related.table] as TableModel;
  if (!allows(accessTo(table, actor), 'read')) return;
  const knows = (path: string): boolean => {
    const resolved = resolvePath(model.tables, table.name, path);
    return typeof resolved === 'object' && [...resolved.hops, resolved.field].every((field) => isKnown(accessTo(model.tables[field.table] as TableModel, actor), field));
  };
  if (!knows(related.field)) return;
  const columns = exportColumns(model, table, related.columns.filter(knows).slice(0, MOST_COLUMNS), locale);
  if (columns.length === 0) return;
  const sort = related.sort?.filter((key) => knows(key.replace(/^-/, '')));
  const page = await findRecords(workspace, actor, table.name, { filter: { '==': [{ var: related.field }, id] }, fields: columns.map(({ path }) => path), limit: MOST_ROWS + 1, ...(sort && { sort }) });
  if (page.data.length === 0) return;
  const at = { ...context, included: page.included };
  const rows = page.data.slice(0, MOST_ROWS).map((record) => columns.map((column) => cellText(column, record[column.path] ?? null, at)));
  const more = page.data.length > MOST_ROWS;
  card.table((related.label ?? table.label)[locale], columns.map((column) => column.label), rows, more ? (locale === 'zh-CN' ? `只列出前 ${MOST_ROWS} 条` : `The first ${MOST_ROWS} are listed`) : null);
}

interface Entry {
  readonly label: string;
  readonly value: string;
}

/** Lays out from the top down; nothing here knows what it prints. */
class Card {
  readonly #doc: PDFKit.PDFDocument;
  readonly #text: PdfText;
  #y = MARGIN;

  constructor(doc: PDFKit.PDFDocument) {
    this.#doc = doc;
    this.#text = new PdfText(doc);
  }

  head(title: string, kind: string): void {
    this.#text.draw(kind, MARGIN, this.#y, { size: 9, color: QUIET });
    this.#y += 14;
    for (const line of this.#text.lines(title, this.#room(), 2, { size: 18, weight: 700 })) {
      this.#text.draw(line, MARGIN, this.#y, { size: 18, weight: 700 });
      this.#y += 26;
    }
    this.#y += 4;
  }

  section(label: string, entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    this.#heading(label);
    this.grid(entries);
  }

  /** Two in a row, a long text on a row of its own. */
  grid(entries: readonly Entry[]): void {
    const filled = entries.filter(({ value }) => value !== '');
    const half = (this.#room() - 16) / 2;
    let i = 0;
    while (i < filled.length) {
      const first = filled[i] as Entry;
      const isLong = this.#text.width(first.value, { size: 9 }) > half * 1.6 || first.value.includes('\n');
      const second = isLong ? undefined : filled[i + 1];
      const pair = second && this.#text.width(second.value, { size: 9 }) <= half * 1.6 && !second.value.includes('\n') ? [first, second] : [first];
      this.#entries(pair, isLong ? this.#room() : half);
      i += pair.length;
    }
    if (filled.length > 0) this.#y += 4;
  }

  table(label: string, heads: readonly string[], rows: readonly string[][], note: string | null): void {
    this.#heading(label);
    const width = this.#room() / heads.length;
    const line = (cells: readonly string[], weight: 400 | 700): void => {
      const texts = cells.map((cell) => this.#text.lines(cell, width - 8, 2, { size: 8, weight }));
      const height = Math.max(...texts.map((lines) => lines.length)) * 11.5 + 5;
      this.#need(height);
      if (weight === 700) this.#doc.rect(MARGIN, this.#y, this.#room(), height).fill('#f2f3f5');
      texts.forEach((lines, i) => lines.forEach((text, k) => this.#text.draw(text, MARGIN + i * width + 4, this.#y + 2 + k * 11.5, { size: 8, weight })));
      this.#y += height;
      this.#doc.moveTo(MARGIN, this.#y).lineTo(MARGIN + this.#room(), this.#y).lineWidth(0.5).strokeColor(RULE).stroke();
    };
    line(heads, 700);
    for (const row of rows) line(row, 400);
    if (note !== null) {
      this.#need(14);
      this.#text.draw(note, MARGIN + 4, this.#y + 3, { size: 7.5, color: QUIET });
      this.#y += 14;
    }
    this.#y += 6;
  }

  foot(text: string): void {
    const { start, count } = this.#doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.#doc.switchToPage(page);
      // Below the margin pdfkit would begin another page.
      this.#doc.page.margins.bottom = 0;
      const y = this.#doc.page.height - MARGIN + 10;
      this.#text.draw(text, MARGIN, y, { size: 8, color: QUIET });
      const label = `${page + 1} / ${count}`;
      this.#text.draw(label, this.#doc.page.width - MARGIN - this.#text.width(label, { size: 8 }), y, { size: 8, color: QUIET });
    }
  }

  #entries(entries: readonly Entry[], width: number): void {
    const laid = entries.map(({ label, value }) => ({ label, lines: this.#text.lines(value, width - 78, 6, { size: 9 }) }));
    const height = Math.max(...laid.map(({ lines }) => lines.length)) * 13 + 4;
    this.#need(height);
    laid.forEach(({ label, lines }, i) => {
      const x = MARGIN + i * (width + 16);
      this.#text.lines(label, 74, 2, { size: 8 }).forEach((text, k) => this.#text.draw(text, x, this.#y + 1 + k * 10, { size: 8, color: QUIET }));
      lines.forEach((text, k) => this.#text.draw(text, x + 78, this.#y + k * 13, { size: 9 }));
    });
    this.#y += height;
  }

  #heading(label: string): void {
    this.#need(46);
    this.#y += 4;
    this.#text.draw(label, MARGIN, this.#y, { size: 10.5, weight: 700 });
    this.#y += 17;
    this.#doc.moveTo(MARGIN, this.#y - 2).lineTo(MARGIN + this.#room(), this.#y - 2).lineWidth(0.8).strokeColor(RULE).stroke();
    this.#y += 3;
  }

  #need(height: number): void {
    if (this.#y + height <= this.#doc.page.height - MARGIN) return;
    this.#doc.addPage();
    this.#y = MARGIN;
  }

  #room(): number {
    return this.#doc.page.width - 2 * MARGIN;
  }
}
