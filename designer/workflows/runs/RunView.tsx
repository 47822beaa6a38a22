/** One run on the canvas as it was when it began: the way it took, and what each step read and answered. */
import { ArrowLeftOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Segmented, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { RunDetail, StepReport } from '#engine/workflows/reports.ts';
import { labelOf } from '#engine/workflows/scope.ts';
import { wordsFor } from '#engine/workflows/words.ts';
import { useLabel, useLocale } from '#runtime/app/i18n/index.ts';
import { ErrorState, useErrorText } from '#runtime/ui/ErrorState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { useLiveModel } from '../../preview/preview-app.ts';
import { fill } from '../../i18n/index.ts';
import { portsOf } from '#engine/changes/edit-workflows.ts';
import { cancelRun, retryStep, RUNS_KEY, STATISTICS_KEY, useRun } from '../api.ts';
import { Canvas } from '../canvas/Canvas.tsx';
import { TRIGGER_ID } from '../canvas/layout.ts';
import { traceOf } from '../canvas/trace.ts';
import { workflowRunsPath } from '../paths.ts';
import { StateMark } from './RunList.tsx';
import { useRunTexts } from './texts.ts';
import { lengthOf, useMoment } from './when.ts';
import { JsonView } from './JsonView.tsx';

export function RunView({ id, workflow }: { id: string; workflow: WorkflowDefinition }) {
  const found = useRun(id);
  if (found.isPending) return <Skeleton active className="tab-body" />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  return <Run run={found.data} fallback={workflow} />;
}

function Run({ run, fallback }: { run: RunDetail; fallback: WorkflowDefinition }) {
  const { run: texts, runs } = useRunTexts();
  const label = useLabel();
  const moment = useMoment();
  const model = useLiveModel();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const workflow = (run.definition as WorkflowDefinition | null) ?? fallback;
  const words = useMemo(() => wordsFor(model, workflow), [model, workflow]);
  const trace = useMemo(() => traceOf(run.steps), [run.steps]);
  const failed = run.steps.find((step) => step.state === 'failed');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(failed ? [failed.node] : []));
  const [only] = selected;
  const done = (next: RunDetail, text: string) => {
    queries.setQueryData([...RUNS_KEY, 'one', run.id], next);
    void queries.invalidateQueries({ queryKey: STATISTICS_KEY });
    toast({ text });
  };
  const fail = (error: unknown) => toast({ kind: 'error', text: errorText(error) });
  const cancel = () => modal.confirm({ title: texts.cancelTitle, content: texts.cancelText, okText: texts.cancel, okButtonProps: { danger: true }, onOk: () => cancelRun(run.id).then((next) => done(next, texts.cancelled), fail) });
  const isUnderWay = run.state === 'running' || run.state === 'waiting' || run.state === 'failed';
  return (
    <div className="flow-page">
      <div className="flow-middle">
        <div className="run-head">
          <Link to={workflowRunsPath(run.workflow)} className="workflow-back" aria-label={texts.back}>
            <ArrowLeftOutlined aria-hidden="true" />
          </Link>
          <StateMark state={run.state} />
          <strong className="ellipsis">{run.record ? run.record.title || runs.hidden : runs.noRecord}</strong>
          <span className="quiet ellipsis">
            {fill(texts.started, { at: moment(run.startedAt) })} · {run.starter ? fill(runs.by, { name: run.starter.name }) : runs.clock}
          </span>
          {isUnderWay ? (
            <Button size="small" danger type="text" onClick={cancel}>
              {texts.cancel}
            </Button>
          ) : null}
        </div>
        {run.isCurrent ? null : <Alert banner type="info" title={fill(texts.older, { version: run.version })} />}
        {run.problem ? <Alert banner type={run.state === 'failed' ? 'error' : 'warning'} title={label(run.problem)} /> : null}
        <Canvas workflow={workflow} words={words} selected={selected} onSelect={(ids) => setSelected(new Set(ids.slice(-1)))} trace={trace} />
      </div>
      <aside className="pane-side flow-side">
        <div className="pane-content">
          {only === undefined || only === TRIGGER_ID ? (
            <StepList run={run} workflow={workflow} onSelect={(node) => setSelected(new Set([node]))} />
          ) : (
            <StepDetails key={only} node={only} steps={run.steps.filter((step) => step.node === only)} workflow={workflow} onRetry={(seq) => void retryStep(run.id, seq).then((next) => done(next, texts.retried), fail)} />
          )}
        </div>
      </aside>
    </div>
  );
}

