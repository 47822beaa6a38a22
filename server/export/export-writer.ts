/** One way of writing records to a file; see `write-csv.ts`, `write-xlsx.ts`, `write-pdf.ts`. Rows come page by page and are gone when written. */
import type { Json } from '#engine/fields/field-type.ts';
import type { Included } from '../records/included.ts';
import type { CellContext } from './columns.ts';
import type { ExportPlan } from './export-request.ts';

export interface RecordPage {
  readonly records: readonly Readonly<Record<string, Json>>[];
  readonly included: Included;
}

/** What a writer asks of a plan. */
export interface SheetPlan extends Pick<ExportPlan, 'title' | 'columns' | 'request' | 'total'> {
  readonly table: Pick<ExportPlan['table'], 'titleField'>;
}

export interface WriteRequest {
  readonly plan: SheetPlan;
  /** Where the file goes. */
  readonly file: string;
  readonly pages: AsyncIterable<RecordPage>;
  readonly context: Omit<CellContext, 'included'>;
  /** Who takes it out, and when: for the foot of a printed page. */
  readonly by: string;
  readonly at: string;
}

export type ExportWriter = (request: WriteRequest) => Promise<void>;
