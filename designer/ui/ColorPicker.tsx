import { Popover } from 'antd';
import { useState } from 'react';
import { useAppearance } from '#runtime/app/appearance.ts';
import { OPTION_COLORS, optionColors } from '#runtime/app/theme.ts';
import { useTexts } from '../i18n/index.ts';

/** The colours of the theme; a definition names them, so they fit light and dark. */
export function ColorPicker({ value, onChange, label }: { value: string | undefined; onChange: (color: string | undefined) => void; label: string }) {
  const { options } = useTexts();
  const appearance = useAppearance();
  const [open, setOpen] = useState(false);
  const choose = (color: string | undefined) => {
    onChange(color);
    setOpen(false);
  };
  const dot = (color: string | undefined) => ({ background: color ? optionColors(color, appearance).tint : 'transparent', borderColor: color ? optionColors(color, appearance).ink : undefined });
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      content={
        <div className="color-grid" role="listbox" aria-label={label}>
          {OPTION_COLORS.map((color) => (
            <button key={color} type="button" role="option" aria-selected={value === color} className="color-dot" aria-label={color} title={color} style={dot(color)} onClick={() => choose(color)} />
          ))}
          <button type="button" role="option" aria-selected={value === undefined} className="color-dot color-none" aria-label={options.noColor} title={options.noColor} onClick={() => choose(undefined)} />
        </div>
      }
    >
      <button type="button" className={value ? 'color-dot' : 'color-dot color-none'} aria-label={`${label}: ${value ?? options.noColor}`} style={dot(value)} />
    </Popover>
  );
}
