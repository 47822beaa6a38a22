/** What saving would make of lines: prices of the books before anything is kept, refusals as of the save, nothing left behind. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { readTemplate } from '../definitions/read-template.ts';
import { contentOf } from '../testing/database-content.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { previewLines } from './preview-lines.ts';

const template = await readTemplate(fileURLToPath(new URL('../../templates/crm', import.meta.url)));

describe.each(DATABASES)('lines before they are saved on %s', (database) => {
  let workspace: TestWorkspace;
  let seller: Actor;
  let other: Actor;
  let customer: string;
  let product: string;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: template.definitions, now: '2026-03-02T01:00:00.000Z' });
    const owner = await workspace.addUser({ name: 'owner', roles: ['system_owner'] });
    seller = await workspace.addUser({ name: 'seller', roles: ['salesperson'] });
    other = await workspace.addUser({ name: 'other', roles: ['salesperson'] });
    customer = await workspace.create(seller, 'customer', { name: '北京华信科技有限公司' });
    const category = await workspace.create(owner, 'product_category', { name: '温度', code: 'S1' });
    product = await workspace.create(owner, 'product', { name: '温度变送器', category, price: 1000, tax_rate: 0.13 });
    const book = await workspace.create(owner, 'price_book', { name: '默认', is_default: true, active: true, currency: 'CNY' });
    for (const [min_qty, price] of [[1, 950], [100, 900]]) await workspace.create(owner, 'price_book_entry', { book, product, min_qty: min_qty as number, price: price as number });
  });
  afterAll(() => workspace.close());

  const quote = (...lines: { [key: string]: Json }[]): { [key: string]: Json } => ({ title: '报价', customer, lines });
  const prices = async (values: Readonly<Record<string, unknown>>, id: string | null = null): Promise<Json[]> => ((await previewLines(workspace, seller, 'quote', { id, values })).lines as { price: Json; discount: Json; amount: Json }[]).map(({ price, amount }) => [price, amount]);

  it('take the price that the save would give them, of a new record', async () => {
    expect(await prices(quote({ product, qty: 1 }, { product, qty: 100 }, { product, qty: 5, price: 800 }))).toEqual([[950, 950], [900, 90000], [800, 4000]]);
  });

  it('and of one that is there, without touching it', async () => {
    const id = await workspace.create(seller, 'quote', quote({ product, qty: 1 }));
    const before = await contentOf(workspace);
    const { lines } = await previewLines(workspace, seller, 'quote', { id, values: {} });
    const [line] = lines as { id: string }[];
    expect(await prices({ lines: [{ id: line?.id ?? '' }, { product, qty: 200 }] }, id)).toEqual([[950, 950], [900, 180000]]);
    expect(await contentOf(workspace)).toEqual(before);
  });

  it('are refused as the save would be, with nothing left behind', async () => {
    const before = await contentOf(workspace);
    await expect(previewLines(workspace, seller, 'quote', { id: null, values: quote({ product, qty: -1 }) })).rejects.toThrow('/lines/0/qty');
    await expect(previewLines(workspace, other, 'quote', { id: null, values: quote({ product, qty: 1 }) })).rejects.toThrow();
    expect(await contentOf(workspace)).toEqual(before);
  });
});
