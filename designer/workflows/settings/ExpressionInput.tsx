/** A value: typed by the field's own input, a variable, a text with variables, a formula, or JSON for what none of these say. */
import { MoreOutlined } from '@ant-design/icons';
import { Dropdown, Input } from 'antd';
import { useEffect, useState } from 'react';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import { parseFormula } from '#engine/rules/formula/parse-formula.ts';
import { printFormula } from '#engine/rules/formula/print-formula.ts';
import type { Rule, ValueKind } from '#engine/rules/rule.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { FIELD_COMPONENTS } from '#runtime/fields/index.ts';
import { PLAIN } from '#runtime/rules/condition-fields.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { fill } from '../../i18n/index.ts';
import type { EditorProps } from '../../settings/editor.ts';
import { typeOf } from '../../settings/field-choices.ts';
import { RawEditor } from '../../settings/PlainEditors.tsx';
import { useWorkflowTexts } from '../texts.ts';
import { type ExpressionMode, modeOf, variableOf } from './expression-mode.ts';
import { TemplateInput } from './TextWithVariables.tsx';
import { VariableChip } from './VariableChip.tsx';

interface ExpressionInputProps {
  readonly id: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** Whose value it becomes; absent: any text, or a number when it reads as one. */
  readonly field?: FieldModel | undefined;
}

const MODES: readonly ExpressionMode[] = ['constant', 'variable', 'template', 'formula', 'json'];
/** What a field of one kind takes from variables: a day fits where a moment is asked for, and the other way round. */
const TAKES: Readonly<Partial<Record<ValueKind, readonly ValueKind[]>>> = {
  number: ['number'], boolean: ['boolean'], date: ['date', 'dateTime'], dateTime: ['date', 'dateTime'], reference: ['reference', 'text'], option: ['option', 'text'],
};

export function ExpressionInput({ id, value, onChange, field }: ExpressionInputProps) {
  const { editor } = useWorkflowTexts();
  const [asked, setAsked] = useState<ExpressionMode | null>(null);
  const own = modeOf(value);
  // What was chosen holds until something is written that says otherwise.
  const mode = asked ?? own;
  useEffect(() => {
    if (asked !== null && value !== undefined && own === asked) setAsked(null);
  }, [asked, own, value]);
  const kind = field ? typeOf(field)?.kind(field) : undefined;
  const change = (next: ExpressionMode) => {
    if (next === mode) return;
    setAsked(next);
    // A rule goes on as its formula or JSON; anything else begins anew.
    const keeps = next === 'json' || (next === 'formula' && printFormula(value as Rule) !== null) || (next === 'template' && typeof value === 'string') || value === undefined;
    if (!keeps) onChange(undefined);
  };
  const modes = MODES.filter((one) => one !== 'template' || kind === undefined || kind === 'text');
  return (
    <div className="expression">
      <div className="expression-input">
        {mode === 'variable' ? <VariableChip id={id} path={variableOf(value)} wanted={{ what: 'value', ...(kind && TAKES[kind] && { kinds: TAKES[kind] }) }} onPick={(path) => onChange({ var: path })} onClear={() => onChange(undefined)} /> : null}
        {mode === 'template' ? <TemplateInput id={id} value={typeof value === 'string' ? value : ''} onChange={(next) => onChange(next === '' ? undefined : next)} /> : null}
        {mode === 'formula' ? <FormulaInput id={id} value={value as Rule | undefined} onChange={onChange} /> : null}
        {mode === 'json' ? <RawEditor id={id} schema={{}} value={value} onChange={onChange} context={{ table: '', values: {}, path: '' }} of={undefined} required={false} /> : null}
        {mode === 'constant' ? <ConstantInput id={id} field={field} value={value} onChange={onChange} /> : null}
      </div>
      <Dropdown trigger={['click']} menu={{ selectable: true, selectedKeys: [mode], items: modes.map((one) => ({ key: one, label: editor[one] })), onClick: ({ key }) => change(key as ExpressionMode) }}>
        <IconButton size="small" label={`${editor.mode}: ${editor[mode]}`} icon={<MoreOutlined aria-hidden="true" />} />
      </Dropdown>
    </div>
  );
}

function ConstantInput({ id, field, value, onChange }: ExpressionInputProps) {
  const { editor } = useWorkflowTexts();
  if (!field) return <Input id={id} value={value === undefined || value === null ? '' : String(value)} placeholder={editor.constant} onChange={(event) => onChange(fromText(event.target.value))} />;
  const edited: FieldModel = typeOf(field)?.computed ? { ...field, type: PLAIN[typeOf(field)?.kind(field) ?? 'text'] } : field;
  const { Input: FieldInput } = FIELD_COMPONENTS[edited.type];
  return <FieldInput key={edited.type} id={id} field={edited} value={(value ?? null) as Json} record={{}} included={{}} onChange={(next) => onChange(next ?? undefined)} />;
}

function fromText(text: string): unknown {
  if (text === '') return undefined;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Kept only when it can be read; what is wrong is told with its place. */
export function FormulaInput({ id, value, onChange }: { id: string; value: Rule | undefined; onChange: (value: Rule | undefined) => void }) {
  const { editor } = useWorkflowTexts();
  const label = useLabel();
  const written = value === undefined ? '' : (printFormula(value) ?? '');
  const [text, setText] = useState(written);
  useEffect(() => setText((old) => (sameRule(old, value) ? old : written)), [written, value]);
  const read = text.trim() === '' || text.trim() === '=' ? null : parseFormula(text, { optionsOf: () => null });
  const problem = read && 'problem' in read ? read.problem : null;
  return (
    <div className="formula-input">
      <TemplateFreeInput
        id={id}
        value={text}
        wrong={problem !== null}
        onChange={(next) => {
          setText(next);
          const parsed = next.trim() === '' ? null : parseFormula(next, { optionsOf: () => null });
          if (parsed === null) onChange(undefined);
          else if ('rule' in parsed) onChange(parsed.rule);
        }}
      />
      <p className={problem ? 'field-problem' : 'setting-help'}>{problem ? fill(editor.wrongFormula, { n: problem.position + 1, message: label(problem.message) }) : editor.formulaHint}</p>
    </div>
  );
}

function sameRule(text: string, rule: Rule | undefined): boolean {
  const parsed = text.trim() === '' ? null : parseFormula(text, { optionsOf: () => null });
  return parsed === null ? rule === undefined : 'rule' in parsed && JSON.stringify(parsed.rule) === JSON.stringify(rule);
}

function TemplateFreeInput({ id, value, wrong, onChange }: { id: string; value: string; wrong: boolean; onChange: (value: string) => void }) {
  return <Input.TextArea id={id} className="code-input" spellCheck={false} autoSize={{ minRows: 1, maxRows: 8 }} status={wrong ? 'error' : ''} value={value} placeholder="=" onChange={(event) => onChange(event.target.value)} />;
}

export function ExpressionEditor({ id, value, onChange }: EditorProps) {
  return <ExpressionInput id={id} value={value} onChange={onChange} />;
}
