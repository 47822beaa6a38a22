/** A backup put in the place of what is there, from the page: the server goes away for it and comes back with the old data. */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenBrowser, openBrowser, picture } from './browser.ts';
import { type RunningServer, startServer } from './server.ts';

const OWNER = { login: 'owner@example.com', password: 'a long enough password' };

describe.skipIf(!process.env.RELATA_CHROMIUM)('a restore, in a browser', () => {
  let server: RunningServer;
  let browser: OpenBrowser;
  let backup = '';
  beforeAll(async () => {
    server = await startServer({ env: { RELATA_SAMPLE_DATA: 'off', RELATA_ADMIN_EMAIL: OWNER.login, RELATA_ADMIN_PASSWORD: OWNER.password } });
    browser = await openBrowser();
    browser.page.setDefaultTimeout(30_000);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  async function signIn(): Promise<void> {
    const { page } = browser;
    await page.locator('#login').fill(OWNER.login);
    await page.locator('#password').fill(OWNER.password);
    await page.locator('button[type=submit]').click();
    await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  }
  const call = (method: string, path: string, body?: object) =>
    browser.page.evaluate(
      async ([verb, where, text]) => {
        const response = await fetch(`/api${where}`, { method: verb ?? '', headers: { 'Content-Type': 'application/json', 'X-Relata': '1', 'Idempotency-Key': crypto.randomUUID() }, ...(text && { body: text }) });
        return { status: response.status, body: (await response.json()) as { data: { name: string }[]; issues?: { path: string }[]; detail?: string } };
      },
      [method, path, body && JSON.stringify(body)] as const,
    );
  const customers = async () => (await call('GET', '/tables/customer/records?sort=name&fields=name')).body.data.map(({ name }) => name);

  it('makes the backup', async () => {
    const { page } = browser;
    await page.goto(`${server.url}/sign-in`);
    await signIn();
    expect((await call('POST', '/tables/customer/records', { name: '保留的客户' })).status).toBe(201);
    await page.goto(`${server.url}/system/backups`);
    await page.getByRole('button', { name: '立即备份' }).click();
    await page.locator('.system-table tbody tr').getByText(/ 通过$/).waitFor({ timeout: 120_000 });
    backup = readdirSync(join(server.dataDir, 'backups')).find((name) => name.endsWith('.relata')) ?? '';
    expect(backup).not.toBe('');
    expect((await call('POST', '/tables/customer/records', { name: '之后的客户' })).status).toBe(201);
  }, 180_000);

  it('refuses without the name typed, and a damaged one', async () => {
    const { page } = browser;
    expect((await call('POST', `/backups/${backup}/restore`, { confirm: 'yes' })).body).toMatchObject({ issues: [{ path: '/confirm' }] });
    const damaged = 'relata-20260101t000000z-manual.relata';
    await writeFile(join(server.dataDir, 'backups', damaged), 'no backup at all');
    await writeFile(join(server.dataDir, 'backups', `${damaged}.json`), JSON.stringify({ name: damaged, kind: 'manual', by: 'system', at: '2026-01-01T00:00:00.000Z', size: 16, tables: 1, rows: 1, files: 0, verifiedAt: null, problem: null }));
    const refused = await call('POST', `/backups/${damaged}/restore`, { confirm: damaged });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status, refused.body.detail).toBeLessThan(500);
    expect(await customers()).toEqual(['之后的客户', '保留的客户'].sort((a, b) => a.localeCompare(b, 'zh-CN')));
    await page.reload();
  });

  it('takes the server away and brings it back as it was then', async () => {
    const { page } = browser;
    const row = page.locator('.system-table tbody tr', { hasText: '通过' });
    await row.getByRole('button', { name: /恢\s?复$/ }).click();
    const dialog = page.getByRole('dialog');
    const go = dialog.getByRole('button', { name: '停止服务并恢复' });
    expect(await go.isDisabled()).toBe(true);
    await dialog.locator('#restore-confirm').fill(backup);
    await page.waitForTimeout(400);
    await picture(browser.page, 'restore-dialog');
    await go.click();
    await dialog.getByText('正在恢复').first().waitFor();
    await picture(browser.page, 'restore-waiting');
    await page.waitForURL((address) => address.pathname.startsWith('/sign-in'), { timeout: 120_000 });
    await signIn();
    expect(await customers()).toEqual(['保留的客户']);
    await page.goto(`${server.url}/system/audit`);
    await page.getByText('恢复', { exact: true }).filter({ visible: true }).first().waitFor();
    await picture(browser.page, 'restored');
    expect(readdirSync(server.dataDir).filter((name) => name.startsWith('before-restore-'))).toHaveLength(1);
  }, 180_000);
});
