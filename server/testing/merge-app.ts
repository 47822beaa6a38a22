/** Accounts that are entered twice, with everything that can hang on one: deals, memberships that stand once, a badge, a ledger, links, a stage that locks. */
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';

const label = (text: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': text, en: text });
const field = (name: string, type: string, rest: Record<string, unknown> = {}): TableDefinition['fields'][number] => ({ name, label: label(name), type, ...rest });
const options = (...values: string[]) => values.map((value) => ({ value, label: label(value) }));
const levels = [1, 2, 3, 7, 8].map((level) => ({ name: `level${level}`, label: label(`L${level}`), level }));

const account: TableDefinition = {
  name: 'account', label: label('account'), titleField: 'name', sharing: 'private',
  fields: [
    field('name', 'text', { required: true, searchable: true }),
    field('code', 'text', { unique: true }),
    field('phone', 'phone', { sensitive: true }),
    field('secret', 'text', { maxLength: 40 }),
    field('tags', 'tags'),
    field('stage', 'select', { options: options('open', 'signed'), default: 'open' }),
    field('price', 'money', { readOnlyWhen: { '==': [{ var: 'stage' }, 'signed'] } }),
    field('city', 'text', { validate: [{ rule: { '!=': [{ var: 'city' }, 'nowhere'] }, message: label('Not there') }] }),
    field('partners', 'manyToMany', { table: 'account' }),
    field('parent', 'reference', { table: 'account', onDelete: 'null', acyclic: true }),
    field('files', 'attachment', { maxCount: 2 }),
    field('deals', 'rollup', { table: 'deal', field: 'account', function: 'count', result: 'number' }),
    field('worth', 'rollup', { table: 'deal', field: 'account', function: 'sum', of: 'amount', result: 'number' }),
    field('points', 'rollup', { table: 'ledger', field: 'account', function: 'sum', of: 'points', result: 'number' }),
  ],
  duplicates: [{ fields: ['name'], level: 'same', message: label('The same name') }],
  permissions: { level7: { fields: { secret: 'hidden' } }, merger: { read: 'own', update: 'own', delete: 'own', merge: 'own', share: 'own' }, narrow: { read: 'all', update: 'all', delete: 'all', merge: 'own' } },
};

const child = (name: string, fields: TableDefinition['fields'], rest: Partial<TableDefinition> = {}): TableDefinition => ({ name, label: label(name), titleField: fields[0]?.name ?? '', sharing: 'private', inherits: 'account', fields, ...rest });
const ofAccount = (rest: Record<string, unknown> = {}) => field('account', 'reference', { table: 'account', required: true, onDelete: 'cascade', ...rest });

const deal = child('deal', [field('title', 'text', { required: true, searchable: true }), ofAccount({ onDelete: 'restrict' }), field('amount', 'money'), field('summary', 'formula', { formula: '=CONCAT(account.name," / ",title)', result: 'text' })]);
const membership = child('membership', [field('team', 'text', { required: true }), ofAccount(), field('since', 'date')], { unique: [{ fields: ['account', 'team'] }] });
/** Hangs on a membership: goes along when that is given up for the survivor's. */
const duty: TableDefinition = { name: 'duty', label: label('duty'), titleField: 'title', sharing: 'private', fields: [field('title', 'text'), field('membership', 'reference', { table: 'membership', required: true, onDelete: 'cascade' })] };
const badge = child('badge', [field('title', 'text'), ofAccount({ unique: true })]);
const ledger = child('ledger', [field('title', 'text'), ofAccount(), field('points', 'integer')], { appendOnly: true });
const club: TableDefinition = { name: 'club', label: label('club'), titleField: 'name', sharing: 'private', fields: [field('name', 'text'), field('accounts', 'manyToMany', { table: 'account' })] };
/** Nobody but its owner knows of it. */
const vault: TableDefinition = { name: 'vault', label: label('vault'), titleField: 'name', fields: [field('name', 'text'), field('account', 'reference', { table: 'account', onDelete: 'keep' })] };

export const mergeApp: Definitions = {
  app: {
    name: 'merging', label: label('merging'), version: '1.0.0',
    navigation: [{ name: 'all', label: label('all'), tables: ['account'] }],
    roles: [{ name: 'owner', label: label('owner'), owner: true }, ...levels, { name: 'merger', label: label('merger'), level: 2 }, { name: 'narrow', label: label('narrow'), level: 2 }],
  },
  workflows: [
    {
      name: 'approve', label: label('approve'),
      trigger: { type: 'manual', table: 'account', button: label('approve'), place: 'both', rule: true, next: 'ask' },
      nodes: [
        { name: 'ask', type: 'approval', title: label('{{name}}'), approvers: [{ role: 'level8' }], mode: 'any', next: { approved: 'yes' } },
        { name: 'yes', type: 'update', values: { city: 'approved' } },
      ],
    },
  ],
  tables: [account, deal, membership, duty, badge, ledger, club, vault],
};
