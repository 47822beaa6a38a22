/** Records, fields, workflows, branches, and the rules of an assignment. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Select } from 'antd';
import { freeName, moveItem } from '#engine/changes/edits.ts';
import type { Label } from '#engine/errors.ts';
import type { Rule } from '#engine/rules/rule.ts';
import type { Branch, Person } from '#engine/workflows/settings.ts';
import { triggerTypeOf, TRIGGER_TYPES } from '#engine/workflows/triggers/index.ts';
import { useLabel, useLocale } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useDraft } from '../../draft/draft-context.ts';
import { fill, useTexts } from '../../i18n/index.ts';
import type { EditorProps } from '../../settings/editor.ts';
import { fieldChoices } from '../../settings/field-choices.ts';
import { NameSelect } from '../../settings/NameEditors.tsx';
import { LabelInput } from '../../ui/LabelInput.tsx';
import { Setting } from '../../ui/Setting.tsx';
import { SortableList } from '../../ui/SortableList.tsx';
import { useWorkflowTexts } from '../texts.ts';
import { labelOrEmpty } from './expression-mode.ts';
import { PeopleInput } from './PeopleEditor.tsx';
import { WorkflowRuleInput } from './RuleWithVariables.tsx';
import { VariableChip } from './VariableChip.tsx';
import { useWorkflowScope } from './workflow-scope.ts';

const RECORD = { what: 'record' } as const;
const LIST = { what: 'list' } as const;

export function RecordEditor({ id, schema, value, onChange }: EditorProps) {
  const { editor } = useWorkflowTexts();
  const { scope } = useWorkflowScope();
  const fallback = scope.table === null ? undefined : (schema.default as string | undefined);
  const own = typeof value === 'string' ? value : undefined;
  return <VariableChip id={id} path={own ?? fallback} wanted={RECORD} placeholder={editor.record} onPick={(path) => onChange(path === fallback ? undefined : path)} onClear={own === undefined ? undefined : () => onChange(undefined)} />;
}

export function RecordListEditor({ id, value, onChange }: EditorProps) {
  const { editor } = useWorkflowTexts();
  return <VariableChip id={id} path={typeof value === 'string' && value !== '' ? value : undefined} wanted={LIST} placeholder={editor.list} onPick={onChange} onClear={() => onChange(undefined)} />;
}

export function FieldsEditor({ id, value, onChange, of }: EditorProps) {
  const { editor } = useWorkflowTexts();
  const locale = useLocale();
  const { model } = useDraft();
  const options = of === undefined ? [] : fieldChoices(model, of, locale).filter(({ path, field }) => !path.includes('.') && !field.hidden).map(({ path, label }) => ({ value: path, label }));
  return <Select id={id} mode="multiple" className="full" allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={of === undefined ? editor.firstTable : editor.nothingChosen} value={Array.isArray(value) ? (value as string[]) : []} options={options} onChange={(next: string[]) => onChange(next.length > 0 ? next : undefined)} />;
}

/** Only those that others may call. */
export function WorkflowEditor({ id, value, onChange, required }: EditorProps) {
  const { editor } = useWorkflowTexts();
  const label = useLabel();
  const { definitions } = useDraft();
  const { workflow } = useWorkflowScope();
  const callable = (definitions.workflows ?? []).filter((own) => own.name !== workflow.name && Object.hasOwn(TRIGGER_TYPES, own.trigger.type) && triggerTypeOf(own.trigger).startedBy === 'workflow');
  return <NameSelect id={id} value={value} clearable={!required} placeholder={callable.length === 0 ? editor.noWorkflows : editor.choose} options={callable.map((own) => ({ value: own.name, label: label(own.label) }))} onChange={onChange} />;
}

