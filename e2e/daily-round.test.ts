/** A daily round: a salesperson is invited, wins a first talk with a new customer, is reminded, lets it rest for half a year; the owner exports, backs up and restores. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { generateSync } from 'otplib';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listUnfolded, type OpenBrowser, openBrowser, picture } from './browser.ts';
import { type ClockServer, startClockServer } from './clock-server.ts';

const ROOT = join(import.meta.dirname, '..');
/** How long to look again for what a busy machine may be late with. */
const SOON = { timeout: 20_000 };
/** A Monday, nine o'clock in Shanghai. */
const START = '2026-11-23T01:00:00.000Z';
/** Twenty past three: the talk is over. */
const AFTER_TALK = '2026-11-23T07:20:00.000Z';
/** A day later the plan is due, and a talk that was planned for yesterday is still not recorded. */
const NEXT_DAY = '2026-11-24T09:10:00.000Z';
/** One in the morning, when dormancy looks: two weeks before the half year is over, and the day itself. */
const TWO_WEEKS_BEFORE = '2027-05-08T17:00:30.000Z';
const HALF_YEAR = '2027-05-22T17:00:30.000Z';
const OWNER = { login: 'admin', password: 'owner keeps the keys' };
const SALES = { name: '林晓雨', login: 'lin@zhice.example', password: 'sales walks the rounds' };
const CUSTOMER = '华东精密制造有限公司';
const OPPORTUNITY = '华东产线改造';
const PLAN = '寄送改造方案';

interface Answer<Values> {
  readonly data: Values;
}

