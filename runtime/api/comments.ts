/** Comments of a record. Their timeline is read again by whoever wrote. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Comment, Mentionable } from '#engine/records/comment.ts';
import { request } from './client.ts';
import { queryClient } from './query-client.ts';
import { recordKeys, recordPath } from './records.ts';
import type { Included } from './types.ts';

export interface CommentAnswer {
  readonly data: Comment;
  readonly included: Included;
}

const pathOf = (id: string): string => `/api/comments/${encodeURIComponent(id)}`;

export function createComment(table: string, id: string, body: string, idempotencyKey: string): Promise<CommentAnswer> {
  return request<CommentAnswer>('POST', `${recordPath(table, id)}/comments`, { body: { body }, headers: { 'Idempotency-Key': idempotencyKey } });
}

export function changeComment({ id, version }: Comment, body: string): Promise<CommentAnswer> {
  return request<CommentAnswer>('PATCH', pathOf(id), { body: { body }, headers: { 'If-Match': `"${version}"` } });
}

export function deleteComment({ id, version }: Comment): Promise<null> {
  return request<null>('DELETE', pathOf(id), { headers: { 'If-Match': `"${version}"` } });
}

/** Colleagues who may read the record and whose name fits; asked for once somebody types `@`. */
export function useMentionable(table: string, id: string, search: string, enabled: boolean) {
  return useQuery({
    queryKey: ['mentionable', table, id, search],
    queryFn: ({ signal }) => request<{ readonly data: readonly Mentionable[] }>('GET', `${recordPath(table, id)}/mentionable?${new URLSearchParams(search === '' ? {} : { search })}`, { signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function refreshComments(table: string, id: string): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: recordKeys.timeline(table, id) });
}
