import { describe, expect, it } from 'vitest';
import type { Definitions } from '../model/definitions.ts';
import { isSame } from './diff-definitions.ts';
import { mergeDefinitions } from './merge.ts';
import { type Draft, editRandomly, seeded, templateForTest } from './test-edits.ts';

const base = await templateForTest('crm');

/** The base with one table changed. */
function changed(change: (customer: Draft, app: Draft, tables: Draft) => void): Definitions {
  const draft = structuredClone(base) as unknown as { app: Draft; tables: Draft };
  change(draft.tables.find((table: Draft) => table.name === 'customer'), draft.app, draft.tables);
  return draft as unknown as Definitions;
}
const field = (table: Draft, name: string): Draft => table.fields.find((candidate: Draft) => candidate.name === name);
const view = (table: Draft, name: string): Draft => table.views.find((candidate: Draft) => candidate.name === name);
const formOf = (table: Draft): Draft => table.forms.find((form: Draft) => form.name === 'default');
const sectionOf = (table: Draft, name: string): Draft => formOf(table).sections.find((candidate: Draft) => candidate.fields.includes(name));
const customerOf = (definitions: Definitions): Draft => definitions.tables.find((table: Draft) => table.name === 'customer');

/** Few tables, so that two people's random edits meet. */
const crowded: Definitions = { ...base, tables: base.tables.filter(({ name }) => ['customer', 'contact', 'opportunity', 'activity', 'followup_plan', 'task', 'contract', 'contract_line', 'product', 'public_pool'].includes(name)) };

describe('whatever people edit', () => {
  const seeds = Array.from({ length: 60 }, (_, i) => i + 1);
  it('gives theirs when only they changed something, ours when only we did, and the same without conflicts when both did the same', () => {
    for (const seed of seeds) {
      const edited = editRandomly(base, seeded(seed), 1 + (seed % 25));
      for (const [ours, theirs] of [[base, edited], [edited, base], [edited, edited]] as const) {
        const result = mergeDefinitions({ base, ours, theirs });
        expect(result.conflicts, `seed ${seed}`).toEqual([]);
        expect(isSame(result.definitions, edited), `seed ${seed}`).toBe(true);
        expect(result.changes === 0, `seed ${seed}`).toBe(isSame(ours, edited));
      }
    }
  });

  it('keeps every own change apart from what the conflicts say, holds no name twice, and taking all conflicts gives theirs there', () => {
    let conflicts = 0;
    for (const seed of seeds.slice(0, 40)) {
      const [ours, theirs] = [editRandomly(crowded, seeded(seed), 12), editRandomly(crowded, seeded(seed + 1000), 12)];
      const result = mergeDefinitions({ base: crowded, ours, theirs });
      conflicts += result.conflicts.length;
      for (const table of result.definitions.tables) {
        const twice = (names: string[]) => names.filter((name, i) => names.indexOf(name) !== i);
        expect(twice(table.fields.map((own) => own.name)), `seed ${seed}`).toEqual([]);
        for (const form of table.forms ?? []) expect(twice((form.sections ?? []).flatMap((section) => section.fields.filter((entry) => typeof entry === 'string'))), `seed ${seed} ${table.name}`).toEqual([]);
      }
      // Merged again, there is nothing left to bring in.
      const again = mergeDefinitions({ base: theirs, ours: result.definitions, theirs });
      expect(again, `seed ${seed}`).toMatchObject({ conflicts: [], changes: 0 });
      const turned = mergeDefinitions({ base: crowded, ours, theirs, take: result.conflicts.map(({ path }) => path) });
      for (const conflict of turned.conflicts) expect(conflict.taken, conflict.path).toBe('theirs');
      const swapped = mergeDefinitions({ base: crowded, ours: theirs, theirs: ours });
      expect(swapped.conflicts.map(({ path }) => path).sort(), `seed ${seed}`).toEqual(result.conflicts.map(({ path }) => path).sort());
    }
    expect(conflicts).toBeGreaterThan(20);
  });
});