export function BranchesEditor({ id, schema, value, onChange }: EditorProps) {
  const { editor } = useWorkflowTexts();
  const label = useLabel();
  const { scope } = useWorkflowScope();
  const branches = Array.isArray(value) ? (value as Branch[]) : [];
  const withRule = Object.hasOwn((schema.items as { properties?: object } | undefined)?.properties ?? {}, 'rule');
  const change = (name: string, patch: Partial<Branch>) => onChange(branches.map((branch) => (branch.name === name ? { ...branch, ...patch } : branch)));
  const setRule = (name: string, rule: Rule | undefined) => onChange(branches.map((branch) => (branch.name === name ? { name: branch.name, label: branch.label, ...(rule !== undefined && { rule }) } : branch)));
  const add = () => {
    const n = branches.length + 1;
    onChange([...branches, { name: freeName(`branch_${n}`, branches.map((branch) => branch.name)), label: { 'zh-CN': `分支 ${n}`, en: `Branch ${n}` } }]);
  };
  return (
    <div className="branches-editor" id={id}>
      <SortableList ids={branches.map((branch) => branch.name)} nameOf={(name) => label(branches.find((branch) => branch.name === name)?.label ?? labelOrEmpty(null))} onMove={(from, to) => onChange(moveItem(branches, from, to))}>
        {(name, handle) => {
          const branch = branches.find((own) => own.name === name);
          if (!branch) return null;
          return (
            <div className="branch-line">
              {handle}
              <div className="branch-body">
                <LabelInput id={`${id}-${name}`} value={branch.label} placeholder={editor.branchName} onChange={(next: Label | undefined) => change(name, { label: next ?? labelOrEmpty(null) })} />
                {withRule ? <WorkflowRuleInput id={`${id}-${name}-rule`} table={scope.table ?? undefined} own rule={branch.rule} onChange={(rule) => setRule(name, rule)} /> : null}
              </div>
              <IconButton size="small" label={`${editor.removeBranch}: ${label(branch.label)}`} icon={<DeleteOutlined aria-hidden="true" />} disabled={branches.length <= (withRule ? 1 : 2)} onClick={() => onChange(branches.filter((own) => own.name !== name))} />
            </div>
          );
        }}
      </SortableList>
      <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} disabled={branches.length >= 12} onClick={add}>
        {editor.addBranch}
      </Button>
    </div>
  );
}

interface AssignRule {
  readonly rule: Rule;
  readonly people: readonly Person[];
}

export function AssignRulesEditor({ id, value, onChange }: EditorProps) {
  const { editor } = useWorkflowTexts();
  const { page } = useTexts();
  const { scope } = useWorkflowScope();
  const rules = Array.isArray(value) ? (value as AssignRule[]) : [];
  const set = (next: readonly AssignRule[]) => onChange(next.length > 0 ? next : undefined);
  const change = (index: number, patch: Partial<AssignRule>) => set(rules.map((own, i) => (i === index ? { ...own, ...patch } : own)));
  return (
    <div className="branches-editor" id={id}>
      <SortableList ids={rules.map((_, index) => String(index))} nameOf={(at) => fill(page.item, { n: Number(at) + 1 })} onMove={(from, to) => set(moveItem(rules, from, to))}>
        {(at, handle) => {
          const index = Number(at);
          const own = rules[index];
          if (!own) return null;
          return (
            <div className="branch-line">
              {handle}
              <div className="branch-body">
                <WorkflowRuleInput id={`${id}-${at}`} table={scope.table ?? undefined} own rule={own.rule === true ? undefined : own.rule} onChange={(rule) => change(index, { rule: rule ?? true })} />
                <Setting id={`${id}-${at}-people`} label={editor.among}>
                  <PeopleInput id={`${id}-${at}-people`} value={own.people} onChange={(people) => change(index, { people: people ?? [] })} />
                </Setting>
              </div>
              <IconButton size="small" label={editor.removeRule} icon={<DeleteOutlined aria-hidden="true" />} onClick={() => set(rules.filter((_, i) => i !== index))} />
            </div>
          );
        }}
      </SortableList>
      <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={() => set([...rules, { rule: true, people: [] }])}>
        {editor.addRule}
      </Button>
    </div>
  );
}

/** Several of a few words. */
export function ChoicesEditor({ id, schema, value, onChange }: EditorProps) {
  const label = useLabel();
  const options = (schema.items?.anyOf ?? []).map(({ const: name }) => {
    const text = schema['x-labels']?.[String(name)];
    return { value: String(name), label: text ? label(text) : String(name) };
  });
  const chosen = (Array.isArray(value) ? value : Array.isArray(schema.default) ? schema.default : []) as string[];
  return (
    <span id={id}>
      <Checkbox.Group value={chosen} options={options} onChange={(next) => onChange(next.length === 0 || JSON.stringify(next) === JSON.stringify(schema.default) ? undefined : next)} />
    </span>
  );
}

