import { useEffect, useRef } from 'react';
import type { TableModel } from '#engine/model/app-model.ts';
import { useCommentEvents, useRecordEvents } from '../api/events.ts';
import { queryClient } from '../api/query-client.ts';
import { recordKeys } from '../api/records.ts';

/** Reads a shown record, its timeline and its lists again when someone changes them. */
export function useLiveRecord(table: TableModel, id: string): void {
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useCommentEvents((event) => {
    if (event.table === table.name && event.id === id) void queryClient.invalidateQueries({ queryKey: recordKeys.timeline(table.name, id) });
  });
  useRecordEvents((event) => {
    const own = event.table === table.name && event.id === id;
    const children = table.page.timeline?.some((source) => source.table === event.table) || table.page.related?.some((list) => list.table === event.table) || table.page.panels?.some((panel) => panel.table === event.table);
    if (!own && !children) return;
    if (children) changed.current.add(event.table);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      void queryClient.invalidateQueries({ queryKey: recordKeys.one(table.name, id) });
      void queryClient.invalidateQueries({ queryKey: recordKeys.timeline(table.name, id) });
      // One save may have changed several tables: each of its events is heard by itself.
      for (const name of changed.current) void queryClient.invalidateQueries({ queryKey: ['records', name, 'few'] });
      changed.current.clear();
    }, 400);
  });
}
