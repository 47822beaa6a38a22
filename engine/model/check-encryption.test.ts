/** Everywhere the database would have to know the value, or a copy would lie open, an encrypted field is refused when it is saved. */
import { describe, expect, it } from 'vitest';
import type { Label } from '../errors.ts';
import { FIELD_TYPES } from '../fields/index.ts';
import type { FieldType } from '../fields/field-type.ts';
import { buildModel } from './build-model.ts';
import type { DashboardDefinition } from '../dashboards/definitions.ts';
import type { WorkflowDefinition } from '../workflows/definitions.ts';
import type { Definitions, FieldDefinition, TableDefinition } from './definitions.ts';

const label = (text: string): Label => ({ 'zh-CN': text, en: text });
const field = (name: string, type: string, rest: Record<string, unknown> = {}): FieldDefinition => ({ name, label: label(name), type, ...rest });
const reads = { var: 'family' };

interface Parts {
  readonly family?: Record<string, unknown>;
  readonly fields?: FieldDefinition[];
  readonly person?: Record<string, unknown>;
  readonly child?: Record<string, unknown>;
  readonly childFields?: FieldDefinition[];
  readonly workflow?: Record<string, unknown>;
  readonly dashboard?: Record<string, unknown>;
}

function definitions({ family = {}, fields = [], person = {}, child = {}, childFields = [], workflow, dashboard }: Parts): Definitions {
  const people: TableDefinition = { name: 'person', label: label('person'), titleField: 'name', fields: [field('name', 'text'), { ...field('family', 'text', { encrypted: true }), ...family }, field('note', 'text'), ...fields], ...person };
  const children: TableDefinition = { name: 'child', label: label('child'), titleField: 'title', fields: [field('title', 'text'), field('person', 'reference', { table: 'person' }), field('pin', 'text', { encrypted: true }), ...childFields], ...child };
  return {
    app: { name: 'a', label: label('a'), version: '1.0.0', navigation: [], roles: [{ name: 'clerk', label: label('clerk') }] },
    tables: [people, children],
    ...(workflow && { workflows: [{ name: 'w', label: label('w'), ...workflow } as unknown as WorkflowDefinition] }),
    ...(dashboard && { dashboards: [{ name: 'd', label: label('d'), ...dashboard } as unknown as DashboardDefinition] }),
  };
}

const problems = (parts: Parts): string[] => buildModel(definitions(parts)).issues.map(({ path, code }) => `${path} ${code}`);
const view = (rest: Record<string, unknown>): Parts => ({ person: { views: [{ name: 'v', label: label('v'), type: 'table', columns: ['name', 'family'], ...rest }] } });
const created = { type: 'recordCreated', table: 'person', next: 'n' };
const node = (rest: Record<string, unknown>): Parts => ({ workflow: { trigger: created, nodes: [{ name: 'n', ...rest }] } });
const both = (text: string): Label => ({ 'zh-CN': text, en: text });

