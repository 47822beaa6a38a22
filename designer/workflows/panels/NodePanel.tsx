/** Settings of the selected step: its name, what its type asks for, and where each way out leads. */
import { useMemo } from 'react';
import { connect, portsOf, updateNode } from '#engine/changes/edit-workflows.ts';
import type { Label } from '#engine/errors.ts';
import type { NodeDefinition, WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { Words } from '#engine/workflows/node-type.ts';
import { NODE_TYPES, nodeTypeOf } from '#engine/workflows/nodes/index.ts';
import { labelOf } from '#engine/workflows/scope.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../../draft/draft-context.ts';
import { fill } from '../../i18n/index.ts';
import type { SettingContext } from '../../settings/editor.ts';
import { settingsOf } from '../../settings/setting-schema.ts';
import { SettingsForm } from '../../settings/SettingsForm.tsx';
import { LabelInput } from '../../ui/LabelInput.tsx';
import { Setting } from '../../ui/Setting.tsx';
import type { ChangeWorkflow } from '../canvas/use-canvas-edits.ts';
import { useScopeOf, WorkflowScopeContext } from '../settings/workflow-scope.ts';
import { useWorkflowTexts } from '../texts.ts';
import { NextEditor } from './NextEditor.tsx';

interface NodePanelProps {
  readonly workflow: WorkflowDefinition;
  readonly node: NodeDefinition;
  readonly words: Words;
  readonly onChange: ChangeWorkflow;
  readonly onSelect: (ids: readonly string[]) => void;
}

export function NodePanel({ workflow, node, words, onChange, onSelect }: NodePanelProps) {
  const { panel } = useWorkflowTexts();
  const label = useLabel();
  const { model } = useDraft();
  const scope = useScopeOf(model, words, workflow, node.name);
  const type = Object.hasOwn(NODE_TYPES, node.type) ? nodeTypeOf(node) : undefined;
  const table = scope.scope.table ?? '';
  const context = useMemo<SettingContext>(() => ({ table, values: node, path: `/workflows/${workflow.name}/nodes/${node.name}` }), [table, node, workflow.name]);
  const set = (name: string, value: unknown) => onChange((old) => updateNode(old, node.name, { [name]: value }), `${workflow.name}/${node.name}/${name}`);
  if (!type) return <p className="field-problem">{node.type}</p>;
  return (
    <WorkflowScopeContext value={scope}>
      <div className="settings flow-panel" key={node.name}>
        <p className="panel-what">{label(type.description)}</p>
        <SettingsForm settings={type.settings} context={context} onChange={set} />
        {settingsOf(type.settings).length === 0 ? <p className="quiet">{panel.nothing}</p> : null}
        <section>
          <h3>{panel.next}</h3>
          <NextEditor workflow={workflow} ports={portsOf(node)} targetOf={(port) => node.next?.[port]} self={node.name} onOpen={(name) => onSelect([name])} onConnect={(port, target) => onChange((old) => connect(old, { node: node.name, port }, target))} />
        </section>
        <section>
          <h3>{panel.step}</h3>
          <Setting id="node-label" label={panel.label} help={fill(panel.labelHint, { name: label(type.label) })}>
            <LabelInput id="node-label" value={node.label} onChange={(next: Label | undefined) => set('label', next)} />
          </Setting>
          <p className="setting-help">{fill(panel.nodeName, { variable: `$${node.name}` })}</p>
        </section>
      </div>
    </WorkflowScopeContext>
  );
}

/** What stands where several are selected. */
export function ManyPanel({ nodes }: { nodes: readonly NodeDefinition[] }) {
  const { panel } = useWorkflowTexts();
  const label = useLabel();
  return (
    <div className="settings">
      <p className="quiet">{panel.manyHint}</p>
      <ul className="flow-many">
        {nodes.map((node) => (
          <li key={node.name}>{label(labelOf(node))}</li>
        ))}
      </ul>
    </div>
  );
}

