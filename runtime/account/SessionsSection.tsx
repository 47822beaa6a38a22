/** Where one is signed in; each can be ended from here. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { endOtherSessions, endSession, SESSIONS_KEY, useSessions } from '../api/accounts.ts';
import { useLocale } from '../app/i18n/index.ts';
import { useApp } from '../app/session.tsx';
import { formatMoment } from '../fields/format.ts';
import { ErrorState, useErrorText } from '../ui/ErrorState.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { useToast } from '../ui/toast.tsx';
import './account.css';
import { deviceOf } from './device.ts';
import { useAccountTexts } from './texts.ts';

export function SessionsSection() {
  const texts = useAccountTexts();
  const locale = useLocale();
  const toast = useToast();
  const errorText = useErrorText();
  const client = useQueryClient();
  const { timeZone } = useApp().model.settings;
  const found = useSessions();
  const act = (work: Promise<unknown>) =>
    void work.then(
      () => {
        toast({ text: texts.ended });
        void client.invalidateQueries({ queryKey: SESSIONS_KEY });
      },
      (error: unknown) => toast({ kind: 'error', text: errorText(error) }),
    );
  const sessions = found.data?.data ?? [];
  return (
    <section className="page-section">
      <h2>{texts.sessions}</h2>
      <p className="quiet">{texts.sessionsHint}</p>
      {found.isPending ? <RowsSkeleton rows={2} columns={2} /> : null}
      {found.isError ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : null}
      <ul className="session-list">
        {sessions.map((session) => (
          <li key={session.id}>
            <div>
              {deviceOf(session.userAgent) ?? texts.unknownDevice} {session.current ? <Tag color="blue">{texts.current}</Tag> : null}
              <p>{[session.address, texts.seen(formatMoment(session.seenAt, locale, timeZone))].filter(Boolean).join(' · ')}</p>
            </div>
            {session.current ? null : <Button size="small" onClick={() => act(endSession(session.id))}>{texts.end}</Button>}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? <Button onClick={() => act(endOtherSessions())}>{texts.endOthers}</Button> : null}
    </section>
  );
}