const REFUSED: readonly (readonly [what: string, parts: Parts, path: string])[] = [
  ['a type that cannot', { fields: [field('n', 'integer', { encrypted: true })] }, '/tables/person/fields/3/encrypted'],
  ['unique', { family: { unique: true } }, '/tables/person/fields/1/unique'],
  ['an index', { family: { index: true } }, '/tables/person/fields/1/index'],
  ['search', { family: { searchable: true } }, '/tables/person/fields/1/searchable'],
  ['pinyin', { family: { pinyin: true } }, '/tables/person/fields/1/pinyin'],
  ['the title', { person: { titleField: 'family' } }, '/tables/person/titleField'],
  ['an index of several', { person: { indexes: [['name', 'family']] } }, '/tables/person/indexes/0/1'],
  ['a combination that stands once', { person: { unique: [{ fields: ['name', 'family'] }] } }, '/tables/person/unique/0/fields/1'],
  ['a search for duplicates', { person: { duplicates: [{ fields: ['family'], level: 'same', message: label('m') }] } }, '/tables/person/duplicates/0/fields/0'],
  ['a formula', { fields: [field('f', 'formula', { formula: '=family&"x"', result: 'text' })] }, '/tables/person/fields/3/formula'],
  ['a formula over a reference', { childFields: [field('f', 'formula', { formula: '=person.family', result: 'text' })] }, '/tables/child/fields/3/formula'],
  ['a lookup', { childFields: [field('f', 'lookup', { path: 'person.family' })] }, '/tables/child/fields/3/path'],
  ['a roll-up', { fields: [field('r', 'rollup', { table: 'child', field: 'person', function: 'first', of: 'pin', result: 'text' })] }, '/tables/person/fields/3/of'],
  ['the order of a roll-up', { fields: [field('r', 'rollup', { table: 'child', field: 'person', function: 'first', of: 'title', sort: ['pin'], result: 'text' })] }, '/tables/person/fields/3/sort'],
  ['the filter of a roll-up', { fields: [field('r', 'rollup', { table: 'child', field: 'person', function: 'count', filter: { '==': [{ var: 'pin' }, '1'] } })] }, '/tables/person/fields/3/filter/==/0/var'],
  ['a number', { fields: [field('no', 'autoNumber', { pattern: '{family}{seq:3}' })] }, '/tables/person/fields/3/pattern'],
  ['a default', { fields: [field('copy', 'text', { default: { rule: reads } })] }, '/tables/person/fields/3/default/rule'],
  ['the filter of a view', view({ filter: { contains: [reads, 'x'] } }), '/tables/person/views/0/filter/contains/0/var'],
  ['a comparison with another field', view({ filter: { '==': [reads, { var: 'name' }] } }), '/tables/person/views/0/filter/==/0/var'],
  ['the order of a view', view({ sort: ['-family'] }), '/tables/person/views/0/sort/0'],
  ['the groups of a view', view({ groupBy: 'family' }), '/tables/person/views/0/groupBy'],
  ['the groups of a view that shows it besides nothing', view({ columns: ['name'], groupBy: 'family' }), '/tables/person/views/0/groupBy'],
  ['a pivot', { person: { views: [{ name: 'v', label: label('v'), type: 'pivot', rows: [{ field: 'family' }], measures: [{ name: 'n', label: label('n'), function: 'count' }] }] } }, '/tables/person/views/0/dimensions/0/field'],
  ['a chart', { dashboard: { cards: [{ name: 'c', x: 0, y: 0, w: 6, h: 4, chart: { name: 'c', label: label('c'), type: 'bar', table: 'person', dimensions: [{ field: 'name' }], measures: [{ name: 'n', label: label('n'), function: 'max', field: 'family' }] } }] } }, '/dashboards/d/cards/0/chart/measures/0/field'],
  ['a permission', { person: { permissions: { clerk: { read: { '==': [reads, 'x'] } } } } }, '/tables/person/permissions/clerk/read/==/0/var'],
  ['an invariant', { person: { invariants: [{ rule: { '!=': [reads, 'x'] }, message: label('m') }] } }, '/tables/person/invariants/0/rule/!=/0/var'],
  ['the order of an export', { person: { exports: [{ name: 'e', label: label('e'), columns: ['family'], sort: ['family'] }] } }, '/tables/person/exports/0/sort/0'],
  ['a stamp that copies', { person: { stamps: [{ field: 'note', when: { notEmpty: [reads] }, value: reads }] } }, '/tables/person/stamps/0/value'],
  ['an effect that copies', { person: { effects: [{ name: 'e', on: ['create'], create: { table: 'child', values: { title: reads } } }] } }, '/tables/person/effects/0/create/values/title'],
  ['an effect that copies what was before', { person: { effects: [{ name: 'e', on: ['update'], create: { table: 'child', values: { title: { var: '$before.family' } } } }] } }, '/tables/person/effects/0/create/values/title'],
  ['an action that copies', { person: { actions: [{ name: 'x', label: label('x'), table: 'child', values: { title: reads } }] } }, '/tables/person/actions/0/values/title'],
  ['the order of related records', { person: { page: { related: [{ table: 'child', field: 'person', columns: ['title', 'pin'], sort: ['pin'] }] } } }, '/tables/person/page/related/0/sort/0'],
  ['a value in a workflow', node({ type: 'update', values: { note: reads } }), '/workflows/w/nodes/n/values/note'],
  ['a variable in a workflow', node({ type: 'set', variables: { x: { cat: ['a', { var: '$record.family' }] } } }), '/workflows/w/nodes/n/variables/x'],
  ['a notice', node({ type: 'notify', to: [{ starter: true }], title: both('of {{family}}') }), '/workflows/w/nodes/n/title/zh-CN'],
  ['a request', node({ type: 'http', method: 'POST', url: 'https://example.com', body: '{{$record.family}}', attempts: 1 }), '/workflows/w/nodes/n/body'],
  ['a search of a workflow', node({ type: 'find', table: 'child', filter: { '==': [{ var: 'title' }, { var: '$record.family' }] } }), '/workflows/w/nodes/n/filter'],
];

