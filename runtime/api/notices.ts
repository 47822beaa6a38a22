/** One's own inbox: pages that the bell and the inbox share, and what one does with a notice. */
import { type InfiniteData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Label, Locale } from '#engine/errors.ts';
import type { NoticeItem, NoticePage, NoticePreferences } from '#engine/workflows/reports.ts';
import { currentLocale, useLocale } from '../app/i18n/index.ts';
import { queryString, request } from './client.ts';
import { queryClient } from './query-client.ts';

export const INBOX_PARTS = ['open', 'approvals', 'done'] as const;
export type InboxPart = (typeof INBOX_PARTS)[number];

type Pages = InfiniteData<NoticePage, string | undefined>;

export const noticeKeys = { all: ['notices'] as const, part: (part: InboxPart, locale: Locale) => ['notices', part, locale] as const, preferences: ['notice-preferences'] as const };

export function useInbox(part: InboxPart) {
  return useInfiniteQuery({
    queryKey: noticeKeys.part(part, useLocale()),
    queryFn: ({ pageParam, signal }) => request<NoticePage>('GET', `/api/notices${queryString({ show: part, cursor: pageParam })}`, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

/** 100 stands for "at least that many". */
export function useUnread(): number {
  return useInbox('open').data?.pages[0]?.unread ?? 0;
}

/** Newest first, as far as they have been fetched; undefined before the first time. */
export function knownNotices(): readonly NoticeItem[] | undefined {
  return queryClient.getQueryData<Pages>(noticeKeys.part('open', currentLocale()))?.pages.flatMap((page) => page.items);
}

export function refreshNotices(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: noticeKeys.all });
}

export interface NoticeChange {
  readonly read?: true;
  readonly done?: boolean;
  readonly snoozedUntil?: string | null;
}

/** Shown at once: what is done or put off leaves the list. A refusal brings it back. */
export async function changeNotice(item: NoticeItem, change: NoticeChange): Promise<void> {
  const leaves = change.done !== undefined || change.snoozedUntil !== undefined;
  const wasUnread = item.readAt === null && item.doneAt === null;
  queryClient.setQueriesData<Pages>({ queryKey: noticeKeys.all }, (old) => old && {
    ...old,
    pages: old.pages.map((page) => ({
      ...page,
      unread: wasUnread ? Math.max(0, page.unread - 1) : page.unread,
      items: leaves ? page.items.filter(({ id }) => id !== item.id) : page.items.map((one) => (one.id === item.id ? { ...one, readAt: one.readAt ?? new Date().toISOString() } : one)),
    })),
  });
  try {
    await request<NoticeItem>('PATCH', `/api/notices/${item.id}`, { body: change });
  } finally {
    await refreshNotices();
  }
}

export async function readAllNotices(): Promise<void> {
  await request('POST', '/api/notices/read-all');
  await refreshNotices();
}

export type ApprovalStep =
  | { readonly kind: 'decide'; readonly decision: 'approved' | 'rejected' | 'returned'; readonly comment: string }
  | { readonly kind: 'delegate'; readonly to: string; readonly comment: string }
  | { readonly kind: 'add'; readonly approvers: readonly string[]; readonly comment: string };

export async function answerApproval(approval: string, { kind, ...body }: ApprovalStep): Promise<void> {
  await request<NoticeItem>('POST', `/api/approvals/${approval}/${kind}`, { body });
  await refreshNotices();
}

/** With the workflows one may mute. */
export interface PreferencesAnswer extends NoticePreferences {
  readonly workflows: readonly { readonly name: string; readonly label: Label }[];
}

export function usePreferences() {
  return useQuery({ queryKey: noticeKeys.preferences, queryFn: () => request<PreferencesAnswer>('GET', '/api/notices/preferences') });
}

export async function savePreferences(preferences: NoticePreferences): Promise<void> {
  queryClient.setQueryData(noticeKeys.preferences, await request<PreferencesAnswer>('PUT', '/api/notices/preferences', { body: preferences }));
}
