import { expect, test } from 'vitest';
import { groupItems } from './table/group-items.ts';
import { groupedSort } from './view-extras.ts';

const view = (extra: object) => ({ name: 'v', label: { 'zh-CN': 'v', en: 'v' }, type: 'table', columns: ['a'], ...extra });

test('the group leads the order, in the direction that was chosen for it', () => {
  expect(groupedSort(view({}), ['-b'])).toEqual(['-b']);
  expect(groupedSort(view({ groupBy: 'a' }), ['-b'])).toEqual(['a', '-b']);
  expect(groupedSort(view({ groupBy: 'a' }), ['-b', '-a'])).toEqual(['-a', '-b']);
});

test('rows of one value stand under one heading, which counts them', () => {
  const records = [{ id: '1', version: 1, a: 'x' }, { id: '2', version: 1, a: 'x' }, { id: '3', version: 1, a: null }];
  expect(groupItems(records, 'a')).toEqual([
    { first: 0, count: 2 }, { row: 0 }, { row: 1 },
    { first: 2, count: 1 }, { row: 2 },
  ]);
  expect(groupItems([], 'a')).toEqual([]);
});
