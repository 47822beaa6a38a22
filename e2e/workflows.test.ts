/** An administrator draws a workflow on an empty canvas, tries it, publishes it; time passes and it does its work. Then the CRM's own: dormancy, on the ledger of the first day. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import type { BackTestReport, NoticePage, SimulationReport, TrialReport } from '#engine/workflows/reports.ts';
import { listUnfolded, type OpenBrowser, openBrowser, picture } from './browser.ts';
import { type ClockServer, startClockServer } from './clock-server.ts';

const DATA = join(import.meta.dirname, 'data');
const ADMIN = { email: 'admin@zhice.example', password: 'a long enough password' };
/** A Monday, nine o'clock in Shanghai. */
const START = '2026-11-23T01:00:00.000Z';
/** The same afternoon, and the next one: a business day later. */
const DUE = '2026-11-23T06:00:00.000Z';
const NEXT_DAY = '2026-11-24T06:30:00.000Z';
/** How long to look again for what a busy machine may be late with. */
const SOON = { timeout: 15_000 };
/** When dormancy looks for the first time: it takes up all that have been silent for long. */
const FIRST_LOOK = '2026-11-25';
const PLANS = ['一号计划：电话回访', '二号计划：寄送样品', '三号计划：确认报价'] as const;

interface Found {
  readonly id: string;
  readonly name: string;
  readonly superior: string | null;
}

