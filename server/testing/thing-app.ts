/** A small app with most field types and nothing of a CRM: what the record server is tried on. */
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';

const label = (text: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': text, en: text });
const field = (name: string, type: string, rest: Record<string, unknown> = {}): TableDefinition['fields'][number] => ({ name, label: label(name), type, ...rest });

export const THING_OPTIONS = ['new', 'open', 'done'].map((value) => ({ value, label: label(value) }));

const thing: TableDefinition = {
  name: 'thing',
  label: label('thing'),
  titleField: 'name',
  fields: [
    field('name', 'text', { pinyin: true, searchable: true }),
    field('code', 'text', { unique: true }),
    field('note', 'longText', { searchable: true }),
    field('count', 'integer'),
    field('weight', 'decimal', { scale: 3 }),
    field('share', 'percent'),
    field('price', 'money'),
    field('active', 'boolean'),
    field('day', 'date'),
    field('moment', 'dateTime'),
    field('span', 'timeSpan'),
    field('birth', 'lunarDate'),
    field('state', 'select', { options: THING_OPTIONS }),
    field('colors', 'multiSelect', { options: ['red', 'green', 'blue'].map((value) => ({ value, label: label(value) })) }),
    field('tags', 'tags'),
    field('phone', 'phone', { searchable: true }),
    field('place', 'region'),
    field('keeper', 'user'),
    field('helpers', 'users'),
    field('parent', 'reference', { table: 'thing', onDelete: 'null' }),
    field('related', 'manyToMany', { table: 'thing' }),
    field('grade', 'rating'),
    field('double_price', 'formula', { formula: '=price*2', result: 'number' }),
    field('age', 'formula', { formula: '=DATEDIF(day,TODAY(),"day")', result: 'number' }),
    field('parent_price', 'formula', { formula: '=COALESCE(parent.price,0)+1', result: 'number' }),
    field('children', 'rollup', { table: 'thing', field: 'parent', function: 'count', result: 'number' }),
    field('children_price', 'rollup', { table: 'thing', field: 'parent', function: 'sum', of: 'price', result: 'number' }),
    field('parent_name', 'lookup', { path: 'parent.name' }),
    field('secret', 'text'),
    field('salary', 'money', { sensitive: true }),
    field('number', 'autoNumber', { pattern: 'T{yyyy}{MM}{dd}{seq:3}', reset: 'day', unique: true }),
    field('rows', 'lines', { table: 'thing_row', field: 'thing' }),
  ],
  permissions: {
    worker: {
      create: true,
      read: { '==': [{ var: 'owner' }, { var: '$me' }] },
      update: { '==': [{ var: 'owner' }, { var: '$me' }] },
      delete: { '==': [{ var: 'owner' }, { var: '$me' }] },
      fields: { secret: 'hidden' },
    },
    auditor: { read: { '==': [{ var: 'state' }, 'done'] }, sensitive: true },
    boss: {
      create: true,
      import: true,
      transfer: true,
      sensitive: true,
      read: { or: [{ '==': [{ var: 'owner' }, { var: '$me' }] }, { in: [{ var: 'owner' }, { var: '$mySubordinates' }] }] },
      update: { or: [{ '==': [{ var: 'owner' }, { var: '$me' }] }, { in: [{ var: 'owner' }, { var: '$mySubordinates' }] }] },
    },
  },
};

const thingRow: TableDefinition = {
  name: 'thing_row',
  label: label('thing_row'),
  titleField: 'title',
  fields: [field('title', 'text', { required: true }), field('quantity', 'integer', { min: 1 }), field('thing', 'reference', { table: 'thing', required: true, onDelete: 'cascade' })],
  permissions: {
    worker: {
      create: true,
      read: { '==': [{ var: 'thing.owner' }, { var: '$me' }] },
      update: { '==': [{ var: 'thing.owner' }, { var: '$me' }] },
      delete: { '==': [{ var: 'thing.owner' }, { var: '$me' }] },
    },
  },
};

export const thingApp: Definitions = {
  app: {
    name: 'things',
    label: label('things'),
    version: '1.0.0',
    navigation: [{ name: 'main', label: label('main'), tables: ['thing', 'user'] }],
    roles: [
      { name: 'owner', label: label('owner'), owner: true },
      { name: 'worker', label: label('worker') },
      { name: 'auditor', label: label('auditor') },
      { name: 'boss', label: label('boss') },
    ],
  },
  tables: [thing, thingRow],
};
