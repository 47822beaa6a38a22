/** What a person does with the other views: moves a card on the board with the keyboard, reads a dashboard and follows a number to its list, looks at the week. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenBrowser, openBrowser, picture } from './browser.ts';
import { type RunningServer, startServer } from './server.ts';


describe.skipIf(!process.env.RELATA_CHROMIUM)('board, dashboard and calendar, in a browser', () => {
  let server: RunningServer;
  let browser: OpenBrowser;
  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser({ width: 1440, height: 900, locale: 'zh-CN' });
    browser.page.setDefaultTimeout(30_000);
    await browser.page.goto(server.link ?? '');
    await browser.page.getByText('管理员').first().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('takes a card to the next column with the keyboard, and the record has its stage', async () => {
    const { page } = browser;
    const id = await page.evaluate(async () => {
      const call = async (method: string, path: string, body?: object) => (await fetch(`/api${path}`, { method, headers: { 'Content-Type': 'application/json', 'X-Relata': '1', 'Idempotency-Key': crypto.randomUUID() }, ...(body && { body: JSON.stringify(body) }) })).json();
      const customers = await call('GET', '/tables/customer/records?limit=1&fields=id');
      return (await call('POST', '/tables/opportunity/records', { name: '键盘拖动', customer: customers.data[0].id, amount: 1000, stage: 'lead', need_confirmed: true, expected_close: '2030-01-01' })).data.id as string;
    });
    await page.goto(`${server.url}/tables/opportunity?view=pipeline`);
    const card = page.locator('.board-column').first().locator('.board-card', { hasText: '键盘拖动' });
    await card.focus();
    await page.keyboard.press('Space');
    await page.waitForTimeout(300);
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(300);
    await page.keyboard.press('Space');
    await page.locator('.board-column').nth(1).locator('.board-card', { hasText: '键盘拖动' }).waitFor();
    await page.getByText('已移到“意向”').waitFor();
    expect(await page.evaluate(async (record) => (await (await fetch(`/api/tables/opportunity/records/${record}`)).json()).data.stage, id)).toBe('intent');
    await picture(browser.page, 'board');
  });

  it('draws a dashboard, shows a chart as a table, and leads from a number to exactly the records behind it', async () => {
    const { page } = browser;
    await page.goto(`${server.url}/dashboard/sales_process`);
    await page.locator('.chart-canvas canvas').nth(3).waitFor();
    const funnel = page.locator('section.chart-card', { hasText: '销售漏斗' }).first();
    await funnel.hover();
    await funnel.getByRole('button', { name: /更多/ }).click();
    await page.getByText('看表格').click();
    const first = funnel.locator('tbody .chart-cell').first();
    const count = Number(await first.textContent());
    expect(count).toBeGreaterThan(0);
    await picture(browser.page, 'dashboard');
    await first.click();
    await page.getByText(`共 ${count} 条`).waitFor();
    expect(new URL(page.url()).pathname).toBe('/tables/opportunity');
  });

  it('keeps the shared filters in the address', async () => {
    const { page } = browser;
    await page.goto(`${server.url}/dashboard/sales_process?period=thisYear`);
    await page.locator('.shared-filter', { hasText: '今年' }).waitFor();
    await page.getByText('恢复默认').click();
    await page.locator('.shared-filter', { hasText: '近 12 个月' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('shows the week and opens a form where one clicks', async () => {
    const { page } = browser;
    await page.goto(`${server.url}/tables/schedule_event?view=calendar`);
    await page.locator('.fc-timegrid-slot-lane').first().waitFor();
    await page.locator('.fc-timegrid-slot-lane[data-time="21:00:00"]').click();
    await page.getByRole('dialog').waitFor();
    await picture(browser.page, 'calendar');
  });

  it('offers what fits the rest of a record: plans of the payment’s customer, in a form and in a row', async () => {
    const { page } = browser;
    const payment = await page.evaluate(async () => {
      const make = async (table: string, values: object): Promise<string> => {
        const headers = { 'Content-Type': 'application/json', 'X-Relata': '1', 'Idempotency-Key': crypto.randomUUID() };
        return (await (await fetch(`/api/tables/${table}/records`, { method: 'POST', headers, body: JSON.stringify(values) })).json()).data.id;
      };
      const paid = [];
      for (const name of ['挑选测试甲', '挑选测试乙']) {
        const customer = await make('customer', { name });
        const contract = await make('contract', { name: `${name}合同`, customer, amount: 1000, start_on: '2030-01-01', end_on: '2030-12-31' });
        for (const amount of [300, 700]) await make('receivable_plan', { contract, customer, amount, due_on: '2030-02-01' });
        paid.push(await make('payment', { customer, contract, amount: 1000, paid_on: '2024-01-01', method: 'transfer' }));
      }
      return paid[0] as string;
    });
    const choices = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-content');
    await page.goto(`${server.url}/tables/payment/records/${payment}`);
    await page.getByRole('button', { name: '核销', exact: true }).first().click();
    const dialog = page.getByRole('dialog').last();
    await dialog.locator('[data-field="plan"] .ant-select').click();
    await picture(browser.page, 'allocation');
    await expect.poll(async () => (await choices.allTextContents()).length, { timeout: 10_000 }).toBe(2);
    await choices.first().click();
    await dialog.getByRole('button', { name: '取消', exact: true }).click();
    await page.getByRole('button', { name: '放弃', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '编辑', exact: true }).first().click();
    const form = page.getByRole('dialog').last();
    await form.locator('[data-field="allocations"]').getByRole('button', { name: /添加/ }).click();
    await form.locator('[data-field="allocations"] .ant-select').first().click();
    await choices.first().waitFor({ state: 'visible' });
    await expect.poll(async () => (await choices.allTextContents()).length, { timeout: 10_000 }).toBe(2);
    await page.waitForTimeout(400);
    await picture(browser.page, 'allocation-row');
  });

  it('keeps to the content policy all the while', () => {
    expect(browser.complaints).toEqual([]);
  });
});
