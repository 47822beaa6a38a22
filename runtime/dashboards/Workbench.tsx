/** The dashboard that an app makes its home page. */
import type { DashboardDefinition } from '#engine/dashboards/definitions.ts';
import { DashboardGrid } from './DashboardGrid.tsx';
import { SharedFilters } from './SharedFilters.tsx';
import { useShared } from './use-shared.ts';

export function Workbench({ dashboard }: { dashboard: DashboardDefinition }) {
  const { shared, set, reset, changed } = useShared(dashboard);
  return (
    <>
      <SharedFilters dashboard={dashboard} shared={shared} changed={changed} onChange={set} onReset={reset} />
      <DashboardGrid dashboard={dashboard} shared={shared} />
    </>
  );
}
