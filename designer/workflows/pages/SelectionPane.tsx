/** Beside the canvas: settings of what is selected, or of the workflow, and below them the whole of it in words. */
import { CloseOutlined } from '@ant-design/icons';
import { type ReactNode, useEffect, useRef } from 'react';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { Words } from '#engine/workflows/node-type.ts';
import { labelOf } from '#engine/workflows/scope.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { fill, useTexts } from '../../i18n/index.ts';
import { TRIGGER_ID } from '../canvas/layout.ts';
import type { ChangeWorkflow } from '../canvas/use-canvas-edits.ts';
import { ManyPanel, NodePanel } from '../panels/NodePanel.tsx';
import { TriggerPanel } from '../panels/TriggerPanel.tsx';
import { WorkflowPanel } from '../panels/WorkflowPanel.tsx';
import { useWorkflowTexts } from '../texts.ts';
import { Telling } from './Telling.tsx';
import { useWorkflowActions } from './use-workflow-actions.tsx';
import type { Line } from '#engine/workflows/describe-workflow.ts';

interface SelectionPaneProps {
  readonly workflow: WorkflowDefinition;
  readonly words: Words;
  readonly lines: readonly Line[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onShow: (id: string) => void;
  readonly onChange: ChangeWorkflow;
}

export function SelectionPane({ workflow, words, lines, selected, onSelect, onShow, onChange }: SelectionPaneProps) {
  const { panel } = useWorkflowTexts();
  const { shell } = useTexts();
  const label = useLabel();
  const { copy, remove } = useWorkflowActions();
  const content = useRef<HTMLDivElement>(null);
  const [only] = selected;
  const chosen = workflow.nodes.filter((node) => selected.has(node.name));
  const [node] = chosen;
  const key = [...selected].join(' ');
  // Settings of another thing begin at their top.
  useEffect(() => {
    if (content.current) content.current.scrollTop = 0;
  }, [key]);

  const pane = (): { title: string; body: ReactNode } => {
    if (selected.size === 1 && only === TRIGGER_ID) return { title: panel.trigger, body: <TriggerPanel workflow={workflow} words={words} onChange={onChange} onSelect={onSelect} /> };
    if (chosen.length > 1) return { title: fill(panel.many, { n: chosen.length }), body: <ManyPanel nodes={chosen} /> };
    if (node) return { title: label(labelOf(node)), body: <NodePanel key={node.name} workflow={workflow} node={node} words={words} onChange={onChange} onSelect={(ids) => (ids[0] === undefined ? undefined : onShow(ids[0]))} /> };
    return { title: panel.settings, body: <WorkflowPanel workflow={workflow} onChange={onChange} onCopy={() => copy(workflow)} onRemove={() => remove(workflow)} /> };
  };
  const { title, body } = pane();
  const isWhole = chosen.length === 0 && only !== TRIGGER_ID;
  return (
    <aside className="pane-side flow-side" aria-label={shell.settings}>
      <header>
        <h2 className="ellipsis">{title}</h2>
        {isWhole ? null : <IconButton size="small" label={shell.close} icon={<CloseOutlined aria-hidden="true" />} onClick={() => onSelect([])} />}
      </header>
      <div className="pane-content" ref={content}>
        {isWhole ? <Telling lines={lines} selected={undefined} onShow={onShow} /> : null}
        {body}
        {isWhole ? null : <Telling lines={lines} selected={only === TRIGGER_ID ? null : only} onShow={onShow} />}
      </div>
    </aside>
  );
}
