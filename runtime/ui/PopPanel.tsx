import { Drawer, Popover } from 'antd';
import type { ReactNode } from 'react';
import { usePhone } from './use-phone.ts';

interface PopPanelProps {
  readonly title: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly content: ReactNode;
  readonly children: ReactNode;
}

/** A small panel under its button; on a phone it rises from the bottom, where there is room. */
export function PopPanel({ title, open, onOpenChange, content, children }: PopPanelProps) {
  const phone = usePhone();
  if (phone) {
    return (
      <>
        <span onClick={() => onOpenChange(true)}>{children}</span>
        <Drawer open={open} title={title} placement="bottom" size="auto" destroyOnHidden onClose={() => onOpenChange(false)}>
          {content}
        </Drawer>
      </>
    );
  }
  return (
    <Popover trigger="click" placement="bottomLeft" open={open} onOpenChange={onOpenChange} destroyOnHidden content={content}>
      {children}
    </Popover>
  );
}