describe.skipIf(!process.env.RELATA_CHROMIUM)('a daily round, in a browser', () => {
  let server: ClockServer;
  let owner: OpenBrowser;
  let sales: OpenBrowser;
  let invitation = '';
  let secret = '';
  let customer = '';
  let backup = '';

  beforeAll(async () => {
    server = await startClockServer(START, undefined, { sampleData: false });
    [owner, sales] = [await openBrowser(), await openBrowser()];
    for (const { page } of [owner, sales]) {
      page.setDefaultTimeout(SOON.timeout);
      await page.clock.setFixedTime(START);
    }
  }, 120_000);
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    process.stderr.write(`${[...owner.complaints, ...sales.complaints].join('\n')}\n`);
    await Promise.all([picture(owner.page, 'round-failed-owner'), picture(sales.page, 'round-failed-sales')]);
  });
  afterAll(async () => {
    await owner?.close();
    await sales?.close();
    await server?.stop();
  });

  /** As whoever is signed in on that page. */
  async function api<Values>(page: Page, method: string, path: string, data?: unknown): Promise<Values> {
    const reply = await page.request.fetch(server.url + path, { method, headers: { 'X-Relata': '1', 'If-Match': '*' }, ...(method !== 'GET' && { data: data ?? {} }) });
    if (!reply.ok()) throw new Error(`${method} ${path}: ${reply.status()} ${await reply.text()}`);
    return (await reply.json()) as Values;
  }
  const records = <Values>(page: Page, table: string, rule: unknown): Promise<Answer<Values[]>> => api(page, 'GET', `/api/tables/${table}/records?filter=${encodeURIComponent(JSON.stringify(rule))}`);

  /** Time passes for everybody. */
  async function moveTo(moment: string): Promise<void> {
    for (const { page } of [owner, sales]) await page.clock.setFixedTime(moment);
    await server.moveTo(moment);
  }
  const later = (seconds: number): Promise<void> => moveTo(new Date(Date.parse(server.now()) + seconds * 1000).toISOString());
  const code = (): string => generateSync({ secret, epoch: Date.parse(server.now()) / 1000 });

  /** A code works once: half a minute later there is another. */
  async function signIn(page: Page, { login, password }: { login: string; password: string }, second: boolean): Promise<void> {
    await page.goto(`${server.url}/sign-in`);
    await page.locator('#login').fill(login);
    await page.locator('#password').fill(password);
    await page.locator('button[type=submit]').click();
    if (second) {
      await page.getByLabel('请输入验证码').fill(code());
      await page.getByRole('button', { name: '继续' }).click();
    }
    await page.waitForURL((address) => address.pathname === '/');
  }

  /** `several`: the list stays open until it is closed. */
  async function choose(page: Page, select: Locator, option: string, several = false): Promise<void> {
    await select.click();
    // Long lists are searched, once they are open; in short ones typing changes nothing.
    await listUnfolded(page);
    await page.keyboard.type(option);
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').filter({ visible: true, has: page.getByText(option, { exact: true }) }).first().click();
    if (several) await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').filter({ visible: true }).count(), SOON).toBe(0);
  }
  const field = (form: Locator, name: string): Locator => form.locator(`[data-field="${name}"]`);
  /** Looks at what it wrote, as a person does: a robot is quicker than a drawer that takes the focus while it opens. */
  async function write(form: Locator, name: string, text: string): Promise<void> {
    const input = field(form, name).locator('input, textarea').first();
    await expect.poll(async () => {
      await input.fill(text);
      return (await input.inputValue()).replaceAll(/[ ,]/g, '');
    }, SOON).toBe(text.replaceAll(/[ ,]/g, ''));
  }
  async function form(page: Page): Promise<Locator> {
    const dialog = page.getByRole('dialog').last();
    await dialog.getByRole('button', { name: '保存', exact: true }).waitFor();
    return dialog;
  }
  async function save(dialog: Locator): Promise<void> {
    await dialog.getByRole('button', { name: '保存', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  it('lets the owner in by the printed link, who sets a password', async () => {
    const { page } = owner;
    await page.goto(server.link ?? '');
    await page.getByText('管理员').first().waitFor();
    await page.goto(`${server.url}/profile`);
    const section = page.locator('section', { has: page.getByRole('heading', { name: '设置密码' }) });
    await section.locator('#next').fill(OWNER.password);
    await section.locator('#repeat').fill(OWNER.password);
    await section.locator('button[type=submit]').click();
    await page.getByRole('heading', { name: '修改密码' }).waitFor();
  });

  it('invites a salesperson', async () => {
    const { page } = owner;
    await page.goto(`${server.url}/tables/user`);
    await page.getByRole('button', { name: '邀请用户' }).click();
    const dialog = page.getByRole('dialog').last();
    await dialog.locator('#name').fill(SALES.name);
    await dialog.locator('#login').fill(SALES.login);
    await dialog.locator('.ant-select', { has: page.locator('#roles') }).click();
    await page.keyboard.type('销售员');
    await page.locator('.ant-select-item-option').filter({ visible: true, hasText: '销售员' }).first().click();
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: '创建并生成链接' }).click();
    await dialog.getByText(`${SALES.name} 的账号已创建`).waitFor();
    invitation = (await dialog.locator('.sign-in-url').textContent())?.trim() ?? '';
    expect(invitation).toMatch(/\/sign-in#token=.+&welcome=1$/);
    await picture(page, 'round-invited');
    await dialog.getByRole('button', { name: '完成' }).click();
  });

  it('takes the salesperson from the link to a password and a second factor', async () => {
    const { page } = sales;
    await page.goto(invitation);
    await page.getByText(`${SALES.name}，欢迎`).waitFor();
    await page.locator('#next').fill(SALES.password);
    await page.locator('#repeat').fill(SALES.password);
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByRole('button', { name: '开启两步验证' }).click();
    await page.getByRole('button', { name: '开启两步验证' }).click();
    secret = (await page.locator('.factor-setup code').textContent()) ?? '';
    await page.getByLabel('验证码').fill(code());
    await page.getByRole('button', { name: '确认' }).click();
    await expect.poll(() => page.locator('.recovery-codes li').count(), SOON).toBe(10);
    await picture(page, 'round-recovery');
    await page.getByRole('button', { name: '我已保存' }).click();
    await page.waitForURL((address) => address.pathname === '/');
  });

  it('lets the salesperson out, and in again with password and code', async () => {
    const { page } = sales;
    await page.getByRole('button', { name: SALES.name }).click();
    await page.getByText('退出登录').click();
    await page.waitForURL((address) => address.pathname === '/sign-in');
    await later(60);
    await signIn(page, SALES, true);
    await page.getByText(SALES.name).first().waitFor();
  });

  it('creates a customer in manufacturing, and a contact', async () => {
    const { page } = sales;
    await page.goto(`${server.url}/tables/customer`);
    await page.getByRole('button', { name: '新建客户' }).first().click();
    const dialog = await form(page);
    await write(dialog, 'name', CUSTOMER);
    await choose(page, field(dialog, 'industry').locator('.ant-select'), '制造业');
    await save(dialog);
    const found = await records<{ id: string }>(page, 'customer', { '==': [{ var: 'name' }, CUSTOMER] });
    customer = found.data[0]?.id ?? '';
    expect(found.data).toHaveLength(1);
    await page.goto(`${server.url}/tables/customer/records/${customer}`);
    await page.getByRole('button', { name: '新建联系人' }).first().click();
    const contact = await form(page);
    await write(contact, 'name', '周敏');
    await write(contact, 'mobile', '13800138000');
    await save(contact);
    await page.getByText('周敏').first().waitFor();
    expect((await api<Answer<Record<string, unknown>>>(page, 'GET', `/api/tables/customer/records/${customer}`)).data).toMatchObject({ industry: 'C', primary_contact_name: '周敏' });
    await picture(page, 'round-customer');
  });

  it('hints at the one that exists when a second of the same name is begun', async () => {
    const { page } = sales;
    await page.goto(`${server.url}/tables/customer`);
    await page.getByRole('button', { name: '新建客户' }).first().click();
    const dialog = await form(page);
    await write(dialog, 'name', CUSTOMER);
    const hint = dialog.locator('.field-duplicate');
    await hint.first().waitFor();
    expect(await hint.first().textContent()).toContain(`可能是同一个：${CUSTOMER}`);
    expect(await hint.first().textContent()).toContain('已有同名客户');
    await picture(page, 'round-duplicate');
    await dialog.getByRole('button', { name: '取消', exact: true }).click();
    await page.getByRole('button', { name: '放弃', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect((await records(page, 'customer', { '==': [{ var: 'name' }, CUSTOMER] })).data).toHaveLength(1);
  });

  /** A beginning and an end, each confirmed by Enter. The picker goes on to the end by itself, in its own time, so what was written too early is written again. */
  async function writeSpan(inputs: Locator, [start, end]: [string, string]): Promise<void> {
    await expect.poll(async () => {
      for (const [input, value] of [[inputs.first(), start], [inputs.last(), end]] as const) {
        await input.click();
        await input.fill(value);
        await input.press('Enter');
      }
      return [await inputs.first().inputValue(), await inputs.last().inputValue()];
    }, SOON).toEqual([start, end]);
  }

  it('records the talk of 14:00 to 15:00: the opportunity moves on, the next plan stands', async () => {
    const { page } = sales;
    await moveTo(AFTER_TALK);
    await page.goto(`${server.url}/tables/customer/records/${customer}`);
    await page.getByRole('button', { name: '新建商机' }).first().click();
    const opportunity = await form(page);
    await write(opportunity, 'name', OPPORTUNITY);
    await write(opportunity, 'amount', '500000');
    await opportunity.getByRole('button', { name: '说明与复盘' }).click();
    await write(opportunity, 'description', '两条产线改造，明年一季度完成。');
    await save(opportunity);

    await page.getByRole('button', { name: '新建跟进' }).first().click();
    const talk = await form(page);
    await writeSpan(field(talk, 'time').locator('input'), ['2026-11-23 14:00', '2026-11-23 15:00']);
    await write(talk, 'content', '看了现场，确认两条产线的改造需求。');
    await write(talk, 'next_action', PLAN);
    await field(talk, 'next_at').locator('input').fill('2026-11-24 16:00');
    await field(talk, 'next_at').locator('input').press('Enter');
    await choose(page, field(talk, 'opportunity').locator('.ant-select'), OPPORTUNITY);
    await choose(page, field(talk, 'stage_after').locator('.ant-select'), '意向');
    await picture(page, 'round-talk');
    await save(talk);
    await page.getByText('看了现场').filter({ visible: true }).first().waitFor();

    const { data } = await api<Answer<Record<string, unknown>>>(page, 'GET', `/api/tables/customer/records/${customer}`);
    expect(data).toMatchObject({ last_followup_at: '2026-11-23T06:00:00.000Z', next_followup_at: '2026-11-24T08:00:00.000Z', opportunity_stage: 'intent' });
    const [talked] = (await records<Record<string, unknown>>(page, 'activity', { '==': [{ var: 'customer' }, customer] })).data;
    expect(talked).toMatchObject({ time: { start: '2026-11-23T06:00:00.000Z', end: '2026-11-23T07:00:00.000Z' }, stage_before: 'lead', stage_after: 'intent' });
    expect((await records<Record<string, unknown>>(page, 'opportunity', { '==': [{ var: 'customer' }, customer] })).data).toMatchObject([{ name: OPPORTUNITY, stage: 'intent' }]);
    expect((await records<Record<string, unknown>>(page, 'followup_plan', { '==': [{ var: 'customer' }, customer] })).data).toMatchObject([{ action: PLAN, state: 'open', due_at: '2026-11-24T08:00:00.000Z' }]);
    await picture(page, 'round-followed-up');
  });

  /** Two that the filter leaves out: one of another trade, one of the trade that nobody has spoken to. */
  async function addOthers(): Promise<void> {
    for (const [name, industry] of [['申城物流有限公司', 'G'], ['苏南铸造有限公司', 'C']]) await api(sales.page, 'POST', '/api/tables/customer/records', { name, industry });
  }
  async function addCondition(at: number, name: string): Promise<Locator> {
    const { page } = owner;
    const editor = page.locator('.filter-editor');
    await editor.getByRole('button', { name: '添加条件', exact: true }).first().click();
    const condition = editor.locator('.condition').nth(at);
    await choose(page, condition.locator('.condition-field'), name);
    return condition;
  }
  async function download(format: string | null): Promise<Buffer> {
    const { page } = owner;
    await page.getByRole('button', { name: '更多操作', exact: true }).first().click();
    await page.getByRole('menuitem', { name: '导出' }).click();
    const dialog = page.getByRole('dialog').last();
    if (format !== null) {
      // A dialog that still grows may leave the click beside the choice: what was chosen is looked at, as a person would.
      const choice = dialog.locator('#export-format');
      await expect.poll(async () => {
        await choice.getByText(format, { exact: true }).click();
        return choice.locator('.ant-segmented-item-selected').textContent();
      }, SOON).toBe(format);
    }
    const arriving = page.waitForEvent('download');
    await dialog.getByRole('button', { name: '导出', exact: true }).click();
    const file = await (await arriving).path();
    await dialog.getByText('已导出 1 条').waitFor();
    await picture(page, `round-export-${format ?? 'xlsx'}`);
    await dialog.getByRole('button', { name: 'Close' }).or(dialog.locator('.ant-modal-close')).first().click();
    await dialog.waitFor({ state: 'hidden' });
    return readFile(file);
  }

  it('finds it by industry, the last 30 days and the stage', async () => {
    const { page } = owner;
    await addOthers();
    await page.goto(`${server.url}/tables/customer`);
    await page.getByText('共 3 条').waitFor();
    await page.getByRole('button', { name: '筛选' }).click();
    await addCondition(0, '所属行业');
    await choose(page, page.locator('.ant-select', { has: page.locator('#condition-0') }), '制造业', true);
    await page.getByText('共 2 条').waitFor();
    const spoken = await addCondition(1, '最近跟进时间');
    await choose(page, spoken.locator('.condition-operator'), '在');
    await spoken.locator('.condition-period').click();
    // The last three of a long list of which only the beginning is drawn.
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowUp');
    await page.locator('.ant-select-item-option').filter({ visible: true, hasText: '最近 N 天' }).first().click();
    await page.getByText('共 1 条').waitFor();
    await addCondition(2, '商机阶段');
    await choose(page, page.locator('.ant-select', { has: page.locator('#condition-2') }), '意向', true);
    await page.keyboard.press('Escape');
    await page.locator('.filter-line', { hasText: '意向' }).waitFor();
    await page.getByText('共 1 条').waitFor();
    await page.getByText(CUSTOMER).first().waitFor();
    await picture(page, 'round-filtered');
  });

  it('exports that view as a workbook and as a PDF', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await download(null)) as never);
    const rows: string[] = [];
    book.worksheets[0]?.eachRow((row) => void rows.push(JSON.stringify(row.values)));
    expect(rows.filter((row) => row.includes(CUSTOMER))).toHaveLength(1);
    expect(rows.join('\n')).toContain('制造业');
    expect(rows.join('\n')).not.toContain('苏南铸造');
    const pdf = await download('PDF');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.subarray(-8).toString()).toContain('%%EOF');
    expect(pdf.length).toBeGreaterThan(5000);
  });

  it('counts it on the dashboards and on the workbench', async () => {
    const { page } = owner;
    await page.goto(`${server.url}/dashboard/composition`);
    const trades = page.locator('section.chart-card', { hasText: '客户行业分布' }).first();
    await trades.locator('canvas').waitFor();
    await trades.hover();
    await trades.getByRole('button', { name: /更多/ }).click();
    await page.getByText('看表格').click();
    await expect.poll(() => trades.locator('tbody tr', { hasText: '制造业' }).locator('.chart-cell').first().textContent(), SOON).toBe('2');
    await picture(page, 'round-composition');
    await page.goto(`${server.url}/dashboard/management`);
    const fresh = page.locator('section.chart-card[aria-label="新客户"]').locator('.chart-number-value').first();
    await expect.poll(() => fresh.textContent(), SOON).toBe('3');
    await picture(page, 'round-management');
    await sales.page.goto(`${server.url}/`);
    const open = sales.page.locator('section.chart-card[aria-label="进行中的商机"]').locator('.chart-number-value').first();
    await expect.poll(() => open.getAttribute('title'), SOON).toContain('500,000');
    await sales.page.getByText(PLAN).first().waitFor();
    await picture(sales.page, 'round-workbench');
  });

  it('reminds a day later of the plan that is due and of the talk that nobody recorded', async () => {
    const { page } = sales;
    await api(page, 'POST', '/api/tables/activity/records', { customer, method: 'visit', content: '第二次看现场', state: 'planned', time: { start: '2026-11-23T08:00:00.000Z', end: '2026-11-23T09:00:00.000Z' } });
    await page.goto(`${server.url}/inbox`);
    await page.getByRole('heading', { name: '消息' }).waitFor();
    await moveTo(NEXT_DAY);
    await page.getByText(`${CUSTOMER} 的跟进已到期：${PLAN}`).first().waitFor();
    await page.getByText(`请记录与 ${CUSTOMER} 的沟通`).first().waitFor();
    await page.getByText(`超时未录入：${SALES.name} 与 ${CUSTOMER} 的沟通`).first().waitFor();
    await picture(page, 'round-reminded');
  });

  /** Sessions end long before: everybody signs in anew. What the night brings is told when it is over. */
  async function longAfter(moment: string): Promise<void> {
    for (const { page, context } of [owner, sales]) {
      await page.goto('about:blank');
      await context.clearCookies();
    }
    await moveTo(moment);
    await later(8 * 3600);
  }

  it('warns two weeks before half a year without a follow-up, and asks on the day', async () => {
    const { page } = sales;
    // With an open opportunity a customer never falls asleep.
    const [opportunity] = (await records<{ id: string }>(page, 'opportunity', { '==': [{ var: 'customer' }, customer] })).data;
    await api(page, 'PATCH', `/api/tables/opportunity/records/${opportunity?.id}`, { stage: 'lost', result_reason: 'no_budget', closed_on: '2026-11-24' });
    await longAfter(TWO_WEEKS_BEFORE);
    await signIn(page, SALES, true);
    await page.goto(`${server.url}/inbox`);
    await page.getByText(`客户 ${CUSTOMER} 将于 2027-05-23 休眠`).first().waitFor();
    await picture(page, 'round-warned');
    await longAfter(HALF_YEAR);
    await signIn(page, SALES, true);
    await page.goto(`${server.url}/inbox`);
    const asked = page.locator('.notice', { hasText: `客户 ${CUSTOMER} 确实没有合作可能了吗？` });
    await asked.waitFor();
    await picture(page, 'round-asked');
    await asked.getByRole('button', { name: '同意' }).click();
    const status = async (): Promise<unknown> => (await api<Answer<Record<string, unknown>>>(page, 'GET', `/api/tables/customer/records/${customer}`)).data.status;
    await expect.poll(status, SOON).toBe('dormant');
    await page.goto(`${server.url}/tables/customer/records/${customer}`);
    await page.getByText('休眠', { exact: true }).filter({ visible: true }).first().waitFor();
  }, 240_000);

  it('makes a backup that proves itself by a test restore', async () => {
    const { page } = owner;
    await signIn(page, OWNER, false);
    await page.goto(`${server.url}/system/backups`);
    await page.getByRole('button', { name: '立即备份' }).click();
    await page.locator('.system-table tbody tr').getByText(/ 通过$/).waitFor({ timeout: 120_000 });
    backup = /restore (.+) --yes/.exec((await page.locator('.system-command').textContent()) ?? '')?.[1] ?? '';
    expect(backup).toContain(server.dataDir);
    await picture(page, 'round-backup');
  }, 180_000);

  /** As it is told on that page, on the command line. */
  function restore(): Promise<{ code: number | null; said: string }> {
    const env = { ...process.env, DATABASE_URL: '', RELATA_DATA_DIR: server.dataDir, LANG: 'zh_CN.UTF-8' };
    const child = spawn(process.execPath, [join(ROOT, 'dist', 'server', 'cli.js'), 'restore', backup, '--yes'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return new Promise((resolve) => child.once('close', (exit) => resolve({ code: exit, said })));
  }

  it('has the customer back after a restore and a restart', async () => {
    await api(owner.page, 'PATCH', `/api/tables/customer/records/${customer}`, { name: '被误改的名称' });
    const refused = await restore();
    expect(refused.code, refused.said).toBe(1);
    for (const { page, context } of [owner, sales]) {
      await page.goto('about:blank');
      await context.clearCookies();
    }
    const { dataDir } = server;
    const moment = server.now();
    await server.stop('keep');
    const restored = await restore();
    expect(restored.code, restored.said).toBe(0);
    server = await startClockServer(moment, undefined, { dataDir, sampleData: false });
    expect(server.link).toBeUndefined();
    await later(60);
    await signIn(sales.page, SALES, true);
    await sales.page.goto(`${server.url}/tables/customer`);
    await sales.page.getByText(CUSTOMER).first().waitFor();
    expect(await sales.page.getByText('被误改的名称').count()).toBe(0);
    await picture(sales.page, 'round-restored');
  }, 240_000);

  it('has no complaint of the browser on the way', () => {
    expect([...owner.complaints, ...sales.complaints]).toEqual([]);
  });
});
