/** A condition of a workflow: conditions over fields and variables, a formula, or JSON for what neither says. */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { type ComponentProps, useContext, useMemo, useRef, useState } from 'react';
import type { FieldModel } from '#engine/model/app-model.ts';
import { type ConditionGroup, conditionsToRule, OPERATORS_BY_KIND, ruleToConditions, type VariableValue } from '#engine/rules/conditions.ts';
import { printFormula } from '#engine/rules/formula/print-formula.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { useLabel, useLocale } from '#runtime/app/i18n/index.ts';
import { ConditionBuilder, EmptyConditions, fitValues } from '#runtime/rules/ConditionBuilder.tsx';
import { type ConditionField, conditionFields, PLAIN } from '#runtime/rules/condition-fields.ts';
import { ConditionVariablesContext } from '#runtime/rules/condition-variables.ts';
import { ownerAccess } from '../../preview/preview-app.ts';
import { useTexts } from '../../i18n/index.ts';
import type { EditorProps } from '../../settings/editor.ts';
import { RawEditor } from '../../settings/PlainEditors.tsx';
import { RuleEditor } from '../../settings/RuleEditor.tsx';
import { useWorkflowTexts } from '../texts.ts';
import { FormulaInput } from './ExpressionInput.tsx';
import { VariableChip } from './VariableChip.tsx';
import { entriesOf, type VariableEntry } from './variable-entries.ts';
import { useWorkflowScope, WorkflowScopeContext } from './workflow-scope.ts';

const READING = { variables: true };
const EMPTY: ConditionGroup = { combinator: 'and', rules: [] };
type Mode = 'conditions' | 'formula' | 'json';

function modeOf(rule: Rule | undefined): Mode {
  if (ruleToConditions(rule, READING)) return 'conditions';
  return rule !== undefined && printFormula(rule) !== null ? 'formula' : 'json';
}

/** Variables to ask about: what steps answered, parameters, and the fields of their records. */
function useConditionVariables(own: boolean): readonly ConditionField[] {
  const { variables, model } = useWorkflowScope();
  const locale = useLocale();
  return useMemo(() => {
    const fields: ConditionField[] = [];
    const add = (entry: VariableEntry, over: readonly string[]): void => {
      const label = [...over, entry.label[locale]].join(' · ');
      if (entry.kind !== null && entry.kind !== 'none') {
        const field: FieldModel = entry.field ?? { name: entry.path, table: entry.table ?? '', label: entry.label, type: PLAIN[entry.kind], settings: entry.table ? { table: entry.table } : {}, ...(entry.table && { target: entry.table }) };
        fields.push({ path: entry.path, label, kind: entry.kind, field, variable: true });
      }
      if (entry.field === null) for (const inner of entry.open?.() ?? []) add(inner, [...over, entry.label[locale]]);
    };
    // Fields of the own record stand there by themselves.
    for (const entry of entriesOf(variables, model.tables)) if (!own || entry.path !== '$record') add(entry, []);
    return fields;
  }, [variables, model, locale, own]);
}

function PickVariable({ field, value, onChange }: { readonly field: ConditionField; readonly value: VariableValue | undefined; readonly onChange: (value: VariableValue | undefined) => void }) {
  const { editor } = useWorkflowTexts();
  const kinds = field.kind === 'none' ? undefined : ([field.kind, ...(field.kind === 'date' || field.kind === 'dateTime' ? (['date', 'dateTime'] as const) : []), ...(field.kind === 'option' || field.kind === 'reference' ? (['text', 'list'] as const) : [])] as const);
  return <VariableChip path={value?.var} placeholder={editor.variable} wanted={{ what: 'value', ...(kinds && { kinds }) }} onPick={(path) => onChange({ var: path as VariableValue['var'] })} onClear={() => onChange(undefined)} />;
}

interface RuleInputProps {
  readonly id: string;
  /** Undefined: about no record, variables only. */
  readonly table: string | undefined;
  /** It is about the record that started the run. */
  readonly own: boolean;
  readonly rule: Rule | undefined;
  readonly onChange: (rule: Rule | undefined) => void;
}

