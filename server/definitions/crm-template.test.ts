import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { buildModel } from '#engine/model/build-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { tableColumns } from '#engine/views/table.ts';
import { sql } from '../db/sql.ts';
import { storeStream } from '../files/store.ts';
import { type ImportRow, ownImport, startDraft, startRun, undoRun } from '../import/imports.ts';
import { findRecords } from '../records/find-records.ts';
import { getRecord } from '../records/get-record.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { readTemplate, type Template } from './read-template.ts';

const dirOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const NOW = '2026-11-21T15:00:00.000Z';

let template: Template;
beforeAll(async () => {
  template = await readTemplate(dirOf('templates/crm'));
});

describe('the CRM template', () => {
  it('builds without a problem', () => {
    expect(buildModel(template.definitions).issues).toEqual([]);
  });

  it('lists customers with the eleven columns of the ledger, in its order', () => {
    const { model } = buildModel(template.definitions);
    const view = model?.tables.customer?.views[0];
    const columns = view ? tableColumns(view).map((column) => column.field) : [];
    expect(columns).toEqual(['customer_no', 'name', 'industry', 'customer_type', 'primary_contact_name', 'primary_contact_title', 'primary_contact_phone', 'last_followup_at', 'opportunity_stage', 'owner', 'last_followup_summary']);
    expect(columns.map((name) => model?.tables.customer?.fields[name]?.label['zh-CN'])).toEqual(['客户编号', '客户名称', '所属行业', '客户类型', '联系人', '职位', '联系方式', '最近跟进时间', '商机阶段', '负责人', '跟进记录摘要']);
  });
});

