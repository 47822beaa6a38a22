/** All workflows: what sets each off, whether it is on, and what of it is under way. */
import { CopyOutlined, DeleteOutlined, MoreOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Badge, Button, Dropdown, Input, Switch } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { WorkflowStatistics } from '#engine/workflows/reports.ts';
import { TRIGGER_TYPES, triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { wordsFor } from '#engine/workflows/words.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useDraft } from '../../draft/draft-context.ts';
import { fill } from '../../i18n/index.ts';
import { useIssues } from '../../shell/issues.ts';
import { useStatistics } from '../api.ts';
import { workflowPath, workflowRunsPath } from '../paths.ts';
import { TriggerIcon } from '../StepIcon.tsx';
import { useWorkflowTexts } from '../texts.ts';
import { AddWorkflow } from './AddWorkflow.tsx';
import { useWorkflowActions } from './use-workflow-actions.tsx';

function Numbers({ numbers }: { numbers: WorkflowStatistics }) {
  const { list } = useWorkflowTexts();
  const app = useApp();
  const { workflow, running, waiting, failed, doneLastMonth } = numbers;
  const parts = [running > 0 ? fill(list.running, { n: running }) : '', waiting > 0 ? fill(list.waiting, { n: waiting }) : '', doneLastMonth > 0 ? fill(list.done, { n: doneLastMonth }) : ''].filter(Boolean);
  const shown = (
    <>
      {failed > 0 ? <span className="mark mark-failed">{fill(list.failed, { n: failed })}</span> : null}
      <span className="quiet">{parts.length > 0 ? parts.join(' · ') : failed > 0 ? '' : list.idle}</span>
    </>
  );
  // Runs show records of everybody.
  return isSystemOwner(app) ? (
    <Link to={workflowRunsPath(workflow)} className="workflow-numbers">
      {shown}
    </Link>
  ) : (
    <span className="workflow-numbers">{shown}</span>
  );
}

function Line({ workflow, numbers }: { workflow: WorkflowDefinition; numbers: WorkflowStatistics | undefined }) {
  const { list } = useWorkflowTexts();
  const label = useLabel();
  const { model, live } = useDraft();
  const { copy, remove, toggle } = useWorkflowActions();
  const issues = useIssues(`/workflows/${workflow.name}`);
  const words = useMemo(() => wordsFor(model, workflow), [model, workflow]);
  const summary = Object.hasOwn(TRIGGER_TYPES, workflow.trigger.type) ? label(triggerTypeOf(workflow.trigger).summary(workflow.trigger, words)) : workflow.trigger.type;
  const isLive = live.definitions.workflows?.some((own) => own.name === workflow.name) === true;
  const name = label(workflow.label);
  return (
    <li className={workflow.disabled ? 'workflow-line workflow-off' : 'workflow-line'}>
      <Link to={workflowPath(workflow.name)} className="workflow-link">
        <TriggerIcon trigger={workflow.trigger} />
        <span className="workflow-text">
          <strong className="ellipsis">
            {name} {isLive ? null : <span className="mark mark-new">{list.draft}</span>} {issues.length > 0 ? <Badge count={issues.length} size="small" title={fill(list.problems, { n: issues.length })} /> : null}
          </strong>
          <span className="quiet ellipsis">{summary}</span>
        </span>
      </Link>
      {numbers ? <Numbers numbers={numbers} /> : <span className="workflow-numbers" />}
      <Switch size="small" checked={workflow.disabled !== true} aria-label={`${workflow.disabled ? list.off : list.on}: ${name}`} onChange={(on) => toggle(workflow, on)} />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'copy', label: list.copy, icon: <CopyOutlined aria-hidden="true" />, onClick: () => copy(workflow) },
            { key: 'remove', label: list.remove, icon: <DeleteOutlined aria-hidden="true" />, danger: true, onClick: () => remove(workflow) },
          ],
        }}
      >
        <IconButton size="small" label={`${list.more}: ${name}`} icon={<MoreOutlined aria-hidden="true" />} />
      </Dropdown>
    </li>
  );
}

const SEARCH_FROM = 8;

export function WorkflowList() {
  const { list } = useWorkflowTexts();
  const { definitions } = useDraft();
  const statistics = useStatistics();
  const [adding, setAdding] = useState(false);
  const [query, setQuery] = useState('');
  const workflows = definitions.workflows ?? [];
  const wanted = query.trim().toLowerCase();
  const found = workflows.filter(({ name, label }) => [name, label['zh-CN'], label.en].some((text) => text.toLowerCase().includes(wanted)));
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden="true" />} onClick={() => setAdding(true)}>
      {list.add}
    </Button>
  );
  return (
    <>
      {workflows.length === 0 ? (
        <EmptyState title={list.empty} hint={list.emptyHint} action={add} />
      ) : (
        <>
          <div className="workflow-tools">
            {workflows.length >= SEARCH_FROM ? <Input className="pane-search" allowClear prefix={<SearchOutlined className="quiet" aria-hidden="true" />} placeholder={list.search} aria-label={list.search} value={query} onChange={(event) => setQuery(event.target.value)} /> : null}
            {add}
          </div>
          {found.length === 0 ? <EmptyState small title={fill(list.noMatch, { q: query })} /> : null}
          <ul className="workflow-list">
            {found.map((workflow) => (
              <Line key={workflow.name} workflow={workflow} numbers={statistics.data?.find((own) => own.workflow === workflow.name)} />
            ))}
          </ul>
        </>
      )}
      {adding ? <AddWorkflow onClose={() => setAdding(false)} /> : null}
    </>
  );
}

