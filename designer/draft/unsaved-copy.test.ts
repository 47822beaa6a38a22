import { expect, test } from 'vitest';
import type { Definitions } from '#engine/model/definitions.ts';
import { newerDraft, type UnsavedCopy } from './unsaved-copy.ts';

const version = (name: string): Definitions => ({ app: { name, label: { 'zh-CN': name, en: name }, version: '1.0.0', navigation: [], roles: [] }, tables: [] });
const stored = { base: 3, definitions: version('stored'), updatedAt: '2026-01-01T00:00:00.000Z' };
const copy: UnsavedCopy = { user: 'wang', base: 3, definitions: version('copy'), over: stored.updatedAt, sending: false };
const nameOf = (...args: Parameters<typeof newerDraft>) => newerDraft(...args)?.definitions.app.name;

test('edits that did not reach the server are taken up again', () => {
  expect(nameOf(copy, stored, 'wang')).toBe('copy');
  expect(nameOf({ ...copy, over: null }, null, 'wang')).toBe('copy');
});

test('what was saved after them leads, and nobody takes up the edits of another', () => {
  expect(nameOf(copy, { ...stored, updatedAt: '2026-01-01T00:00:05.000Z' }, 'wang')).toBe('stored');
  expect(nameOf(copy, stored, 'li')).toBe('stored');
  expect(nameOf(copy, null, 'wang')).toBeUndefined();
});

test('a save that was on its way when the page closed does not hide what came after it', () => {
  expect(nameOf({ ...copy, sending: true }, { ...stored, updatedAt: '2026-01-01T00:00:05.000Z' }, 'wang')).toBe('copy');
  expect(nameOf({ ...copy, sending: true }, null, 'wang')).toBeUndefined();
});
