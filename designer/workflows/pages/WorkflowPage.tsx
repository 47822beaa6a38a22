/** One workflow: palette, canvas, and the settings of what is selected; its runs and its trial beside. */
import { ArrowLeftOutlined, ExperimentOutlined } from '@ant-design/icons';
import { Button, Switch } from 'antd';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Link, Route, Routes, useLocation, useSearchParams } from 'react-router';
import { updateWorkflow, workflowOf } from '#engine/changes/edit-workflows.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { describeWorkflow } from '#engine/workflows/describe-workflow.ts';
import { wordsFor } from '#engine/workflows/words.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { useDocumentTitle } from '#runtime/ui/PageHead.tsx';
import { BlockSkeleton } from '#runtime/ui/Skeletons.tsx';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useDraft } from '../../draft/draft-context.ts';
import { NotThere } from '../../shell/NotThere.tsx';
import { PaneHead } from '../../shell/Panes.tsx';
import { Canvas, runsInsideSave } from '../canvas/Canvas.tsx';
import { TRIGGER_ID } from '../canvas/layout.ts';
import { NodePicker } from '../canvas/NodePicker.tsx';
import type { Trace } from '../canvas/trace.ts';
import { type ChangeWorkflow, useCanvasEdits } from '../canvas/use-canvas-edits.ts';
import { workflowPath, WORKFLOWS, workflowRunsPath } from '../paths.ts';
import { useWorkflowTexts } from '../texts.ts';
import { ProblemList } from './ProblemList.tsx';
import { SelectionPane } from './SelectionPane.tsx';
import { Telling } from './Telling.tsx';
import { useWorkflowActions } from './use-workflow-actions.tsx';
import { problemsByCard, useWorkflowProblems } from './workflow-problems.ts';

const TestDrawer = lazy(() => import('../trial/TestDrawer.tsx').then((module) => ({ default: module.TestDrawer })));
const WorkflowRuns = lazy(() => import('../runs/WorkflowRuns.tsx').then((module) => ({ default: module.WorkflowRuns })));

export function WorkflowPage({ name }: { name: string }) {
  const texts = useWorkflowTexts();
  const label = useLabel();
  const { definitions } = useDraft();
  const { toggle } = useWorkflowActions();
  const app = useApp();
  // Trials and runs show records of everybody.
  const owner = isSystemOwner(app);
  const { pathname } = useLocation();
  const [testing, setTesting] = useState(false);
  const workflow = workflowOf(definitions, name);
  const title = workflow ? label(workflow.label) : '';
  useDocumentTitle(title);
  const isRuns = pathname.startsWith(workflowRunsPath(name));
  if (!workflow || (isRuns && !owner)) return <NotThere />;
  const tabs = [{ to: workflowPath(name), text: texts.canvas.graph, here: !isRuns }, { to: workflowRunsPath(name), text: texts.canvas.runs, here: isRuns }];
  return (
    <div className="workflow-page">
      <PaneHead
        title={
          <>
            <Link to={WORKFLOWS} className="workflow-back" aria-label={texts.canvas.all}>
              <ArrowLeftOutlined aria-hidden="true" />
            </Link>{' '}
            {title}
          </>
        }
        extra={
          <>
            {owner ? (
              <nav className="workflow-tabs" aria-label={title}>
                {tabs.map((tab) => (
                  <Link key={tab.to} to={tab.to} className={tab.here ? 'chip chip-here' : 'chip'} aria-current={tab.here ? 'page' : undefined}>
                    {tab.text}
                  </Link>
                ))}
              </nav>
            ) : null}
            <Switch checked={workflow.disabled !== true} checkedChildren={texts.list.on} unCheckedChildren={texts.list.off} aria-label={texts.workflow.enabled} onChange={(on) => toggle(workflow, on)} />
            {isRuns || !owner ? null : (
              <Button icon={<ExperimentOutlined aria-hidden="true" />} aria-pressed={testing} onClick={() => setTesting(!testing)}>
                {texts.canvas.test}
              </Button>
            )}
          </>
        }
      />
      <Routes>
        <Route
          path="runs/:run?"
          element={
            <Suspense fallback={<BlockSkeleton />}>
              <WorkflowRuns workflow={workflow} />
            </Suspense>
          }
        />
        <Route path="*" element={<Editor workflow={workflow} testing={testing} onTested={() => setTesting(false)} />} />
      </Routes>
    </div>
  );
}

function Editor({ workflow, testing, onTested }: { workflow: WorkflowDefinition; testing: boolean; onTested: () => void }) {
  const texts = useWorkflowTexts();
  const phone = usePhone();
  const { model, edit } = useDraft();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('node');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(asked ? [asked] : []));
  const [show, setShow] = useState<{ id: string; round: number } | null>(null);
  const [trace, setTrace] = useState<Trace | null>(null);
  const { name } = workflow;
  const words = useMemo(() => wordsFor(model, workflow), [model, workflow]);
  const lines = useMemo(() => describeWorkflow(model, workflow), [model, workflow]);
  const found = useWorkflowProblems(workflow);
  const problems = useMemo(() => problemsByCard(found), [found]);
  const onChange = useMemo<ChangeWorkflow>(() => (change, key) => edit((old) => updateWorkflow(old, name, change), key), [edit, name]);
  const onSelect = (ids: readonly string[]) => setSelected(new Set(ids));
  const showCard = (id: string) => {
    setSelected(new Set([id]));
    setShow((old) => ({ id, round: (old?.round ?? 0) + 1 }));
  };
  // A link to a node selects it, also when the page is open already.
  useEffect(() => {
    if (!asked) return;
    showCard(asked);
    setSearch({}, { replace: true });
  }, [asked, setSearch]);
  const edits = useCanvasEdits({ workflow, selected, onSelect, onChange });
  const [only] = selected;
  return (
    <div className="flow-page">
      {phone || testing ? null : (
        <aside className="flow-palette" aria-label={texts.canvas.palette}>
          <NodePicker canDrag insideSave={runsInsideSave(workflow)} onPick={(type) => edits.place(type, edits.nextPlace())} />
        </aside>
      )}
      <div className="flow-middle">
        {phone ? <p className="larger-screen quiet">{texts.canvas.larger}</p> : null}
        <Canvas workflow={workflow} words={words} selected={selected} onSelect={onSelect} problems={problems} trace={testing ? trace : null} onChange={phone ? undefined : onChange} show={show} />
        <ProblemList found={found} workflow={workflow} onShow={showCard} />
        {phone && !testing ? <Telling lines={lines} selected={only === TRIGGER_ID ? null : only} onShow={showCard} /> : null}
      </div>
      {phone || testing ? null : <SelectionPane workflow={workflow} words={words} lines={lines} selected={selected} onSelect={onSelect} onShow={showCard} onChange={onChange} />}
      {testing ? (
        <Suspense fallback={null}>
          <TestDrawer workflow={workflow} onTrace={setTrace} onShow={showCard} onClose={onTested} />
        </Suspense>
      ) : null}
    </div>
  );
}
