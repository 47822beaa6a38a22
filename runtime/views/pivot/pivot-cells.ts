/** The cells of a pivot: rows down, columns across, each with its numbers, and sums where a row, a column or everything is meant. */
import type { ChartData, ChartRow, Value } from '#engine/charts/chart-data.ts';
import type { Json } from '#engine/fields/field-type.ts';

export interface PivotParts {
  /** Rows × columns, rows alone, columns alone, everything; with two row dimensions also the first of them × columns, and alone. */
  readonly cells: ChartData;
  readonly rows: ChartData;
  readonly columns: ChartData;
  readonly all: ChartData;
  readonly firsts?: ChartData | undefined;
  readonly firstRows?: ChartData | undefined;
}

export interface PivotLine {
  readonly kind: 'row' | 'subtotal' | 'total';
  readonly keys: readonly Json[];
  /** One a column key, then the sum of the line. */
  readonly cells: readonly (ChartRow | undefined)[];
}

export interface Pivot {
  readonly columnKeys: readonly Json[];
  readonly lines: readonly PivotLine[];
}

function finder(data: ChartData | undefined): (keys: readonly Json[]) => ChartRow | undefined {
  const known = new Map((data?.rows ?? []).map((row) => [JSON.stringify(row.keys), row]));
  return (keys) => known.get(JSON.stringify(keys));
}

function isEmpty(row: ChartRow | undefined): boolean {
  return !row || row.values.every((value: Value) => value === null || value === 0);
}

export function pivotOf({ cells, rows, columns, all, firsts, firstRows }: PivotParts, rowDimensions: number, hasColumns: boolean): Pivot {
  const [cell, row, column, first, firstRow] = [finder(cells), finder(rows), finder(columns), finder(firsts), finder(firstRows)];
  const columnKeys = hasColumns ? (columns.axes[0] ?? []) : [];
  const across = (keys: readonly Json[], find: typeof cell, whole: ChartRow | undefined): (ChartRow | undefined)[] => [...columnKeys.map((key) => find([...keys, key])), whole];
  const lines: PivotLine[] = [];
  for (const one of rows.axes[0] ?? []) {
    if (rowDimensions === 1) {
      lines.push({ kind: 'row', keys: [one], cells: across([one], cell, row([one])) });
      continue;
    }
    const inner = (rows.axes[1] ?? []).filter((two) => !isEmpty(row([one, two])));
    for (const two of inner) lines.push({ kind: 'row', keys: [one, two], cells: across([one, two], cell, row([one, two])) });
    if (inner.length > 0) lines.push({ kind: 'subtotal', keys: [one], cells: across([one], first, firstRow([one])) });
  }
  lines.push({ kind: 'total', keys: [], cells: [...columnKeys.map((key) => column([key])), all.rows[0]] });
  return { columnKeys, lines };
}
