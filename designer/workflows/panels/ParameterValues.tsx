/** Parameters as an administrator tunes them: a value for each, by its type, and the way back to its default. */
import { UndoOutlined } from '@ant-design/icons';
import { Input, InputNumber, Select, Switch } from 'antd';
import type { ParameterDefinition, ParameterType } from '#engine/workflows/definitions.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { Setting } from '../../ui/Setting.tsx';
import { TimeInput } from '../settings/TimeEditors.tsx';
import { useWorkflowTexts } from '../texts.ts';

interface ValueProps {
  readonly id: string;
  readonly parameter: ParameterDefinition;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function Numbers({ id, value, onChange }: ValueProps) {
  const numbers = Array.isArray(value) ? value.map(String) : [];
  return <Select id={id} mode="tags" className="full" open={false} suffixIcon={null} tokenSeparators={[',', '，', '、', ' ']} value={numbers} onChange={(next: string[]) => onChange(next.map(Number).filter((number) => Number.isFinite(number)))} />;
}

function Choice({ id, parameter, value, onChange }: ValueProps) {
  const label = useLabel();
  return <Select id={id} className="full" value={typeof value === 'string' ? value : null} options={(parameter.options ?? []).map((option) => ({ value: option.value, label: label(option.label) }))} onChange={onChange} />;
}

function Choices({ id, parameter, value, onChange }: ValueProps) {
  const label = useLabel();
  return <Select id={id} mode="multiple" className="full" value={Array.isArray(value) ? value.map(String) : []} options={(parameter.options ?? []).map((option) => ({ value: option.value, label: label(option.label) }))} onChange={onChange} />;
}

const INPUTS: Readonly<Record<ParameterType, (props: ValueProps) => React.JSX.Element>> = {
  number: ({ id, parameter, value, onChange }) => <InputNumber id={id} className="full" value={typeof value === 'number' ? value : null} min={parameter.minimum} max={parameter.maximum} onChange={(next) => onChange(next ?? undefined)} />,
  text: ({ id, value, onChange }) => <Input id={id} value={typeof value === 'string' ? value : ''} onChange={(event) => onChange(event.target.value)} />,
  boolean: ({ id, value, onChange }) => <Switch id={id} size="small" checked={value === true} onChange={onChange} />,
  time: ({ id, value, onChange }) => <TimeInput id={id} value={typeof value === 'string' ? value : undefined} onChange={onChange} />,
  select: Choice,
  choices: Choices,
  numbers: Numbers,
};

export function ParameterInput(props: ValueProps) {
  const Editor = INPUTS[props.parameter.type];
  return <Editor {...props} />;
}

interface ParameterValuesProps {
  readonly parameters: readonly ParameterDefinition[];
  readonly onChange: (name: string, value: unknown) => void;
}

export function ParameterValues({ parameters, onChange }: ParameterValuesProps) {
  const { workflow: texts } = useWorkflowTexts();
  const label = useLabel();
  return (
    <div className="parameter-values">
      {parameters.map((parameter) => {
        const id = `parameter-${parameter.name}`;
        const isOwn = parameter.value !== undefined;
        return (
          <Setting key={parameter.name} id={id} label={label(parameter.label)} help={parameter.help && label(parameter.help)}>
            <div className="parameter-line">
              <ParameterInput id={id} parameter={parameter} value={isOwn ? parameter.value : parameter.default} onChange={(value) => onChange(parameter.name, JSON.stringify(value) === JSON.stringify(parameter.default) ? undefined : value)} />
              {isOwn ? <IconButton size="small" label={texts.reset} icon={<UndoOutlined aria-hidden="true" />} onClick={() => onChange(parameter.name, undefined)} /> : <span className="mark">{texts.isDefault}</span>}
            </div>
          </Setting>
        );
      })}
    </div>
  );
}
