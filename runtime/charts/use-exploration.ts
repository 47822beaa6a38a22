/** How far a reader has looked into a chart: groups opened one inside the other, and which of its measures is shown. */
import { useMemo, useState } from 'react';
import type { ChartData, ChartRow } from '#engine/charts/chart-data.ts';
import type { ChartDefinition } from '#engine/charts/definitions.ts';
import { exploredChart, hasDeeper, isExplored, type OpenedGroup, UNEXPLORED } from '#engine/charts/explore.ts';
import { type ChartGiven, useChart } from '../api/charts.ts';
import { useApp } from '../app/session.tsx';
import { dayOf } from '../fields/format.ts';

export interface Opened extends OpenedGroup {
  /** As the reader saw it. */
  readonly text: string;
}

export interface Explored {
  /** What is shown, as a chart of its own. */
  readonly chart: ChartDefinition;
  readonly data: ChartData | undefined;
  readonly error: unknown;
  readonly opened: readonly Opened[];
  readonly measure: string | null;
  retry(): void;
  /** Opens a group; answers false where there is nothing inside. */
  open(row: ChartRow, text: string): boolean;
  /** Back to so many opened groups. */
  closeTo(depth: number): void;
  choose(measure: string | null): void;
}

export function useExploration(chart: ChartDefinition, data: ChartData | undefined, given: ChartGiven): Explored {
  const { timeZone } = useApp().model.settings;
  const [{ opened, measure }, setState] = useState<{ opened: readonly Opened[]; measure: string | null }>(UNEXPLORED as { opened: readonly Opened[]; measure: null });
  const isMoved = isExplored({ opened, measure });
  const today = dayOf(new Date(), timeZone);
  const shown = useMemo(() => exploredChart(chart, { opened, measure }, today), [chart, opened, measure, today]);
  const own = useChart(shown, given, isMoved);
  return {
    chart: shown,
    data: !isMoved ? data : own.isPlaceholderData ? undefined : own.data,
    error: isMoved ? own.error : null,
    opened,
    measure,
    retry: () => void own.refetch(),
    open(row, text) {
      const key = row.keys[0] ?? null;
      if (!hasDeeper(chart, { opened, measure }) || key === null || row.other) return false;
      const kind = (isMoved ? own.data : data)?.dimensions[0]?.kind ?? 'text';
      setState({ measure, opened: [...opened, { key, kind, text }] });
      return true;
    },
    closeTo: (depth) => setState({ measure, opened: opened.slice(0, depth) }),
    choose: (next) => setState({ opened, measure: next }),
  };
}
