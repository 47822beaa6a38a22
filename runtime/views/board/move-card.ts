/** A card taken out of one column's pages and put at the top of another's. Pure over the cached pages. */
import type { Included, RecordData } from '../../api/types.ts';
import { mergeIncluded } from '../../model/titles.ts';
import type { Pages } from '../table/list-cache.ts';

export function takeFromPages(pages: Pages, id: string): Pages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, data: page.data.filter((record) => record.id !== id) })) };
}

export function putIntoPages(pages: Pages, record: RecordData, included: Included): Pages {
  const [first, ...rest] = takeFromPages(pages, record.id).pages;
  if (!first) return pages;
  return { ...pages, pages: [{ ...first, data: [record, ...first.data], included: mergeIncluded(first.included, included) }, ...rest] };
}
