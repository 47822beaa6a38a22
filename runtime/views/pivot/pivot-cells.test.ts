import { expect, test } from 'vitest';
import type { ChartData } from '#engine/charts/chart-data.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { pivotOf } from './pivot-cells.ts';

const data = (axes: Json[][], rows: [Json[], number][]): ChartData => ({ dimensions: [], axes, rows: rows.map(([keys, value]) => ({ keys, values: [value] })), totals: [], titles: {} });
const values = (cells: readonly ({ values: readonly unknown[] } | undefined)[]): unknown[] => cells.map((cell) => cell?.values[0]);

test('rows and columns end in their totals, and those in the whole', () => {
  const pivot = pivotOf({ cells: data([['a', 'b'], ['x', 'y']], [[['a', 'x'], 1], [['a', 'y'], 2], [['b', 'x'], 3]]), rows: data([['a', 'b']], [[['a'], 3], [['b'], 3]]), columns: data([['x', 'y']], [[['x'], 4], [['y'], 2]]), all: data([], [[[], 6]]) }, 1, true);
  expect(pivot.columnKeys).toEqual(['x', 'y']);
  expect(pivot.lines.map(({ kind, cells }) => [kind, ...values(cells)])).toEqual([['row', 1, 2, 3], ['row', 3, undefined, 3], ['total', 4, 2, 6]]);
});

test('two row dimensions have subtotals, and no line for what holds nothing', () => {
  const pivot = pivotOf({ cells: data([], []), rows: data([['a', 'b'], ['p', 'q']], [[['a', 'p'], 1], [['a', 'q'], 2], [['b', 'p'], 0], [['b', 'q'], 5]]), columns: data([], []), all: data([], [[[], 8]]), firstRows: data([['a', 'b']], [[['a'], 3], [['b'], 5]]) }, 2, false);
  expect(pivot.lines.map(({ kind, keys, cells }) => [kind, keys.join('/'), ...values(cells)])).toEqual([['row', 'a/p', 1], ['row', 'a/q', 2], ['subtotal', 'a', 3], ['row', 'b/q', 5], ['subtotal', 'b', 5], ['total', '', 8]]);
});
