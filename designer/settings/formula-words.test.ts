import { expect, test } from 'vitest';
import type { FieldModel } from '#engine/model/app-model.ts';
import type { FieldChoice } from './field-choices.ts';
import { suggestFor, wordAt, wordBefore } from './formula-words.ts';

const field = (path: string, zh: string, en: string, over: string[] = []): FieldChoice => ({
  path, label: zh, kind: 'number', over, field: { name: path, table: 't', type: 'decimal', label: { 'zh-CN': zh, en }, settings: {} } as FieldModel,
});
const FIELDS = [field('customer.amount', '客户 · 金额', 'Amount', ['客户']), field('amount', '金额', 'Amount'), field('rate', '折扣率', 'Rate')];

test('the word before the cursor is what is being typed', () => {
  expect(wordBefore('=SUM(amo', 8)).toBe('amo');
  expect(wordBefore('=customer.am', 12)).toBe('customer.am');
  expect(wordBefore('=1+', 3)).toBe('');
  expect(wordBefore('=IF(a="wo', 9)).toBe('');
});

test('fields are found by name or label, nearer ones first, functions by their beginning', () => {
  expect(suggestFor('am', FIELDS).map(({ text }) => text)).toEqual(['amount', 'customer.amount']);
  expect(suggestFor('金额', FIELDS).map(({ text }) => text)).toEqual(['amount', 'customer.amount']);
  expect(suggestFor('rou', FIELDS)[0]).toMatchObject({ kind: 'function', text: 'ROUND()', back: 1, note: 'ROUND(number, places)' });
  expect(suggestFor('today', [])[0]?.back).toBe(0);
  expect(suggestFor('', FIELDS)).toEqual([]);
});

test('an error underlines the word at its position, or the end', () => {
  expect(wordAt('=IF(foo,1)', 4)).toEqual({ start: 4, end: 7 });
  expect(wordAt('=1+', 3)).toEqual({ start: 2, end: 3 });
});
