import { expect, test } from 'vitest';
import { isName, suggestName } from './suggest-name.ts';

const of = (zh: string, en: string, taken: string[] = []) => suggestName({ 'zh-CN': zh, en }, taken);

test('the English label makes the name, numbered when it is taken', async () => {
  expect(await of('客户等级', 'Customer level')).toBe('customer_level');
  expect(await of('客户等级', '  Café №2! ')).toBe('cafe_no2');
  expect(await of('金额', 'Amount', ['amount', 'amount_2'])).toBe('amount_3');
});

test('without English the pinyin does', async () => {
  expect(await of('合同编号', '')).toBe('hetongbianhao');
  expect(await of('合同编号', '合同编号')).toBe('hetongbianhao');
  expect(await of('', '')).toBe('');
});

test('a proposed name is a valid one', async () => {
  expect(isName(await of('年度', '2024 budget'))).toBe(true);
  expect(isName('Budget')).toBe(false);
  expect(isName('a__b')).toBe(false);
});