describe.skipIf(!process.env.RELATA_CHROMIUM)('workflows, in a browser', () => {
  let server: ClockServer;
  let admin: OpenBrowser;
  let sales: OpenBrowser;
  let person: Found;

  beforeAll(async () => {
    server = await startClockServer(START, ADMIN);
    [admin, sales] = [await openBrowser({ width: 1440, height: 900, locale: 'zh-CN' }), await openBrowser({ width: 1440, height: 900, locale: 'zh-CN' })];
    for (const { page } of [admin, sales]) {
      page.setDefaultTimeout(20_000);
      await page.clock.setFixedTime(START);
    }
    await api(admin.page, 'POST', '/api/session', { login: ADMIN.email, password: ADMIN.password });
    person = await userCalled('陈晓');
    const { url } = await api<{ url: string }>(admin.page, 'POST', `/api/users/${person.id}/sign-in-link`);
    await sales.page.goto(url.startsWith('http') ? url : `${server.url}${url}`);
    await sales.page.waitForURL((address) => !address.pathname.includes('sign-in'));
    const customers = await api<{ data: { id: string }[] }>(sales.page, 'GET', `/api/tables/customer/records?limit=3&filter=${filter({ '==': [{ var: 'owner' }, person.id] })}`);
    for (const [i, action] of PLANS.entries()) await api(sales.page, 'POST', '/api/tables/followup_plan/records', { action, customer: customers.data[i]?.id, assignee: person.id, due_at: DUE });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    process.stderr.write(`${[...admin.complaints, ...sales.complaints].join('\n')}\n`);
    await Promise.all([picture(admin.page, 'workflows-failed-admin'), picture(sales.page, 'workflows-failed-sales')]);
  });
  afterAll(async () => {
    await admin?.close();
    await sales?.close();
    await server?.stop();
  });

  const filter = (rule: unknown): string => encodeURIComponent(JSON.stringify(rule));

  /** As whoever is signed in on that page. */
  async function api<Answer>(page: Page, method: string, path: string, data?: unknown): Promise<Answer> {
    const reply = await page.request.fetch(server.url + path, { method, headers: { 'X-Relata': '1', 'If-Match': '*' }, ...(method !== 'GET' && { data: data ?? {} }) });
    if (!reply.ok()) throw new Error(`${method} ${path}: ${reply.status()} ${await reply.text()}`);
    return (await reply.json()) as Answer;
  }
  async function userCalled(name: string): Promise<Found> {
    const { data } = await api<{ data: Found[] }>(admin.page, 'GET', `/api/tables/user/records?fields=name,superior&filter=${filter({ '==': [{ var: 'name' }, name] })}`);
    const [found] = data;
    if (!found) throw new Error(`There is nobody called ${name}.`);
    return found;
  }
  /** Time passes for everybody. */
  async function moveTo(moment: string): Promise<void> {
    for (const { page } of [admin, sales]) await page.clock.setFixedTime(moment);
    await server.moveTo(moment);
  }

  /** `several`: the list stays open until it is closed. */
  async function choose(input: string, option: string, several = false): Promise<void> {
    const { page } = admin;
    await page.locator(input).click();
    // Long lists are searched, once they are open; in short ones typing changes nothing.
    await listUnfolded(page);
    await page.keyboard.type(option);
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ visible: true, has: page.getByText(option, { exact: true }) }).first().click();
    if (several) await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.ant-select-dropdown:visible').count(), SOON).toBe(0);
  }
  /** From the menu at the end of a path: the last one there is, unless it is said which. */
  async function addStep(name: string, at = 'last'): Promise<void> {
    const { page } = admin;
    const ends = page.locator('.path-add');
    const menu = page.locator('.ant-popover').filter({ visible: true });
    const opened = async (): Promise<boolean> => {
      await (at === 'last' ? ends.last() : ends.first()).click();
      return menu.waitFor({ timeout: 4000 }).then(() => true, () => false);
    };
    // The canvas may still be gliding to the step put in before: the click then goes beside.
    await expect.poll(opened, SOON).toBe(true);
    await menu.getByRole('textbox').fill(name);
    await menu.locator('.node-item').first().click();
    await menu.waitFor({ state: 'hidden' });
  }
  /** 状态 是 待办. */
  async function stillOpen(): Promise<void> {
    const { page } = admin;
    const rule = page.locator('#setting-rule');
    await rule.getByRole('button').click();
    await rule.getByRole('button', { name: '添加条件', exact: true }).click();
    await choose('#setting-rule .condition-field', '状态');
    await choose('#condition-0', '待办', true);
    await rule.getByRole('button', { name: '完成' }).click();
    await expect.poll(() => rule.textContent(), SOON).toContain('状态是待办');
  }
  async function tell(whom: string, title: string): Promise<void> {
    const { page } = admin;
    await choose('#setting-to', whom, true);
    await page.locator('#setting-title').fill(title);
    await page.locator('#setting-title').blur();
  }

  it('draws a reminder from an empty canvas', async () => {
    const { page } = admin;
    await page.goto(`${server.url}/designer/workflows`);
    await page.getByRole('button', { name: '新建流程' }).first().click();
    await page.locator('#new-workflow-label').fill('跟进计划到期提醒');
    // One is suggested a moment later.
    await expect.poll(() => page.locator('#new-workflow-name').inputValue(), SOON).not.toBe('');
    await page.locator('#new-workflow-name').fill('plan_reminder');
    await page.locator('#new-workflow-trigger').click();
    await listUnfolded(page);
    await page.locator('.ant-select-item-option', { hasText: '到达日期时' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '新建', exact: true }).click();
    await choose('#setting-table', '跟进计划');
    await choose('#setting-field', '到期时间');
    await stillOpen();
    await addStep('通知');
    await tell('执行人', '跟进计划到期：{{action}}');
    await addStep('等待一段时间');
    await page.locator('#setting-for').getByRole('spinbutton').fill('1');
    await choose('#setting-for .ant-select', '工作日');
    await addStep('条件');
    await stillOpen();
    // The ways out of a condition: yes on the left.
    await addStep('通知', 'first');
    await tell('执行人 · 上级', '仍未完成：{{action}}');
    await expect.poll(() => page.locator('.react-flow__node-card').count(), SOON).toBe(5);
    await expect.poll(() => page.locator('.problem-list li, .problem-head').count(), SOON).toBe(0);
    await picture(page, 'workflows-drawn');
  });

  it('tries it on the plans of three customers, and nothing happens', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: '测试' }).click();
    for (const [i, plan] of PLANS.entries()) {
      if (i > 0) await page.getByRole('button', { name: '再加一条' }).click();
      await choose(`#trial-record-${i}`, plan);
    }
    await page.getByRole('button', { name: '试运行', exact: true }).click();
    await expect.poll(() => page.locator('.trial-run').count(), SOON).toBe(3);
    const told = await page.locator('.trial-run').first().locator('.effect-list > li').allTextContents();
    expect(told).toHaveLength(2);
    expect(told[0]).toContain(`跟进计划到期：${PLANS[0]}`);
    expect(told[0]).toContain('陈晓');
    expect(told[1]).toContain(`仍未完成：${PLANS[0]}`);
    // The card of the second notice is on the way that was taken.
    expect(await page.locator('.step-card.step-done').count()).toBeGreaterThanOrEqual(4);
    await picture(page, 'workflows-dry-run');
    expect((await api<NoticePage>(sales.page, 'GET', '/api/notices')).items.filter((item) => item.workflow === 'plan_reminder')).toEqual([]);
  });

  it('is published', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: '查看影响' }).click();
    await page.locator('.plan-publish').getByRole('button', { name: '发布', exact: true }).click();
    await page.getByText('已发布第 2 版').waitFor();
    // The clock notes from when on it looks.
    await server.moveTo(server.now());
    await picture(page, 'workflows-published');
  });

  it('tells the salesperson when the plans are due', async () => {
    await sales.page.goto(`${server.url}/inbox`);
    await sales.page.getByRole('heading', { name: '消息' }).waitFor();
    await moveTo(DUE);
    for (const plan of PLANS) await sales.page.getByText(`跟进计划到期：${plan}`).waitFor();
    await picture(sales.page, 'workflows-inbox');
  });

  it('tells the superior a business day later, of the plans that are still open', async () => {
    const [done] = (await api<{ data: { id: string }[] }>(sales.page, 'GET', `/api/tables/followup_plan/records?filter=${filter({ '==': [{ var: 'action' }, PLANS[0]] })}`)).data;
    await api(sales.page, 'PATCH', `/api/tables/followup_plan/records/${done?.id}`, { state: 'done' });
    await moveTo(NEXT_DAY);
    const { url } = await api<{ url: string }>(admin.page, 'POST', `/api/users/${person.superior}/sign-in-link`);
    await sales.page.goto(url.startsWith('http') ? url : `${server.url}${url}`);
    await sales.page.waitForURL((address) => !address.pathname.includes('sign-in'));
    await sales.page.goto(`${server.url}/inbox`);
    await sales.page.getByText(`仍未完成：${PLANS[1]}`).waitFor();
    await sales.page.getByText(`仍未完成：${PLANS[2]}`).waitFor();
    expect(await sales.page.getByText(`仍未完成：${PLANS[0]}`).count()).toBe(0);
    await picture(sales.page, 'workflows-superior');
  });

  it('shows the way a run took', async () => {
    const { page } = admin;
    await page.goto(`${server.url}/designer/workflows/edit/plan_reminder/runs`);
    await page.getByRole('radiogroup').getByText('完成', { exact: true }).click();
    await page.getByText(PLANS[1]).first().click();
    await expect.poll(() => page.locator('.step-mark-done').count(), SOON).toBe(4);
    expect(await page.locator('.step-list li').count()).toBe(4);
    await picture(page, 'workflows-run');
    await page.locator('.step-list button', { hasText: '条件' }).click();
    await page.getByText('走了“是”').waitFor();
    await page.goto(`${server.url}/designer/workflows/edit/plan_reminder/runs`);
    await page.getByRole('radiogroup').getByText('完成', { exact: true }).click();
    await page.getByText(PLANS[0]).first().click();
    await expect.poll(() => page.locator('.step-mark-done').count(), SOON).toBe(3);
  });

  async function importFile(table: string, name: string): Promise<void> {
    const { page } = admin;
    const headers = { 'X-Relata': '1' };
    const sent = await page.request.post(`${server.url}/api/tables/${table}/imports`, { headers, multipart: { file: { name, mimeType: 'application/octet-stream', buffer: readFileSync(join(DATA, name)) } } });
    const { id } = (await sent.json()) as { id: string };
    await api(page, 'POST', `/api/imports/${id}/run`, { dryRun: false });
    await expect.poll(async () => (await api<{ run: { state: string } }>(page, 'GET', `/api/imports/${id}`)).run.state, { timeout: 60_000 }).toBe('done');
  }
  async function dormancy(): Promise<WorkflowDefinition> {
    const { definitions } = await api<{ definitions: { workflows: WorkflowDefinition[] } }>(admin.page, 'GET', '/api/definitions');
    return definitions.workflows.find((workflow) => workflow.name === 'dormancy') as WorkflowDefinition;
  }

  it('names the customers of the ledger that dormancy would have taken up', async () => {
    await importFile('customer', '客户台账.xlsx');
    await importFile('activity', '跟进记录-gb18030.csv');
    const { page } = admin;
    await page.goto(`${server.url}/designer/workflows/edit/dormancy`);
    await page.getByRole('button', { name: '测试' }).click();
    await page.getByRole('tab', { name: '回溯' }).click();
    const answered = page.waitForResponse((reply) => reply.url().endsWith('/api/workflows/back-test'), { timeout: 120_000 });
    await page.getByRole('button', { name: '回溯' }).click();
    const report = (await (await answered).json()) as BackTestReport;
    expect(report.records).toBeGreaterThan(10);
    await page.getByText(`${report.records} 条记录`).waitFor();
    await page.getByText(report.hits[0]?.record?.title ?? '').first().waitFor();
    await picture(page, 'workflows-back-test');
  }, 180_000);

  it('lists them on a simulated date', async () => {
    const { page } = admin;
    const report = await api<SimulationReport>(page, 'POST', '/api/workflows/simulate', { at: FIRST_LOOK });
    const due = report.items.filter((item) => item.workflow === 'dormancy' && item.kind === 'start');
    expect(due.length).toBeGreaterThan(0);
    await page.goto(`${server.url}/designer/workflows/simulate`);
    await page.getByRole('textbox', { name: '日期' }).fill(FIRST_LOOK);
    await page.keyboard.press('Enter');
    await page.getByText(`${FIRST_LOOK} 会发生 ${report.count} 件`).waitFor();
    await page.getByText(due[0]?.record?.title ?? '').first().waitFor();
    await picture(page, 'workflows-simulate');
  });

  it('marks them as dormant once their owner agrees, in a dry run at that date', async () => {
    const { page } = admin;
    const workflow = await dormancy();
    const report = await api<SimulationReport>(page, 'POST', '/api/workflows/simulate', { at: FIRST_LOOK, workflow });
    const records = report.items.filter((item) => item.workflow === 'dormancy' && item.kind === 'start').slice(0, 3).map((item) => item.record?.id ?? '');
    const { runs } = await api<TrialReport>(page, 'POST', '/api/workflows/trial', { workflow, records, now: `${FIRST_LOOK}T00:00:00.000Z`, decide: 'approved', events: 'timeout' });
    expect(runs).toHaveLength(records.length);
    for (const run of runs) {
      expect(run.wouldStart).toBe(true);
      const marked = run.effects.find((effect) => effect.kind === 'update' && effect.record.table === 'customer');
      expect(marked).toMatchObject({ node: 'mark', changes: expect.arrayContaining([expect.objectContaining({ field: 'status', after: 'dormant' })]) });
    }
    const untouched = await api<{ data: { status: string } }>(page, 'GET', `/api/tables/customer/records/${records[0]}`);
    expect(untouched.data.status).toBe('active');
  });

  it('has no complaint of the browser on the way', () => {
    expect([...admin.complaints, ...sales.complaints]).toEqual([]);
  });
});
