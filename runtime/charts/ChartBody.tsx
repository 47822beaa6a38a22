/** A chart with its numbers: drawn or as a table, empty, or with what went wrong. */
import { type Ref, useMemo } from 'react';
import type { ChartData, ChartRow } from '#engine/charts/chart-data.ts';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import { isChartType } from '#engine/charts/index.ts';
import { useAppearance } from '../app/appearance.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Canvas, type CanvasHandle } from './Canvas.tsx';
import { ChartTable, describe } from './ChartTable.tsx';
import { type Drawn, draw } from './drawn.ts';
import { useChartTexts } from './texts.ts';
import { drawingOf } from './types.ts';

export function useDrawn(chart: ChartDefinition, data: ChartData | undefined): Drawn | undefined {
  const { model } = useApp();
  const locale = useLocale();
  const appearance = useAppearance();
  return useMemo(() => (data && isChartType(chart.type) ? draw({ chart, data, model, locale, appearance }) : undefined), [chart, data, model, locale, appearance]);
}

function isEmpty({ data, chart }: Drawn): boolean {
  if ((chart.dimensions ?? []).length === 0) return false;
  return data.rows.every(({ values }) => values.every((value) => value === null || value === 0));
}

interface ChartBodyProps {
  readonly drawn: Drawn;
  readonly asTable: boolean;
  readonly onDrill: (row: ChartRow, measure: string, before?: boolean) => void;
  readonly canvas?: Ref<CanvasHandle>;
}

export function ChartBody({ drawn, asTable, onDrill, canvas }: ChartBodyProps) {
  const texts = useChartTexts();
  const label = useLabel();
  const drawing = drawingOf(drawn.chart.type);
  const options = useMemo(() => ('options' in drawing ? drawing.options(drawn) : null), [drawing, drawn]);
  if (isEmpty(drawn)) return <EmptyState small title={texts.empty} hint={texts.emptyHint} />;
  if (asTable) return <ChartTable drawn={drawn} onDrill={onDrill} />;
  if ('Component' in drawing) {
    const { Component } = drawing;
    return <Component drawn={drawn} onDrill={onDrill} />;
  }
  return (
    <Canvas
      {...(canvas && { ref: canvas })}
      options={options ?? {}}
      label={describe(drawn, label(drawn.chart.label))}
      onClick={(clicked) => {
        const series = drawn.series[clicked.seriesIndex];
        const row = drawing.rowAt ? drawing.rowAt(drawn, clicked) : series?.rows[clicked.dataIndex];
        const measure = series?.name ?? drawn.measures[0]?.measure.name;
        if (row && measure !== undefined) onDrill(row, measure, series?.before);
      }}
    />
  );
}
