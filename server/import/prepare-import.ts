/** From bytes to a plan: the sheet, its headings, what each column means, and which rows are records. */
import { AppError } from '#engine/errors.ts';
import type { Json, TextContext } from '#engine/fields/field-type.ts';
import { loadRegions } from '#engine/fields/region-data.ts';
import { type DataRows, splitDataRows } from '#engine/import/data-rows.ts';
import { findDateOrder } from '#engine/import/date-order.ts';
import type { Encoding } from '#engine/import/decode-text.ts';
import type { Delimiter } from '#engine/import/delimiter.ts';
import { findHeader, type HeaderRange, type Heading, readHeadings } from '#engine/import/header.ts';
import { type ColumnMatch, headingTest, matchColumns } from '#engine/import/match-columns.ts';
import type { RowReader } from '#engine/import/read-row.ts';
import type { ColumnPlan } from '#engine/import/row-plan.ts';
import type { Sheet } from '#engine/import/sheet.ts';
import { type ImportTarget, importTargets, type TargetAccess } from '#engine/import/targets.ts';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import { readImportFile, type ImportFile } from './read-file.ts';
import { type FindByText, loadReferences } from './resolve-references.ts';

export interface ImportOptions {
  /** What happens to a row that a duplicate rule of level "same" finds already there. */
  readonly duplicates: 'create' | 'skip' | 'update';
}

/** What a person has chosen; everything absent is found out. Kept with the draft. */
export interface ImportSettings {
  readonly sheet?: string;
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  readonly header?: HeaderRange;
  readonly columns?: readonly { readonly index: number; readonly target: string | null; readonly values?: Readonly<Record<string, Json>> }[];
  readonly options?: Partial<ImportOptions>;
}

export interface ImportSource {
  readonly bytes: Buffer;
  readonly settings: ImportSettings;
  readonly model: AppModel;
  readonly table: TableModel;
  readonly access: TargetAccess;
  readonly context: TextContext;
  readonly findByText: FindByText;
}

export interface PreparedImport {
  readonly model: AppModel;
  readonly table: TableModel;
  readonly file: ImportFile;
  readonly sheet: Sheet;
  readonly header: HeaderRange;
  readonly headings: readonly Heading[];
  readonly samples: readonly (readonly string[])[];
  readonly targets: readonly ImportTarget[];
  readonly matches: readonly ColumnMatch[];
  readonly data: DataRows;
  readonly reader: RowReader;
  readonly options: ImportOptions;
}

const SAMPLES = 200;

export async function prepareImport({ bytes, settings, model, table, access, context, findByText }: ImportSource): Promise<PreparedImport> {
  await loadRegions();
  const targets = importTargets(model, table, access);
  const isHeading = headingTest(table, targets);
  const { encoding, delimiter } = settings;
  const file = await readImportFile(bytes, { isHeading, ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}) });
  const sheet = chooseSheet(file, settings.sheet);
  const header = settings.header ? checkedHeader(settings.header, sheet) : findHeader(sheet, isHeading);
  const headings = readHeadings(sheet, header);
  const samples = headings.map((_, column) => samplesOf(sheet, header, column));
  const proposed = matchColumns({ table, headings, samples, targets, context });
  const matches = applyChoices(proposed, settings, targets);
  const columns = planColumns(matches, headings, samples, settings);
  const data = splitDataRows(sheet, {
    header,
    headings,
    ownColumns: new Set(columns.filter(({ target }) => !target.child).map(({ index }) => index)),
    usedColumns: new Set(columns.map(({ index }) => index)),
  });
  const resolve = await loadReferences({ model, columns, rows: data.records, findByText });
  return {
    model,
    table,
    file,
    sheet,
    header,
    headings,
    samples,
    targets,
    matches,
    data,
    reader: { table, columns, marks: sheet.marks, date1904: sheet.date1904 === true, context, resolve },
    options: { duplicates: settings.options?.duplicates ?? 'create' },
  };
}

function chooseSheet(file: ImportFile, name: string | undefined): Sheet {
  const sheet = name === undefined ? file.sheets[0] : file.sheets.find((candidate) => candidate.name === name);
  if (sheet) return sheet;
  throw new AppError('invalid_request', { 'zh-CN': '没有这个工作表', en: 'There is no such sheet' });
}

function checkedHeader(header: HeaderRange, sheet: Sheet): HeaderRange {
  if (header.from >= 1 && header.from <= header.to && header.to <= sheet.rows.length) return header;
  throw new AppError('invalid_request', { 'zh-CN': '表头行超出范围', en: 'The heading rows are outside the sheet' });
}

function samplesOf(sheet: Sheet, header: HeaderRange, column: number): string[] {
  const cells: string[] = [];
  for (let row = header.to; row < sheet.rows.length && cells.length < SAMPLES; row++) {
    const cell = sheet.rows[row]?.[column]?.trim() ?? '';
    if (cell !== '') cells.push(cell);
  }
  return cells;
}

function applyChoices(proposed: readonly ColumnMatch[], { columns = [] }: ImportSettings, targets: readonly ImportTarget[]): ColumnMatch[] {
  return proposed.map((match, index) => {
    const choice = columns.find((column) => column.index === index);
    if (!choice) return match;
    if (choice.target === null) return { target: null, confidence: 'none' };
    const target = targets.find((candidate) => candidate.path === choice.target);
    if (target) return { target, confidence: target.path === match.target?.path ? match.confidence : 'label' };
    throw new AppError('invalid_request', { 'zh-CN': `没有目标字段“${choice.target}”`, en: `There is no target “${choice.target}”` }, [
      { path: `/columns/${index}/target`, code: 'unknown_target', message: { 'zh-CN': '没有这个目标字段', en: 'There is no such target' } },
    ]);
  });
}

function planColumns(
  matches: readonly ColumnMatch[],
  headings: readonly Heading[],
  samples: readonly (readonly string[])[],
  { columns = [] }: ImportSettings,
): ColumnPlan[] {
  return matches.flatMap(({ target }, index) => {
    if (!target) return [];
    const values = columns.find((column) => column.index === index)?.values;
    const dateOrder = findDateOrder(samples[index] ?? []);
    return [{ index, heading: headings[index]?.text ?? '', target, ...(dateOrder ? { dateOrder } : {}), ...(values ? { values } : {}) }];
  });
}
