import { Badge } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnread } from '../api/notices.ts';

const MOST_SHOWN = 99;

/** How many notices wait, in words for a screen reader. */
export function UnreadCount() {
  const { t } = useTranslation();
  const unread = useUnread();
  if (unread === 0) return null;
  return (
    <span className="unread tabular" role="img" aria-label={t('inbox.unread', { count: unread })}>
      {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
    </span>
  );
}

/** The same as a mark on an icon, where there is no room for a line. */
export function UnreadBadge({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const unread = useUnread();
  return (
    <Badge count={unread} overflowCount={MOST_SHOWN} size="small" color="var(--ant-color-primary)" title={unread > 0 ? t('inbox.unread', { count: unread }) : ''} offset={[2, -2]}>
      <span className="badge-icon">{children}</span>
    </Badge>
  );
}
