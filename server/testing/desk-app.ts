/** An app of accounts with deals, lines, notes and tasks: every way tables hang together, and roles that see different parts of it. */
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';
import type { Rule } from '#engine/rules/rule.ts';

const label = (text: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': text, en: text });
type Field = TableDefinition['fields'][number];
const field = (name: string, type: string, rest: Record<string, unknown> = {}): Field => ({ name, label: label(name), type, ...rest });
const options = (...values: string[]) => values.map((value) => ({ value, label: label(value) }));

const mine: Rule = { '==': [{ var: 'owner' }, { var: '$me' }] };
const ofMyAccount = (path: string): Rule => ({ '==': [{ var: `${path}.owner` }, { var: '$me' }] });

const account: TableDefinition = {
  name: 'account',
  label: label('account'),
  titleField: 'name',
  fields: [
    field('name', 'text', { required: true, pinyin: true, searchable: true, maxLength: 100 }),
    field('code', 'text', { unique: true }),
    field('phone', 'phone', { searchable: true }),
    field('level', 'select', { options: options('plain', 'vip'), default: 'plain' }),
    field('since', 'date', { default: { rule: { var: '$today' } } }),
    field('secret', 'text', { searchable: true }),
    field('secret_twice', 'formula', { formula: '=CONCAT(secret,secret)', result: 'text' }),
    field('budget', 'money', { sensitive: true }),
    field('parent', 'reference', { table: 'account', onDelete: 'null' }),
    field('partners', 'manyToMany', { table: 'account' }),
    field('deals', 'rollup', { table: 'deal', field: 'account', function: 'count', result: 'number' }),
    field('deal_total', 'rollup', { table: 'deal', field: 'account', function: 'sum', of: 'total', result: 'number' }),
    field('ledger_sum', 'rollup', { table: 'ledger', field: 'account', function: 'sum', of: 'amount', result: 'number' }),
    field('in_debt', 'formula', { formula: '=IF(ledger_sum>1000,"yes","no")', result: 'text' }),
  ],
  duplicates: [
    { fields: ['name'], level: 'same', message: label('The same name') },
    { fields: ['phone'], level: 'similar', message: label('The same phone') },
    { fields: ['secret'], level: 'similar', message: label('The same secret') },
  ],
  page: { timeline: [{ table: 'note', field: 'account', date: 'at', title: 'title', content: 'body' }] },
  permissions: {
    clerk: { create: true, read: mine, update: mine, delete: mine, fields: { secret: 'hidden', secret_twice: 'hidden' } },
    checker: { read: { '==': [{ var: 'level' }, 'vip'] }, sensitive: true },
    lead: {
      create: true,
      import: true,
      transfer: true,
      sensitive: true,
      read: { or: [mine, { in: [{ var: 'owner' }, { var: '$mySubordinates' }] }] },
      update: { or: [mine, { in: [{ var: 'owner' }, { var: '$mySubordinates' }] }] },
      delete: mine,
    },
    // A rule that an empty or unknown attribute must never open.
    neighbour: { read: { '==': [{ var: 'owner_department' }, { var: '$myDepartment' }] } },
  },
};

const deal: TableDefinition = {
  name: 'deal',
  label: label('deal'),
  titleField: 'title',
  fields: [
    field('title', 'text', { required: true, searchable: true }),
    field('account', 'reference', { table: 'account', required: true, onDelete: 'restrict' }),
    field('state', 'select', { options: options('open', 'won', 'lost'), default: 'open' }),
    field('lost_reason', 'text', { requiredWhen: { '==': [{ var: 'state' }, 'lost'] } }),
    field('discount', 'percent', { validate: [{ rule: { '<=': [{ var: 'discount' }, 0.5] }, message: label('At most half') }] }),
    field('starts', 'date'),
    field('ends', 'date'),
    field('files', 'attachment'),
    field('picture', 'image'),
    field('total', 'rollup', { table: 'deal_line', field: 'deal', function: 'sum', of: 'amount', result: 'number' }),
    field('summary', 'formula', { formula: '=CONCAT(account.name," / ",title)', result: 'text' }),
    field('lines', 'lines', { table: 'deal_line', field: 'deal' }),
  ],
  validate: [{ rule: { or: [{ empty: [{ var: 'ends' }] }, { empty: [{ var: 'starts' }] }, { '>=': [{ var: 'ends' }, { var: 'starts' }] }] }, message: label('It ends before it starts') }],
  permissions: {
    clerk: { create: true, read: ofMyAccount('account'), update: ofMyAccount('account'), delete: ofMyAccount('account') },
    lead: { create: true, read: true, update: ofMyAccount('account') },
  },
};

const dealLine: TableDefinition = {
  name: 'deal_line',
  label: label('deal_line'),
  titleField: 'item',
  fields: [
    field('deal', 'reference', { table: 'deal', required: true, onDelete: 'cascade' }),
    field('item', 'text', { required: true }),
    field('quantity', 'integer', { required: true, min: 1 }),
    field('price', 'money', { required: true }),
    field('amount', 'formula', { formula: '=quantity*price', result: 'number', scale: 2 }),
  ],
  permissions: {
    clerk: { create: true, read: ofMyAccount('deal.account'), update: ofMyAccount('deal.account'), delete: ofMyAccount('deal.account') },
    // Three references away: deal, account, owner.
    lead: { read: { '==': [{ var: 'deal.account.owner.department' }, { var: '$myDepartment' }] } },
  },
};

const note: TableDefinition = {
  name: 'note',
  label: label('note'),
  titleField: 'title',
  fields: [field('title', 'text', { required: true }), field('account', 'reference', { table: 'account', required: true, onDelete: 'cascade' }), field('at', 'dateTime', { required: true }), field('body', 'longText')],
  permissions: { clerk: { create: true, read: ofMyAccount('account'), update: ofMyAccount('account'), delete: ofMyAccount('account') } },
};

const task: TableDefinition = {
  name: 'task',
  label: label('task'),
  titleField: 'title',
  fields: [
    field('title', 'text', { required: true }),
    field('account', 'reference', { table: 'account', onDelete: 'null' }),
    field('seen', 'reference', { table: 'account', onDelete: 'keep' }),
    field('account_name', 'formula', { formula: '=COALESCE(account.name,"none")', result: 'text' }),
    field('number', 'autoNumber', { pattern: 'K{yyyy}{MM}{dd}{seq:2}', reset: 'day', unique: true }),
  ],
  permissions: { clerk: { create: true, read: mine, update: mine, delete: mine }, lead: { create: true, import: true, read: mine } },
};

/** Only the owner of the workspace reads it; what an account gathers from it is for them, too. */
const ledger: TableDefinition = {
  name: 'ledger',
  label: label('ledger'),
  titleField: 'title',
  fields: [field('title', 'text', { required: true }), field('account', 'reference', { table: 'account', required: true, onDelete: 'cascade' }), field('amount', 'money', { required: true })],
};

export const deskApp: Definitions = {
  app: {
    name: 'desk',
    label: label('desk'),
    version: '1.0.0',
    navigation: [{ name: 'main', label: label('main'), tables: ['account', 'deal', 'note', 'task', 'user'] }],
    roles: [
      { name: 'owner', label: label('owner'), owner: true },
      { name: 'clerk', label: label('clerk') },
      { name: 'checker', label: label('checker') },
      { name: 'lead', label: label('lead') },
      { name: 'neighbour', label: label('neighbour') },
      { name: 'retired', label: label('retired') },
    ],
  },
  tables: [account, deal, dealLine, note, task, ledger],
};
