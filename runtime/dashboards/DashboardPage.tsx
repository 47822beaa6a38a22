/** A dashboard: its shared filters, kept in the address, and its cards. */
import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate, useParams } from 'react-router';
import type { DashboardDefinition } from '#engine/dashboards/definitions.ts';
import { useLabel } from '../app/i18n/index.ts';
import { mayDesign, useApp } from '../app/session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { usePhone } from '../ui/use-phone.ts';
import { DashboardGrid } from './DashboardGrid.tsx';
import { SharedFilters } from './SharedFilters.tsx';
import { useDashboardTexts } from './texts.ts';
import { useShared } from './use-shared.ts';

export function DashboardPage() {
  const { name = '' } = useParams();
  const { model } = useApp();
  const texts = useDashboardTexts();
  const dashboard = Object.hasOwn(model.dashboards, name) ? model.dashboards[name] : undefined;
  if (!dashboard) return <div className="page-center"><EmptyState title={texts.empty} hint={texts.emptyHint} /></div>;
  return <Dashboard key={name} dashboard={dashboard} />;
}

function Dashboard({ dashboard }: { dashboard: DashboardDefinition }) {
  const app = useApp();
  const texts = useDashboardTexts();
  const label = useLabel();
  const phone = usePhone();
  const navigate = useNavigate();
  const { shared, set, reset, changed } = useShared(dashboard);
  return (
    <div className="page">
      <PageHead
        title={label(dashboard.label)}
        extra={mayDesign(app) && !phone ? <Button icon={<EditOutlined aria-hidden="true" />} onClick={() => void navigate(`/designer/dashboards/${dashboard.name}`)}>{texts.edit}</Button> : undefined}
      />
      <div className="page-body dashboard-body">
        <SharedFilters dashboard={dashboard} shared={shared} changed={changed} onChange={set} onReset={reset} />
        <DashboardGrid dashboard={dashboard} shared={shared} />
      </div>
    </div>
  );
}
