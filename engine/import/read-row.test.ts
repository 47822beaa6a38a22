import { beforeAll, describe, expect, it } from 'vitest';
import { loadRegions } from '../fields/region-data.ts';
import type { DataRow } from './data-rows.ts';
import { findDateOrder, orderDate } from './date-order.ts';
import { readSerial, serialToText } from './date-serial.ts';
import { repeatFinder } from './find-repeats.ts';
import type { Heading } from './header.ts';
import { parseHeading } from './headings.ts';
import { matchColumns } from './match-columns.ts';
import { type RowReading, rowReader } from './read-row.ts';
import type { CellMark } from './sheet.ts';
import { importTargets } from './targets.ts';
import { testModel } from './test-model.ts';

const context = { locale: 'zh-CN', timeZone: 'Asia/Shanghai', today: '2024-06-01' } as const;

function tableOf(name: string) {
  const table = testModel.tables[name];
  if (!table) throw new Error(`There is no table ${name}.`);
  return table;
}

function match(table: string, headings: readonly Heading[], samples: readonly string[][] = []) {
  const targets = importTargets(testModel, tableOf(table), { canWrite: () => true, canCreate: () => true });
  return matchColumns({ table: tableOf(table), headings, samples: headings.map((_, index) => samples[index] ?? []), targets, context });
}

function paths(table: string, headings: readonly (string | Heading)[], samples?: readonly string[][]): (string | null)[] {
  const full = headings.map((heading) => (typeof heading === 'string' ? { text: heading } : heading));
  return match(table, full, samples).map(({ target }) => target?.path ?? null);
}

interface Given {
  readonly table?: string;
  readonly marks?: ReadonlyMap<string, CellMark>;
  readonly continuations?: DataRow['continuations'];
}

function read(row: Readonly<Record<string, string>>, { table = 'customer', marks = new Map(), continuations = [] }: Given = {}): RowReading {
  const headings = Object.keys(row).map((text) => ({ text }));
  const columns = match(table, headings).flatMap(({ target }, index) => (target ? [{ index, heading: headings[index]?.text ?? '', target }] : []));
  const resolve = (_field: unknown, _lookup: unknown, text: string) => (text === '华信' || text === 'C1' ? { id: 'c1' } : text === '天鑫' ? { id: 'c2' } : { failure: 'unknown' as const });
  return rowReader({ table: tableOf(table), columns, marks, date1904: false, context, resolve })({ row: 2, cells: Object.values(row), continuations });
}

const codes = (reading: RowReading) => reading.issues.map(({ level, code }) => `${level} ${code}`);

beforeAll(loadRegions);

describe('columns', () => {
  it('are matched by label, alias, unit and part', () => {
    expect(paths('customer', ['公司名称', '年营收(万元)', '省', '市', '区', '客户类型 *'])).toEqual(['name', 'revenue', 'region', 'region', 'region', 'customer_type']);
    expect(parseHeading('年营收（万元）')).toEqual({ spelling: '年营收', unit: 4 });
    expect(parseHeading('联系人2')).toEqual({ spelling: '联系人', ordinal: 2 });
  });

  it('go to the record behind a computed field', () => {
    expect(paths('customer', ['联系人', '最近跟进时间', '联系方式'])).toEqual(['contact:name', 'activity:time', 'contact:mobile']);
  });

  it('follow the group they stand under', () => {
    expect(paths('customer', [{ text: '姓名', group: '联系人信息' }, { text: '邮箱', group: '联系人信息' }])).toEqual(['contact:name', 'contact:email']);
  });

  it('name a record by its number or title', () => {
    expect(paths('activity', ['客户编号', '客户名称', '沟通日期', '时间', '沟通内容'])).toEqual(['customer.customer_no', 'customer.name', 'time', 'time', 'content']);
  });

  it('are matched by what their cells look like, and left alone where nothing fits', () => {
    const samples = [['91350100M000100Y43', '91310115MA1H8R7C67', '91350100M000100Y43'], ['甲', '乙', '丙']];
    expect(paths('customer', ['代码', '杂项'], samples)).toEqual(['credit_code', null]);
  });
});

