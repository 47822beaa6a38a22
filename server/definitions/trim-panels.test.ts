/** Who gets which panel of the customer's page: nothing in it names what one may not know. */
import { describe, expect, it } from 'vitest';
import { templateForTest } from '#engine/changes/test-edits.ts';
import { buildModel } from '#engine/model/build-model.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import type { PanelDefinition } from '#engine/panels/definitions.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { trimModel } from './trim-model.ts';

const crm = await templateForTest('crm');

function panelsFor(role: string, definitions: Definitions = crm): readonly PanelDefinition[] {
  const { model, issues } = buildModel(definitions);
  expect(issues).toEqual([]);
  const actor: Actor = { userId: 'u', departmentId: null, subordinateIds: [], roles: [role], locale: 'en', unrestricted: false };
  return (model && trimModel(model, actor).model.tables.customer?.page.panels) ?? [];
}
const hiding = (table: string, fields: readonly string[]): Definitions => ({
  ...crm,
  tables: crm.tables.map((own) => (own.name === table ? { ...own, permissions: { ...own.permissions, salesperson: { ...own.permissions?.salesperson, fields: { ...own.permissions?.salesperson?.fields, ...Object.fromEntries(fields.map((name) => [name, 'hidden'])) } } } } : own)) as Definitions['tables'],
});
const names = (panels: readonly PanelDefinition[]): string[] => panels.map(({ name }) => name);

describe('panels of the customer', () => {
  it('are there for who sells, and only those of tables one may read for others', () => {
    expect(names(panelsFor('salesperson'))).toEqual(['next_step', 'receivables', 'decision_chain']);
    expect(names(panelsFor('service'))).not.toContain('receivables');
    expect(names(panelsFor('finance'))).toEqual(['receivables']);
  });

  it('go with a field they stand on, with one they measure, with one they filter by', () => {
    expect(names(panelsFor('salesperson', hiding('followup_plan', ['due_at'])))).not.toContain('next_step');
    expect(names(panelsFor('salesperson', hiding('receivable_plan', ['outstanding'])))).not.toContain('receivables');
    expect(names(panelsFor('salesperson', hiding('contact', ['status'])))).not.toContain('decision_chain');
  });

  it('show less where only an addition is hidden', () => {
    const chain = panelsFor('salesperson', hiding('contact', ['attitude', 'title'])).find(({ name }) => name === 'decision_chain');
    expect(chain).toMatchObject({ parent: 'reports_to', role: 'decision_role' });
    expect(JSON.stringify(chain)).not.toMatch(/attitude|"caption"/);
  });
});
