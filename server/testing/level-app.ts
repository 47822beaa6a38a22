/** Nine levels over a small app: accounts with what hangs on them, a public pool, a strict table and an open one. */
import type { Definitions, GrantDefinition, TableDefinition } from '#engine/model/definitions.ts';

const label = (text: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': text, en: text });
const field = (name: string, type: string, rest: Record<string, unknown> = {}): TableDefinition['fields'][number] => ({ name, label: label(name), type, ...rest });

const pooled: GrantDefinition = {
  also: [
    {
      label: { 'zh-CN': '在您的公海里', en: 'In your public pool' },
      read: { and: [{ notEmpty: [{ var: 'pool' }] }, { contains: [{ var: 'pool.members' }, { var: '$me' }] }] },
      fields: { phone: 'hidden' },
    },
  ],
};
/** `worker` lets every member of a pool see what lies in it, with the phone hidden. */
const levelRoles = [1, 2, 3, 4, 5, 6, 7, 8].map((level) => ({ name: `level${level}`, label: label(`L${level}`), level }));

const account: TableDefinition = {
  name: 'account',
  label: label('account'),
  titleField: 'name',
  sharing: 'private',
  page: { timeline: [{ table: 'vault', field: 'account', date: 'created_at', title: 'name' }] },
  shareAlong: ['note'],
  transferAlong: [
    { table: 'note', field: 'account', filter: { '==': [{ var: 'open' }, true] }, people: ['assignee'] },
    { table: 'contract', field: 'account' },
  ],
  fields: [
    field('name', 'text', { required: true, searchable: true }),
    field('phone', 'phone', { sensitive: true }),
    field('budget', 'money'),
    field('cost', 'money'),
    field('pool', 'reference', { table: 'pool', onDelete: 'null' }),
    field('parent', 'reference', { table: 'account', onDelete: 'null', acyclic: true }),
    field('files', 'attachment'),
    field('notes', 'rollup', { table: 'note', field: 'account', function: 'count', result: 'number' }),
  ],
  duplicates: [
    { fields: ['name'], level: 'same', message: label('The same name'), foreign: ['name', 'owner'] },
    { fields: ['phone'], level: 'similar', message: label('The same phone') },
  ],
  permissions: {
    ...Object.fromEntries(levelRoles.map(({ name }) => [name, pooled])),
    service: { read: 'all', create: false, update: false, fields: { budget: 'hidden' } },
    seller: { ...pooled, fields: { cost: 'hidden' } },
    buyer: { fields: { cost: 'read' }, export: true },
    mute: { export: false },
  },
};

const pool: TableDefinition = {
  name: 'pool',
  label: label('pool'),
  titleField: 'name',
  fields: [field('name', 'text', { required: true }), field('members', 'users')],
  permissions: {},
};

const note: TableDefinition = {
  name: 'note',
  label: label('note'),
  titleField: 'body',
  sharing: 'private',
  inherits: 'account',
  fields: [field('body', 'text', { required: true, searchable: true }), field('account', 'reference', { table: 'account', required: true, onDelete: 'cascade' }), field('open', 'boolean', { default: true }), field('assignee', 'user')],
  duplicates: [{ fields: ['body'], in: { table: 'account', fields: ['name'] }, level: 'similar', message: label('An account of this name') }],
  permissions: { service: { read: 'all', create: true } },
};

const contract: TableDefinition = {
  name: 'contract',
  label: label('contract'),
  titleField: 'title',
  sharing: 'private',
  inherits: 'account',
  fields: [field('title', 'text', { required: true }), field('account', 'reference', { table: 'account', required: true, onDelete: 'cascade' }), field('rows', 'lines', { table: 'contract_row', field: 'contract' })],
  permissions: { service: { read: false, create: false, update: false } },
};

const contractRow: TableDefinition = {
  name: 'contract_row',
  label: label('contract row'),
  titleField: 'title',
  sharing: 'private',
  inherits: 'contract',
  fields: [field('title', 'text', { required: true }), field('contract', 'reference', { table: 'contract', required: true, onDelete: 'cascade' })],
};

const vault: TableDefinition = { name: 'vault', label: label('vault'), titleField: 'name', sharing: 'strict', fields: [field('name', 'text', { required: true }), field('account', 'reference', { table: 'account', onDelete: 'null' })] };
const price: TableDefinition = { name: 'price', label: label('price'), titleField: 'name', sharing: 'publicRead', fields: [field('name', 'text', { required: true })] };
/** Takes no part in levels and grants nothing: a table just drawn. */
const fresh: TableDefinition = { name: 'fresh', label: label('fresh'), titleField: 'name', fields: [field('name', 'text')] };

export const levelApp: Definitions = {
  app: {
    name: 'levels',
    label: label('levels'),
    version: '1.0.0',
    navigation: [{ name: 'all', label: label('all'), tables: ['account'] }],
    roles: [
      { name: 'owner', label: label('owner'), owner: true },
      ...levelRoles,
      { name: 'service', label: label('service'), level: 2 },
      { name: 'seller', label: label('seller'), level: 2 },
      { name: 'buyer', label: label('buyer'), level: 2 },
      { name: 'mute', label: label('mute'), level: 1 },
    ],
  },
  tables: [account, pool, note, contract, contractRow, vault, price, fresh],
};