describe.each(DATABASES)('the CRM template on %s', (database) => {
  let workspace: TestWorkspace;
  let owner: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: template.definitions, samples: template.samples, now: NOW });
    owner = await workspace.addUser({ name: '管理', roles: ['system_owner'] });
  });
  afterAll(() => workspace.close());

  const count = async (table: string, filter?: object): Promise<number> => (await findRecords(workspace, owner, table, { count: true, limit: 1, ...(filter && { filter }) })).count?.value ?? -1;
  const get = async (table: string, id: string) => (await getRecord(workspace, owner, table, id)).data;

  it('opens with a firm at work', async () => {
    for (const [table, records] of Object.entries(template.samples)) expect(await count(table), table).toBe(records.length + (table === 'user' ? 1 : 0));
    const listed = await findRecords(workspace, owner, 'customer', { filter: { notEmpty: [{ var: 'last_followup_at' }] }, count: true, limit: 1 });
    expect(listed.count?.value).toBeGreaterThan(50);
  });

  it('finds a company by any part of its name, pinyin, initials and phone digits', async () => {
    const id = await workspace.create(owner, 'customer', { name: '北京华信科技有限公司', phone: '010-66012345' });
    await workspace.create(owner, 'contact', { customer: id, name: '欧阳娜', mobile: '13911572468' });
    const finds = async (table: string, search: string) => (await findRecords(workspace, owner, table, { search, fields: ['name'], limit: 200 })).data.map((record) => record.name);
    for (const text of ['华信', '信科技', '科', 'huaxin', 'keji', 'hxkj', 'bjhx', '66012345', '6601', '北京 科技']) {
      expect(await finds('customer', text), text).toContain('北京华信科技有限公司');
    }
    for (const text of ['欧阳', '娜', 'ouyang', 'oyn', '13911572468', '572468', '1391157']) expect(await finds('contact', text), text).toContain('欧阳娜');
    expect(await finds('customer', '华讯科技')).toEqual([]);
  });

  it('records a follow-up: last and next follow-up, the plan and the stage of the opportunity in one step', async () => {
    const customer = await workspace.create(owner, 'customer', { name: '测试客户有限公司' });
    const contact = await workspace.create(owner, 'contact', { customer, name: '陈工', mobile: '13800138000', decision_role: 'decision_maker' });
    const opportunity = await workspace.create(owner, 'opportunity', { name: '测试商机', customer, contact, amount: 100_000 });
    await workspace.create(owner, 'quote', { title: '测试报价', customer, opportunity });
    const stage = (await get('opportunity', opportunity)).stage;
    const next = 'negotiation';
    expect(stage).not.toBe(next);
    const activity = await workspace.create(owner, 'activity', {
      customer,
      opportunity,
      method: 'phone',
      time: { start: '2026-11-20T02:00:00.000Z', end: null },
      content: '谈了价格',
      next_action: '发送报价',
      next_at: '2026-11-25T01:00:00.000Z',
      person: owner.userId,
      stage_after: next,
    });
    expect(await get('opportunity', opportunity)).toMatchObject({ stage: next, probability: 0.6, version: 3 });
    expect(await get('customer', customer)).toMatchObject({ last_followup_at: '2026-11-20T02:00:00.000Z', next_followup_at: '2026-11-25T01:00:00.000Z', followup_count: 1, opportunity_stage: next });
    expect(String((await get('customer', customer)).last_followup_summary)).toContain('谈了价格');
    const plans = await findRecords(workspace, owner, 'followup_plan', { filter: { '==': [{ var: 'customer' }, customer] } });
    expect(plans.data).toMatchObject([{ action: '发送报价', due_at: '2026-11-25T01:00:00.000Z', assignee: owner.userId, source_activity: activity, opportunity }]);
    const done = await workspace.create(owner, 'activity', { customer, method: 'phone', time: { start: '2026-11-21T01:00:00.000Z', end: null }, content: '已发', person: owner.userId, plan: plans.data[0]?.id as string });
    expect(await get('followup_plan', plans.data[0]?.id as string)).toMatchObject({ state: 'done', done_activity: done });
    expect((await get('customer', customer)).next_followup_at).toBeNull();
  });

  it('refuses all of a follow-up when one part of it cannot be', async () => {
    const customer = await workspace.create(owner, 'customer', { name: '另一测试客户有限公司' });
    const opportunity = await workspace.create(owner, 'opportunity', { name: '另一商机', customer });
    await writeSession(workspace, owner, (session) => updateRecord(session, 'opportunity', opportunity, { expected_close: null }));
    const before = await get('opportunity', opportunity);
    const audit = await workspace.database.get(sql`SELECT max(seq) AS seq FROM relata_audit`);
    const values: Record<string, Json> = { customer, opportunity, method: 'phone', time: { start: '2026-11-20T02:00:00.000Z', end: null }, content: '谈过', person: owner.userId, next_at: '2026-11-25T01:00:00.000Z' };
    expect((await refusalOf(workspace.create(owner, 'activity', { ...values, stage_after: 'lost' }))).issues).toContain('/result_reason required');
    // At this stage an opportunity needs the day it should close; this one has none.
    const refused = await refusalOf(workspace.create(owner, 'activity', { ...values, stage_after: 'negotiation' }));
    expect(refused.issues).toContain('/expected_close required');
    expect(await get('opportunity', opportunity)).toEqual(before);
    expect(await count('activity', { '==': [{ var: 'customer' }, customer] })).toBe(0);
    expect(await count('followup_plan', { '==': [{ var: 'customer' }, customer] })).toBe(0);
    expect(await workspace.database.get(sql`SELECT max(seq) AS seq FROM relata_audit`)).toEqual(audit);
  });

  async function importFile(table: string, name: string): Promise<ImportRow> {
    const path = dirOf(`e2e/data/${name}`);
    const { storedAs, size } = await storeStream(workspace.filesDir, createReadStream(path));
    const draft = await startDraft(workspace, owner, table, { name, size, storedAs }, {});
    await startRun(workspace, owner, draft, { dryRun: false });
    await expect.poll(async () => (await ownImport(workspace, owner, draft.id)).run?.state, { timeout: 60_000, interval: 100 }).toBe('done');
    return ownImport(workspace, owner, draft.id);
  }

  it('takes in the ledger and the list of follow-ups, and gives both back', async () => {
    const before = { customers: await count('customer'), contacts: await count('contact'), activities: await count('activity') };
    const ledger = await importFile('customer', '客户台账.xlsx');
    expect(ledger.run).toMatchObject({ total: 505, created: 505, failed: 0 });
    for (const row of [504, 505, 506, 507, 508]) expect(ledger.run?.duplicates.some((duplicate) => duplicate.row === row), `row ${row}`).toBe(true);
    expect([await count('customer'), await count('customer', { '==': [{ var: 'name' }, '合计'] })]).toEqual([before.customers + 505, 0]);
    expect(await count('contact')).toBeGreaterThanOrEqual(before.contacts + 500);
    const [first] = (await findRecords(workspace, owner, 'customer', { filter: { '==': [{ var: 'customer_no' }, 'C20260711001'] } })).data;
    expect(first).toMatchObject({ name: '天鑫商贸股份有限公司', annual_revenue: 326_210_000, first_contact_at: expect.stringMatching(/^2026-07-1[01]/), primary_contact_name: '王芳', primary_contact_title: '采购总监', primary_contact_phone: '+8613972149390' });

    // The ledger tells of a last follow-up too, which became one of its own.
    const withLedger = await count('activity');
    const ofCustomers = { notEmpty: [{ var: 'customer.customer_no' }] };
    const linkedWithLedger = await count('activity', ofCustomers);
    const followUps = await importFile('activity', '跟进记录-gb18030.csv');
    // Twenty-one of them are dated later than the evening of 21 November.
    expect(followUps.run).toMatchObject({ total: 965, created: 944, failed: 21 });
    expect(followUps.run?.failures.every((failure) => failure.issues.length > 0)).toBe(true);
    expect(await count('activity', ofCustomers)).toBe(linkedWithLedger + 944);
    const [linked] = (await findRecords(workspace, owner, 'customer', { filter: { '==': [{ var: 'customer_no' }, 'C20260711001'] } })).data;
    expect(linked?.followup_count).toBeGreaterThan(0);

    await undoRun(workspace, owner, followUps);
    expect(await count('activity')).toBe(withLedger);
    await undoRun(workspace, owner, ledger);
    expect([await count('customer'), await count('contact'), await count('activity')]).toEqual([before.customers, before.contacts, before.activities]);
  }, 180_000);
});
