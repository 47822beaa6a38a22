import { it } from 'vitest';
import { openBrowser } from './browser.ts';
it('looks', async () => {
  const b = await openBrowser({ locale: (process.env.LOC ?? 'zh-CN') as 'zh-CN', width: Number(process.env.W ?? 1440), height: process.env.W ? 740 : 900, dark: process.env.DARK === '1' });
  const { page } = b;
  const base = process.env.BASE ?? 'http://localhost:9101';
  await page.goto(`${base}/sign-in`);
  await page.fill('input[autocomplete=username], #login, input[type=text]', 'a@b.cn');
  await page.fill('input[type=password]', 'a long enough password');
  await page.keyboard.press('Enter');
  await page.waitForURL((u) => !u.pathname.includes('sign-in'));
  for (const [i, path] of (process.env.PATHS ?? '/designer').split(' ').entries()) {
    await page.goto(base + path);
    await page.waitForTimeout(2500);
    await page.screenshot({ path: `/tmp/s${process.env.TAG ?? ''}${i}.png` });
  }
  console.log('COMPLAINTS', b.complaints);
  await b.close();
}, 120000);
