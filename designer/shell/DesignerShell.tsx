/** The frame of the designer: what exists on the left, the page, and below it what the draft amounts to. */
import { ArrowLeftOutlined, MenuOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { Alert, Button, Drawer } from 'antd';
import { useEffect, useState } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { IconButton } from '#runtime/ui/IconButton.tsx';
import { useDocumentTitle } from '#runtime/ui/PageHead.tsx';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useDraft } from '../draft/draft-context.ts';
import { useMerge } from '../draft/use-merge.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { DESIGNER, PUBLISH } from '../paths.ts';
import { DraftBar } from './DraftBar.tsx';
import { Tree } from './Tree.tsx';

function Head({ onMenu }: { onMenu: (() => void) | undefined }) {
  const texts = useTexts();
  const label = useLabel();
  const { undo, redo, canUndo, canRedo, definitions } = useDraft();
  return (
    <header className="designer-head">
      {onMenu ? <IconButton label={texts.shell.menu} icon={<MenuOutlined aria-hidden="true" />} onClick={onMenu} /> : null}
      <Link to="/" className="designer-back" aria-label={texts.shell.back}>
        <ArrowLeftOutlined aria-hidden="true" /> <span>{texts.shell.back}</span>
      </Link>
      <Link to={DESIGNER} className="designer-title">
        {texts.shell.title} <span className="quiet">{label(definitions.app.label)}</span>
      </Link>
      <span className="designer-tools">
        <IconButton label={texts.shell.undo} shortcut="Ctrl Z" icon={<UndoOutlined aria-hidden="true" />} disabled={!canUndo} onClick={undo} />
        <IconButton label={texts.shell.redo} shortcut="Ctrl Shift Z" icon={<RedoOutlined aria-hidden="true" />} disabled={!canRedo} onClick={redo} />
      </span>
    </header>
  );
}

/** The draft stands on a version that is no longer live. */
function MovedNotice() {
  const texts = useTexts();
  const { live, base } = useDraft();
  const { isBehind, busy, merge } = useMerge();
  // There the page itself shows what is new, and merges it.
  const isHere = useLocation().pathname === PUBLISH;
  if (!isBehind || isHere) return null;
  return (
    <Alert
      banner
      type="warning"
      title={fill(texts.shell.moved, { live: live.version, base })}
      description={texts.shell.movedHint}
      action={
        <Button size="small" loading={busy} onClick={() => void merge()}>
          {texts.shell.rebase}
        </Button>
      }
    />
  );
}

export function DesignerShell() {
  const texts = useTexts();
  const phone = usePhone();
  const location = useLocation();
  const [menu, setMenu] = useState(false);
  useDocumentTitle(texts.shell.title);
  // Moving on closes what lay over the page that was left.
  useEffect(() => setMenu(false), [location.pathname]);
  return (
    <div className="designer">
      <Head onMenu={phone ? () => setMenu(true) : undefined} />
      <MovedNotice />
      <div className="designer-body">
        {phone ? (
          <Drawer open={menu} onClose={() => setMenu(false)} placement="left" size={300} title={texts.shell.tree} styles={{ body: { padding: 0 } }}>
            <Tree />
          </Drawer>
        ) : (
          <aside className="designer-tree">
            <Tree />
          </aside>
        )}
        <main className="designer-main" id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <DraftBar />
    </div>
  );
}
