/** Editors of texts, numbers, switches and choices. */
import { Input, InputNumber, Select, Switch } from 'antd';
import { useEffect, useState } from 'react';
import type { Label } from '#engine/errors.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { LabelInput } from '../ui/LabelInput.tsx';
import type { EditorProps } from './editor.ts';

function useDefaultText(value: unknown): string | undefined {
  const { settings } = useTexts();
  return value === undefined || value === null ? undefined : fill(settings.default, { value: String(value) });
}

export function TextEditor({ id, schema, value, onChange }: EditorProps) {
  const placeholder = useDefaultText(schema.default);
  return <Input id={id} value={typeof value === 'string' ? value : ''} maxLength={schema.maxLength} placeholder={placeholder} allowClear onChange={(event) => onChange(event.target.value || undefined)} />;
}

export function NumberEditor({ id, schema, value, onChange }: EditorProps) {
  const placeholder = useDefaultText(schema.default);
  return (
    <InputNumber
      id={id}
      className="full"
      value={typeof value === 'number' ? value : null}
      min={schema.minimum}
      max={schema.maximum}
      precision={schema.type === 'integer' ? 0 : undefined}
      placeholder={placeholder}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

export function SwitchEditor({ id, value, onChange }: EditorProps) {
  return <Switch id={id} size="small" checked={value === true} onChange={(on) => onChange(on ? true : undefined)} />;
}

export function ChoiceEditor({ id, schema, value, onChange }: EditorProps) {
  const label = useLabel();
  const { settings } = useTexts();
  const options = (schema.anyOf ?? []).map(({ const: name }) => {
    const text = schema['x-labels']?.[String(name)];
    return { value: String(name), label: text ? label(text) : String(name) };
  });
  return (
    <Select
      id={id}
      className="full"
      allowClear={schema.default === undefined}
      placeholder={settings.unset}
      value={value === undefined && schema.default === undefined ? null : String(value ?? schema.default)}
      options={options}
      onChange={(next: string | null | undefined) => onChange(next === schema.default ? undefined : (next ?? undefined))}
    />
  );
}

export function TextsEditor({ id, value, onChange }: EditorProps) {
  const { settings } = useTexts();
  return (
    <Select
      id={id}
      mode="tags"
      className="full"
      open={false}
      suffixIcon={null}
      placeholder={settings.addText}
      tokenSeparators={[',', '，', '、', ';', '；', '\n']}
      value={Array.isArray(value) ? (value as string[]) : []}
      onChange={(next: string[]) => onChange(next.length > 0 ? next : undefined)}
    />
  );
}

export function LabelEditor({ id, value, onChange }: EditorProps) {
  return <LabelInput id={id} many value={value as Label | undefined} onChange={onChange} />;
}

/** Whatever no editor knows, as JSON: kept only when it can be read. */
export function RawEditor({ id, value, onChange }: EditorProps) {
  const written = value === undefined ? '' : JSON.stringify(value, null, 2);
  const [text, setText] = useState(written);
  const [wrong, setWrong] = useState(false);
  useEffect(() => setText(written), [written]);
  const commit = () => {
    if (text.trim() === '') return onChange(undefined);
    try {
      onChange(JSON.parse(text));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return <Input.TextArea id={id} className="code-input" autoSize={{ minRows: 2, maxRows: 12 }} status={wrong ? 'error' : ''} value={text} onChange={(event) => setText(event.target.value)} onBlur={commit} />;
}
