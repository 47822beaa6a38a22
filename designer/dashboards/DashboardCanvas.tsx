/** The dashboard as people will see it, with cards that are dragged, resized and chosen. Numbers are those of what is live. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { GridLayout, type Layout } from 'react-grid-layout';
import { placeCards } from '#engine/changes/edit-dashboards.ts';
import { chartTypeOf, isChartType } from '#engine/charts/index.ts';
import { type CardDefinition, type DashboardDefinition, GRID_COLUMNS } from '#engine/dashboards/definitions.ts';
import { type SharedValues, sharedValues } from '#engine/dashboards/shared-values.ts';
import { useChart } from '#runtime/api/charts.ts';
import { useApp } from '#runtime/app/session.tsx';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { ChartCard } from '#runtime/charts/ChartCard.tsx';
import { DashboardCard } from '#runtime/dashboards/DashboardCard.tsx';
import { GAP, ROW } from '#runtime/dashboards/DashboardGrid.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { noLeaving } from '../preview/no-leaving.ts';
import 'react-grid-layout/css/styles.css';
import 'react-resizable/css/styles.css';
import './dashboards.css';

interface CanvasProps {
  readonly dashboard: DashboardDefinition;
  readonly selected: string | undefined;
  readonly onSelect: (card: string) => void;
}

export function DashboardCanvas({ dashboard, selected, onSelect }: CanvasProps) {
  const label = useLabel();
  const { edit, issues } = useDraft();
  const { user } = useApp();
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const shared = useMemo(() => sharedValues(dashboard, {}, user.id), [dashboard, user.id]);
  const layout = useMemo((): Layout => dashboard.cards.map(({ name, x, y, w, h }) => ({ i: name, x, y, w, h, minW: 2, minH: 2 })), [dashboard.cards]);
  const move = (next: Layout) => edit((old) => placeCards(old, dashboard.name, next.map(({ i, x, y, w, h }) => ({ name: i, x, y, w, h }))), `${dashboard.name} layout`);
  const isWrong = (index: number): boolean => issues.some(({ path }) => path.startsWith(`/dashboards/${dashboard.name}/cards/${index}/`));
  return (
    <div ref={place} className="dashboard-canvas" onClickCapture={noLeaving}>
      {width > 0 ? (
        <GridLayout
          width={width}
          layout={layout}
          gridConfig={{ cols: GRID_COLUMNS, rowHeight: ROW, margin: [GAP, GAP], containerPadding: [0, 0] }}
          dragConfig={{ handle: '.card-handle', threshold: 4 }}
          resizeConfig={{ handles: ['se'] }}
          onDragStop={move}
          onResizeStop={move}
        >
          {dashboard.cards.map((card, index) => (
            <div key={card.name}>
              {/* The card itself stays to be read; choosing it is a button of its own over it. */}
              <div className={`card-frame${selected === card.name ? ' card-selected' : ''}${isWrong(index) ? ' card-wrong' : ''}`}>
                <div className="card-content" inert>
                  <CardPreview card={card} shared={shared} wrong={isWrong(index)} />
                </div>
                <button type="button" className="card-handle" aria-pressed={selected === card.name} aria-label={cardName(card, label)} onClick={() => onSelect(card.name)} />
              </div>
            </div>
          ))}
        </GridLayout>
      ) : null}
    </div>
  );
}

export function cardName(card: CardDefinition, label: ReturnType<typeof useLabel>): string {
  if (card.chart) return label(card.chart.label);
  return card.list?.label ? label(card.list.label) : card.name;
}

function CardPreview({ card, shared, wrong }: { card: CardDefinition; shared: SharedValues; wrong: boolean }) {
  const given = useMemo(() => ({ shared }), [shared]);
  if (card.chart) return <ChartPreview key={card.chart.type} card={card} shared={shared} wrong={wrong} />;
  return <DashboardCard card={card} answer={undefined} error={null} given={given} onRetry={() => undefined} still />;
}

/** A chart of the draft is asked for as it stands; what the live tables do not have yet, it says. */
function ChartPreview({ card, shared, wrong }: { card: CardDefinition; shared: SharedValues; wrong: boolean }) {
  const chart = card.chart as NonNullable<CardDefinition['chart']>;
  const given = useMemo(() => ({ shared }), [shared]);
  // While it is being set up a chart may lack what its type needs: the last good one stays.
  const last = useRef(chart);
  if (!wrong && isChartType(chart.type) && chartTypeOf(chart)) last.current = chart;
  // Counted company-wide only once it is published.
  const { unscoped: _declared, ...asked } = last.current;
  const query = useChart(asked as typeof last.current, given);
  return <ChartCard chart={last.current} data={query.data} error={query.error} given={given} still />;
}
