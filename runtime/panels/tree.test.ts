import { expect, test } from 'vitest';
import { type Branch, buildTree } from './tree.ts';

interface Person { readonly id: string; readonly above: string | null; readonly rank: number }
const shape = (branches: readonly Branch<Person>[]): unknown => branches.map(({ item, below }) => (below.length > 0 ? [item.id, shape(below)] : item.id));
const build = (...people: Person[]): unknown => shape(buildTree(people, ({ above }) => above, ({ rank }) => rank));

test('people stand below whom they report to, those who decide first', () => {
  expect(build({ id: 'c', above: 'a', rank: 2 }, { id: 'b', above: 'a', rank: 1 }, { id: 'a', above: null, rank: 5 }, { id: 'z', above: null, rank: 0 })).toEqual(['z', ['a', ['b', 'c']]]);
});
test('who reports to somebody out of sight stands at the top, and a circle ends', () => {
  expect(build({ id: 'a', above: 'gone', rank: 0 }, { id: 'b', above: 'c', rank: 0 }, { id: 'c', above: 'b', rank: 0 }, { id: 'd', above: 'd', rank: 1 })).toEqual(['a', 'd', ['b', ['c']]]);
});
