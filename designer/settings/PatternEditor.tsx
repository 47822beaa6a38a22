/** The pattern of an auto-number: typed, or put together with buttons, beside an example of what it gives. */
import { Button, Dropdown, Input, type InputRef, Space } from 'antd';
import { useRef } from 'react';
import { patternFields, patternParts, renderAutoNumber } from '#engine/fields/auto-number.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import type { EditorProps } from './editor.ts';
import { fieldChoices } from './field-choices.ts';

const DATES = ['yyyy', 'yy', 'MM', 'dd'] as const;
const WIDTHS = [3, 4, 5, 6];

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

export function PatternEditor({ id, schema, value, onChange, context }: EditorProps) {
  const texts = useTexts();
  const locale = useLocale();
  const { model } = useDraft();
  const box = useRef<InputRef>(null);
  const pattern = typeof value === 'string' ? value : String(schema.default ?? '');
  const valid = schema.pattern === undefined || new RegExp(schema.pattern).test(pattern);
  const start = typeof context.values.start === 'number' ? context.values.start : 1;
  const fields = fieldChoices(model, context.table, locale).filter(({ field, kind, path }) => !field.system && (kind === 'text' || kind === 'option' || kind === 'reference') && path !== context.field);
  const hasSequence = patternParts(pattern).some((part) => part.kind === 'seq');

  const insert = (part: string) => {
    const input = box.current?.input;
    const at = input?.selectionStart ?? pattern.length;
    const end = input?.selectionEnd ?? at;
    onChange(`${pattern.slice(0, at)}${part}${pattern.slice(end)}`);
    // After React has written the new text.
    setTimeout(() => {
      input?.focus();
      input?.setSelectionRange(at + part.length, at + part.length);
    });
  };
  const example = (sequence: number) => {
    const values = Object.fromEntries(patternFields(pattern).map((name) => [name, fields.find((choice) => choice.path === name)?.label ?? name]));
    return renderAutoNumber(sequence, { pattern, reset: 'none', date: today(), values });
  };
  return (
    <div className="pattern-editor">
      <Input id={id} ref={box} className="code-input" status={valid ? '' : 'error'} value={pattern} onChange={(event) => onChange(event.target.value)} />
      <Space size={4} wrap aria-label={texts.pattern.insert}>
        {DATES.map((part) => (
          <Button key={part} size="small" onClick={() => insert(`{${part}}`)}>
            {texts.pattern[part]}
          </Button>
        ))}
        <Dropdown trigger={['click']} disabled={hasSequence} menu={{ items: WIDTHS.map((width) => ({ key: width, label: '0'.repeat(width - 1) + 1, onClick: () => insert(`{seq:${width}}`) })) }}>
          <Button size="small">{texts.pattern.seq}</Button>
        </Dropdown>
        <Dropdown trigger={['click']} disabled={fields.length === 0} menu={{ items: fields.map(({ path, label }) => ({ key: path, label, onClick: () => insert(`{field:${path}}`) })) }}>
          <Button size="small">{texts.pattern.field}</Button>
        </Dropdown>
      </Space>
      <p className={valid ? 'setting-help' : 'field-problem'}>{valid ? fill(texts.pattern.example, { first: example(start), second: example(start + 1) }) : texts.pattern.invalid}</p>
    </div>
  );
}