describe('a merge', () => {
  it('joins changes to different properties of one field', () => {
    const ours = changed((customer) => void (field(customer, 'name').label.en = 'Account'));
    const theirs = changed((customer) => Object.assign(field(customer, 'name'), { maxLength: 300 }).label['zh-CN'] = '单位名称');
    const { definitions, conflicts } = mergeDefinitions({ base, ours, theirs });
    expect(conflicts).toEqual([]);
    expect(field(customerOf(definitions), 'name')).toMatchObject({ maxLength: 300, label: { 'zh-CN': '单位名称', en: 'Account' } });
  });

  it('lists what both changed differently, keeps ours, and takes theirs when asked', () => {
    const ours = changed((customer) => void (field(customer, 'name').label.en = 'Account'));
    const theirs = changed((customer) => void (field(customer, 'name').label.en = 'Company'));
    const path = '/tables/customer/fields/name/label/en';
    expect(mergeDefinitions({ base, ours, theirs }).conflicts).toEqual([{ path, base: 'Customer name', ours: 'Account', theirs: 'Company', taken: 'ours' }]);
    const taken = mergeDefinitions({ base, ours, theirs, take: ['/tables/customer/fields/name'] });
    expect(taken.conflicts).toMatchObject([{ taken: 'theirs' }]);
    expect(field(customerOf(taken.definitions), 'name').label.en).toBe('Company');
  });

  it('tells a removal against a change', () => {
    const ours = changed((customer) => void customer.fields.splice(customer.fields.indexOf(field(customer, 'fax')), 1));
    const theirs = changed((customer) => void (field(customer, 'fax').label.en = 'Fax number'));
    const { definitions, conflicts } = mergeDefinitions({ base, ours, theirs });
    expect(conflicts).toMatchObject([{ path: '/tables/customer/fields/fax', ours: undefined, taken: 'ours' }]);
    expect(field(customerOf(definitions), 'fax')).toBeUndefined();
    expect(field(customerOf(mergeDefinitions({ base, ours, theirs, take: ['/tables/customer/fields/fax'] }).definitions), 'fax').label.en).toBe('Fax number');
  });

  it('puts their columns after the neighbour they had, in our order', () => {
    const ours = changed((customer) => void view(customer, 'mine').columns.reverse());
    const theirs = changed((customer) => void view(customer, 'mine').columns.splice(2, 0, 'grade'));
    const { columns } = view(customerOf(mergeDefinitions({ base, ours, theirs }).definitions), 'mine');
    expect(columns.indexOf('grade')).toBe(columns.indexOf('customer_type') + 1);
    expect(columns.slice(0, 2)).toEqual(['open_opp_amount', 'opportunity_stage']);
  });

  it('takes their order where we only added', () => {
    const ours = changed((customer) => void view(customer, 'mine').columns.push('grade'));
    const theirs = changed((customer) => void view(customer, 'mine').columns.reverse());
    const { columns } = view(customerOf(mergeDefinitions({ base, ours, theirs }).definitions), 'mine');
    expect(columns.slice(0, 3)).toEqual(['open_opp_amount', 'grade', 'opportunity_stage']);
  });

  it('knows a column by its field, whether it has a width or not', () => {
    const ours = changed((customer) => void (view(customer, 'mine').columns[0] = { field: 'name', width: 300 }));
    const theirs = changed((customer) => void view(customer, 'mine').columns.splice(1, 1));
    const { columns } = view(customerOf(mergeDefinitions({ base, ours, theirs }).definitions), 'mine');
    expect(columns.slice(0, 2)).toEqual([{ field: 'name', width: 300 }, 'industry']);
  });

  it('moves a field between sections without doubling it, and keeps our place where both moved it', () => {
    const move = (customer: Draft, name: string, to: string): void => {
      const from = sectionOf(customer, name);
      from.fields.splice(from.fields.indexOf(name), 1);
      sectionOf(customer, to).fields.push(name);
    };
    const [ours, theirs] = [changed((customer) => move(customer, 'website', 'logo')), changed((customer) => move(customer, 'website', 'days_since_followup'))];
    const moved = mergeDefinitions({ base, ours: base, theirs });
    expect(sectionOf(customerOf(moved.definitions), 'website').fields).toContain('days_since_followup');
    const both = mergeDefinitions({ base, ours, theirs });
    const holders = formOf(customerOf(both.definitions)).sections.filter((section: Draft) => section.fields.includes('website'));
    expect(holders).toHaveLength(1);
    expect(holders[0].fields).toContain('logo');
    expect(both.conflicts).toMatchObject([{ path: expect.stringMatching(/\/places\/website$/), taken: 'ours' }]);
  });

  it('keeps the settings of a type together with it', () => {
    const ours = changed((customer) => void Object.assign(field(customer, 'fax'), { type: 'integer', min: 0, help: { 'zh-CN': '帮', en: 'Help' } }));
    const theirs = changed((customer) => void Object.assign(field(customer, 'fax'), { type: 'text', maxLength: 30, aliases: ['Telefax'] }));
    const { definitions, conflicts } = mergeDefinitions({ base, ours, theirs });
    expect(field(customerOf(definitions), 'fax')).toEqual({ name: 'fax', label: { 'zh-CN': '传真', en: 'Fax' }, type: 'integer', min: 0, help: { 'zh-CN': '帮', en: 'Help' }, aliases: ['Telefax'] });
    expect(conflicts).toMatchObject([{ path: '/tables/customer/fields/fax/type' }]);
  });

  it('treats a rule as one piece', () => {
    const filter = (limit: number) => ({ '>': [{ var: 'days_since_followup' }, limit] });
    const ours = changed((customer) => void (view(customer, 'neglected').filter = filter(10)));
    const theirs = changed((customer) => void (view(customer, 'neglected').filter = filter(20)));
    const { definitions, conflicts } = mergeDefinitions({ base, ours, theirs });
    expect(conflicts).toMatchObject([{ path: '/tables/customer/views/neglected/filter', ours: filter(10), theirs: filter(20) }]);
    expect(view(customerOf(definitions), 'neglected').filter).toEqual(filter(10));
  });
});
