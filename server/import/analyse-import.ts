/** What the wizard shows before anything is written: columns with their targets, the first rows with their issues, totals. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Label, Locale } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { SKIP_REASONS } from '#engine/import/data-rows.ts';
import type { HeaderRange } from '#engine/import/header.ts';
import type { Confidence } from '#engine/import/match-columns.ts';
import { rowReader, type RowIssue } from '#engine/import/read-row.ts';
import type { Encoding } from '#engine/import/decode-text.ts';
import type { Delimiter } from '#engine/import/delimiter.ts';
import { repeatFinder } from '#engine/import/find-repeats.ts';
import type { ImportOptions, PreparedImport } from './prepare-import.ts';

/** The body of `ImportDraft` in the API; the handler adds `id` and `file`. */
export interface ImportAnalysis {
  readonly sheets: readonly string[];
  readonly sheet: string;
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
  /** The text is valid in two encodings: the wizard asks to look at the preview. */
  readonly ambiguousEncoding: boolean;
  readonly header: HeaderRange;
  readonly columns: readonly {
    readonly index: number;
    readonly heading: string;
    readonly group: string | null;
    readonly samples: readonly string[];
    readonly target: string | null;
    readonly confidence: Confidence;
    /** Texts of this column that mean nothing to the target (options, users, records), most frequent first. */
    readonly unknown: readonly { readonly text: string; readonly count: number }[];
    /** What single texts of it mean, as somebody decided. */
    readonly values: Readonly<Record<string, Json>>;
  }[];
  readonly targets: readonly { readonly path: string; readonly label: string; readonly required: boolean }[];
  readonly preview: readonly { readonly row: number; readonly cells: readonly string[]; readonly issues: readonly PreviewIssue[] }[];
  readonly totals: {
    readonly rows: number;
    readonly errors: number;
    readonly warnings: number;
    readonly duplicates: number;
    readonly skipped: readonly { readonly row: number; readonly reason: string }[];
  };
  readonly options: ImportOptions;
}

interface PreviewIssue {
  readonly column: number | null;
  readonly level: 'error' | 'warning';
  readonly message: string;
}

const PREVIEW_ROWS = 20;
const MOST_PREVIEWED = 60;
const MOST_SKIPPED = 200;
const MOST_UNKNOWN = 30;
/** Rows read before other requests get their turn. */
const SLICE = 500;
const UNKNOWN_CODES = new Set(['unknown_option', 'unknown_record', 'several_records']);

export async function analyseImport(prepared: PreparedImport, locale: Locale): Promise<ImportAnalysis> {
  const { data, reader, table } = prepared;
  const findRepeat = repeatFinder(table);
  const readRow = rowReader(reader);
  const preview: ImportAnalysis['preview'][number][] = [];
  const unknown = prepared.headings.map(() => new Map<string, number>());
  let [errors, warnings, duplicates] = [0, 0, 0];
  for (const [index, record] of data.records.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    const reading = readRow(record);
    const repeat = findRepeat(reading);
    const issues: RowIssue[] = repeat ? [...reading.issues, { column: null, level: 'warning', code: 'repeat', message: repeat.message }] : [...reading.issues];
    if (repeat) duplicates++;
    if (issues.some(({ level }) => level === 'error')) errors++;
    else if (issues.length > 0) warnings++;
    for (const { column, code } of issues) {
      const texts = column !== null && UNKNOWN_CODES.has(code) ? unknown[column] : undefined;
      const text = column === null ? '' : (record.cells[column]?.trim() ?? '');
      if (texts && text) texts.set(text, (texts.get(text) ?? 0) + 1);
    }
    // The first rows, and further down the first that have a problem.
    if (preview.length < PREVIEW_ROWS || (issues.length > 0 && preview.length < MOST_PREVIEWED)) {
      preview.push({
        row: record.row,
        cells: prepared.headings.map((_, column) => record.cells[column] ?? ''),
        issues: issues.map(({ column, level, message }) => ({ column, level, message: message[locale] })),
      });
    }
  }
  return {
    sheets: prepared.file.sheets.map((sheet) => sheet.name),
    sheet: prepared.sheet.name,
    encoding: prepared.file.encoding,
    delimiter: prepared.file.delimiter,
    ambiguousEncoding: prepared.file.ambiguous,
    header: prepared.header,
    columns: prepared.headings.map((heading, index) => ({
      index,
      heading: heading.text,
      group: heading.group ?? null,
      samples: [...new Set(prepared.samples[index])].slice(0, 5),
      target: prepared.matches[index]?.target?.path ?? null,
      confidence: prepared.matches[index]?.confidence ?? 'none',
      unknown: mostFrequent(unknown[index] ?? new Map()),
      values: reader.columns.find((column) => column.index === index)?.values ?? {},
    })),
    targets: prepared.targets.map(({ path, label, required }) => ({ path, label: text(label, locale), required })),
    preview,
    totals: {
      rows: data.records.length,
      errors,
      warnings,
      duplicates,
      skipped: data.skipped.slice(0, MOST_SKIPPED).map(({ row, reason }) => ({ row, reason: text(SKIP_REASONS[reason], locale) })),
    },
    options: prepared.options,
  };
}

function text(label: Label, locale: Locale): string {
  return label[locale];
}

function mostFrequent(counts: ReadonlyMap<string, number>): { text: string; count: number }[] {
  return [...counts]
    .map(([found, count]) => ({ text: found, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_UNKNOWN);
}
