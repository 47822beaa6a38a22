import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { onNotice } from '../api/events.ts';
import { knownNotices, refreshNotices } from '../api/notices.ts';
import { useToast } from '../ui/toast.tsx';
import { INBOX_PATH, recordPagePath } from './paths.ts';

/** Tells of what comes into the inbox, unless that is what one looks at. Several at once are told as one, each once. */
export function useNoticeToasts(): void {
  const { t } = useTranslation();
  const toast = useToast();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const told = useRef(new Set<string>());
  const tell = useRef<() => void>(() => undefined);
  useEffect(() => {
    tell.current = () => {
      const fresh = (knownNotices() ?? []).filter(({ id, readAt }) => readAt === null && !told.current.has(id));
      for (const { id } of fresh) told.current.add(id);
      const [first] = fresh;
      if (!first || pathname === INBOX_PATH) return;
      const isOne = fresh.length === 1;
      const target = isOne && first.record && first.approval === null && first.record.title !== '' ? recordPagePath(first.record.table, first.record.id) : INBOX_PATH;
      toast({ kind: 'info', text: isOne ? first.title : t('inbox.arrived', { count: fresh.length }), action: { label: t('action.open'), run: () => void navigate(target) } });
    };
  });
  useEffect(
    () =>
      onNotice(() => {
        const known = knownNotices();
        for (const { id } of known ?? []) told.current.add(id);
        // What had come before the inbox was first read is no news.
        void refreshNotices().then(() => (known ? tell.current() : undefined));
      }),
    [],
  );
}
