/** The rows of a list as they are loaded, kept current by what this browser writes and what the live channel tells. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useRecordEvents } from '../../api/events.ts';
import { findRecords, onTableChanged, type RecordQuery, refreshList, useRecordPages } from '../../api/records.ts';
import type { Included, RecordData } from '../../api/types.ts';
import { patchLists, removeFromLists } from './list-cache.ts';

const SETTLE = 600;

export function useRows(table: string, query: RecordQuery, isAtTop: () => boolean) {
  const pages = useRecordPages(table, query);
  const [stale, setStale] = useState(false);

  const { records, includeds } = useMemo(() => {
    const all: RecordData[] = [];
    const titles: Included[] = [];
    for (const page of pages.data?.pages ?? []) {
      for (const record of page.data) {
        all.push(record);
        titles.push(page.included);
      }
    }
    return { records: all, includeds: titles };
  }, [pages.data]);

  const refresh = useCallback(() => {
    setStale(false);
    return refreshList(table, query);
  }, [table, query]);

  useEffect(() => onTableChanged((changed) => (changed === table ? void refresh() : undefined)), [table, refresh]);

  const waiting = useRef(new Map<string, string>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const known = useRef(records);
  known.current = records;

  // Events come in bursts (an import, a bulk edit); they are gathered and answered by one read.
  const settle = useCallback(async () => {
    const changes = new Map(waiting.current);
    waiting.current.clear();
    const shown = new Set(known.current.map((record) => record.id));
    const gone = [...changes].filter(([, action]) => action === 'delete').map(([id]) => id);
    if (gone.length > 0) removeFromLists(table, gone);
    const moved = [...changes.keys()].filter((id) => shown.has(id) && !gone.includes(id));
    const foreign = [...changes].some(([id, action]) => !shown.has(id) && action !== 'delete');
    if (moved.length > 0 && moved.length <= 50) {
      const { filter: _filter, search: _search, sort: _sort, count: _count, ...rest } = query;
      const fresh = await findRecords(table, { ...rest, filter: { in: [{ var: 'id' }, moved] }, limit: moved.length });
      for (const record of fresh.data) patchLists(table, record.id, record, fresh.included);
    }
    if (foreign || moved.length > 50) {
      if (isAtTop()) void refresh();
      else setStale(true);
    }
  }, [table, query, refresh, isAtTop]);

  useRecordEvents((event) => {
    if (event.table !== table) return;
    const shown = known.current.find((record) => record.id === event.id);
    if (shown && event.action !== 'delete' && shown.version >= event.version) return;
    waiting.current.set(event.id, event.action);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void settle().catch(() => setStale(true)), SETTLE);
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  return { pages, records, includeds, stale, refresh };
}
