/** People with an encrypted field or two, records that point at them, and workflows that read and write what is encrypted. */
import type { Definitions, FieldDefinition, TableDefinition } from '#engine/model/definitions.ts';

const label = (text: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': text, en: text });
export const field = (name: string, type: string, rest: Record<string, unknown> = {}): FieldDefinition => ({ name, label: label(name), type, ...rest });

const person: TableDefinition = {
  name: 'person',
  label: label('person'),
  titleField: 'name',
  fields: [
    field('name', 'text', { searchable: true }),
    field('family', 'text', { encrypted: true, visible: { '!=': [{ var: 'name' }, 'nobody'] }, validate: [{ rule: { '!=': [{ var: 'family' }, 'never'] }, message: label('not that one') }] }),
    field('mobile', 'phone', { encrypted: true, sensitive: true }),
    field('plain', 'text', { searchable: true }),
    field('flag', 'text'),
  ],
  permissions: {
    clerk: { create: true, read: true, update: true, delete: true, import: true, export: true, sensitive: true },
    reader: { read: true, export: true, fields: { family: 'hidden' } },
    masked: { read: true, export: true, reveal: true, fields: { family: 'masked' } },
  },
};

const deal: TableDefinition = {
  name: 'deal',
  label: label('deal'),
  titleField: 'title',
  fields: [field('title', 'text'), field('person', 'reference', { table: 'person' })],
  permissions: { clerk: { create: true, read: true, update: true }, reader: { read: true }, masked: { read: true } },
};

export const vaultApp: Definitions = {
  app: {
    name: 'vault',
    label: label('vault'),
    version: '1.0.0',
    navigation: [{ name: 'all', label: label('all'), tables: ['person', 'deal'] }],
    roles: [{ name: 'owner', label: label('owner'), owner: true }, ...['clerk', 'reader', 'masked'].map((name) => ({ name, label: label(name) }))],
  },
  tables: [person, deal],
  workflows: [
    {
      name: 'watch',
      label: label('watch'),
      trigger: { type: 'recordUpdated', table: 'person', fields: ['family'], created: true, next: 'is_told' },
      nodes: [
        { name: 'is_told', type: 'condition', rule: { notEmpty: [{ var: 'family' }] }, next: { yes: 'mark' } },
        { name: 'mark', type: 'update', values: { flag: 'told' }, next: { done: 'rest' } },
        { name: 'rest', type: 'wait', for: { amount: 1, unit: 'hour' } },
      ],
    },
    { name: 'hook', label: label('hook'), trigger: { type: 'webhook', next: 'make' }, nodes: [{ name: 'make', type: 'create', table: 'person', values: { name: 'hooked', family: { var: '$trigger.body.family' } } }] },
  ],
};

/** The same with another definition of a field. */
export function withField(definitions: Definitions, table: string, name: string, change: (field: FieldDefinition) => FieldDefinition): Definitions {
  return { ...definitions, tables: definitions.tables.map((own) => (own.name === table ? { ...own, fields: own.fields.map((found) => (found.name === name ? change(found) : found)) } : own)) };
}
