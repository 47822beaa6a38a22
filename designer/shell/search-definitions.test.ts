import { expect, test } from 'vitest';
import type { Definitions } from '#engine/model/definitions.ts';
import { searchDefinitions } from './search-definitions.ts';

const label = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const definitions: Definitions = {
  app: { name: 'a', label: label('应用', 'App'), version: '1.0.0', navigation: [], roles: [], options: { stage: [{ value: 'won', label: label('成交', 'Won') }] } },
  tables: [
    {
      name: 'customer', label: label('客户', 'Customer'), titleField: 'name',
      fields: [{ name: 'name', label: label('名称', 'Name'), type: 'text' }, { name: 'amount', label: label('客户金额', 'Amount'), type: 'money' }],
      views: [{ name: 'mine', label: label('我的客户', 'My customers'), type: 'table', columns: ['name'] }],
    },
  ],
};
const find = (text: string) => searchDefinitions(definitions, text).map((found) => `${found.kind} ${found.name}`);

test('finds by label in either language, whole labels first', () => {
  expect(find('客户')).toEqual(['table customer', 'field amount', 'view mine']);
  expect(find('CUSTOMER')[0]).toBe('table customer');
});

test('finds by name, by option and by the type of a field', () => {
  expect(find('mine')).toEqual(['view mine']);
  expect(find('成交')).toEqual(['option won']);
  expect(find('money')).toEqual(['field amount']);
  expect(find('  ')).toEqual([]);
});
