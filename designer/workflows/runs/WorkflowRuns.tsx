import { useParams } from 'react-router';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { OlderRuns } from './OlderRuns.tsx';
import { RunList } from './RunList.tsx';
import { StateFilter, useStateFilter } from './RunsTab.tsx';
import { RunView } from './RunView.tsx';

/** Runs of one workflow, or one of them. */
export function WorkflowRuns({ workflow }: { workflow: WorkflowDefinition }) {
  const { run } = useParams();
  const [state, setState] = useStateFilter();
  if (run !== undefined) return <RunView key={run} id={run} workflow={workflow} />;
  return (
    <div className="pane-main">
      <OlderRuns workflow={workflow} />
      <div className="run-tools">
        <StateFilter value={state} onChange={setState} />
      </div>
      <RunList filter={{ workflow: workflow.name, state }} withName={false} />
    </div>
  );
}
