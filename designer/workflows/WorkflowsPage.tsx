/** Workflows in the designer: the pages about all of them, and one for each. */
import { Navigate, Route, Routes, useParams } from 'react-router';
import { NotThere } from '../shell/NotThere.tsx';
import { AllWorkflows } from './pages/AllWorkflows.tsx';
import { WorkflowPage } from './pages/WorkflowPage.tsx';
import { WORKFLOWS } from './paths.ts';
import './workflows.css';
import './runs/runs.css';

/** Another workflow is another page: nothing of what was selected stays. */
function OnePage() {
  const { name = '' } = useParams();
  return <WorkflowPage key={name} name={name} />;
}

export function WorkflowsPage() {
  return (
    <Routes>
      <Route index element={<AllWorkflows tab="list" />} />
      {(['runs', 'outbox', 'calendar', 'secrets', 'simulate'] as const).map((tab) => (
        <Route key={tab} path={tab} element={<AllWorkflows tab={tab} />} />
      ))}
      <Route path="edit" element={<Navigate to={WORKFLOWS} replace />} />
      <Route path="edit/:name/*" element={<OnePage />} />
      <Route path="*" element={<NotThere />} />
    </Routes>
  );
}
