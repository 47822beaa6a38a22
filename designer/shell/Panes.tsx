/** A page of the designer: the thing itself, and beside it the settings of what is selected; on a phone they rise from below. */
import { CloseOutlined } from '@ant-design/icons';
import { Drawer } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useTexts } from '../i18n/index.ts';

interface PanesProps {
  readonly children: ReactNode;
  readonly side: { readonly title: ReactNode; readonly content: ReactNode; readonly onClose?: () => void } | null;
}

export function Panes({ children, side }: PanesProps) {
  const { shell } = useTexts();
  const phone = usePhone();
  const { pathname } = useLocation();
  const content = useRef<HTMLDivElement>(null);
  // Settings of another thing begin at their top.
  useEffect(() => {
    if (content.current) content.current.scrollTop = 0;
  }, [pathname]);
  return (
    <div className="panes">
      <div className="pane-main">{children}</div>
      {phone ? (
        <Drawer open={side !== null} title={side?.title} placement="bottom" size="85%" onClose={() => side?.onClose?.()} destroyOnHidden>
          {side?.content}
        </Drawer>
      ) : side ? (
        <aside className="pane-side" aria-label={shell.settings}>
          <header>
            <h2 className="ellipsis">{side.title}</h2>
            {side.onClose ? <IconButton size="small" label={shell.close} icon={<CloseOutlined aria-hidden="true" />} onClick={side.onClose} /> : null}
          </header>
          <div className="pane-content" ref={content}>{side.content}</div>
        </aside>
      ) : null}
    </div>
  );
}

/** Head of a page in the middle: what it is, and what can be done with all of it. */
export function PaneHead({ title, note, extra }: { title: ReactNode; note?: ReactNode; extra?: ReactNode }) {
  return (
    <header className="pane-head">
      <div className="pane-title">
        <h1 className="ellipsis">{title}</h1>
        {note ? <span className="quiet">{note}</span> : null}
      </div>
      {extra ? <div className="pane-extra">{extra}</div> : null}
    </header>
  );
}

export function LargerScreen() {
  const { shell } = useTexts();
  return <p className="larger-screen quiet">{shell.larger}</p>;
}
