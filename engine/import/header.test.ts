import { describe, expect, it } from 'vitest';
import { splitDataRows } from './data-rows.ts';
import { findHeader, readHeadings } from './header.ts';
import type { Merge, Sheet } from './sheet.ts';

const KNOWN = new Set(['客户名称', '联系人', '电话', '省', '金额']);
const sheet = (rows: string[][], merges: Merge[] = []): Sheet => ({ name: 's', rows, merges, marks: new Map() });
const merge = (top: number, left: number, bottom: number, right: number): Merge => ({ top, left, bottom, right });
const isKnown = (text: string) => KNOWN.has(text);

const ledger = sheet(
  [
    ['客户台账'],
    ['企业信息', '', '联系人信息', ''],
    ['客户名称', '省', '联系人', '电话'],
    ['华信', '北京', '王芳', '138'],
    ['', '', '李四', '139'],
    ['天鑫', '山东', '张三', '137'],
    [],
    ['客户名称', '省', '联系人', '电话'],
    ['注：以上为全部客户'],
    ['合计', '3'],
  ],
  [merge(0, 0, 0, 3), merge(1, 0, 1, 1), merge(1, 2, 1, 3), merge(3, 0, 4, 0)],
);

describe('headings', () => {
  it('are found below a merged title, with the groups above them', () => {
    const header = findHeader(ledger, isKnown);
    expect(header).toEqual({ from: 2, to: 3 });
    expect(readHeadings(ledger, header)).toEqual([
      { text: '客户名称', group: '企业信息' },
      { text: '省', group: '企业信息' },
      { text: '联系人', group: '联系人信息' },
      { text: '电话', group: '联系人信息' },
    ]);
  });

  it('are the first row of a plain file, even when nobody knows them', () => {
    expect(findHeader(sheet([['a', 'b'], ['1', '2']]), isKnown)).toEqual({ from: 1, to: 1 });
  });

  it('may be merged down over two rows', () => {
    const tall = sheet([['客户名称', '联系', '', '省', '金额'], ['', '联系人', '电话'], ['华信', '王', '1', '京', '2']], [merge(0, 0, 1, 0), merge(0, 1, 0, 2)]);
    const header = findHeader(tall, isKnown);
    expect(header).toEqual({ from: 1, to: 2 });
    expect(readHeadings(tall, header)[0]).toEqual({ text: '客户名称' });
  });
});

describe('rows below the headings', () => {
  const header = findHeader(ledger, isKnown);
  const rows = splitDataRows(ledger, { header, headings: readHeadings(ledger, header), ownColumns: new Set([0, 1]), usedColumns: new Set([0, 1, 2, 3]) });

  it('are records, with the rows that only add to them', () => {
    expect(rows.records.map(({ row, continuations }) => [row, continuations.map((more) => more.row)])).toEqual([[4, [5]], [6, []]]);
  });

  it('are never left out without a reason', () => {
    expect(rows.skipped).toEqual([
      { row: 7, reason: 'blank' },
      { row: 8, reason: 'repeated_header' },
      { row: 9, reason: 'note' },
      { row: 10, reason: 'total' },
    ]);
  });

  it('keep a customer whose name only begins like a total', () => {
    const names = sheet([['客户名称', '省'], ['合计划科技', '北京'], ['平均律乐器行', '上海']]);
    const { records } = splitDataRows(names, { header: { from: 1, to: 1 }, headings: [{ text: '客户名称' }, { text: '省' }], ownColumns: new Set([0, 1]), usedColumns: new Set([0, 1]) });
    expect(records).toHaveLength(2);
  });
});
