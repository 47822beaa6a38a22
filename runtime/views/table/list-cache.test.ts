import { expect, test } from 'vitest';
import { type Pages, patchPages, removeFromPages } from './list-cache.ts';

const pages: Pages = {
  pageParams: [undefined, 'c'],
  pages: [
    { data: [{ id: 'a', version: 1, name: 'A' }, { id: 'b', version: 1, name: 'B' }], included: { user: { u: { title: 'U' } } }, next: 'c', count: { value: 3, capped: false } },
    { data: [{ id: 'd', version: 1, name: 'D' }], included: {}, next: null },
  ],
};

test('a patch touches only the page that holds the record, so other rows are not drawn again', () => {
  const next = patchPages(pages, 'd', { name: 'E', version: 2 }, { user: { v: { title: 'V' } } });
  expect(next.pages[0]).toBe(pages.pages[0]);
  expect(next.pages[1]?.data[0]).toEqual({ id: 'd', version: 2, name: 'E' });
  expect(next.pages[1]?.included).toEqual({ user: { v: { title: 'V' } } });
  expect(patchPages(pages, 'unknown', { name: 'X' })).toBe(pages);
});

test('removed records leave their pages and the count', () => {
  const next = removeFromPages(pages, new Set(['a', 'd']));
  expect(next.pages.map((page) => page.data.map((record) => record.id))).toEqual([['b'], []]);
  expect(next.pages[0]?.count).toEqual({ value: 1, capped: false });
});
