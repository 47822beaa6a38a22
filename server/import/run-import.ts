/**
 * Runs a prepared import batch by batch. How records are written is not decided here: every batch goes to `importRecords`,
 * which uses the same operations as any other write. A row that fails never stops the others.
 */
import type { Issue, Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { withoutNumbers } from '#engine/records/number-ban.ts';
import { maskSensitiveNumbers } from '#engine/records/sensitive-numbers.ts';
import { repeatFinder } from '#engine/import/find-repeats.ts';
import { type ChildReading, type RowIssue, rowReader } from '#engine/import/read-row.ts';
import type { ImportOptions, PreparedImport } from './prepare-import.ts';

export interface ImportRecord {
  /** In the file, from 1. */
  readonly row: number;
  readonly values: Readonly<Record<string, Json>>;
  /** Made with the record, `reference` pointing at it; all or nothing with it. */
  readonly children: readonly ChildReading[];
}

export interface DuplicateHint {
  readonly title: string;
  readonly message: Label;
}

/**
 * `path` of an issue is a pointer into the row: `/name`, `/children/0/phone`. `duplicate` says which record is already there;
 * it comes with any outcome.
 */
export type ImportOutcome =
  | { readonly outcome: 'created' | 'updated' | 'skipped'; readonly id?: string; readonly duplicate?: DuplicateHint; readonly warnings?: readonly Issue[] }
  | { readonly outcome: 'failed'; readonly issues: readonly Issue[]; readonly duplicate?: DuplicateHint };

/**
 * Writes one batch, one transaction with a savepoint a row, and answers an outcome for each row in order. A dry run does the
 * same and rolls back. Throws only for what is nobody's row: a lost database, an actor without the right to import.
 */
export type ImportRecords = (
  rows: readonly ImportRecord[],
  options: ImportOptions & { readonly dryRun: boolean },
) => Promise<readonly ImportOutcome[]>;

export interface ImportRun {
  readonly state: 'running' | 'done' | 'failed' | 'cancelled' | 'undone';
  readonly dryRun: boolean;
  readonly total: number;
  readonly done: number;
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  readonly failed: number;
  readonly warnings: number;
  readonly duplicates: readonly { readonly row: number; readonly title: string; readonly message: Label }[];
  /** `column` is null for the row as a whole. */
  readonly failures: readonly { readonly row: number; readonly issues: readonly { readonly column: number | null; readonly message: Label }[] }[];
}

export interface RunServices {
  readonly importRecords: ImportRecords;
  /** Called after every batch. */
  readonly onProgress: (run: ImportRun) => void | Promise<void>;
  readonly isCancelled: () => boolean;
}

const BATCH = 250;
const MOST_LISTED = 10_000;

export async function runImport(prepared: PreparedImport, dryRun: boolean, services: RunServices): Promise<ImportRun> {
  const { data, reader, table, options } = prepared;
  const findRepeat = repeatFinder(table);
  const readRow = rowReader(reader);
  const tally = new Tally(data.records.length, dryRun);
  for (let start = 0; start < data.records.length; start += BATCH) {
    if (services.isCancelled()) return tally.toRun('cancelled');
    const readings = data.records.slice(start, start + BATCH).map(readRow);
    const writable = readings.filter(({ issues }) => issues.every(({ level }) => level !== 'error'));
    const outcomes = await services.importRecords(
      writable.map(({ row, values, children }) => ({ row, values, children })),
      { ...options, dryRun },
    );
    const outcomeOf = new Map(writable.map(({ row }, index) => [row, outcomes[index]]));
    for (const reading of readings) {
      const repeat = findRepeat(reading);
      const outcome = outcomeOf.get(reading.row);
      if (outcome === undefined) tally.addFailure(reading.row, reading.issues.filter(({ level }) => level === 'error'));
      else if (outcome.outcome === 'failed') tally.addFailure(reading.row, outcome.issues.map((issue) => ({ column: columnOf(issue, prepared), message: issue.message })));
      else tally.add(outcome.outcome, reading.issues, outcome.warnings);
      const hint = outcome?.duplicate ?? repeat;
      if (hint) tally.addDuplicate(reading.row, hint);
    }
    await services.onProgress(tally.toRun('running'));
  }
  return tally.toRun('done');
}

/** The column that a field of the record or of its children came from. */
function columnOf(issue: Issue, { reader }: PreparedImport): number | null {
  const [, first = '', , third] = issue.path.split('/');
  const plan = reader.columns.find(({ target }) => (first === 'children' ? target.child && target.field.name === third : !target.child && target.field.name === first));
  return plan?.index ?? null;
}

class Tally {
  readonly #total: number;
  readonly #dryRun: boolean;
  readonly #counts = { created: 0, updated: 0, skipped: 0, failed: 0, warnings: 0 };
  readonly #duplicates: ImportRun['duplicates'][number][] = [];
  readonly #failures: ImportRun['failures'][number][] = [];

  constructor(total: number, dryRun: boolean) {
    this.#total = total;
    this.#dryRun = dryRun;
  }

  add(outcome: 'created' | 'updated' | 'skipped', issues: readonly RowIssue[], warnings: readonly Issue[] = []): void {
    this.#counts[outcome]++;
    if (issues.length + warnings.length > 0) this.#counts.warnings++;
  }

  addFailure(row: number, issues: ImportRun['failures'][number]['issues']): void {
    this.#counts.failed++;
    if (this.#failures.length < MOST_LISTED) this.#failures.push({ row, issues: issues.map(({ column, message }) => ({ column, message: withoutNumbers(message) })) });
  }

  addDuplicate(row: number, { title, message }: DuplicateHint): void {
    if (this.#duplicates.length < MOST_LISTED) this.#duplicates.push({ row, title: maskSensitiveNumbers(title), message });
  }

  toRun(state: ImportRun['state']): ImportRun {
    const { created, updated, skipped, failed } = this.#counts;
    return {
      state,
      dryRun: this.#dryRun,
      total: this.#total,
      done: created + updated + skipped + failed,
      ...this.#counts,
      duplicates: [...this.#duplicates],
      failures: [...this.#failures],
    };
  }
}
