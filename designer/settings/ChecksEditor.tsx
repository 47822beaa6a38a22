/** Rules that a value or a record must satisfy, each with what to say when it does not. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Label } from '#engine/errors.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useTexts } from '../i18n/index.ts';
import { LabelInput } from '../ui/LabelInput.tsx';
import { Setting } from '../ui/Setting.tsx';
import type { EditorProps } from './editor.ts';
import { RuleInput } from './RuleEditor.tsx';

interface Check {
  readonly rule: Rule;
  readonly message: Label;
}

export interface ChecksInputProps {
  readonly id: string;
  readonly table: string | undefined;
  readonly checks: readonly Check[];
  readonly onChange: (checks: readonly Check[] | undefined) => void;
}

export function ChecksInput({ id, table, checks, onChange }: ChecksInputProps) {
  const { settings } = useTexts();
  const set = (index: number, patch: Partial<Check>) => onChange(checks.map((check, i) => (i === index ? { ...check, ...patch } : check)));
  const remove = (index: number) => onChange(checks.length > 1 ? checks.filter((_, i) => i !== index) : undefined);
  return (
    <div className="checks" id={id}>
      {checks.map((check, index) => (
        <div key={index} className="check">
          <Setting id={`${id}-${index}`} label={settings.checkRule}>
            <RuleInput table={table} rule={check.rule === true ? undefined : check.rule} onChange={(rule) => set(index, { rule: rule ?? true })} />
          </Setting>
          <Setting id={`${id}-${index}-message`} label={settings.checkMessage}>
            <LabelInput id={`${id}-${index}-message`} value={check.message} onChange={(message) => set(index, { message: message ?? { 'zh-CN': '', en: '' } })} />
          </Setting>
          <IconButton size="small" label={settings.removeCheck} icon={<DeleteOutlined aria-hidden="true" />} onClick={() => remove(index)} />
        </div>
      ))}
      <Button size="small" type="dashed" icon={<PlusOutlined aria-hidden="true" />} onClick={() => onChange([...checks, { rule: true, message: { 'zh-CN': '请检查', en: 'Please check' } }])}>
        {settings.addCheck}
      </Button>
    </div>
  );
}

export function ChecksEditor({ id, value, onChange, of }: EditorProps) {
  return <ChecksInput id={id} table={of} checks={Array.isArray(value) ? (value as Check[]) : []} onChange={onChange} />;
}