describe('an encrypted field', () => {
  it.each(REFUSED)('is refused for %s', (_what, parts, path) => {
    const found = problems(parts);
    expect(found.map((problem) => problem.split(' ')[0])).toContain(path);
    for (const { message } of buildModel(definitions(parts)).issues) expect(message['zh-CN'].length > 0 && message.en.length > 0).toBe(true);
  });

  it('may be shown, asked for emptiness, read by conditions, copied into another one, and sent out where the author says so', () => {
    expect(
      problems({
        family: { visible: { '!=': [{ var: 'name' }, 'x'] }, requiredWhen: { '==': [{ var: 'name' }, 'y'] }, validate: [{ rule: { '!=': [reads, { var: 'name' }] }, message: label('m') }] },
        fields: [field('seen', 'text', { visible: { contains: [reads, 'x'] } }), field('kept', 'longText', { encrypted: true, default: { rule: reads } })],
        person: {
          views: [
            { name: 'v', label: label('v'), type: 'table', columns: ['name', 'family'], filter: { and: [{ empty: [reads] }, { notEmpty: [reads] }, { '==': [reads, null] }] }, colors: [{ when: { '==': [reads, 'x'] }, color: '#f00' }] },
          ],
          exports: [{ name: 'e', label: label('e'), columns: ['family'], filter: { notEmpty: [reads] } }],
          effects: [{ name: 'e', on: ['create'], create: { table: 'child', values: { pin: reads } } }],
          page: { header: ['family'], related: [{ table: 'child', field: 'person', columns: ['pin'] }] },
        },
        workflow: {
          trigger: { type: 'recordUpdated', table: 'person', fields: ['family'], rule: { '!=': [reads, { var: '$before.family' }] }, next: 'n' },
          nodes: [
            { name: 'n', type: 'condition', rule: { contains: [reads, 'x'] }, next: { yes: 'send' } },
            { name: 'send', type: 'http', method: 'POST', url: 'https://example.com', body: '{{family}}', sensitive: true, attempts: 1 },
          ],
        },
      }),
    ).toEqual([]);
  });

  it('is of a type whose value is one text in one column', () => {
    for (const [name, type] of Object.entries(FIELD_TYPES) as [keyof typeof FIELD_TYPES, FieldType][]) {
      if (!type.encryptable) continue;
      const { model } = buildModel(definitions({ fields: [field('tried', name, { encrypted: true })] }));
      const own = model?.tables.person?.fields.tried;
      expect(own && type.columns(own)).toEqual([expect.objectContaining({ suffix: '', type: 'text' })]);
      expect(type.computed ?? type.target).toBeUndefined();
    }
  });
});
