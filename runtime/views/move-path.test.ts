import { expect, test } from 'vitest';
import { movePath } from './move-path.ts';

test('a column dragged to the right takes the place of the one it is dropped on', () => {
  expect(movePath(['a', 'b', 'c', 'd'], 'a', 'c')).toEqual(['b', 'c', 'a', 'd']);
});

test('a column dragged to the left takes the place of the one it is dropped on', () => {
  expect(movePath(['a', 'b', 'c', 'd'], 'd', 'b')).toEqual(['a', 'd', 'b', 'c']);
});

test('dropping on itself or on an unknown column changes nothing', () => {
  const paths = ['a', 'b'];
  expect(movePath(paths, 'a', 'a')).toBe(paths);
  expect(movePath(paths, 'a', 'x')).toBe(paths);
});
