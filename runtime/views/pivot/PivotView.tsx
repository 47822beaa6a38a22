/** Rows by columns by measures, with subtotals and totals of their own; a number leads to its records. */
import { CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type CSSProperties, Fragment, useEffect, useMemo } from 'react';
import type { ChartRow } from '#engine/charts/chart-data.ts';
import type { ChartDefinition, DimensionDefinition } from '#engine/charts/definitions.ts';
import { chartOfPivot } from '#engine/views/pivot.ts';
import { useChart } from '../../api/charts.ts';
import { useAppearance } from '../../app/appearance.ts';
import { chartInks } from '../../app/chart-colors.ts';
import { useLocale } from '../../app/i18n/index.ts';
import { type Drawn, numeric } from '../../charts/drawn.ts';
import { useDrawn } from '../../charts/ChartBody.tsx';
import { useChartTexts } from '../../charts/texts.ts';
import { useDrill } from '../../charts/use-drill.ts';
import { fullValue } from '../../charts/values.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { RowsSkeleton } from '../../ui/Skeletons.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { ViewProps } from '../view-components.ts';
import { type PivotLine, pivotOf } from './pivot-cells.ts';
import { usePivotTexts } from './texts.ts';
import './pivot.css';

/** The same measures by some of the dimensions: a median of a row is no sum of its cells. */
function part(chart: ChartDefinition, dimensions: readonly DimensionDefinition[]): ChartDefinition {
  const { dimensions: _all, ...rest } = chart;
  return { ...rest, type: 'table', ...(dimensions.length > 0 && { dimensions: [...dimensions] }) };
}

