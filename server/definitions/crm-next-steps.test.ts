/** From lead to service case each record makes the next, and takes along what it knows. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { type Actor, ruleContextOf } from '#engine/permissions/actor.ts';
import { carriedValues } from '#engine/records/carried-values.ts';
import { toRuleData } from '#engine/records/record-rules.ts';
import { pathsOf } from '#engine/rules/check.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { findRecords } from '../records/find-records.ts';
import { getRecord } from '../records/get-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { readTemplate, type Template } from './read-template.ts';

const CHAIN = ['lead', 'customer', 'opportunity', 'quote', 'contract', 'sales_order', 'invoice', 'payment', 'service_request'];

let template: Template;
beforeAll(async () => {
  template = await readTemplate(fileURLToPath(new URL('../../templates/crm', import.meta.url)));
});

describe.each(DATABASES)('the next step of a sale on %s', (database) => {
  let workspace: TestWorkspace;
  let owner: Actor;
  let customer: string;
  let contact: string;
  let probe: string;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: template.definitions, now: '2026-03-02T01:00:00.000Z' });
    owner = await workspace.addUser({ name: 'owner', roles: ['system_owner'] });
    customer = await workspace.create(owner, 'customer', { name: '北京华信科技有限公司', credit_days: 30 });
    contact = await workspace.create(owner, 'contact', { customer, name: '陈工', mobile: '13800138000' });
    await workspace.create(owner, 'invoice_title', { customer, title: '华信科技', tax_no: '91440311MA517214X9' });
    const category = await workspace.create(owner, 'product_category', { name: '温度', code: 'S1' });
    probe = await workspace.create(owner, 'product', { name: '温度变送器', category, price: 1000, tax_rate: 0.13 });
  });
  afterAll(() => workspace.close());

  const read = async (table: string, id: string) => (await getRecord(workspace, owner, table, id)).data as Record<string, Json>;
  const actionOf = (table: string, to: string) => template.definitions.tables.find(({ name }) => name === table)?.actions?.find((action) => action.table === to);

  /** What the form of the next record begins with, as the screen works it out. */
  async function begin(table: string, to: string, id: string): Promise<Record<string, Json>> {
    const action = actionOf(table, to);
    if (!action) throw new Error(`No action of ${table} makes a ${to}.`);
    const rules = Object.values(action.values) as Rule[];
    const hops = rules.flatMap(pathsOf).filter((path) => path.includes('.') && !path.startsWith('$'));
    const own = await read(table, id);
    const [distant] = hops.length === 0 ? [] : (await findRecords(workspace, owner, table, { filter: { '==': [{ var: 'id' }, id] }, fields: hops, limit: 1 })).data;
    const context = ruleContextOf(owner, '2026-03-02T01:00:00.000Z', 'Asia/Shanghai');
    const model = workspace.model.tables[table] as TableModel;
    const data = { ...toRuleData(model, own) };
    for (const [path, value] of Object.entries(distant ?? {})) {
      const [first, second] = path.split('.');
      if (first !== undefined && second !== undefined) data[first] = { ...(typeof data[first] === 'object' ? (data[first] as object) : { id: data[first] ?? null }), [second]: value as Json };
    }
    const bare = carriedValues(action.values as Record<string, Rule>, { record: own, data, context });
    for (const [name, { from, values }] of Object.entries(action.lines ?? {})) {
      bare[name] = (own[from] as Record<string, Json>[]).map((row) => carriedValues(values as Record<string, Rule>, { record: row, data: row, context }));
    }
    return bare;
  }

  it('is offered all along the chain', () => {
    expect(CHAIN.slice(1).filter((to, i) => !actionOf(CHAIN[i] as string, to))).toEqual([]);
    expect(actionOf('invoice', 'receivable_plan')).toBeDefined();
  });

  it('knows where a lead is and what it wants', async () => {
    const region = { code: '110108', names: ['北京市', '北京市', '海淀区'] };
    const lead = await workspace.create(owner, 'lead', { company: '上海东方贸易有限公司', name: '赵工', mobile: '13900139000', region, source: 'exhibition', intent_product: [probe] });
    expect(await begin('lead', 'customer', lead)).toMatchObject({ region });
    expect(await begin('lead', 'opportunity', lead)).toMatchObject({ intent_products: [probe] });
  });

  it('carries signer, terms, discount, what is left to invoice and its title', async () => {
    const opportunity = await workspace.create(owner, 'opportunity', { name: '二期', customer, contact, amount: 1 });
    expect(await begin('opportunity', 'contract', opportunity)).toMatchObject({ customer_signer: contact });
    const quote = await workspace.create(owner, 'quote', { title: '报价', customer, contact, opportunity, payment_terms: '月结30天', delivery_terms: '送货上门', discount_amount: 500, lines: [{ product: probe, qty: 10 }] });
    expect(await begin('quote', 'sales_order', quote)).toMatchObject({ discount_amount: 500, lines: [{ product: probe, qty: 10 }] });
    const carried = await begin('quote', 'contract', quote);
    expect(carried).toMatchObject({ terms: '付款条件：月结30天\n交货条件：送货上门', customer_signer: contact, amount: 10_800 });
    const contract = await workspace.create(owner, 'contract', { ...carried, start_on: '2026-03-02', end_on: '2027-03-01' });

    const order = await workspace.create(owner, 'sales_order', await begin('contract', 'sales_order', contract));
    expect(await read('sales_order', order)).toMatchObject({ discount_amount: 500, total: 10_800 });
    const title = (await read('customer', customer)).invoice_title as string;
    const whole = await workspace.create(owner, 'invoice', await begin('sales_order', 'invoice', order));
    expect(await read('invoice', whole)).toMatchObject({ title, amount: 9557.52, tax_rate: 0.13, total: 10_800 });
    await writeSession(workspace, owner, (session) => updateRecord(session, 'invoice', whole, { status: 'void' }));

    const rest = await workspace.create(owner, 'invoice', await begin('contract', 'invoice', contract));
    expect(await read('invoice', rest)).toMatchObject({ title, amount: 9557.52, total: 10_800 });
    expect(await begin('invoice', 'receivable_plan', rest)).toMatchObject({ amount: 10_800, contract, customer, due_on: '2026-04-01' });
    const payment = await workspace.create(owner, 'payment', await begin('invoice', 'payment', rest));
    expect(await read('payment', payment)).toMatchObject({ amount: 10_800, contract, payer_name: '华信科技' });
    expect(await begin('payment', 'service_request', payment)).toEqual({ contract, customer });
  });
});
