/** What of the model a person's screens are given. */
import { expect, it } from 'vitest';
import { buildModel, requireModel } from '#engine/model/build-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { computeFormulas } from '#engine/records/record-rules.ts';
import { trimModel } from './trim-model.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const field = (name: string, type: string, rest: object = {}) => ({ name, label: label(name), type, ...rest });
const clerk: Actor = { userId: 'c', departmentId: null, subordinateIds: [], roles: ['clerk'], locale: 'en', unrestricted: false };
const context = { me: 'c', myDepartment: null, mySubordinates: [], now: '2026-03-02T01:00:00.000Z', timeZone: 'Asia/Shanghai' };

const definitions: Definitions = {
  app: { name: 'shop', label: label('shop'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('owner'), owner: true }, { name: 'clerk', label: label('clerk') }] },
  tables: [
    { name: 'bill', label: label('bill'), titleField: 'title', fields: [field('title', 'text'), field('rows', 'lines', { table: 'bill_row', field: 'bill' })], permissions: { clerk: { create: true, read: true, update: true } } },
    {
      name: 'bill_row', label: label('row'), titleField: 'title', inherits: 'bill',
      fields: [
        field('bill', 'reference', { table: 'bill', required: true, onDelete: 'cascade' }), field('title', 'text'), field('count', 'integer'), field('price', 'money'), field('cost', 'money'),
        field('amount', 'formula', { formula: '=count*price', result: 'number', format: 'money' }), field('margin', 'formula', { formula: '=amount-count*cost', result: 'number', format: 'money' }), field('told', 'formula', { formula: '=CONCAT(bill.title,title)', result: 'text' }),
      ],
      permissions: { clerk: { create: true, read: true, update: true, fields: { cost: 'hidden' } } },
    },
  ],
} as Definitions;

it('lets amounts of a row follow what is typed, from what one may know, and tells no other formula', () => {
  expect(buildModel(definitions).issues).toEqual([]);
  const { model } = trimModel(requireModel(definitions), clerk);
  const row = model.tables.bill_row;
  expect(row?.computeOrder).toEqual(['amount']);
  expect(row && computeFormulas(row, { count: 3, price: 2.5 }, context)).toEqual({ amount: 7.5 });
  expect(row?.fields.margin?.computed).toEqual({ mode: 'stored', kind: 'number', reads: [] });
  expect(row?.fields.margin?.settings).toEqual({ result: 'number', scale: 2, format: 'money' });
  expect(row?.fields.told?.computed?.rule).toBeUndefined();
});
