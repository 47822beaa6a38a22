/** The bar at the bottom: how many changes, whether they are kept, what is wrong with them, and the way to publish. */
import { CheckCircleOutlined, CloudOutlined, ExclamationCircleOutlined, LoadingOutlined, WarningOutlined } from '@ant-design/icons';
import { App, Button, Popover } from 'antd';
import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { useErrorText } from '#runtime/ui/ErrorState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { usePhone } from '#runtime/ui/use-phone.ts';
import { useDraft } from '../draft/draft-context.ts';
import { fill, useTexts } from '../i18n/index.ts';
import { PUBLISH } from '../paths.ts';
import { issuePath, issuePlace } from './issues.ts';

function SaveMark() {
  const { shell } = useTexts();
  const { saveState, saveNow } = useDraft();
  if (saveState === 'failed') {
    return (
      <Button size="small" type="link" danger icon={<ExclamationCircleOutlined aria-hidden="true" />} onClick={() => void saveNow()}>
        {shell.failed}
      </Button>
    );
  }
  const icon = saveState === 'saved' ? <CheckCircleOutlined aria-hidden="true" /> : saveState === 'saving' ? <LoadingOutlined aria-hidden="true" /> : <CloudOutlined aria-hidden="true" />;
  return (
    <span className="save-mark quiet" role="status">
      {icon} {shell[saveState]}
    </span>
  );
}

function IssueList() {
  const { shell } = useTexts();
  const label = useLabel();
  const { issues, definitions } = useDraft();
  const [open, setOpen] = useState(false);
  if (issues.length === 0) return null;
  return (
    <Popover
      trigger="click"
      placement="topLeft"
      open={open}
      onOpenChange={setOpen}
      title={shell.issuesTitle}
      content={
        <div className="issue-list">
          <p className="quiet">{shell.issuesHint}</p>
          <ul>
            {issues.slice(0, 100).map((issue) => (
              <li key={`${issue.path} ${issue.code} ${issue.message.en}`}>
                <Link to={issuePath(definitions, issue)} onClick={() => setOpen(false)}>
                  {label(issue.message)}
                </Link>
                <span className="quiet" title={issue.path}>
                  {issuePlace(definitions, issue).map(label).join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </div>
      }
    >
      <Button size="small" type="text" className="issue-button" icon={<WarningOutlined aria-hidden="true" />}>
        {fill(shell.issues, { count: issues.length })}
      </Button>
    </Popover>
  );
}

export function DraftBar() {
  const { shell } = useTexts();
  const { changes, discard, issues } = useDraft();
  const { modal } = App.useApp();
  const phone = usePhone();
  const navigate = useNavigate();
  const toast = useToast();
  const errorText = useErrorText();
  const count = changes.length;
  // There the page itself publishes.
  const isHere = useLocation().pathname === PUBLISH;
  const ask = () =>
    modal.confirm({
      title: fill(shell.discardTitle, { count }),
      content: shell.discardText,
      okText: shell.discard,
      okButtonProps: { danger: true },
      onOk: () =>
        discard().then(
          () => toast({ text: shell.discarded }),
          (error: unknown) => toast({ kind: 'error', text: errorText(error) }),
        ),
    });
  return (
    <footer className={count > 0 ? 'draft-bar draft-changed' : 'draft-bar'}>
      <strong>{count > 0 ? fill(shell.draft, { count }) : shell.noChanges}</strong>
      <SaveMark />
      <IssueList />
      <span className="draft-buttons">
        {count > 0 ? (
          <>
            <Button type="text" onClick={ask}>
              {shell.discard}
            </Button>
            {phone || isHere ? null : <Button onClick={() => void navigate(PUBLISH)}>{shell.review}</Button>}
            {isHere ? null : (
              <Button type="primary" disabled={issues.length > 0} onClick={() => void navigate(PUBLISH)}>
                {shell.publish}
              </Button>
            )}
          </>
        ) : null}
      </span>
    </footer>
  );
}
