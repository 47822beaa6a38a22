import { expect, test } from 'vitest';
import type { RecordData } from '../../api/types.ts';
import type { Pages } from '../table/list-cache.ts';
import { putIntoPages, takeFromPages } from './move-card.ts';

const record = (id: string): RecordData => ({ id, version: 1 });
const pages = (...lists: string[][]): Pages => ({ pages: lists.map((ids) => ({ data: ids.map(record), included: {}, next: null })), pageParams: lists.map(() => undefined) });
const ids = (own: Pages): string[][] => own.pages.map(({ data }) => data.map(({ id }) => id));

test('a card leaves whichever page it is on', () => {
  expect(ids(takeFromPages(pages(['a', 'b'], ['c']), 'c'))).toEqual([['a', 'b'], []]);
});

test('a card comes to the top of its new column, once', () => {
  expect(ids(putIntoPages(pages(['a'], ['b']), record('b'), {}))).toEqual([['b', 'a'], []]);
  expect(ids(putIntoPages({ pages: [], pageParams: [] }, record('b'), {}))).toEqual([]);
});
