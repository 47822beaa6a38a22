import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Draft } from '#engine/changes/test-edits.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { readTemplate } from './read-template.ts';
import { runScenarios } from './run-scenarios.ts';

const crm = await readTemplate(fileURLToPath(new URL('../../templates/crm', import.meta.url)));

function changed(change: (table: (name: string) => Draft, app: Draft) => void): Definitions {
  const draft = structuredClone(crm.definitions) as unknown as { app: Draft; tables: Draft[] };
  change((name) => draft.tables.find((table) => table.name === name) as Draft, draft.app);
  return draft as unknown as Definitions;
}
const broken = async (definitions: Definitions) => (await runScenarios(definitions, crm.scenarios ?? [])).filter(({ passed }) => !passed);
const NOTHING = { name: 'x', label: { 'zh-CN': '某', en: 'Some' }, now: '2026-03-02T01:00:00.000Z', given: [], when: [], then: [{ advance: '1d' }] };
const run = async (...then: unknown[]) => (await runScenarios(crm.definitions, [{ ...NOTHING, then }]))[0];

describe('scenarios', () => {
  it('tell which promise a draft would break, and at which step', async () => {
    const withoutReason = changed((table) => void delete table('opportunity').fields.find((field: Draft) => field.name === 'result_reason').requiredWhen);
    expect(await broken(withoutReason)).toMatchObject([{ name: 'lost_needs_a_reason', problem: { en: expect.stringContaining('Step 1 of "when": should have been refused with "required"') } }]);
    const openToAll = changed((table) => void (table('customer').permissions.salesperson.read = true));
    expect(await broken(openToAll)).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'salesperson_sees_own_customers', problem: expect.objectContaining({ en: expect.stringContaining('Step 1 of "when"') }) })]));
    const otherNumber = changed((table) => void (table('customer').fields.find((field: Draft) => field.name === 'customer_no').pattern = 'K{yyyy}{MM}{dd}{seq:3}'));
    expect(await broken(otherNumber)).toMatchObject([{ name: 'numbers_follow_the_day', problem: { 'zh-CN': expect.stringContaining('“结果”第 1 步') } }]);
    const noPlan = changed((table) => void table('activity').effects.splice(0, 1));
    expect((await broken(noPlan)).map(({ name }) => name)).toContain('plan_created_and_completed');
    // Four times every promise of the template.
  }, 600_000);

  it('fail with the reason where they are not written as scenarios, or name what is not there', async () => {
    expect(await runScenarios(crm.definitions, [{ name: 'half' }, 5])).toMatchObject([{ name: 'half', passed: false, problem: { en: expect.stringMatching(/^Not written as a scenario/) } }, { passed: false }]);
    expect(await run({ create: 'nowhere', values: {} })).toMatchObject({ passed: false, problem: { en: expect.stringContaining('was refused') } });
    expect(await run({ update: '@nobody', values: {} })).toMatchObject({ passed: false, problem: { en: expect.stringContaining('no record before this step is called @nobody') } });
    expect(await run({ count: 'customer', by: 'no_role', is: 0 })).toMatchObject({ passed: false });
    expect(await run({ count: 'customer', is: 1 })).toMatchObject({ problem: { en: expect.stringContaining('should hold 1 records, but holds 0') } });
    expect(await run({ create: 'customer', values: {}, refused: 'forbidden' })).toMatchObject({ problem: { en: expect.stringContaining('(required)') } });
  });

  it('leave no folder behind', async () => {
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`relata-scenario-${process.pid}-`));
    const before = folders();
    await run({ count: 'customer', is: 1 }, { count: 'nowhere', is: 1 });
    expect(folders()).toEqual(before);
  });
});
