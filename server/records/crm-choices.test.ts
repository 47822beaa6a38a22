/** What the references of the CRM offer beside the other values of a record, as the form's lists ask for it. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { offeredByChecks } from '#engine/records/offered-by-checks.ts';
import type { Rule } from '#engine/rules/rule.ts';
import { readTemplate } from '../definitions/read-template.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { findDuplicates } from './find-duplicates.ts';
import { findRecords } from './find-records.ts';

const CRM = fileURLToPath(new URL('../../templates/crm', import.meta.url));

describe.each(DATABASES)('the choices of the CRM on %s', (database) => {
  let workspace: TestWorkspace;
  let finance: Actor;
  const made: Record<string, string> = {};
  const of = (name: string): string => made[name] as string;
  const offered = (table: string, reference: string, valueAt: (path: string) => Json | undefined): Rule[] => {
    const own = workspace.model.tables[table] as TableModel;
    return [own.fields[reference]?.settings.filter as Rule | undefined, offeredByChecks(own, reference, valueAt)].filter((rule) => rule !== undefined);
  };
  const found = async (table: string, rules: Rule[]) => (await findRecords(workspace, finance, table, { filter: { and: rules }, fields: ['id'], sort: ['created_at'] })).data.map(({ id }) => Object.entries(made).find(([, own]) => own === id)?.[0]);

  beforeAll(async () => {
    const { workflows: _workflows, ...definitions } = (await readTemplate(CRM)).definitions;
    workspace = await openTestWorkspace(database, { definitions });
    finance = await workspace.addUser({ name: 'finance', roles: ['finance'] });
    const make = async (as: string, table: string, values: Record<string, Json>) => (made[as] = await workspace.create(systemActor, table, { owner: finance.userId, ...values }));
    for (const name of ['huaxin', 'yuanda']) {
      const customer = await make(name, 'customer', { name });
      const contract = await make(`${name}_contract`, 'contract', { name, customer, amount: 100_000, start_on: '2026-01-01', end_on: '2026-12-31' });
      for (const [period, plan] of ['open', 'full', 'void'].entries()) {
        await make(`${name}_${plan}`, 'receivable_plan', { contract, customer, period: period + 1, amount: 10_000, due_on: '2026-07-01', void: plan === 'void' });
      }
      await make(`${name}_payment`, 'payment', { customer, contract, amount: 30_000, paid_on: '2026-06-01', method: 'transfer' });
      await make(`${name}_part`, 'payment_allocation', { payment: of(`${name}_payment`), plan: of(`${name}_full`), amount: 10_000 });
    }
  });
  afterAll(() => workspace.close());

  it('set a payment against open plans of its customer, and no others', async () => {
    expect(await found('receivable_plan', offered('payment_allocation', 'plan', (path) => (path === 'payment.customer' ? made.huaxin : undefined)))).toEqual(['huaxin_open']);
    expect(await found('receivable_plan', offered('payment_allocation', 'plan', () => undefined))).toEqual(['huaxin_open', 'yuanda_open']);
    expect(await found('payment', offered('payment_allocation', 'payment', (path) => (path === 'plan.customer' ? made.yuanda : undefined)))).toEqual(['yuanda_payment']);
  });

  it('take what is offered, and refuse a plan that is paid in full', async () => {
    const allocate = (plan: string) => workspace.create(finance, 'payment_allocation', { payment: of('huaxin_payment'), plan: of(plan), amount: 1 });
    expect((await refusalOf(allocate('huaxin_full'))).issues).toEqual(['/plan not_offered']);
    expect((await refusalOf(allocate('yuanda_open'))).code).toBe('validation_failed');
    await allocate('huaxin_open');
  });

  it('warn of a second contract from one quotation, and hold nobody up', async () => {
    const seller = await workspace.addUser({ name: 'seller', roles: ['salesperson'] });
    const customer = await workspace.create(seller, 'customer', { name: 'Quoted' });
    const quote = await workspace.create(seller, 'quote', { title: 'Offer', customer });
    const contract = { customer, quote, amount: 1, start_on: '2026-01-01', end_on: '2026-12-31' };
    const warnings = async () => (await findDuplicates(workspace, seller, 'contract', { quote })).map(({ title, fields, message }) => [title, fields, message.en]);
    expect(await warnings()).toEqual([]);
    await workspace.create(seller, 'contract', { name: 'First', ...contract });
    expect(await warnings()).toEqual([['First', ['quote'], 'This quotation has a contract already.']]);
    await workspace.create(seller, 'contract', { name: 'Second', ...contract });
    const other = await workspace.create(seller, 'quote', { title: 'Other offer', customer });
    expect(await findDuplicates(workspace, seller, 'contract', { quote: other })).toEqual([]);
  });

  it('ask the database for nothing that it does not know', async () => {
    let narrowed = 0;
    for (const table of Object.values(workspace.model.tables)) {
      for (const field of Object.values(table.fields)) {
        const { target } = field;
        const rule = offeredByChecks(table, field.name, () => 'x');
        if (rule === undefined || target === undefined) continue;
        narrowed += 1;
        await expect(findRecords(workspace, systemActor, target, { filter: rule, fields: ['id'] })).resolves.toHaveProperty('data');
      }
    }
    expect(narrowed).toBeGreaterThan(20);
  });
});
