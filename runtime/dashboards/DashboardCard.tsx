/** One card of a dashboard, whatever it shows. */
import type { CardDefinition } from '#engine/dashboards/definitions.ts';
import type { ReactNode } from 'react';
import type { CardAnswer } from '../api/dashboards.ts';
import type { ChartGiven } from '../api/charts.ts';
import { useLabel } from '../app/i18n/index.ts';
import { useTable } from '../app/session.tsx';
import { ChartCard } from '../charts/ChartCard.tsx';
import { WorkCard } from '../pages/HomeWork.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Markdown } from '../ui/Markdown.tsx';
import { dayPath } from '../views/view-kinds.ts';
import { AgendaCard } from './AgendaCard.tsx';
import { InboxCard } from './InboxCard.tsx';
import { useDashboardTexts } from './texts.ts';

interface DashboardCardProps {
  readonly card: CardDefinition;
  readonly answer: CardAnswer | undefined;
  readonly error: unknown;
  readonly given: ChartGiven;
  readonly onRetry: () => void;
  readonly still?: boolean;
  readonly extra?: ReactNode;
}

const ROWS = 6;

export function DashboardCard({ card, answer, error, given, onRetry, still = false, extra }: DashboardCardProps) {
  const texts = useDashboardTexts();
  const label = useLabel();
  if (card.chart) {
    if (answer && 'error' in answer) {
      return (
        <section className="chart-card" role="alert">
          <header className="chart-head"><div className="chart-titles"><h3 className="ellipsis">{label(card.chart.label)}</h3></div>{extra}</header>
          <EmptyState small title={texts.failed} hint={label(answer.error.detail)} />
        </section>
      );
    }
    return <ChartCard chart={card.chart} data={answer?.chart} error={error} onRetry={onRetry} given={given} still={still} extra={extra} />;
  }
  return (
    <div className={card.text ? 'chart-card text-card' : 'chart-card list-card-place'}>
      {extra}
      {card.text ? <Markdown text={label(card.text)} /> : null}
      {card.inbox ? <InboxCard kind={card.inbox} /> : null}
      {card.list ? <ListCard list={card.list} /> : null}
    </div>
  );
}

function ListCard({ list }: { list: NonNullable<CardDefinition['list']> }) {
  const { table, access } = useTable(list.table);
  const found = table?.views.find(({ name }) => name === list.view);
  if (!table || !found || !access.read) return null;
  const view = list.label ? { ...found, label: list.label } : found;
  return dayPath(view) === undefined ? <WorkCard table={table} view={view} limit={list.limit ?? ROWS} /> : <AgendaCard table={table} view={view} limit={list.limit ?? ROWS} />;
}