function useNodeName(workflow: WorkflowDefinition): (name: string) => string {
  const label = useLabel();
  return (name) => {
    const node = workflow.nodes.find((own) => own.name === name);
    return node ? label(labelOf(node)) : name;
  };
}

function StepList({ run, workflow, onSelect }: { run: RunDetail; workflow: WorkflowDefinition; onSelect: (node: string) => void }) {
  const { run: texts, step: states } = useRunTexts();
  const nameOf = useNodeName(workflow);
  const moment = useMoment();
  return (
    <>
      <p className="quiet">{texts.choose}</p>
      <h3>{texts.steps}</h3>
      <ol className="step-list">
        {run.steps.map((step) => (
          <li key={step.seq}>
            <button type="button" onClick={() => onSelect(step.node)}>
              <span className={`state-mark state-${step.state}`}>{states[step.state]}</span> <span className="ellipsis">{nameOf(step.node)}</span>
              <span className="quiet">{step.dueAt && step.state === 'waiting' ? moment(step.dueAt) : step.finishedAt ? moment(step.finishedAt) : ''}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

interface StepDetailsProps {
  readonly node: string;
  readonly steps: readonly StepReport[];
  readonly workflow: WorkflowDefinition;
  readonly onRetry: (seq: number) => void;
}

function StepDetails({ node, steps, workflow, onRetry }: StepDetailsProps) {
  const { run: texts, step: states } = useRunTexts();
  const label = useLabel();
  const locale = useLocale();
  const moment = useMoment();
  const nameOf = useNodeName(workflow);
  const [at, setAt] = useState(Math.max(0, steps.findIndex((step) => step.state === 'failed')));
  const step = steps[at] ?? steps.at(-1);
  if (!step) return <p className="quiet">{texts.noStep}</p>;
  const definition = workflow.nodes.find((own) => own.name === node);
  const port = definition && portsOf(definition).find((own) => own.name === step.port);
  const notes = [
    step.startedAt && step.finishedAt ? fill(texts.duration, { time: lengthOf(step.startedAt, step.finishedAt, locale) }) : '',
    step.dueAt && step.state === 'waiting' ? fill(texts.due, { at: moment(step.dueAt) }) : '',
    step.attempts > 1 ? fill(texts.attempts, { n: step.attempts }) : '',
    port ? fill(texts.left, { port: label(port.label) }) : '',
  ].filter(Boolean);
  return (
    <div className="step-details">
      <h2>{nameOf(node)}</h2>
      {steps.length > 1 ? <Segmented size="small" value={at} options={steps.slice(0, 12).map((_, index) => ({ value: index, label: fill(texts.times, { n: index + 1 }) }))} onChange={setAt} /> : null}
      <p>
        <span className={`state-mark state-${step.state}`}>{states[step.state]}</span> <span className="quiet">{notes.join(' · ')}</span>
      </p>
      {step.problem ? <Alert type="error" showIcon title={label(step.problem)} /> : null}
      {step.state === 'failed' || step.state === 'done' ? (
        <>
          <Button size="small" type={step.state === 'failed' ? 'primary' : 'default'} onClick={() => onRetry(step.seq)}>
            {texts.retry}
          </Button>
          <p className="setting-help">{texts.retryHint}</p>
        </>
      ) : null}
      <JsonView title={texts.input} value={step.input} />
      <JsonView title={texts.output} value={step.output} />
    </div>
  );
}
