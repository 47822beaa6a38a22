/** Label and name of something new: the name is proposed from the label until it is typed by hand. */
import { Input, type InputRef } from 'antd';
import { type Ref, useEffect, useRef } from 'react';
import type { Label } from '#engine/errors.ts';
import { RESERVED_NAMES, SYSTEM_FIELDS } from '#engine/model/built-in.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { LabelInput } from './LabelInput.tsx';
import { Setting } from './Setting.tsx';
import { isName, suggestName } from './suggest-name.ts';

export interface NewName {
  readonly label: Label | undefined;
  readonly name: string;
  /** Typed by hand, so no longer proposed. */
  readonly typed: boolean;
}

export const NOTHING_YET: NewName = { label: undefined, name: '', typed: false };

const RESERVED = new Set([...RESERVED_NAMES, ...SYSTEM_FIELDS.map((field) => field.name)]);

/** Undefined: it may be used. */
export function useNameProblem({ label, name }: NewName, taken: readonly string[]): string | undefined {
  const texts = useTexts();
  if (!label?.['zh-CN'] && !label?.en) return texts.name.required;
  if (!isName(name)) return texts.name.invalid;
  return taken.includes(name) || RESERVED.has(name) ? fill(texts.name.taken, { name }) : undefined;
}

interface NewNameInputProps {
  readonly id: string;
  readonly value: NewName;
  readonly onChange: (value: NewName) => void;
  readonly taken: readonly string[];
  readonly labelText: string;
  readonly first?: Ref<InputRef>;
}

export function NewNameInput({ id, value, onChange, taken, labelText, first }: NewNameInputProps) {
  const texts = useTexts();
  const problem = useNameProblem(value, taken);
  const latest = useRef(value);
  latest.current = value;
  const { label, typed } = value;
  const text = label ? `${label['zh-CN']}\n${label.en}` : '';
  useEffect(() => {
    if (typed) return;
    const [zh = '', en = ''] = text.split('\n');
    let current = true;
    suggestName({ 'zh-CN': zh, en }, [...taken, ...RESERVED]).then(
      (name) => {
        if (current && !latest.current.typed && latest.current.name !== name) onChange({ ...latest.current, name });
      },
      // Without the proposal the name is simply typed.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [text, typed, taken, onChange]);
  return (
    <>
      <Setting id={`${id}-label`} label={labelText} required>
        <LabelInput id={`${id}-label`} value={label} {...(first && { first })} onChange={(next) => onChange({ ...value, label: next })} />
      </Setting>
      <Setting id={`${id}-name`} label={texts.name.name} help={texts.name.nameHint} problem={value.name !== '' ? problem : undefined}>
        <Input id={`${id}-name`} className="code-input" value={value.name} maxLength={48} onChange={(event) => onChange({ ...value, name: event.target.value, typed: event.target.value !== '' })} />
      </Setting>
    </>
  );
}

/** Both languages filled in, whichever was typed. */
export function completeLabel(label: Label): Label {
  return { 'zh-CN': label['zh-CN'] || label.en, en: label.en || label['zh-CN'] };
}
