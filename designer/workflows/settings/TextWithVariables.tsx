/** Texts with `{{placeholders}}`: typed, with a menu that puts a variable where the cursor stands. */
import { FunctionOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useRef } from 'react';
import type { Label, Locale } from '#engine/errors.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import type { EditorProps } from '../../settings/editor.ts';
import { useTexts } from '../../i18n/index.ts';
import { useWorkflowTexts } from '../texts.ts';
import { insertAt, labelOrEmpty } from './expression-mode.ts';
import { VariablePopover } from './VariableChip.tsx';

interface TemplateInputProps {
  readonly id: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly mark?: string;
  readonly ariaLabel?: string;
  readonly rows?: number;
}

export function TemplateInput({ id, value, onChange, placeholder, mark, ariaLabel, rows = 1 }: TemplateInputProps) {
  const { editor } = useWorkflowTexts();
  const box = useRef<HTMLDivElement>(null);
  const insert = (path: string) => {
    const input = box.current?.querySelector('textarea');
    const start = input?.selectionStart ?? value.length;
    const next = insertAt(value, path, start, input?.selectionEnd ?? start);
    onChange(next.text);
    // After React has written the new text.
    setTimeout(() => {
      input?.focus();
      input?.setSelectionRange(next.cursor, next.cursor);
    });
  };
  return (
    <div className="template-input" ref={box}>
      {mark ? <span className="label-mark">{mark}</span> : null}
      <Input.TextArea id={id} autoSize={{ minRows: rows, maxRows: 12 }} value={value} placeholder={placeholder} aria-label={ariaLabel} onChange={(event) => onChange(event.target.value)} />
      <VariablePopover wanted={{ what: 'value' }} onPick={insert}>
        <IconButton size="small" label={editor.insert} icon={<FunctionOutlined aria-hidden="true" />} />
      </VariablePopover>
    </div>
  );
}

export function TemplateEditor({ id, value, onChange }: EditorProps) {
  return <TemplateInput id={id} value={typeof value === 'string' ? value : ''} onChange={(next) => onChange(next === '' ? undefined : next)} />;
}

const LANGUAGES: readonly (readonly [Locale, string, 'zh' | 'en'])[] = [['zh-CN', '中', 'zh'], ['en', 'EN', 'en']];

/** Both languages; whoever fills in only one finds it in the other too. */
export function MessageEditor({ id, value, onChange }: EditorProps) {
  const { name } = useTexts();
  const both: Label = labelOrEmpty(value);
  const set = (next: Label) => onChange(next['zh-CN'] === '' && next.en === '' ? undefined : next);
  const complete = () => {
    const one = both['zh-CN'] || both.en;
    if (one && (!both['zh-CN'] || !both.en)) set({ 'zh-CN': both['zh-CN'] || one, en: both.en || one });
  };
  return (
    <div
      className="message-editor"
      onBlur={(event) => {
        // The menu of variables stands outside; what is chosen there is still being written here.
        if (!event.currentTarget.contains(event.relatedTarget) && !(event.relatedTarget instanceof Element && event.relatedTarget.closest('.ant-popover'))) complete();
      }}
    >
      {LANGUAGES.map(([locale, mark, key], i) => (
        <TemplateInput key={locale} id={i === 0 ? id : `${id}-${locale}`} mark={mark} ariaLabel={name[key]} placeholder={name[key]} value={both[locale]} onChange={(text) => set({ ...both, [locale]: text })} />
      ))}
    </div>
  );
}
