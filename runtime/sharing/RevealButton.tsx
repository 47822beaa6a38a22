/** Beside a masked value: shows the whole of it, once a reason is given. What is shown is kept nowhere. */
import { EyeOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import type { Json } from '#engine/fields/field-type.ts';
import type { FieldModel } from '#engine/model/app-model.ts';
import { revealField } from '../api/sharing.ts';
import { FieldCell } from '../fields/FieldCell.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useSharingTexts } from './texts.ts';

interface RevealButtonProps {
  readonly field: FieldModel;
  readonly id: string;
  readonly children: React.ReactNode;
}

export function RevealButton({ field, id, children }: RevealButtonProps) {
  const texts = useSharingTexts();
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [shown, setShown] = useState<{ value: Json } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = async () => {
    try {
      setShown({ value: await revealField(field.table, id, field.name, reason) });
      setOpen(false);
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  if (shown) return <FieldCell field={field} value={shown.value} record={{}} included={{}} empty="–" />;
  return (
    <>
      {children}{' '}
      <Popover
        trigger="click"
        open={open}
        onOpenChange={setOpen}
        content={
          <form
            className="reveal-form"
            onSubmit={(event) => {
              event.preventDefault();
              void ask();
            }}
          >
            <label htmlFor={`reveal-${field.name}`}>{texts.revealReason}</label>
            <Input id={`reveal-${field.name}`} autoFocus maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} status={problem ? 'error' : ''} />
            <p className="quiet">{problem ?? texts.revealHint}</p>
            <Button type="primary" size="small" htmlType="submit" disabled={reason.trim().length < 2}>
              {texts.show}
            </Button>
          </form>
        }
      >
        <IconButton size="small" label={texts.reveal} icon={<EyeOutlined aria-hidden="true" />} />
      </Popover>
    </>
  );
}
