/** A form for somebody without an account: the link is made on the list, filled in on a phone, and what was sent stands in the list. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenBrowser, openBrowser, picture } from './browser.ts';
import { type RunningServer, startServer } from './server.ts';

describe.skipIf(!process.env.RELATA_CHROMIUM)('a public form, in two browsers', () => {
  let server: RunningServer;
  let owner: OpenBrowser;
  let stranger: OpenBrowser;
  let link = '';
  beforeAll(async () => {
    server = await startServer();
    owner = await openBrowser({ width: 1440, height: 900, locale: 'zh-CN' });
    stranger = await openBrowser({ width: 360, height: 740, locale: 'en' });
    for (const { page } of [owner, stranger]) page.setDefaultTimeout(20_000);
    await owner.page.goto(server.link ?? '');
    await owner.page.getByText('管理员').first().waitFor();
  });
  afterAll(async () => {
    await owner?.close();
    await stranger?.close();
    await server?.stop();
  });

  it('has its link made from the list of leads, once to be seen', async () => {
    const { page } = owner;
    await page.goto(`${server.url}/tables/lead`);
    await page.getByRole('button', { name: '更多操作' }).first().click();
    await page.getByText('公开表单链接').click();
    await page.getByRole('button', { name: '生成链接' }).click();
    await page.getByText('只显示这一次').waitFor();
    link = (await page.locator('.form-link-made .sign-in-url').textContent())?.trim() ?? '';
    expect(link).toMatch(/\/f\/[\w-]{43}$/);
    await page.locator('.form-links li', { hasText: '联系我们' }).waitFor();
    await picture(page, 'public-form-link');
  });

  it('says what is missing, and thanks for what was sent', async () => {
    const { page } = stranger;
    await page.goto(link);
    await page.getByRole('heading', { name: 'Contact us' }).waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('[data-field="company"]').getByText('Give the company or the contact.').waitFor();
    await page.locator('[data-field="company"] input').fill('Nova Sensors Ltd');
    await page.locator('[data-field="mobile"] input').fill('13800138000');
    await page.locator('[data-field="need"] textarea').fill('Pressure sensors for two lines');
    await picture(page, 'public-form');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Thank you! We will be in touch soon.').waitFor();
    await picture(page, 'public-form-sent');
  });

  it('leaves a lead of whoever made the link', async () => {
    const { page } = owner;
    await page.goto(`${server.url}/tables/lead`);
    await page.getByText('Nova Sensors Ltd').first().waitFor();
  });

  it('is closed when the link is taken back', async () => {
    const { page } = owner;
    await page.getByRole('button', { name: '更多操作' }).first().click();
    await page.getByText('公开表单链接').click();
    await page.locator('.form-links li', { hasText: '已提交 1 次' }).getByRole('button', { name: '收回' }).click();
    await page.getByText('还没有有效的链接').waitFor();
    expect([owner.complaints, stranger.complaints]).toEqual([[], []]);
    await stranger.page.goto(link);
    await stranger.page.getByText('This link is no longer valid').waitFor();
    expect(stranger.complaints.every((text) => text.includes('404'))).toBe(true);
  });
});
