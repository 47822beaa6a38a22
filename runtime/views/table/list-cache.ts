/** Changes to lists that are already on screen, without reading them again. All pure over the cached pages. */
import type { InfiniteData } from '@tanstack/react-query';
import { queryClient } from '../../api/query-client.ts';
import type { Included, RecordData, RecordPage, Values } from '../../api/types.ts';
import { mergeIncluded } from '../../model/titles.ts';

export type Pages = InfiniteData<RecordPage, string | undefined>;

export function patchPages(pages: Pages, id: string, changes: Values, included?: Included): Pages {
  const index = pages.pages.findIndex((page) => page.data.some((record) => record.id === id));
  const page = pages.pages[index];
  if (!page) return pages;
  const patched: RecordPage = {
    ...page,
    data: page.data.map((record) => (record.id === id ? ({ ...record, ...changes } as RecordData) : record)),
    included: included ? mergeIncluded(page.included, included) : page.included,
  };
  return { ...pages, pages: pages.pages.with(index, patched) };
}

export function removeFromPages(pages: Pages, ids: ReadonlySet<string>): Pages {
  const removed = pages.pages.reduce((sum, page) => sum + page.data.filter((record) => ids.has(record.id)).length, 0);
  if (removed === 0) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page, index) => ({
      ...page,
      data: page.data.filter((record) => !ids.has(record.id)),
      ...(index === 0 && page.count && { count: { ...page.count, value: page.count.capped ? page.count.value : page.count.value - removed } }),
    })),
  };
}

function changeLists(table: string, change: (pages: Pages) => Pages): void {
  queryClient.setQueriesData<Pages>({ queryKey: ['records', table, 'list'] }, (pages) => (pages?.pages ? change(pages) : pages));
}

export function patchLists(table: string, id: string, changes: Values, included?: Included): void {
  changeLists(table, (pages) => patchPages(pages, id, changes, included));
}

export function removeFromLists(table: string, ids: readonly string[]): void {
  changeLists(table, (pages) => removeFromPages(pages, new Set(ids)));
}