export function WorkflowRuleInput({ id, table, own, rule, onChange }: RuleInputProps) {
  const texts = useTexts();
  const { editor } = useWorkflowTexts();
  const label = useLabel();
  const { words } = useWorkflowScope();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<Mode | null>(null);
  const written = useRef(JSON.stringify(rule));
  const round = useRef(0);
  // The builder keeps half-made conditions of its own; it begins anew when the rule was changed elsewhere, by undo for one.
  if (JSON.stringify(rule) !== written.current) {
    written.current = JSON.stringify(rule);
    round.current += 1;
  }
  const set = (next: Rule | undefined) => {
    written.current = JSON.stringify(next);
    onChange(next);
  };
  const mode = asked ?? modeOf(rule);
  if (!open) {
    return (
      <div className="rule-line" id={id}>
        {rule === undefined ? null : <span className="filter-sentence">{label(words.rule(rule, own ? null : (table ?? null)))}</span>}
        <Button size="small" type={rule === undefined ? 'dashed' : 'text'} icon={rule === undefined ? <PlusOutlined aria-hidden="true" /> : null} onClick={() => setOpen(true)}>
          {rule === undefined ? texts.settings.addRule : texts.settings.edit}
        </Button>
      </div>
    );
  }
  const options = [
    { value: 'conditions' as const, label: editor.conditions, disabled: ruleToConditions(rule, READING) === null },
    { value: 'formula' as const, label: editor.formula, disabled: rule !== undefined && printFormula(rule) === null },
    { value: 'json' as const, label: editor.json },
  ];
  return (
    <div className="rule-box" id={id}>
      <Segmented<Mode> size="small" value={mode} options={options} onChange={setAsked} />
      {mode === 'conditions' ? <Conditions key={`${table} ${round.current}`} table={table} own={own} rule={rule} onChange={set} /> : null}
      {mode === 'formula' ? <FormulaInput id={`${id}-formula`} value={rule} onChange={set} /> : null}
      {mode === 'json' ? <RawEditor id={`${id}-json`} schema={{}} value={rule} onChange={(next) => set(next as Rule | undefined)} context={{ table: '', values: {}, path: '' }} of={undefined} required={false} /> : null}
      <div className="rule-foot">
        <Button size="small" type="text" disabled={rule === undefined} onClick={() => onChange(undefined)}>
          {texts.settings.clear}
        </Button>
        <Button size="small" onClick={() => setOpen(false)}>
          {texts.settings.done}
        </Button>
      </div>
    </div>
  );
}

function Conditions({ table, own, rule, onChange }: Omit<RuleInputProps, 'id'>) {
  const { model } = useWorkflowScope();
  const { editor } = useWorkflowTexts();
  const locale = useLocale();
  const variables = useConditionVariables(own);
  const [group, setGroup] = useState(() => ruleToConditions(rule, READING) ?? EMPTY);
  const change = (next: ConditionGroup) => {
    const fitting = fitValues(next);
    setGroup(fitting);
    onChange(conditionsToRule(fitting));
  };
  const addFirst = () => {
    const [first] = [...conditionFields(model, ownerAccess(model), table ?? '', locale), ...variables];
    const operator = first && OPERATORS_BY_KIND[first.kind][0];
    if (first && operator) change({ combinator: 'and', rules: [{ field: first.path, operator, value: null }] });
  };
  const context = useMemo<ComponentProps<typeof ConditionVariablesContext>['value']>(() => ({ fields: variables, Pick: PickVariable, title: editor.variables }), [variables, editor]);
  return (
    <ConditionVariablesContext value={context}>
      <div className="filter-editor">{group.rules.length === 0 ? <EmptyConditions onAdd={addFirst} /> : <ConditionBuilder table={table ?? ''} group={group} onChange={change} />}</div>
    </ConditionVariablesContext>
  );
}

/** Rules of fields and views know no variables; those of workflows do. */
export function AnyRuleEditor(props: EditorProps) {
  const scope = useContext(WorkflowScopeContext);
  if (!scope) return <RuleEditor {...props} />;
  const about = props.schema['x-of'];
  const of = about === undefined ? undefined : (props.context.values[about] as string | undefined);
  const needsTable = about !== undefined && of === undefined && about !== 'record';
  if (needsTable) return <RuleEditor {...props} of={undefined} />;
  const table = scope.tableOf(of);
  return <WorkflowRuleInput id={props.id} table={table} own={about === undefined} rule={props.value as Rule | undefined} onChange={props.onChange} />;
}
