import { Select } from 'antd';
import { useMemo } from 'react';
import { changeTrigger, connect, TRIGGER_PORT, updateTrigger } from '#engine/changes/edit-workflows.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { Words } from '#engine/workflows/node-type.ts';
import { TRIGGER_TYPES, type TriggerTypeName, triggerTypeOf } from '#engine/workflows/triggers/index.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { isSystemOwner, useApp } from '#runtime/app/session.tsx';
import { useDraft } from '../../draft/draft-context.ts';
import type { SettingContext } from '../../settings/editor.ts';
import { SettingsForm } from '../../settings/SettingsForm.tsx';
import { Setting } from '../../ui/Setting.tsx';
import type { ChangeWorkflow } from '../canvas/use-canvas-edits.ts';
import { useScopeOf, WorkflowScopeContext } from '../settings/workflow-scope.ts';
import { StepIcon } from '../StepIcon.tsx';
import { useWorkflowTexts } from '../texts.ts';
import { NextEditor } from './NextEditor.tsx';
import { WebhookPanel } from './WebhookPanel.tsx';

export function TriggerSelect({ id, value, onChange }: { id: string; value: TriggerTypeName; onChange: (type: TriggerTypeName) => void }) {
  const label = useLabel();
  return (
    <Select<TriggerTypeName>
      id={id}
      className="full"
      value={value}
      options={Object.entries(TRIGGER_TYPES).map(([name, type]) => ({ value: name as TriggerTypeName, label: label(type.label), description: label(type.description), icon: type.icon }))}
      optionRender={({ data }) => (
        <span className="trigger-option">
          <StepIcon icon={data.icon} group="trigger" />
          <span>
            <strong>{data.label}</strong>
            <span className="quiet">{data.description}</span>
          </span>
        </span>
      )}
      listHeight={360}
      onChange={onChange}
    />
  );
}

interface TriggerPanelProps {
  readonly workflow: WorkflowDefinition;
  readonly words: Words;
  readonly onChange: ChangeWorkflow;
  readonly onSelect: (ids: readonly string[]) => void;
}

export function TriggerPanel({ workflow, words, onChange, onSelect }: TriggerPanelProps) {
  const owner = isSystemOwner(useApp());
  const { panel } = useWorkflowTexts();
  const label = useLabel();
  const { model } = useDraft();
  const { trigger } = workflow;
  const scope = useScopeOf(model, words, workflow, null);
  const type = Object.hasOwn(TRIGGER_TYPES, trigger.type) ? triggerTypeOf(trigger) : undefined;
  const table = scope.scope.table ?? '';
  const context = useMemo<SettingContext>(() => ({ table, values: trigger, path: `/workflows/${workflow.name}/trigger` }), [table, trigger, workflow.name]);
  return (
    <WorkflowScopeContext value={scope}>
      <div className="settings flow-panel">
        <Setting id="trigger-type" label={panel.kind} help={type && label(type.description)}>
          <TriggerSelect id="trigger-type" value={trigger.type as TriggerTypeName} onChange={(next) => onChange((old) => changeTrigger(old, next))} />
        </Setting>
        {type ? <SettingsForm settings={type.settings} context={context} onChange={(name, value) => onChange((old) => updateTrigger(old, { [name]: value }), `${workflow.name}/trigger/${name}`)} /> : null}
        {owner && type?.startedBy === 'webhook' ? <WebhookPanel workflow={workflow.name} /> : null}
        <section>
          <h3>{panel.next}</h3>
          <NextEditor workflow={workflow} ports={[{ name: TRIGGER_PORT, label: { 'zh-CN': '第一步', en: 'First step' } }]} targetOf={() => trigger.next} self={null} onOpen={(name) => onSelect([name])} onConnect={(_, target) => onChange((old) => connect(old, { node: null, port: TRIGGER_PORT }, target))} />
        </section>
      </div>
    </WorkflowScopeContext>
  );
}
