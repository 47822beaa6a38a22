import { expect, test } from 'vitest';
import { requireModel } from '#engine/model/build-model.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { scopeOf, variablesAt } from '#engine/workflows/scope.ts';
import { entriesOf, entryLabels, findEntry, fits, leadsTo, searchEntries } from './variable-entries.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const model = requireModel({
  app: { name: 'a', label: label('a'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('o'), owner: true }] },
  tables: [
    { name: 'customer', label: label('Customer'), titleField: 'name', fields: [{ name: 'name', label: label('Name'), type: 'text' }, { name: 'parent', label: label('Parent'), type: 'reference', table: 'customer' }] },
    { name: 'deal', label: label('Deal'), titleField: 'name', fields: [{ name: 'name', label: label('Name'), type: 'text' }, { name: 'customer', label: label('Customer'), type: 'reference', table: 'customer' }, { name: 'amount', label: label('Amount'), type: 'decimal' }] },
  ],
});
const workflow: WorkflowDefinition = {
  name: 'w', label: label('w'), parameters: [{ name: 'days', label: label('Days'), type: 'number', default: 3 }],
  trigger: { type: 'recordCreated', table: 'deal', next: 'find' },
  nodes: [{ name: 'find', type: 'find', table: 'deal', next: { done: 'tell' } }, { name: 'tell', type: 'notify' }],
};
const entries = entriesOf(variablesAt(scopeOf(workflow, model.tables), 'tell'), model.tables);

test('records open into fields, references further, three at the most', () => {
  const name = findEntry(entries, '$record.customer.name');
  expect(name).toMatchObject({ kind: 'text', table: null });
  expect(findEntry(entries, '$record.customer.parent.parent')?.open).toBeUndefined();
  expect(findEntry(entries, '$record.nothing')).toBeUndefined();
});

test('what earlier nodes answer is told by its way', () => {
  expect(entryLabels(entries, '$find.first.amount').map((one) => one.en)).toEqual(['Find records', 'First record', 'Amount']);
  expect(findEntry(entries, '$params.days')?.kind).toBe('number');
});

test('only what is asked for fits, and what leads there is shown', () => {
  const list = { what: 'list' } as const;
  expect(entries.filter((entry) => leadsTo(entry, list)).map((entry) => entry.path)).toEqual(['$find']);
  expect(fits(findEntry(entries, '$record') as (typeof entries)[number], { what: 'record' })).toBe(true);
  expect(fits(findEntry(entries, '$record.amount') as (typeof entries)[number], { what: 'value', kinds: ['text'] })).toBe(false);
});

test('a search finds fields over references, nearer ones first', () => {
  const found = searchEntries(entries, { what: 'value' }, 'name').map(({ entry }) => entry.path);
  expect(found[0]).toBe('$record.name');
  expect(found).toContain('$record.customer.name');
});
