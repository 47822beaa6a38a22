import { expect, test } from 'vitest';
import type { Definitions } from '#engine/model/definitions.ts';
import { editDraft, MOST_STEPS, rebaseDraft, redoDraft, startDraft, undoDraft } from './draft-state.ts';

const version = (name: string): Definitions => ({ app: { name, label: { 'zh-CN': name, en: name }, version: '1.0.0', navigation: [], roles: [] }, tables: [] });

test('typing in one place is one step, and so undone at once', () => {
  let state = startDraft(3, version('a'));
  for (const [i, name] of ['b', 'c', 'd'].entries()) state = editDraft(state, version(name), 'label', i * 200);
  expect(state.past).toHaveLength(1);
  expect(undoDraft(state).present.app.name).toBe('a');
});

test('another place, a pause and an act without a key are steps of their own', () => {
  let state = editDraft(startDraft(3, version('a')), version('b'), 'label', 0);
  state = editDraft(state, version('c'), 'help', 10);
  state = editDraft(state, version('d'), 'help', 9000);
  state = editDraft(state, version('e'), undefined, 9001);
  expect(state.past.map((step) => step.app.name)).toEqual(['a', 'b', 'c', 'd']);
});

test('what was undone comes back until something else is edited', () => {
  const two = editDraft(editDraft(startDraft(3, version('a')), version('b'), undefined, 0), version('c'), undefined, 1);
  const back = undoDraft(undoDraft(two));
  expect(back.present.app.name).toBe('a');
  expect(redoDraft(redoDraft(back)).present.app.name).toBe('c');
  expect(redoDraft(editDraft(back, version('x'), undefined, 2)).present.app.name).toBe('x');
  expect(undoDraft(startDraft(3, version('a'))).present.app.name).toBe('a');
});

test('the oldest steps are forgotten', () => {
  let state = startDraft(3, version('a'));
  for (let i = 0; i < MOST_STEPS + 20; i++) state = editDraft(state, version(`n${i}`), undefined, i);
  expect(state.past).toHaveLength(MOST_STEPS);
});

test('a merge with a newer version is a step that can be undone, on that version', () => {
  const state = rebaseDraft(editDraft(startDraft(3, version('a')), version('b'), undefined, 0), 4, version('ab'));
  expect(state.base).toBe(4);
  expect(undoDraft(state).present.app.name).toBe('b');
});