export function PivotView({ table, state, onCount }: ViewProps) {
  const texts = usePivotTexts();
  const chartTexts = useChartTexts();
  const locale = useLocale();
  const toast = useToast();
  const inks = chartInks(useAppearance());
  const { filter, search, choice } = state;
  const { view } = choice;
  const given = useMemo(() => ({ filter, search }), [filter, search]);
  const parts = useMemo(() => {
    const chart = chartOfPivot(view, table.name);
    const rows = (Array.isArray(view.rows) ? view.rows : []) as DimensionDefinition[];
    const columns = (Array.isArray(view.columns) ? view.columns : []) as DimensionDefinition[];
    return { rows, columns, cells: part(chart, [...rows, ...columns]), byRow: part(chart, rows), byColumn: part(chart, columns), all: number(part(chart, [])), firsts: part(chart, [...rows.slice(0, 1), ...columns]), byFirst: part(chart, rows.slice(0, 1)) };
  }, [view, table.name]);
  const isTwo = parts.rows.length === 2;
  const hasColumns = parts.columns.length > 0;
  const cells = useChart(parts.cells, given);
  const rows = useChart(parts.byRow, given, hasColumns);
  const columns = useChart(hasColumns ? parts.byColumn : parts.all, given, hasColumns);
  const all = useChart(parts.all, given);
  const firsts = useChart(parts.firsts, given, isTwo && hasColumns);
  const byFirst = useChart(parts.byFirst, given, isTwo);
  useEffect(() => onCount(undefined), [onCount]);

  const drawn = useDrawn(parts.cells, cells.data);
  const asRows = hasColumns ? rows.data : cells.data;
  const drills = {
    cells: useDrill(parts.cells, cells.data, given),
    rows: useDrill(parts.byRow, asRows, given),
    columns: useDrill(parts.byColumn, columns.data, given),
    all: useDrill(parts.all, all.data, given),
    firsts: useDrill(parts.firsts, firsts.data, given),
    byFirst: useDrill(parts.byFirst, byFirst.data, given),
  };
  const ready = drawn && cells.data && asRows && all.data && (!hasColumns || columns.data) && (!isTwo || byFirst.data) && (!(isTwo && hasColumns) || firsts.data);
  const failed = [cells, rows, columns, all, firsts, byFirst].find((query) => query.isError && !query.data);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!ready || !cells.data || !asRows || !all.data) return <div className="pivot"><RowsSkeleton rows={10} columns={6} /></div>;
  const pivot = pivotOf({ cells: cells.data, rows: asRows, columns: columns.data ?? all.data, all: all.data, firsts: firsts.data, firstRows: byFirst.data }, parts.rows.length, hasColumns);
  if (pivot.lines.length <= 1) return <EmptyState title={chartTexts.empty} hint={chartTexts.emptyHint} />;

  const { measures, style } = drawn;
  const nameOf = (place: number, key: unknown): string => namesOf(drawn, place).get(JSON.stringify(key)) ?? String(key ?? chartTexts.notSet);
  const columnPlace = parts.rows.length;
  const columnNames = pivot.columnKeys.map((key) => nameOf(columnPlace, key));
  const most = measures.map(({ index }) => Math.max(0, ...pivot.lines.filter(({ kind }) => kind === 'row').flatMap(({ cells: own }) => (hasColumns ? own.slice(0, -1) : own).map((cell) => numeric(cell?.values[index]) ?? 0))));
  const heatOf = (line: PivotLine, at: number, place: number, value: number | null): CSSProperties | undefined => {
    if (view.heat !== true || line.kind !== 'row' || value === null || value <= 0 || (hasColumns && at === line.cells.length - 1)) return undefined;
    return { background: `color-mix(in srgb, ${inks.heat[1]} ${Math.round((value / (most[place] || 1)) * 55)}%, transparent)` };
  };
  const drillOf = (line: PivotLine, at: number): ((row: ChartRow, measure: string) => void) => {
    const isSum = at === line.cells.length - 1;
    if (line.kind === 'total') return isSum ? drills.all : drills.columns;
    if (line.kind === 'subtotal') return isSum ? drills.byFirst : drills.firsts;
    return isSum ? drills.rows : drills.cells;
  };
  const heading = (line: PivotLine): string[] => {
    if (line.kind === 'total') return parts.rows.map((_, i) => (i === 0 ? texts.total : ''));
    if (line.kind === 'subtotal') return [`${nameOf(0, line.keys[0])} · ${texts.subtotal}`, ''];
    return line.keys.map((key, i) => nameOf(i, key));
  };
  const copy = async () => {
    const head = [...parts.rows.map((_, i) => drawn.dimensionLabels[i] ?? ''), ...[...columnNames, ...(hasColumns ? [texts.total] : [''])].flatMap((name) => measures.map(({ measure }) => [name, measure.label[locale]].filter((text) => text !== '').join(' · ')))];
    const lines = pivot.lines.map((line) => [...heading(line), ...line.cells.flatMap((cell) => measures.map(({ index }) => cell?.values[index] ?? ''))]);
    await navigator.clipboard.writeText([head, ...lines].map((line) => line.map((value) => String(value).replace(/[\t\n\r]+/g, ' ')).join('\t')).join('\n'));
    toast({ text: texts.copied });
  };
  let before: string | undefined;
  return (
    <div className="pivot">
      <div className="pivot-tools">
        <Button size="small" type="text" icon={<CopyOutlined aria-hidden="true" />} onClick={() => void copy()}>
          {texts.copy}
        </Button>
        {cells.data.capped ? <span className="quiet">{chartTexts.capped}</span> : null}
      </div>
      <div className="pivot-place">
        <table className="pivot-table">
          <thead>
            <tr>
              {parts.rows.map((row, i) => (
                <th key={row.field} scope="col" rowSpan={measures.length > 1 && hasColumns ? 2 : 1}>{drawn.dimensionLabels[i]}</th>
              ))}
              {hasColumns ? (
                [...columnNames, texts.total].map((name, i) => (
                  <th key={i} scope="col" colSpan={measures.length} className="right">{name}</th>
                ))
              ) : (
                measures.map(({ measure }) => <th key={measure.name} scope="col" className="right">{measure.label[locale]}</th>)
              )}
            </tr>
            {measures.length > 1 && hasColumns ? (
              <tr>
                {[...columnNames, texts.total].map((_, i) => (
                  <Fragment key={i}>{measures.map(({ measure }) => <th key={measure.name} scope="col" className="right pivot-measure">{measure.label[locale]}</th>)}</Fragment>
                ))}
              </tr>
            ) : null}
          </thead>
          <tbody>
            {pivot.lines.map((line, at) => {
              const names = heading(line);
              const repeated = line.kind === 'row' && isTwo && names[0] === before;
              before = line.kind === 'row' ? names[0] : undefined;
              return (
                <tr key={at} className={`pivot-${line.kind}`}>
                  {names.map((name, i) => (
                    <th key={i} scope="row">{repeated && i === 0 ? '' : name}</th>
                  ))}
                  {line.cells.flatMap((cell, i) =>
                    measures.map(({ measure, index }, place) => (
                      <td key={`${i} ${measure.name}`} className={`right tabular${i === line.cells.length - 1 && hasColumns ? ' pivot-sum' : ''}`} style={heatOf(line, i, place, numeric(cell?.values[index]))}>
                        {cell && cell.values[index] !== null && cell.values[index] !== 0 ? (
                          <button type="button" className="chart-cell" onClick={() => drillOf(line, i)(cell, measure.name)}>{fullValue(cell.values[index], measure.format, style)}</button>
                        ) : (
                          <span className="quiet">{cell?.values[index] === 0 ? '0' : '–'}</span>
                        )}
                      </td>
                    )),
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Without a dimension there is nothing but numbers. */
function number(chart: ChartDefinition): ChartDefinition {
  return { ...chart, type: 'number' };
}

function namesOf(drawn: Drawn, place: number): ReadonlyMap<string, string> {
  const categories = place === 0 ? drawn.categories : place === 1 ? drawn.seconds : drawn.thirds;
  return new Map(categories.map(({ key, title }) => [JSON.stringify(key), title]));
}
