import { AuditOutlined, BellOutlined, CheckOutlined, ThunderboltOutlined, UndoOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NoticeItem } from '#engine/workflows/reports.ts';
import { useLabel, useLocale } from '../app/i18n/index.ts';
import { recordPagePath } from '../app/paths.ts';
import { useApp } from '../app/session.tsx';
import { formatMoment, formatRelative } from '../fields/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { ApprovalCard } from './ApprovalCard.tsx';
import { isWaiting } from './approval-states.ts';
import { SnoozeButton } from './SnoozeButton.tsx';

interface NoticeRowProps {
  readonly item: NoticeItem;
  readonly active: boolean;
  readonly onOpen: () => void;
  readonly onDone: () => void;
  readonly onSnooze: (until: string, said: string) => void;
}

export function NoticeRow({ item, active, onOpen, onDone, onSnooze }: NoticeRowProps) {
  const { t } = useTranslation();
  const label = useLabel();
  const locale = useLocale();
  const { timeZone } = useApp().model.settings;
  const isUnread = item.readAt === null && item.doneAt === null;
  const Icon = item.kind === 'approval' ? AuditOutlined : item.urgent ? ThunderboltOutlined : BellOutlined;
  const link = item.record && item.record.title !== '' ? item.record : null;
  const classes = ['notice', isUnread ? 'notice-unread' : '', active ? 'notice-active' : '', item.urgent ? 'notice-urgent' : ''].filter((one) => one !== '').join(' ');
  return (
    <li id={`notice-${item.id}`} className={classes}>
      <span className="notice-icon">
        <Icon aria-hidden="true" />
      </span>
      <div className="notice-main">
        <button type="button" className="notice-title" onClick={onOpen}>
          {isUnread ? <span className="hidden-label">{t('inbox.isUnread')}</span> : null}
          {item.title}
        </button>
        {item.body && !item.approval?.instructions ? <p className="notice-body pre-line">{item.body}</p> : null}
        <p className="notice-meta quiet">
          {link ? <Link to={recordPagePath(link.table, link.id)} onClick={onOpen}>{link.title}</Link> : null}
          {item.workflowLabel ? <span>{label(item.workflowLabel)}</span> : null}
          {item.urgent ? <span className="notice-late">{t('inbox.urgent')}</span> : null}
          {item.late ? <span className="notice-late">{t('inbox.late')}</span> : null}
        </p>
        {item.approval ? <ApprovalCard item={item} approval={item.approval} /> : null}
      </div>
      <Tooltip title={formatMoment(item.at, locale, timeZone)} mouseEnterDelay={0.4}>
        <time className="quiet" dateTime={item.at}>
          {formatRelative(item.at, locale)}
        </time>
      </Tooltip>
      <span className="notice-tools">
        {item.doneAt === null ? <SnoozeButton onSnooze={onSnooze} /> : null}
        {item.doneAt !== null ? (
          item.approval ? null : <IconButton size="small" label={t('inbox.reopen')} icon={<UndoOutlined aria-hidden="true" />} onClick={onDone} />
        ) : isWaiting(item.approval) ? null : (
          <IconButton size="small" label={t('inbox.markDone')} shortcut="e" icon={<CheckOutlined aria-hidden="true" />} onClick={onDone} />
        )}
      </span>
    </li>
  );
}
