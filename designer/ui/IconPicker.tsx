import { Button, Popover } from 'antd';
import { useState } from 'react';
import { ICON_NAMES, ModelIcon } from '#runtime/ui/ModelIcon.tsx';
import { useTexts } from '../i18n/index.ts';

interface IconPickerProps {
  readonly id: string;
  readonly value: string | undefined;
  /** What stands for the icon while there is none: the first letter of this. */
  readonly name: string;
  readonly onChange: (icon: string | undefined) => void;
}

export function IconPicker({ id, value, name, onChange }: IconPickerProps) {
  const { table } = useTexts();
  const [open, setOpen] = useState(false);
  const choose = (icon: string | undefined) => {
    onChange(icon);
    setOpen(false);
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      content={
        <div className="icon-grid" role="listbox" aria-label={table.icon}>
          {[undefined, ...ICON_NAMES].map((icon) => (
            <button key={icon ?? ''} type="button" role="option" aria-selected={icon === value} aria-label={icon ?? name} title={icon} onClick={() => choose(icon)}>
              <ModelIcon name={icon} label={name} />
            </button>
          ))}
        </div>
      }
    >
      <Button id={id} icon={<ModelIcon name={value} label={name} />} aria-label={`${table.icon}: ${value ?? name}`} />
    </Popover>
  );
}
