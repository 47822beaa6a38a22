/** What an administrator does in the designer: adds a field, takes it back and again, places it in the form, publishes, and finds it in the app. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenBrowser, openBrowser } from './browser.ts';
import { type RunningServer, startServer } from './server.ts';

describe.skipIf(!process.env.RELATA_CHROMIUM)('the designer, in a browser', () => {
  let server: RunningServer;
  let browser: OpenBrowser;
  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser({ width: 1440, height: 900, locale: 'zh-CN' });
    browser.page.setDefaultTimeout(20_000);
    await browser.page.goto(server.link ?? '');
    await browser.page.getByText('管理员').first().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const bar = () => browser.page.locator('.draft-bar');

  it('opens from the navigation and adds a field, named by its pinyin', async () => {
    const { page } = browser;
    await page.getByRole('link', { name: '设计' }).click();
    await page.locator('.table-card', { hasText: 'customer' }).first().click();
    await page.getByRole('button', { name: '添加字段' }).click();
    await page.getByRole('button', { name: '单行文本', exact: true }).click();
    await page.locator('#new-field-label').fill('战略备注');
    await page.locator('#new-field-name').and(page.locator('[value="zhanlvebeizhu"]')).waitFor();
    await page.getByRole('button', { name: '添加', exact: true }).click();
    await page.waitForURL(/customer\/fields\/zhanlvebeizhu$/);
    await bar().getByText('1 项更改').waitFor();
  });

  it('takes a step back and forth, and keeps the draft on the server', async () => {
    const { page } = browser;
    await page.getByRole('button', { name: '关闭设置' }).click();
    await page.keyboard.press('Control+z');
    await bar().getByText('没有未发布的更改').waitFor();
    await page.keyboard.press('Control+Shift+z');
    await bar().getByText('1 项更改').waitFor();
    await bar().getByText('已保存').waitFor();
    await page.reload();
    await page.locator('.field-line', { hasText: '战略备注' }).waitFor();
  });

  it('places the field in the form and shows the form as people will see it', async () => {
    const { page } = browser;
    await page.goto(`${server.url}/designer/tables/customer/forms`);
    await page.locator('.canvas-title').first().click();
    await page.locator('.palette-item', { hasText: '战略备注' }).click();
    await page.locator('.canvas-section').first().getByText('战略备注').waitFor();
    await page.getByTitle('预览').click();
    await page.locator('.record-form').getByText('战略备注').waitFor();
    await bar().getByText('已保存').waitFor();
  });

  it('publishes, and the new field is in the app', async () => {
    const { page } = browser;
    await bar().getByRole('button', { name: '发布' }).click();
    await page.locator('.designer-main').getByRole('button', { name: '发布' }).click();
    await bar().getByText('没有未发布的更改').waitFor();
    await page.goto(`${server.url}/tables/customer`);
    await page.getByRole('button', { name: '新建客户' }).first().click();
    await page.locator('.record-form').getByText('战略备注').waitFor();
    expect(browser.complaints).toEqual([]);
  });
});
