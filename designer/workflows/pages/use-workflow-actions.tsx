/** What is done with a workflow as a whole. */
import { App } from 'antd';
import { useNavigate } from 'react-router';
import { freeName } from '#engine/changes/edits.ts';
import { addWorkflow, duplicateWorkflow, removeWorkflow, updateWorkflow } from '#engine/changes/edit-workflows.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useToast } from '#runtime/ui/toast.tsx';
import { useDraft } from '../../draft/draft-context.ts';
import { fill } from '../../i18n/index.ts';
import { WORKFLOWS, workflowPath } from '../paths.ts';
import { useWorkflowTexts } from '../texts.ts';

export function useWorkflowActions() {
  const { list } = useWorkflowTexts();
  const label = useLabel();
  const { definitions, live, edit } = useDraft();
  const { modal } = App.useApp();
  const toast = useToast();
  const navigate = useNavigate();
  const copy = ({ name, label: own }: WorkflowDefinition) => {
    const taken = [...(definitions.workflows ?? []), ...(live.definitions.workflows ?? [])].map((workflow) => workflow.name);
    const free = freeName(name.replace(/_\d+$/, ''), taken);
    edit((old) => duplicateWorkflow(old, name, { name: free, label: { 'zh-CN': `${own['zh-CN']}（副本）`, en: `${own.en} (copy)` } }));
    void navigate(workflowPath(free));
  };
  const remove = (workflow: WorkflowDefinition) =>
    modal.confirm({
      title: fill(list.removeTitle, { name: label(workflow.label) }),
      content: list.removeText,
      okText: list.remove,
      okButtonProps: { danger: true },
      onOk: () => {
        edit((old) => removeWorkflow(old, workflow.name));
        void navigate(WORKFLOWS);
        toast({ text: fill(list.removed, { name: label(workflow.label) }), action: { label: list.undo, run: () => edit((old) => addWorkflow(old, workflow)) } });
      },
    });
  const toggle = (workflow: WorkflowDefinition, on: boolean) => {
    edit((old) => updateWorkflow(old, workflow.name, { disabled: on ? undefined : true }));
    toast({ text: `${fill(on ? list.isOn : list.isOff, { name: label(workflow.label) })} · ${list.published}` });
  };
  return { copy, remove, toggle };
}
