import { describe, expect, it } from 'vitest';
import { buildModel } from '../model/build-model.ts';
import { diffDefinitions } from './diff-definitions.ts';
import { neededBy, partOf, withPart } from './part-of.ts';
import { templateForTest } from './test-edits.ts';

const [crm, desk] = [await templateForTest('crm'), await templateForTest('desk')];

describe('a part of an app', () => {
  it('builds alone once it holds the tables it needs, with no list and no role it does not call', () => {
    const chosen = ['contract_line'];
    expect(buildModel(partOf(crm, chosen)).issues).not.toEqual([]);
    const needed = neededBy(crm, chosen);
    expect(needed).toEqual(expect.arrayContaining(['contract', 'customer']));
    expect(needed).not.toContain('contract_line');
    const part = partOf(crm, [...chosen, ...needed]);
    expect(buildModel(part).issues).toEqual([]);
    const products = partOf(crm, ['product_category']);
    expect(products.app.options).toBeUndefined();
    expect(products.app.navigation).toMatchObject([{ name: 'product', tables: ['product_category'] }]);
  });

  it('is at home in another app, and coming back changes nothing', () => {
    const tables = desk.tables.map(({ name }) => name);
    const both = withPart(crm, partOf(desk, tables));
    expect(buildModel(both).issues).toEqual([]);
    expect(both.app.name).toBe('crm');
    expect(both.tables.map(({ name }) => name)).toEqual([...crm.tables.map(({ name }) => name), ...tables]);
    expect(diffDefinitions(both, withPart(both, partOf(both, tables)))).toEqual([]);
    expect(diffDefinitions(crm, withPart(crm, partOf(crm, ['customer', 'contact'])))).toEqual([]);
  });

  it('replaces a table of the same name', () => {
    const changed = { ...crm, tables: crm.tables.map((table) => (table.name === 'contact' ? { ...table, label: { 'zh-CN': '人脉', en: 'People' } } : table)) };
    expect(diffDefinitions(crm, withPart(crm, partOf(changed, ['contact']))).map(({ path }) => path)).toEqual(['/tables/contact']);
  });
});
