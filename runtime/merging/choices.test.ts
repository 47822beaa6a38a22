import { expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { MergePreview } from '../api/merges.ts';
import { defaultSource, likelySurvivor, movesTo, possibleSurvivors, sortFields } from './choices.ts';

const record = (id: string, values: Record<string, Json>, rights: { maySurvive?: boolean; mayGo?: boolean } = {}): MergePreview['records'][number] => ({
  data: { id, version: 1, ...values },
  included: {},
  access: { update: true, delete: true, share: true, transfer: true, merge: true, fields: {} },
  maySurvive: true,
  mayGo: true,
  ...rights,
});
const label = (en: string) => ({ 'zh-CN': en, en });
const count = (table: string, n: number) => ({ table, label: label(table), count: n });
const preview = (records: MergePreview['records'], moves: MergePreview['moves'] = {}): MergePreview => ({ records, moves, fields: ['name', 'city', 'phone', 'tags', 'owner', 'note'].map((name) => ({ name, united: name === 'tags' })) });

it('tells what differs from what only one of them says, and leaves out what nobody says', () => {
  const sorted = sortFields(preview([record('a', { name: 'A', city: 'X', phone: null, tags: [], owner: null, note: '' }), record('b', { name: 'B', city: 'X', phone: '1', tags: ['t'], owner: 'u', note: null })]));
  expect([sorted.differing, sorted.single, sorted.same].map((fields) => fields.map(({ name }) => name))).toEqual([['name', 'owner'], ['phone', 'tags'], ['city']]);
});

it('proposes to keep the record on which most hangs, of those that may stay', () => {
  const moves = { a: [count('deal', 1)], b: [count('deal', 2), count('note', 3)], c: [count('deal', 9)] };
  const all = preview([record('a', {}), record('b', {}), record('c', {}, { maySurvive: false })], moves);
  expect(likelySurvivor(all)).toBe('b');
  expect(movesTo(all, 'b')).toEqual([count('deal', 10)]);
  expect(possibleSurvivors(preview([record('a', {}), record('b', {}, { mayGo: false })])).map(({ data }) => data.id)).toEqual(['b']);
  expect(likelySurvivor(preview([record('a', {}, { mayGo: false }), record('b', {}, { mayGo: false })]))).toBeUndefined();
});

it('fills an empty value from the first that has one, but never says who is in charge', () => {
  const both = preview([record('a', { city: null, owner: null }), record('b', { city: 'X', owner: 'u' })]);
  expect([defaultSource(both, 'city', 'a'), defaultSource(both, 'owner', 'a'), defaultSource(both, 'phone', 'a')]).toEqual(['b', 'a', 'a']);
});
