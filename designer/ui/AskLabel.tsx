import { type InputRef, Modal } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import type { Label } from '#engine/errors.ts';
import { beginTyping } from '#runtime/ui/begin-typing.ts';
import { LabelInput } from './LabelInput.tsx';
import { completeLabel } from './NewNameInput.tsx';
import { Setting } from './Setting.tsx';
import { useReturnFocus } from './use-return-focus.ts';

interface AskLabelProps {
  readonly title: string;
  readonly label: string;
  readonly hint?: string;
  readonly onDone: (label: Label) => void;
  readonly onClose: () => void;
  /** What else is asked. */
  readonly children?: ReactNode;
}

/** Asks what a new thing is called, in both languages. */
export function AskLabel({ title, label, hint, onDone, onClose, children }: AskLabelProps) {
  const first = useRef<InputRef>(null);
  useReturnFocus();
  const [value, setValue] = useState<Label | undefined>(undefined);
  const done = () => {
    if (value) onDone(completeLabel(value));
  };
  return (
    <Modal open title={title} onOk={done} onCancel={onClose} okButtonProps={{ disabled: value === undefined }} width={440} afterOpenChange={(open) => (open ? beginTyping(first.current?.input) : undefined)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          done();
        }}
      >
        <Setting id="ask-label" label={label} help={hint}>
          <LabelInput id="ask-label" first={first} value={value} onChange={setValue} />
        </Setting>
        {children}
        <button type="submit" hidden />
      </form>
    </Modal>
  );
}
