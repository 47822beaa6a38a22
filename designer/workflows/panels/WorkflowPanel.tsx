/** Settings of the workflow itself, and its parameters. */
import { CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select, Switch } from 'antd';
import { useState } from 'react';
import type { Label } from '#engine/errors.ts';
import type { Patch } from '#engine/changes/edits.ts';
import { patched } from '#engine/changes/edits.ts';
import { setParameter } from '#engine/changes/edit-workflows.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { useProblem } from '../../shell/issues.ts';
import { LabelInput } from '../../ui/LabelInput.tsx';
import { Setting } from '../../ui/Setting.tsx';
import type { ChangeWorkflow } from '../canvas/use-canvas-edits.ts';
import { useWorkflowTexts } from '../texts.ts';
import { ParameterDefinitions } from './ParameterDefinitions.tsx';
import { ParameterValues } from './ParameterValues.tsx';

interface WorkflowPanelProps {
  readonly workflow: WorkflowDefinition;
  readonly onChange: ChangeWorkflow;
  readonly onCopy: () => void;
  readonly onRemove: () => void;
}

export function WorkflowPanel({ workflow, onChange, onCopy, onRemove }: WorkflowPanelProps) {
  const { workflow: texts, panel } = useWorkflowTexts();
  const parameters = workflow.parameters ?? [];
  const [part, setPart] = useState<'tune' | 'define'>(parameters.length > 0 ? 'tune' : 'define');
  const wrongLabel = useProblem(`/workflows/${workflow.name}/label`);
  const set = (patch: Patch<WorkflowDefinition>) => onChange((old) => patched(old, patch), `${workflow.name}/${Object.keys(patch).join()}`);
  return (
    <div className="settings flow-panel">
      <Setting id="workflow-label" label={texts.label} problem={wrongLabel} required>
        <LabelInput id="workflow-label" value={workflow.label} onChange={(label) => set({ label: label ?? { 'zh-CN': '', en: '' } })} />
      </Setting>
      <Setting id="workflow-description" label={texts.description}>
        <LabelInput id="workflow-description" many value={workflow.description} onChange={(description: Label | undefined) => set({ description })} />
      </Setting>
      <Setting id="workflow-enabled" label={texts.enabled} inline>
        <Switch id="workflow-enabled" size="small" checked={workflow.disabled !== true} onChange={(on) => set({ disabled: on ? undefined : true })} />
      </Setting>
      <Setting id="workflow-run-as" label={texts.runAs} help={texts.runAsHint}>
        <Select
          id="workflow-run-as"
          className="full"
          value={workflow.runAs ?? 'system'}
          options={[{ value: 'system', label: texts.system }, { value: 'starter', label: texts.starter }]}
          onChange={(next) => set({ runAs: next === 'starter' ? 'starter' : undefined })}
        />
      </Setting>
      <Setting id="workflow-urgent" label={texts.urgent} inline>
        <Switch id="workflow-urgent" size="small" checked={workflow.urgent === true} onChange={(on) => set({ urgent: on ? true : undefined })} />
      </Setting>
      <Setting id="workflow-mandatory" label={texts.mandatory} inline>
        <Switch id="workflow-mandatory" size="small" checked={workflow.mandatory === true} onChange={(on) => set({ mandatory: on ? true : undefined })} />
      </Setting>
      <section>
        <h3>{texts.parameters}</h3>
        {parameters.length > 0 ? <Segmented size="small" block value={part} options={[{ value: 'tune' as const, label: texts.tune }, { value: 'define' as const, label: texts.define }]} onChange={setPart} /> : <p className="setting-help">{texts.noParameters}</p>}
        {part === 'tune' && parameters.length > 0 ? (
          <ParameterValues parameters={parameters} onChange={(name, value) => onChange((old) => setParameter(old, name, value), `${workflow.name}/parameter/${name}`)} />
        ) : (
          <ParameterDefinitions path={`/workflows/${workflow.name}/parameters`} parameters={parameters} onChange={(next) => set({ parameters: next.length > 0 ? [...next] : undefined })} />
        )}
      </section>
      <section>
        <h3>{panel.name}</h3>
        <Input className="code-input" readOnly variant="filled" value={workflow.name} aria-label={panel.name} />
      </section>
      <div className="panel-foot">
        <Button size="small" icon={<CopyOutlined aria-hidden="true" />} onClick={onCopy}>
          {texts.copy}
        </Button>
        <Button size="small" danger type="text" icon={<DeleteOutlined aria-hidden="true" />} onClick={onRemove}>
          {texts.remove}
        </Button>
      </div>
    </div>
  );
}

