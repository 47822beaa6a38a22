/** The business calendar on both databases: what a template brings, what an administrator changes, what is missing. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addWorkdays, isWorkday } from '#engine/workflows/calendar.ts';
import { businessCalendar, loadCalendar, readCalendar, saveCalendar } from './calendar.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from './testing/test-workspace.ts';
import { thingApp } from './testing/thing-app.ts';

const DAYS = JSON.parse(readFileSync(fileURLToPath(new URL('../templates/crm/calendar.json', import.meta.url)), 'utf8')) as { day: string; working?: true; name: { 'zh-CN': string; en: string } }[];
const ZONE = 'Asia/Shanghai';

describe.each(DATABASES)('the business calendar on %s', (database) => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: thingApp });
  });
  afterAll(() => workspace.close());

  it('is Monday to Friday from nine to six before anybody says otherwise', async () => {
    expect(await businessCalendar(workspace.database, ZONE)).toEqual({ timeZone: ZONE, weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', exceptions: {} });
    expect((await readCalendar(workspace.database, 'en', 2026)).missingYears).toEqual([2025, 2026, 2027]);
  });

  it('takes the holidays of the template, and keeps what is there already', async () => {
    await saveCalendar(workspace.database, { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', days: [{ day: '2026-10-01', working: true, name: '盘点' }] }, 'zh-CN');
    await workspace.database.transaction((tx) => loadCalendar(tx, DAYS));
    const answer = await readCalendar(workspace.database, 'en', 2026);
    expect(answer.missingYears).toEqual([2027]);
    expect(answer.days.find(({ day }) => day === '2026-10-01')).toEqual({ day: '2026-10-01', working: true, name: '盘点' });
    expect(answer.days.find(({ day }) => day === '2026-02-17')).toEqual({ day: '2026-02-17', working: false, name: 'Spring Festival' });
  });

  it('is used at once when it changes, and keeps the other language of what was not touched', async () => {
    const { missingYears: _known, ...calendar } = await readCalendar(workspace.database, 'en', 2026);
    await saveCalendar(workspace.database, { ...calendar, from: '08:30', days: [...calendar.days.filter(({ day }) => day !== '2026-10-01'), { day: '2026-10-01', working: false, name: 'National Day' }] }, 'en');
    const changed = await businessCalendar(workspace.database, ZONE);
    expect([changed.from, isWorkday('2026-10-01', changed)]).toEqual(['08:30', false]);
    expect((await readCalendar(workspace.database, 'zh-CN', 2026)).days.find(({ day }) => day === '2026-02-17')?.name).toBe('春节');
  });

  it('counts workdays over the holidays and make-up days of 2026', async () => {
    const calendar = await businessCalendar(workspace.database, ZONE);
    // The Spring Festival runs from 15 to 23 February; Saturday the 14th and the 28th are worked.
    expect(isWorkday('2026-02-14', calendar)).toBe(true);
    expect(addWorkdays('2026-02-14', 1, calendar)).toBe('2026-02-24');
    expect(addWorkdays('2026-02-27', 1, calendar)).toBe('2026-02-28');
  });

  it('refuses days that are none, days twice, and work that ends before it begins', async () => {
    const days = [{ day: '2026-02-30', working: false, name: '' }, { day: '2026-05-01', working: false, name: '' }, { day: '2026-05-01', working: true, name: '' }];
    await expect(saveCalendar(workspace.database, { weekdays: [], from: '18:00', to: '09:00', days }, 'en')).rejects.toMatchObject({
      code: 'validation_failed',
      issues: [{ path: '/weekdays' }, { path: '/to' }, { path: '/days/0/day' }, { path: '/days/2/day' }],
    });
  });
});
