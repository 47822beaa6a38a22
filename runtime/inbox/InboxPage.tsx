/** The inbox: what waits, what is to be decided, what is done. Worked through with the keyboard or the thumb. */
import { CheckOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { Fragment, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { NoticeItem } from '#engine/workflows/reports.ts';
import { changeNotice, INBOX_PARTS, type InboxPart, type NoticeChange, readAllNotices, useInbox } from '../api/notices.ts';
import { useApp } from '../app/session.tsx';
import { recordPagePath } from '../app/paths.ts';
import { dayOf } from '../fields/format.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState, useErrorText } from '../ui/ErrorState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { RowsSkeleton } from '../ui/Skeletons.tsx';
import { useToast } from '../ui/toast.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import { usePhone } from '../ui/use-phone.ts';
import { isWaiting } from './approval-states.ts';
import { NoticeRow } from './NoticeRow.tsx';
import './inbox.css';

const isPart = (text: string | null): text is InboxPart => INBOX_PARTS.some((part) => part === text);

export function InboxPage() {
  const { t } = useTranslation();
  const phone = usePhone();
  const toast = useToast();
  const errorText = useErrorText();
  const [params, setParams] = useSearchParams();
  const shown = params.get('show');
  const part = isPart(shown) ? shown : 'open';
  const unread = useInbox('open').data?.pages[0]?.unread ?? 0;
  const readAll = () => void readAllNotices().catch((error: unknown) => toast({ kind: 'error', text: errorText(error) }));
  return (
    <div className="page">
      <PageHead
        title={t('inbox.title')}
        extra={
          unread === 0 ? null : phone ? (
            <IconButton label={t('inbox.readAll')} icon={<CheckOutlined aria-hidden="true" />} onClick={readAll} />
          ) : (
            <Button icon={<CheckOutlined aria-hidden="true" />} onClick={readAll}>
              {t('inbox.readAll')}
            </Button>
          )
        }
      />
      <div className="page-body inbox">
        <Segmented<InboxPart> block={phone} value={part} onChange={(next) => setParams(next === 'open' ? {} : { show: next })} options={INBOX_PARTS.map((one) => ({ value: one, label: t(`inbox.${one}`) }))} />
        <NoticeList key={part} part={part} />
      </div>
    </div>
  );
}

function NoticeList({ part }: { part: InboxPart }) {
  const { t } = useTranslation();
  const toast = useToast();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const { timeZone } = useApp().model.settings;
  const pages = useInbox(part);
  const [active, setActive] = useState<string | null>(null);
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const today = dayOf(new Date(), timeZone);

  const change = async (item: NoticeItem, wanted: NoticeChange, said?: string) => {
    const { readAt, doneAt, snoozedUntil } = item;
    try {
      const neighbour = items[items.indexOf(item) + 1] ?? items[items.indexOf(item) - 1];
      if (said !== undefined && active === item.id) setActive(neighbour?.id ?? null);
      await changeNotice(item, wanted);
      const back: NoticeChange = wanted.done !== undefined ? { done: !wanted.done } : { snoozedUntil: null };
      const after = { ...item, readAt: wanted.done ? (readAt ?? '') : readAt, doneAt, snoozedUntil };
      if (said !== undefined) toast({ text: said, action: { label: t('action.undo'), run: () => void change(after, back) } });
    } catch (error) {
      toast({ kind: 'error', text: errorText(error) });
    }
  };
  const open = (item: NoticeItem) => {
    if (item.readAt === null) void change(item, { read: true });
    if (item.record && item.record.title !== '') void navigate(recordPagePath(item.record.table, item.record.id));
  };
  const finish = (item: NoticeItem) => {
    if (item.doneAt !== null) void change(item, { done: false }, t('inbox.reopened'));
    else if (!isWaiting(item.approval)) void change(item, { done: true }, t('inbox.doneSaid'));
  };

  const at = items.findIndex(({ id }) => id === active);
  const move = (step: number) => setActive(items[Math.min(items.length - 1, Math.max(0, at === -1 ? 0 : at + step))]?.id ?? null);
  const withActive = (act: (item: NoticeItem) => void) => () => {
    const item = items[at];
    if (item) act(item);
  };
  useHotkeys({ j: () => move(1), k: () => move(-1), e: withActive(finish), enter: withActive(open) });
  useEffect(() => {
    if (active !== null) document.getElementById(`notice-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  if (pages.isPending) return <RowsSkeleton rows={8} columns={2} height={64} />;
  if (pages.isError && !pages.data) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  if (items.length === 0) return <EmptyState title={t(`inbox.empty.${part}`)} hint={t(`inbox.emptyHint.${part}`)} />;
  const dayAt = (index: number) => (dayOf(items[index]?.at ?? '', timeZone) === today ? 'today' : 'earlier');
  return (
    <>
      <ul className="notices">
        {items.map((item, index) => (
          <Fragment key={item.id}>
            {part !== 'done' && (index === 0 || dayAt(index) !== dayAt(index - 1)) ? <li className="notice-day">{t(`inbox.${dayAt(index)}`)}</li> : null}
            <NoticeRow
              item={item}
              active={item.id === active}
              onOpen={() => open(item)}
              onDone={() => finish(item)}
              onSnooze={(until, said) => void change(item, { snoozedUntil: until }, said)}
            />
          </Fragment>
        ))}
      </ul>
      {pages.hasNextPage ? (
        <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('action.showMore')}
        </Button>
      ) : null}
    </>
  );
}