describe('a row', () => {
  it('becomes a record with the records below it', () => {
    const reading = read({ 客户名称: '华信科技', 客户类型: '已成交', '年营收(万元)': '12.5', 省: '山东', 市: '青岛市', 区: '黄岛区', 联系人: '王芳', 联系方式: '+86 13857140854', 首次接触时间: '2025年6月4日' });
    expect(reading).toMatchObject({
      values: { name: '华信科技', customer_type: 'deal', revenue: 125000, first_contact: '2025-06-04', region: { code: '370211' } },
      children: [{ table: 'contact', reference: 'customer', values: { name: '王芳', mobile: '+8613857140854' } }],
      issues: [],
    });
  });

  it('may hold several contacts side by side or in the rows below', () => {
    const wide = read({ 客户名称: '华信', 联系人1: '王芳', 电话1: '13800138000', 联系人2: '李四', 电话2: '' });
    expect(wide.children.map(({ values }) => values.name)).toEqual(['王芳', '李四']);
    const tall = read({ 客户名称: '华信', 联系人: '王芳' }, { continuations: [{ row: 3, cells: ['', '李四'] }] });
    expect(tall.children.map(({ values }) => values.name)).toEqual(['王芳', '李四']);
  });

  it('says what it left out or completed', () => {
    expect(codes(read({ 客户名称: '华信', 客户类型: '未成交' }))).toEqual(['warning unknown_option']);
    expect(codes(read({ 客户名称: '华信', 首次接触时间: '3月15日' }))).toEqual(['warning no_year']);
    expect(codes(read({ 客户名称: '华信', 首次接触时间: '45366' }))).toEqual(['warning date_serial']);
    expect(codes(read({ 客户名称: '华信', 联系人: '王', 联系方式: '13800138000/13900139000' }))).toEqual(['warning several_values']);
    expect(codes(read({ 客户名称: '华信', 最近跟进时间: '2024-03-15' }))).toEqual(['warning filled_in']);
    expect(codes(read({ 客户名称: '华信', 跟进记录摘要: '电话沟通' }))).toEqual(['warning child_incomplete']);
    expect(codes(read({ 客户名称: '华信', '年营收(万元)': '1.2亿' }))).toEqual(['warning two_units']);
  });

  it('is refused with its column where a value cannot be stored', () => {
    expect(codes(read({ 客户名称: '', 首次接触时间: '2024-02-30' }))).toEqual(['error not_readable', 'error required']);
    const marks = new Map<string, CellMark>([['1:1', 'digits_lost']]);
    expect(read({ 客户名称: '华信', 联系方式: '' }, { marks }).issues[0]).toMatchObject({ column: 1, level: 'error', code: 'digits_lost' });
  });

  it('takes marks for "nothing" as nothing', () => {
    expect(read({ 客户名称: '华信', 联系人: '暂无', 联系方式: '-', 年营收: 'N/A' })).toEqual({ row: 2, values: { name: '华信' }, children: [], issues: [] });
  });

  it('finds the record it belongs to, and refuses two different ones', () => {
    const given = { table: 'activity' };
    const rest = { 沟通日期: '2026/7/11', 时间: '10:15', 沟通内容: '电话' };
    expect(read({ 客户编号: 'C1', 客户名称: '华信', ...rest }, given)).toMatchObject({
      values: { customer: 'c1', time: { start: '2026-07-11T02:15:00.000Z', end: null }, content: '电话' },
      issues: [],
    });
    expect(read({ 客户编号: 'C9', 客户名称: '华信', ...rest }, given)).toMatchObject({ values: { customer: 'c1' }, issues: [] });
    expect(codes(read({ 客户编号: 'C1', 客户名称: '天鑫', ...rest }, given))).toEqual(['error two_records']);
    expect(codes(read({ 客户编号: 'C9', 客户名称: '无名', ...rest }, given))).toEqual(['error unknown_record', 'error required']);
  });
});

describe('days as spreadsheets count them', () => {
  it('follow both calendars, to the second', () => {
    expect(serialToText(45366)).toBe('2024-03-15');
    expect(serialToText(45366.583333)).toBe('2024-03-15 14:00:00');
    expect(serialToText(1)).toBe('1900-01-01');
    expect(serialToText(61)).toBe('1900-03-01');
    expect(readSerial('43904', true)).toBe('2024-03-15');
    expect(readSerial('13800', false)).toBeNull();
  });
});

describe('dates that two countries read differently', () => {
  it('are told by the other cells of their column', () => {
    expect(findDateOrder(['03/04/2024', '03/25/2024'])).toBe('month_first');
    expect(findDateOrder(['03/04/2024', '25/03/2024'])).toBe('day_first');
    expect(findDateOrder(['03/25/2024', '25/03/2024'])).toBeNull();
    expect(findDateOrder(['2024-03-04'])).toBeNull();
    expect(orderDate('03/04/2024 10:00', 'day_first')).toBe('2024-04-03 10:00');
  });
});

describe('repeats in a file', () => {
  it('are pointed out by spelling, form and code', () => {
    const find = repeatFinder(tableOf('customer'));
    const at = (row: number, name: string, code: string | null = null): RowReading => ({ row, values: { name, credit_code: code }, children: [], issues: [] });
    expect(find(at(4, '达恒物流有限公司', '91350100M000100Y43'))).toBeNull();
    expect(find(at(5, '达恒物流有限责任公司'))).toMatchObject({ earlierRow: 4, level: 'similar' });
    expect(find(at(6, ' 达恒物流　有限公司 '))).toMatchObject({ earlierRow: 4, level: 'same' });
    expect(find(at(7, '另一家商贸有限公司', '91350100M000100Y43'))).toMatchObject({ earlierRow: 4, message: { en: 'Same code' } });
    expect(find(at(8, '某公司'))).toBeNull();
    expect(find(at(9, '某公司'))).toBeNull();
  });
});
