/** Values by field, by a name of one's own, and headers of a request. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { WRITABLE_SYSTEM_FIELDS } from '#engine/model/built-in.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import type { EditorProps } from '../../settings/editor.ts';
import { typeOf } from '../../settings/field-choices.ts';
import { isName } from '../../ui/suggest-name.ts';
import { useWorkflowTexts } from '../texts.ts';
import { ExpressionInput } from './ExpressionInput.tsx';
import { TemplateInput } from './TextWithVariables.tsx';
import { useWorkflowScope } from './workflow-scope.ts';

type Values = Readonly<Record<string, unknown>>;

function valuesOf(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};
}

function kept(values: Values): Values | undefined {
  return Object.keys(values).length > 0 ? values : undefined;
}

function without(values: Values, name: string): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
}

/** Fields of a table with the value each is given; a field that is chosen and not yet filled in is empty. */
export function ValuesEditor({ id, schema, value, onChange, context }: EditorProps) {
  const { editor } = useWorkflowTexts();
  const label = useLabel();
  const { model, tableOf } = useWorkflowScope();
  const about = schema['x-of'];
  const of = about === undefined ? undefined : (context.values[about] as string | undefined);
  const table = about !== undefined && about !== 'record' && of === undefined ? undefined : tableOf(of);
  const own = table === undefined ? undefined : model.tables[table];
  const values = valuesOf(value);
  if (!own) return <p className="quiet">{editor.firstTable}</p>;
  const fields = Object.values(own.fields).filter((field) => !field.hidden && !typeOf(field)?.computed && (!field.system || WRITABLE_SYSTEM_FIELDS.has(field.name)));
  const free = fields.filter((field) => !Object.hasOwn(values, field.name));
  const set = (name: string, next: unknown) => onChange({ ...values, [name]: next ?? null });
  return (
    <div className="values-editor" id={id}>
      {Object.keys(values).map((name) => {
        const field = own.fields[name];
        return (
          <div key={name} className="value-line">
            <label htmlFor={`${id}-${name}`}>{field ? label(field.label) : name}</label>
            <IconButton size="small" label={`${editor.removeField}: ${field ? label(field.label) : name}`} icon={<CloseOutlined aria-hidden="true" />} onClick={() => onChange(kept(without(values, name)))} />
            <ExpressionInput id={`${id}-${name}`} field={field} value={values[name] ?? undefined} onChange={(next) => set(name, next)} />
          </div>
        );
      })}
      <Select
        className="full"
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        disabled={free.length === 0}
        placeholder={free.length === 0 ? editor.allFields : editor.addField}
        aria-label={editor.addField}
        options={free.map((field) => ({ value: field.name, label: `${label(field.label)}${field.required ? ' *' : ''}` }))}
        popupMatchSelectWidth={false}
        onChange={(name: string | null) => (name ? set(name, null) : undefined)}
      />
    </div>
  );
}

/** A name is written when it is left: typing it letter by letter would make a variable of each beginning. */
export function NameInput({ id, value, taken, isValid, onChange }: { id: string; value: string; taken: readonly string[]; isValid: (name: string) => boolean; onChange: (name: string) => void }) {
  const { editor } = useWorkflowTexts();
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? value;
  const wrong = name !== value && (!isValid(name) || taken.includes(name));
  return (
    <Input
      id={id}
      className="code-input"
      value={name}
      status={wrong ? 'error' : ''}
      aria-label={editor.name}
      onChange={(event) => setTyped(event.target.value.trim())}
      onBlur={() => {
        if (typed !== null && !wrong && typed !== value) onChange(typed);
        setTyped(null);
      }}
    />
  );
}

function renamed(values: Values, from: string, to: string): Values {
  return Object.fromEntries(Object.entries(values).map(([key, own]) => [key === from ? to : key, own]));
}

function freeOf(values: Values, wanted: string, separator: string): string {
  let count = 1;
  while (Object.hasOwn(values, `${wanted}${separator}${count}`)) count += 1;
  return `${wanted}${separator}${count}`;
}

interface NamedLinesProps extends Pick<EditorProps, 'id' | 'value' | 'onChange'> {
  readonly isValid: (name: string) => boolean;
  readonly add: { readonly label: string; readonly name: (values: Values) => string; readonly value: unknown };
  readonly input: (id: string, value: unknown, onChange: (next: unknown) => void) => ReactNode;
}

/** Lines of a name that is typed and what it holds. */
function NamedLines({ id, value, onChange, isValid, add, input }: NamedLinesProps) {
  const { editor } = useWorkflowTexts();
  const values = valuesOf(value);
  const names = Object.keys(values);
  return (
    <div className="values-editor" id={id}>
      {names.map((name, index) => (
        <div key={index} className="value-line">
          <NameInput id={`${id}-${index}-name`} value={name} taken={names} isValid={isValid} onChange={(next) => onChange(renamed(values, name, next))} />
          <IconButton size="small" label={`${editor.removeField}: ${name}`} icon={<CloseOutlined aria-hidden="true" />} onClick={() => onChange(kept(without(values, name)))} />
          {input(`${id}-${index}`, values[name], (next) => onChange({ ...values, [name]: next }))}
        </div>
      ))}
      <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={() => onChange({ ...values, [add.name(values)]: add.value })}>
        {add.label}
      </Button>
    </div>
  );
}

export function NamedValuesEditor(props: EditorProps) {
  const { editor } = useWorkflowTexts();
  const add = { label: editor.addValue, name: (values: Values) => freeOf(values, 'value', '_'), value: null };
  return <NamedLines {...props} isValid={isName} add={add} input={(id, value, onChange) => <ExpressionInput id={id} value={value ?? undefined} onChange={(next) => onChange(next ?? null)} />} />;
}

const isHeaderName = (text: string): boolean => /^[A-Za-z0-9-]{1,64}$/.test(text);

export function HeadersEditor(props: EditorProps) {
  const { editor } = useWorkflowTexts();
  const add = { label: editor.addHeader, name: (values: Values) => (Object.keys(values).length === 0 ? 'Authorization' : freeOf(values, 'X-Header', '-')), value: '' };
  return <NamedLines {...props} isValid={isHeaderName} add={add} input={(id, value, onChange) => <TemplateInput id={id} value={String(value ?? '')} placeholder={editor.value} onChange={onChange} />} />;
}

