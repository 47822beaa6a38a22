/** What waits for the reader: approvals to decide, or notices. */
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useInbox } from '../api/notices.ts';
import { useLocale } from '../app/i18n/index.ts';
import { INBOX_PATH, recordPagePath } from '../app/paths.ts';
import { formatRelative } from '../fields/format.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { useDashboardTexts } from './texts.ts';

const PARTS = { approvals: 'approvals', notices: 'open' } as const;
const SHOWN = 6;

export function InboxCard({ kind }: { kind: keyof typeof PARTS }) {
  const { t } = useTranslation();
  const texts = useDashboardTexts();
  const locale = useLocale();
  const found = useInbox(PARTS[kind]);
  const items = found.data?.pages[0]?.items.slice(0, SHOWN) ?? [];
  return (
    <section className="home-card">
      <header>
        <h2>{texts[kind]}</h2>
        <Link to={`${INBOX_PATH}${kind === 'approvals' ? '?show=approvals' : ''}`}>{t('home.seeAll')}</Link>
      </header>
      {found.isPending ? <RowsSkeleton rows={4} columns={2} height={36} /> : null}
      {found.isError && !found.data ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data && items.length === 0 ? <p className="quiet home-nothing">{texts.nothingWaits}</p> : null}
      <ul className="home-list">
        {items.map((item) => (
          <li key={item.id}>
            <Link to={item.record && item.record.title !== '' && kind === 'notices' ? recordPagePath(item.record.table, item.record.id) : INBOX_PATH}>
              <span className={item.readAt === null ? 'ellipsis inbox-new' : 'ellipsis'}>{item.title}</span>
              <time className="quiet" dateTime={item.at}>{formatRelative(item.at, locale)}</time>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
