/** Which parameters a workflow has. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { freeName, type Patch, patched } from '#engine/changes/edits.ts';
import { PARAMETER_TYPES, type ParameterDefinition, type ParameterType } from '#engine/workflows/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { fill } from '../../i18n/index.ts';
import { useIssues } from '../../shell/issues.ts';
import { LabelInput } from '../../ui/LabelInput.tsx';
import { Setting } from '../../ui/Setting.tsx';
import { isName } from '../../ui/suggest-name.ts';
import { NameInput } from '../settings/ValuesEditors.tsx';
import { useWorkflowTexts } from '../texts.ts';
import { ParameterInput } from './ParameterValues.tsx';

const FIRST: Readonly<Record<ParameterType, unknown>> = { number: 0, text: '', boolean: false, time: '09:00', select: '', choices: [], numbers: [] };

function optionLines(parameter: ParameterDefinition): string {
  return (parameter.options ?? []).map(({ value, label }) => `${value} | ${label['zh-CN']} | ${label.en}`).join('\n');
}

function readOptions(text: string): ParameterDefinition['options'] {
  return text.split('\n').flatMap((line) => {
    const [value = '', zh = '', en = ''] = line.split('|').map((part) => part.trim());
    return value === '' ? [] : [{ value, label: { 'zh-CN': zh || en || value, en: en || zh || value } }];
  });
}

interface ParameterDefinitionsProps {
  readonly path: string;
  readonly parameters: readonly ParameterDefinition[];
  readonly onChange: (parameters: readonly ParameterDefinition[]) => void;
}

export function ParameterDefinitions({ path, parameters, onChange }: ParameterDefinitionsProps) {
  const { workflow: texts, parameterType } = useWorkflowTexts();
  const label = useLabel();
  const issues = useIssues(path);
  const change = (index: number, patch: Patch<ParameterDefinition>) => onChange(parameters.map((own, i) => (i === index ? patched(own, patch) : own)));
  const add = () => onChange([...parameters, { name: freeName('days', parameters.map((own) => own.name)), label: { 'zh-CN': '天数', en: 'Days' }, type: 'number', default: 3 }]);
  return (
    <div className="parameter-definitions">
      {issues.map((issue) => (
        <p key={`${issue.path} ${issue.code}`} className="field-problem">
          {label(issue.message)}
        </p>
      ))}
      {parameters.map((parameter, index) => {
        const id = `define-${index}`;
        return (
          <div key={index} className="parameter-card">
            <div className="parameter-line">
              <span className="parameter-name" title={fill(texts.usedAs, { name: parameter.name })}>
                <code>$params.</code>
                <NameInput id={`${id}-name`} value={parameter.name} taken={parameters.map((own) => own.name)} isValid={isName} onChange={(name) => change(index, { name })} />
              </span>
              <IconButton size="small" label={`${texts.removeParameter}: ${label(parameter.label)}`} icon={<DeleteOutlined aria-hidden="true" />} onClick={() => onChange(parameters.filter((_, i) => i !== index))} />
            </div>
            <Setting id={`${id}-label`} label={texts.parameterLabel}>
              <LabelInput id={`${id}-label`} value={parameter.label} onChange={(next) => change(index, { label: next ?? { 'zh-CN': '', en: '' } })} />
            </Setting>
            <div className="parameter-two">
              <Setting id={`${id}-type`} label={texts.type}>
                <Select<ParameterType> id={`${id}-type`} className="full" value={parameter.type} options={PARAMETER_TYPES.map((type) => ({ value: type, label: parameterType[type] }))} onChange={(type) => change(index, { type, default: FIRST[type], value: undefined, options: undefined, minimum: undefined, maximum: undefined })} />
              </Setting>
              <Setting id={`${id}-default`} label={texts.fallback}>
                <ParameterInput id={`${id}-default`} parameter={parameter} value={parameter.default} onChange={(next) => change(index, { default: next ?? FIRST[parameter.type] })} />
              </Setting>
            </div>
            <TypeSettings id={id} parameter={parameter} onChange={(patch) => change(index, patch)} />
            <Setting id={`${id}-help`} label={texts.help}>
              <LabelInput id={`${id}-help`} value={parameter.help} onChange={(help) => change(index, { help })} />
            </Setting>
          </div>
        );
      })}
      <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={add}>
        {texts.addParameter}
      </Button>
    </div>
  );
}

/** Bounds of a number, options of one or several choices. */
function TypeSettings({ id, parameter, onChange }: { id: string; parameter: ParameterDefinition; onChange: (patch: Patch<ParameterDefinition>) => void }) {
  const { workflow: texts } = useWorkflowTexts();
  const kind = parameter.type;
  if (kind === 'number') {
    return (
      <div className="parameter-two">
        <Setting id={`${id}-minimum`} label={texts.minimum}>
          <InputNumber id={`${id}-minimum`} className="full" value={parameter.minimum ?? null} onChange={(next) => onChange({ minimum: next ?? undefined })} />
        </Setting>
        <Setting id={`${id}-maximum`} label={texts.maximum}>
          <InputNumber id={`${id}-maximum`} className="full" value={parameter.maximum ?? null} onChange={(next) => onChange({ maximum: next ?? undefined })} />
        </Setting>
      </div>
    );
  }
  if (kind !== 'select' && kind !== 'choices') return null;
  return (
    <Setting id={`${id}-options`} label={texts.options}>
      <Input.TextArea id={`${id}-options`} className="code-input" autoSize={{ minRows: 2, maxRows: 8 }} defaultValue={optionLines(parameter)} onBlur={(event) => onChange({ options: readOptions(event.target.value) })} />
    </Setting>
  );
}
