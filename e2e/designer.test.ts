/** An administrator changes the CRM without code, and takes it back: field, form, list, rights, plan, publish, undo. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listUnfolded, type OpenBrowser, openBrowser, picture } from './browser.ts';
import { type RunningServer, startServer } from './server.ts';


describe.skipIf(!process.env.RELATA_CHROMIUM)('the designer, in a browser', () => {
  let server: RunningServer;
  let admin: OpenBrowser;
  let sales: OpenBrowser;
  /** A customer with a deal that the salesperson owns. */
  let customer: { id: string; name: string };

  beforeAll(async () => {
    server = await startServer();
    [admin, sales] = [await openBrowser({ width: 1440, height: 900, locale: 'zh-CN' }), await openBrowser({ width: 1440, height: 900, locale: 'zh-CN' })];
    for (const { page } of [admin, sales]) page.setDefaultTimeout(20_000);
    await admin.page.goto(server.link ?? '');
    await admin.page.waitForURL((url) => !url.pathname.includes('sign-in'));
    const users = await api<{ data: { id: string; roles: string[] }[] }>('GET', '/api/tables/user/records?fields=roles&limit=200');
    const people = users.data.filter((user) => user.roles.includes('salesperson')).map((user) => user.id);
    const deals = await api<{ data: { id: string; name: string; owner: string }[] }>('GET', `/api/tables/customer/records?fields=name,owner&limit=200&filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: 'customer_type' }, 'deal'] }))}`);
    const own = deals.data.find((record) => people.includes(record.owner));
    if (!own) throw new Error('The samples hold no deal of a salesperson.');
    customer = own;
    const { url } = await api<{ url: string }>('POST', `/api/users/${own.owner}/sign-in-link`);
    await sales.page.goto(url.startsWith('http') ? url : `${server.url}${url}`);
    await sales.page.waitForURL((address) => !address.pathname.includes('sign-in'));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    process.stderr.write(`${[...admin.complaints, ...sales.complaints].join('\n')}\n`);
    await Promise.all([picture(admin.page, 'designer-failed-admin'), picture(sales.page, 'designer-failed-sales')]);
  });
  afterAll(async () => {
    await admin?.close();
    await sales?.close();
    await server?.stop();
  });

  /** As the administrator's page would ask. */
  function api<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    return admin.page.evaluate(
      async ([verb, address, sent]) => {
        const reply = await fetch(address as string, { method: verb as string, headers: { 'Content-Type': 'application/json', 'X-Relata': '1', 'If-Match': '*' }, ...(verb === 'GET' ? {} : { body: JSON.stringify(sent ?? {}) }) });
        if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
        return (await reply.json()) as Answer;
      },
      [method, path, body] as const,
    ) as Promise<Answer>;
  }
  const choose = async (page: Page, select: ReturnType<Page['locator']>, option: string, several = false): Promise<void> => {
    await select.click();
    // Long lists are searched, once they are open; in short ones typing changes nothing.
    await listUnfolded(page);
    await page.keyboard.type(option);
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: new RegExp(`^${option}$`) }).filter({ visible: true }).last().click();
    // One of many: the list stays open until it is closed.
    if (several) await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.ant-select-dropdown:visible').count(), { timeout: 20_000 }).toBe(0);
  };

  it('adds 服务档位 to the customer, with options and colours', async () => {
    const { page } = admin;
    await page.goto(`${server.url}/designer/tables/customer`);
    await page.getByRole('button', { name: '添加字段' }).click();
    await page.locator('.type-grid').getByRole('button', { name: '单选', exact: true }).click();
    await page.locator('#new-field-label').fill('服务档位');
    await expect.poll(() => page.locator('#new-field-name').inputValue()).not.toBe('');
    await page.locator('#new-field-name').fill('service_tier');
    await page.getByRole('dialog').getByRole('button', { name: '添加', exact: true }).click();
    await page.getByRole('button', { name: '批量添加' }).click();
    await page.getByRole('textbox', { name: '批量添加' }).fill('金卡|Gold\n银卡|Silver\n普卡|Basic');
    await page.locator('.option-many').getByRole('button').click();
    await expect.poll(() => page.locator('.option-line').count()).toBe(3);
    await picture(page, 'designer-field');
  });

  it('puts it on the form in a section of its own, shown only for customers with deals', async () => {
    const { page } = admin;
    await page.getByRole('link', { name: '表单' }).first().click();
    // The form of companies; the first one is for individuals.
    await page.locator('.chips').getByRole('link', { name: '客户', exact: true }).click();
    await page.getByRole('button', { name: '添加分区' }).last().click();
    await page.locator('.form-canvas').getByText('新分区').click();
    await page.locator('#section-label').fill('档位设置');
    await page.getByRole('textbox', { name: '英文' }).first().fill('Membership');
    await page.locator('.palette-item', { hasText: '服务档位' }).click();
    await page.locator('.form-canvas').getByText('档位设置', { exact: true }).click();
    await page.locator('#section-visible').getByRole('button').click();
    await page.locator('#section-visible').getByRole('button').first().click();
    await choose(page, page.locator('#section-visible .ant-select').nth(1), '客户类型');
    await choose(page, page.locator('#section-visible .ant-select').nth(3), '成交客户', true);
    await page.locator('#section-visible').getByRole('button', { name: '完成' }).click();
    await expect.poll(() => page.locator('#section-visible').textContent()).toContain('成交客户');
    await picture(page, 'designer-form');
  });

  it('adds it to the list, rows coloured by its value', async () => {
    const { page } = admin;
    await page.getByRole('link', { name: '视图' }).first().click();
    await choose(page, page.getByRole('combobox', { name: '添加列' }).locator('xpath=ancestor::*[contains(@class, "ant-select")][last()]'), '服务档位');
    await choose(page, page.locator('.setting', { has: page.getByText('按选项着色', { exact: true }) }).locator('.ant-select'), '服务档位');
    await picture(page, 'designer-view');
  });

  it('hides it from one role and sees whom that touches', async () => {
    const { page } = admin;
    await page.getByRole('link', { name: '角色与权限' }).click();
    await choose(page, page.getByRole('combobox', { name: '角色' }).locator('xpath=ancestor::*[contains(@class, "ant-select")][last()]'), '客服');
    await page.locator('.rights').getByRole('button', { name: '客户', exact: true }).click();
    await choose(page, page.locator('.field-rights li', { hasText: '服务档位' }).locator('.ant-select'), '隐藏');
    await picture(page, 'designer-roles');
  });

  it('looks at the plan and publishes; the salesperson sees it without doing anything', async () => {
    await sales.page.goto(`${server.url}/tables/customer`);
    await sales.page.locator('[role=grid], table').first().waitFor();
    expect(await sales.page.getByText('服务档位').count()).toBe(0);
    const { page } = admin;
    await page.getByRole('button', { name: '查看影响' }).click();
    // Every promise of the template is tried on the draft.
    await page.getByText('可以放心发布').waitFor({ timeout: 120_000 });
    await picture(page, 'designer-plan');
    expect(await page.locator('.plan-change').count()).toBeGreaterThanOrEqual(4);
    await page.locator('.plan-publish').getByRole('button', { name: '发布', exact: true }).click({ timeout: 120_000 });
    await page.getByText('已发布第 2 版').waitFor();
    await sales.page.getByText('服务档位').first().waitFor();
    await picture(sales.page, 'designer-sales-list');
  });

  it('is in the form only for a customer with deals, and in the import', async () => {
    const { page } = sales;
    await page.goto(`${server.url}/tables/customer/records/${customer.id}`);
    await page.getByText('档位设置', { exact: true }).first().waitFor();
    await api('PATCH', `/api/tables/customer/records/${customer.id}`, { service_tier: 'gold' });
    await page.getByText('金卡').first().waitFor();
    await picture(page, 'designer-sales-record');
    // Salespeople import nothing; whoever keeps the application does.
    await admin.page.goto(`${server.url}/tables/customer/import`);
    await admin.page.locator('input[type=file]').setInputFiles({ name: '会员.csv', mimeType: 'text/csv', buffer: Buffer.from('客户名称,客户类型,服务档位\n新会员有限公司,成交客户,银卡\n') });
    await admin.page.getByRole('button', { name: '下一步' }).waitFor();
    await expect.poll(() => admin.page.getByText('服务档位').count()).toBeGreaterThanOrEqual(2);
    await picture(admin.page, 'designer-import');
  });

  it('is undone, and comes back with its values', async () => {
    const { page } = admin;
    await page.goto(`${server.url}/designer/publish?tab=history`);
    await page.locator('.history-item').first().getByRole('button', { name: '撤销这一版' }).click();
    await page.getByPlaceholder('customer.service_tier').fill('customer.service_tier', { timeout: 120_000 });
    await picture(page, 'designer-undo');
    await page.locator('.plan-publish').getByRole('button', { name: '发布', exact: true }).click({ timeout: 120_000 });
    await page.getByText('已发布第 3 版').waitFor();
    await sales.page.goto(`${server.url}/tables/customer/records/${customer.id}`);
    await sales.page.getByText(customer.name).first().waitFor();
    await expect.poll(() => sales.page.getByText('金卡').count()).toBe(0);
    await page.locator('.history-item').first().getByRole('button', { name: '撤销这一版' }).click();
    await page.locator('.plan-publish').getByRole('button', { name: '发布', exact: true }).click({ timeout: 120_000 });
    await page.getByText('已发布第 4 版').waitFor();
    await sales.page.getByText('金卡').first().waitFor();
    await picture(sales.page, 'designer-back');
    expect([...admin.complaints, ...sales.complaints]).toEqual([]);
  });

  it('keeps what was typed in a form that has changed meanwhile', async () => {
    const { page } = sales;
    // As when the live channel is down: the page cannot know.
    await page.route('**/api/events', (route) => route.abort());
    await page.goto(`${server.url}/tables/customer/records/${customer.id}`);
    await page.getByRole('button', { name: '编辑' }).click();
    const input = page.locator('[data-field=remark] textarea');
    await input.fill('写了很久的备注');
    const { version, definitions } = await api<{ version: number; definitions: { tables: { name: string; fields: object[] }[] } }>('GET', '/api/definitions');
    const draft = { ...definitions, tables: definitions.tables.map((table) => (table.name === 'customer' ? { ...table, fields: [...table.fields, { name: 'club', label: { 'zh-CN': '俱乐部', en: 'Club' }, type: 'text' }] } : table)) };
    const plan = await api<{ hash: string }>('POST', '/api/definitions/plan', { base: version, definitions: draft });
    await api('POST', '/api/definitions/publish', { base: version, definitions: draft, hash: plan.hash, note: '俱乐部' });
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('您填写的内容已保留').first().waitFor();
    await picture(page, 'designer-form-changed');
    expect(await input.inputValue()).toBe('写了很久的备注');
    await expect
      .poll(async () => {
        await page.getByRole('button', { name: '保存', exact: true }).click({ timeout: 2000 }).catch(() => undefined);
        return page.getByRole('dialog').count();
      }, { timeout: 15_000 })
      .toBe(0);
    await page.getByText('写了很久的备注').first().waitFor();
  });
});
