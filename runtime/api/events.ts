/** The live channel: one EventSource for the whole page. Who shows a record or a list hears what changed. */
import { useEffect, useRef } from 'react';
import { reportSignedOut } from './client.ts';
import { queryClient } from './query-client.ts';
import type { RecordEvent } from './types.ts';

const listeners = new Set<(event: RecordEvent) => void>();

const commentListeners = new Set<(event: RecordEvent) => void>();
const noticeListeners = new Set<(unread: number) => void>();

export const APP_KEY = ['app'];

/** Opens the channel; returns how to close it. The browser reconnects by itself. */
export function openEvents(): () => void {
  const source = new EventSource('/api/events');
  source.addEventListener('record', (message) => {
    const event = JSON.parse(String(message.data)) as RecordEvent;
    // A comment changes no record: lists and figures need not be read again.
    for (const listener of event.action === 'comment' ? commentListeners : listeners) listener(event);
  });
  // Records hold other fields from now on, so what is shown of them is read again, after the model it is drawn with.
  source.addEventListener('app', () => void queryClient.invalidateQueries({ queryKey: APP_KEY }).then(() => queryClient.invalidateQueries({ queryKey: ['records'] })));
  source.addEventListener('notice', (message) => {
    const { unread } = JSON.parse(String(message.data)) as { unread: number };
    for (const listener of noticeListeners) listener(unread);
  });
  source.addEventListener('signed-out', () => reportSignedOut());
  return () => source.close();
}

export function useRecordEvents(listener: (event: RecordEvent) => void): void {
  useListener(listeners, listener);
}

/** Hears of comments that were written, changed or removed. */
export function useCommentEvents(listener: (event: RecordEvent) => void): void {
  useListener(commentListeners, listener);
}

function useListener(all: Set<(event: RecordEvent) => void>, listener: (event: RecordEvent) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const hear = (event: RecordEvent) => latest.current(event);
    all.add(hear);
    return () => {
      all.delete(hear);
    };
  }, [all]);
}

/** Hears that one's own inbox has changed. */
export function onNotice(listener: (unread: number) => void): () => void {
  noticeListeners.add(listener);
  return () => {
    noticeListeners.delete(listener);
  };
}
