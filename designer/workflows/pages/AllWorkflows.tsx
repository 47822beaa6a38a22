import { lazy, type ReactNode, Suspense } from 'react';
import { Link } from 'react-router';
import { isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { BlockSkeleton } from '#runtime/ui/Skeletons.tsx';
import { NotThere } from '../../shell/NotThere.tsx';
import { PaneHead } from '../../shell/Panes.tsx';
import { WORKFLOWS } from '../paths.ts';
import { useWorkflowTexts } from '../texts.ts';
import { WorkflowList } from './WorkflowList.tsx';

const RunsTab = lazy(() => import('../runs/RunsTab.tsx').then((module) => ({ default: module.RunsTab })));
const OutboxTab = lazy(() => import('../runs/OutboxTab.tsx').then((module) => ({ default: module.OutboxTab })));
const CalendarTab = lazy(() => import('./CalendarTab.tsx').then((module) => ({ default: module.CalendarTab })));
const SecretsTab = lazy(() => import('./SecretsTab.tsx').then((module) => ({ default: module.SecretsTab })));
const SimulateTab = lazy(() => import('../trial/SimulateTab.tsx').then((module) => ({ default: module.SimulateTab })));

const TABS = {
  list: () => <WorkflowList />,
  runs: () => <RunsTab />,
  outbox: () => <OutboxTab />,
  calendar: () => <CalendarTab />,
  secrets: () => <SecretsTab />,
  simulate: () => <SimulateTab />,
} as const satisfies Record<string, () => ReactNode>;

export type WorkflowsTab = keyof typeof TABS;

export function AllWorkflows({ tab }: { tab: WorkflowsTab }) {
  const texts = useWorkflowTexts();
  const app = useApp();
  // Everything but the list shows records of everybody, or keys.
  const tabs = isSystemOwner(app) ? Object.keys(TABS) : ['list'];
  if (!tabs.includes(tab)) return <NotThere />;
  return (
    <div className="pane-main">
      <PaneHead title={texts.title} note={texts.hint} />
      {tabs.length > 1 ? (
        <nav className="table-tabs" aria-label={texts.title}>
          {tabs.map((name) => (
            <Link key={name} to={name === 'list' ? WORKFLOWS : `${WORKFLOWS}/${name}`} className={name === tab ? 'table-tab table-tab-here' : 'table-tab'} aria-current={name === tab ? 'page' : undefined}>
              {texts.tabs[name as WorkflowsTab]}
            </Link>
          ))}
        </nav>
      ) : null}
      <Suspense fallback={<BlockSkeleton />}>{TABS[tab]()}</Suspense>
    </div>
  );
}
