/** What is asked of the reader, what others have said, and the answer. A refusal needs its reason. */
import { ClockCircleOutlined, EllipsisOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalItem, NoticeItem } from '#engine/workflows/reports.ts';
import { answerApproval } from '../api/notices.ts';
import { refreshTable } from '../api/records.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { formatMoment } from '../fields/format.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { useErrorText } from '../ui/ErrorState.tsx';
import { useToast } from '../ui/toast.tsx';
import { isApprovalState } from './approval-states.ts';
import { PassOnDialog } from './PassOnDialog.tsx';

const LONGEST_COMMENT = 2000;
type Decision = 'approved' | 'rejected' | 'returned';

export function ApprovalCard({ item, approval }: { item: NoticeItem; approval: ApprovalItem }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const isOverdue = approval.dueAt !== null && approval.state === 'pending' && Date.parse(approval.dueAt) < Date.now();
  return (
    <div className="approval">
      {approval.instructions ? <p className="pre-line">{approval.instructions}</p> : null}
      {approval.dueAt !== null ? (
        <p className={isOverdue ? 'approval-due notice-late' : 'approval-due quiet'}>
          <ClockCircleOutlined aria-hidden="true" /> {t(isOverdue ? 'inbox.overdue' : 'inbox.due', { at: formatMoment(approval.dueAt, locale, timeZone) })}
        </p>
      ) : null}
      {approval.others.length > 0 ? (
        <ul className="approval-others" aria-label={t('inbox.others')}>
          {approval.others.map((other, index) => (
            <li key={`${other.name} ${index}`}>
              <Avatar name={other.name || '?'} size={20} />
              <span>{other.name}</span>
              <ApprovalState state={other.state} />
              {other.comment ? <span className="quiet">{t('inbox.said', { comment: other.comment })}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {approval.state === 'pending' ? (
        <Answer item={item} approval={approval} />
      ) : (
        <p className="approval-own">
          {t('inbox.own')} <ApprovalState state={approval.state} />
          {approval.comment ? <span className="quiet">{t('inbox.said', { comment: approval.comment })}</span> : null}
        </p>
      )}
    </div>
  );
}

function ApprovalState({ state }: { state: string }) {
  const { t } = useTranslation();
  return <span className={`approval-state approval-${state}`}>{isApprovalState(state) ? t(`inbox.state.${state}`) : state}</span>;
}

function Answer({ item, approval }: { item: NoticeItem; approval: ApprovalItem }) {
  const { t } = useTranslation();
  const toast = useToast();
  const errorText = useErrorText();
  const [comment, setComment] = useState('');
  const [needsReason, setNeedsReason] = useState(false);
  const [busy, setBusy] = useState<Decision | null>(null);
  const [passing, setPassing] = useState<'delegate' | 'add' | null>(null);

  const decide = async (decision: Decision) => {
    if (decision !== 'approved' && comment.trim() === '') {
      setNeedsReason(true);
      document.getElementById(`comment-${approval.id}`)?.focus();
      return;
    }
    setBusy(decision);
    try {
      await answerApproval(approval.id, { kind: 'decide', decision, comment: comment.trim() });
      if (item.record) refreshTable(item.record.table);
      toast({ text: t(`inbox.${decision}Said`, { title: item.title }) });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    } finally {
      setBusy(null);
    }
  };
  const more = [
    ...(approval.mayDelegate ? [{ key: 'delegate', label: t('inbox.delegate'), onClick: () => setPassing('delegate') }] : []),
    ...(approval.mayAdd ? [{ key: 'add', label: t('inbox.addApprover'), onClick: () => setPassing('add') }] : []),
  ];
  const reasonId = `reason-${approval.id}`;
  return (
    <div className="approval-answer">
      <Input.TextArea
        id={`comment-${approval.id}`}
        aria-label={t('inbox.comment')}
        placeholder={t('inbox.comment')}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={LONGEST_COMMENT}
        status={needsReason ? 'error' : ''}
        aria-invalid={needsReason}
        aria-describedby={needsReason ? reasonId : undefined}
        value={comment}
        onChange={(event) => {
          setComment(event.target.value);
          setNeedsReason(false);
        }}
      />
      {needsReason ? (
        <p id={reasonId} className="approval-problem" role="alert">
          {t('inbox.reason')}
        </p>
      ) : null}
      <div className="approval-buttons">
        <Button type="primary" loading={busy === 'approved'} disabled={busy !== null} onClick={() => void decide('approved')}>
          {t('inbox.approve')}
        </Button>
        <Button danger loading={busy === 'rejected'} disabled={busy !== null} onClick={() => void decide('rejected')}>
          {t('inbox.reject')}
        </Button>
        {approval.mayReturn ? (
          <Button loading={busy === 'returned'} disabled={busy !== null} onClick={() => void decide('returned')}>
            {t('inbox.return')}
          </Button>
        ) : null}
        {more.length > 0 ? (
          <Dropdown trigger={['click']} menu={{ items: more }}>
            <Button icon={<EllipsisOutlined aria-hidden="true" />} aria-label={t('action.more')} />
          </Dropdown>
        ) : null}
      </div>
      {passing ? <PassOnDialog approval={approval.id} kind={passing} comment={comment} onClose={() => setPassing(null)} /> : null}
    </div>
  );
}
