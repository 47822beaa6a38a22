import { type InputRef, Modal } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { addWorkflow } from '#engine/changes/edit-workflows.ts';
import { TRIGGER_TYPES, type TriggerTypeName } from '#engine/workflows/triggers/index.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { beginTyping } from '#runtime/ui/begin-typing.ts';
import { useDraft } from '../../draft/draft-context.ts';
import { completeLabel, NewNameInput, NOTHING_YET, useNameProblem } from '../../ui/NewNameInput.tsx';
import { Setting } from '../../ui/Setting.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { TRIGGER_ID } from '../canvas/layout.ts';
import { TriggerSelect } from '../panels/TriggerPanel.tsx';
import { workflowPath } from '../paths.ts';
import { useWorkflowTexts } from '../texts.ts';

export function AddWorkflow({ onClose }: { onClose: () => void }) {
  const { add } = useWorkflowTexts();
  const label = useLabel();
  const navigate = useNavigate();
  const { definitions, live, edit } = useDraft();
  const first = useRef<InputRef>(null);
  useReturnFocus();
  const [named, setNamed] = useState(NOTHING_YET);
  const [trigger, setTrigger] = useState<TriggerTypeName>('recordCreated');
  // One that is live but gone from the draft still has its runs under its name.
  const taken = useMemo(() => [...(definitions.workflows ?? []), ...(live.definitions.workflows ?? [])].map((workflow) => workflow.name), [definitions.workflows, live]);
  const problem = useNameProblem(named, taken);
  const create = () => {
    if (problem || !named.label) return;
    const { name } = named;
    const complete = completeLabel(named.label);
    edit((old) => addWorkflow(old, { name, label: complete, trigger: { type: trigger }, nodes: [] }));
    onClose();
    void navigate(workflowPath(name, TRIGGER_ID));
  };
  return (
    <Modal open title={add.title} okText={add.create} okButtonProps={{ disabled: problem !== undefined }} onOk={create} onCancel={onClose} width={520} afterOpenChange={(open) => (open ? beginTyping(first.current?.input) : undefined)}>
      <form
        className="settings"
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <NewNameInput id="new-workflow" value={named} onChange={setNamed} taken={taken} labelText={add.label} first={first} />
        <Setting id="new-workflow-trigger" label={add.trigger} help={label(TRIGGER_TYPES[trigger].description)}>
          <TriggerSelect id="new-workflow-trigger" value={trigger} onChange={setTrigger} />
        </Setting>
        <button type="submit" hidden />
      </form>
    </Modal>
  );
}
