/** A chart with its numbers: drawn or as a table, empty, or with what went wrong. */
import { useQuery } from '@tanstack/react-query';
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

const [CITY, DISTRICT] = [4, 6];

/** Loaded when a chart first goes below the provinces. */
function useRegionNames(isNeeded: boolean): ((digits: string) => string | undefined) | undefined {
  const { data } = useQuery({
    queryKey: ['region-names'],
    queryFn: async () => {
      const { loadRegions, namesOfRegion } = await import('#engine/fields/region-data.ts');
      await loadRegions();
      return (digits: string) => namesOfRegion(digits.padEnd(DISTRICT, '0')).at(-1);
    },
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isNeeded,
  });
  return data;
}

export function useDrawn(chart: ChartDefinition, data: ChartData | undefined): Drawn | undefined {
  const { model } = useApp();
  const locale = useLocale();
  const appearance = useAppearance();
  const regionName = useRegionNames((chart.dimensions ?? []).some(({ leading }) => leading === CITY || leading === DISTRICT));
  return useMemo(() => (data && isChartType(chart.type) ? draw({ chart, data, model, locale, appearance, regionName }) : undefined), [chart, data, model, locale, appearance, regionName]);
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
