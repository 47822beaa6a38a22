/** The cards of a dashboard on twelve columns; on a phone below one another, in reading order. */
import type { CSSProperties } from 'react';
import { useMemo } from 'react';
import type { DashboardDefinition } from '#engine/dashboards/definitions.ts';
import type { SharedValues } from '#engine/dashboards/shared-values.ts';
import { useDashboard } from '../api/dashboards.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { useLiveTables } from '../pages/HomeWork.tsx';
import { DashboardCard } from './DashboardCard.tsx';
import { useDashboardTexts } from './texts.ts';
import './dashboards.css';

/** Pixels of a row of the grid, without the gap. */
export const ROW = 44;
export const GAP = 12;

export function DashboardGrid({ dashboard, shared }: { dashboard: DashboardDefinition; shared: SharedValues }) {
  const texts = useDashboardTexts();
  const phone = usePhone();
  const query = useDashboard(dashboard, shared);
  const given = useMemo(() => ({ shared }), [shared]);
  useLiveTables(new Set(dashboard.cards.flatMap(({ list }) => (list ? [list.table] : []))));
  const cards = useMemo(() => dashboard.cards.toSorted((a, b) => a.y - b.y || a.x - b.x), [dashboard.cards]);
  if (cards.length === 0) return <EmptyState title={texts.noCards} />;
  return (
    <div className={phone ? 'dashboard dashboard-phone' : 'dashboard'}>
      {cards.map((card) => {
        const isSmall = card.h <= 3;
        const place: CSSProperties = phone
          ? { minHeight: card.chart && isSmall ? 124 : undefined, height: card.chart && !isSmall ? Math.max(300, card.h * (ROW + GAP)) : undefined, gridColumn: isSmall && card.w <= 3 ? 'span 1' : '1 / -1' }
          : { gridColumn: `${card.x + 1} / span ${card.w}`, gridRow: `${card.y + 1} / span ${card.h}` };
        return (
          <div key={card.name} className="dashboard-place" style={place}>
            <DashboardCard card={card} answer={query.data?.cards[card.name]} error={query.error} given={given} onRetry={() => void query.refetch()} />
          </div>
        );
      })}
    </div>
  );
}
