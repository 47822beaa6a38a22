/** The numbers of a chart as a table: every chart has one. Each number leads to its list. */
import { isCounted } from '#engine/charts/chart-request.ts';
import type { Drawn } from './drawn.ts';
import { tableOf } from './chart-table.ts';
import { useChartTexts } from './texts.ts';
import type { DrawnProps } from './types.ts';

export function ChartTable({ drawn, onDrill }: DrawnProps) {
  const texts = useChartTexts();
  const { columns, rows, totals } = tableOf(drawn);
  const measure = (name: string | undefined): string | undefined => drawn.chart.measures.find((own) => own.name === name && (isCounted(own) || own.of !== undefined))?.name;
  return (
    <div className="chart-table-place">
      <table className="chart-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} className={column.isNumber ? 'right' : undefined} scope="col">
                {column.text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.cells.map((cell, i) => {
                const column = columns[i];
                const name = measure(column?.measure);
                return (
                  <td key={column?.id} className={column?.isNumber ? 'right tabular' : undefined}>
                    {cell.color ? <span className="chart-dot" style={{ background: cell.color }} /> : null}
                    {name !== undefined && cell.row && cell.text !== '–' ? (
                      <button type="button" className="chart-cell" title={texts.drill} onClick={() => cell.row && onDrill(cell.row, name, column?.before)}>
                        {cell.text}
                      </button>
                    ) : (
                      cell.text
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {totals ? (
          <tfoot>
            <tr>
              {totals.map((text, i) => (
                <td key={columns[i]?.id} className={columns[i]?.isNumber ? 'right tabular' : undefined}>
                  {text}
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}

export function describe(drawn: Drawn, label: string): string {
  const { columns, rows } = tableOf(drawn);
  const shown = rows.slice(0, 12).map(({ cells }) => cells.map(({ text }, i) => (columns[i]?.isNumber ? `${columns[i]?.text} ${text}` : text)).join(' '));
  return `${label}: ${shown.join('; ')}${rows.length > 12 ? ' …' : ''}`;
}
