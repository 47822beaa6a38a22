/** The measured table: 30 fields of the kinds a customer has, indexes as the product derives them, a role with a row rule. */
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';

const label = (text: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': text, en: text });
const field = (name: string, type: string, rest: Record<string, unknown> = {}): TableDefinition['fields'][number] => ({ name, label: label(name), type, ...rest });
const options = (values: readonly string[]): object[] => values.map((value) => ({ value, label: label(value) }));

export const STAGES = ['lead', 'intent', 'deal', 'lost'];
export const INDUSTRIES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

const customer: TableDefinition = {
  name: 'customer',
  label: label('customer'),
  titleField: 'name',
  fields: [
    field('customer_no', 'text', { unique: true, index: true }),
    field('name', 'text', { required: true, pinyin: true, searchable: true }),
    field('short_name', 'text', { searchable: true, pinyin: true }),
    field('name_en', 'text'),
    field('stage', 'select', { options: options(STAGES), index: true, default: 'lead' }),
    field('industry', 'select', { options: options(INDUSTRIES), index: true }),
    field('source', 'select', { options: options(['web', 'fair', 'call']) }),
    field('grade', 'select', { options: options(['A', 'B', 'C']) }),
    field('phone', 'phone', { searchable: true, sensitive: true }),
    field('fax', 'phone'),
    field('email', 'email'),
    field('website', 'url'),
    field('address', 'address'),
    field('postcode', 'text', { pattern: '^\\d{6}$' }),
    field('employees', 'integer', { min: 0 }),
    field('revenue', 'money', { min: 0 }),
    field('capital', 'money', { min: 0 }),
    field('credit_limit', 'money', { min: 0 }),
    field('credit_days', 'integer', { min: 0 }),
    field('founded_on', 'date'),
    field('first_contact_on', 'date'),
    field('last_followup_at', 'dateTime', { index: true }),
    field('next_followup_at', 'dateTime'),
    field('locked', 'boolean', { default: false }),
    field('verified', 'boolean', { default: false }),
    field('rating', 'rating'),
    field('discount', 'percent'),
    field('tags', 'tags'),
    field('remark', 'longText'),
    field('days_known', 'formula', { formula: '=YEAR(first_contact_on)*12+MONTH(first_contact_on)', result: 'number' }),
  ],
  permissions: {
    salesperson: {
      create: true,
      import: true,
      sensitive: true,
      read: { or: [{ '==': [{ var: 'owner' }, { var: '$me' }] }, { in: [{ var: 'owner' }, { var: '$mySubordinates' }] }] },
      update: { or: [{ '==': [{ var: 'owner' }, { var: '$me' }] }, { in: [{ var: 'owner' }, { var: '$mySubordinates' }] }] },
    },
  },
};

export const benchApp: Definitions = {
  app: {
    name: 'bench',
    label: label('bench'),
    version: '1.0.0',
    navigation: [{ name: 'main', label: label('main'), tables: ['customer'] }],
    roles: [
      { name: 'system_owner', label: label('owner'), owner: true },
      { name: 'salesperson', label: label('salesperson') },
    ],
  },
  tables: [customer],
};

const CITIES = ['北京', '上海', '深圳', '广州', '杭州', '成都', '武汉', '西安'];
const WORDS = ['华', '信', '科', '联', '创', '宏', '达', '丰', '润', '泰', '盛', '安', '瑞', '凯', '嘉', '新', '诚', '远', '志', '越'];
const TRADES = ['科技', '贸易', '机械', '物流', '信息技术', '制造', '电子', '食品'];

/** An even spread of whole numbers, the same for the same input. */
function scatter(n: number): number {
  let x = (n + 0x9e3779b9) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b) >>> 0;
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
}

/** The same row for the same number, always: floor and product are given the same data. */
export function benchRow(n: number): Record<string, string | number | boolean | string[]> {
  const pick = <T>(list: readonly T[], salt: number): T => list[scatter(n * 31 + salt) % list.length] as T;
  const core = pick(WORDS, 1) + pick(WORDS, 2) + pick(WORDS, 3);
  const name = `${pick(CITIES, 4)}${core}${pick(TRADES, 5)}${n % 3 === 0 ? '股份' : ''}有限公司`;
  const day = (salt: number): string => `20${String(10 + ((n + salt) % 15)).padStart(2, '0')}-${String(1 + ((n * salt) % 12)).padStart(2, '0')}-${String(1 + ((n + salt) % 28)).padStart(2, '0')}`;
  return {
    customer_no: `C${String(n).padStart(8, '0')}`,
    name,
    short_name: core,
    name_en: `Company ${n}`,
    stage: pick(STAGES, 6),
    industry: pick(INDUSTRIES, 7),
    source: pick(['web', 'fair', 'call'], 8),
    grade: pick(['A', 'B', 'C'], 9),
    phone: `138${String(10_000_000 + (n % 90_000_000)).padStart(8, '0')}`,
    email: `contact${n}@example.com`,
    website: `https://example.com/${n}`,
    address: `${pick(WORDS, 10)}${pick(WORDS, 11)}路 ${n % 999} 号`,
    postcode: String(100_000 + (n % 800_000)),
    employees: n % 5000,
    revenue: (n % 100_000) * 100.5,
    credit_days: n % 90,
    founded_on: day(3),
    first_contact_on: day(7),
    rating: 1 + (n % 5),
    remark: `备注 ${n}：${pick(TRADES, 12)}客户，${pick(CITIES, 13)}`,
  };
}

export const IMPORT_COLUMNS = Object.keys(benchRow(1));
