import { expect, test } from 'vitest';
import { insertAt, modeOf, variableOf } from './expression-mode.ts';

test('an expression is edited the way it was given', () => {
  expect([undefined, 5, 'text', ['a']].map(modeOf)).toEqual(['constant', 'constant', 'constant', 'constant']);
  expect(modeOf('Hello {{$record.name}}')).toBe('template');
  expect(modeOf({ var: '$find.count' })).toBe('variable');
  expect(modeOf({ '*': [{ var: '$record.amount' }, 0.1] })).toBe('formula');
  expect(modeOf({ in: [{ var: 'stage' }, ['a']] })).toBe('json');
});

test('only a path alone is a variable', () => {
  expect(variableOf({ var: 'owner' })).toBe('owner');
  expect(variableOf({ var: 'owner', other: 1 })).toBeUndefined();
  expect(variableOf(null)).toBeUndefined();
});

test('a variable is put in the place of what is marked, and the cursor behind it', () => {
  expect(insertAt('Hello name!', '$record.name', 6, 10)).toEqual({ text: 'Hello {{$record.name}}!', cursor: 22 });
});
