import { Button, type ButtonProps, Tooltip } from 'antd';
import type { ReactNode } from 'react';

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'title'> {
  /** Shown as a tooltip and read to screen readers. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly shortcut?: string;
}

export function IconButton({ label, icon, shortcut, type = 'text', ...rest }: IconButtonProps) {
  return (
    <Tooltip title={shortcut ? `${label}  ${shortcut}` : label} mouseEnterDelay={0.4}>
      <Button {...rest} type={type} icon={icon} aria-label={label} />
    </Tooltip>
  );
}
