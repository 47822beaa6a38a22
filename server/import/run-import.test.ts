import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { AppModel } from '#engine/model/app-model.ts';
import { testModel } from '#engine/import/test-model.ts';
import { analyseImport } from './analyse-import.ts';
import { type ImportSettings, prepareImport } from './prepare-import.ts';
import { type ImportOutcome, type ImportRecord, type ImportRecords, runImport } from './run-import.ts';
import { writeFailures } from './write-failures.ts';

const context = { locale: 'zh-CN', timeZone: 'Asia/Shanghai', today: '2026-11-21' } as const;
const data = (name: string) => readFile(new URL(`../../e2e/data/${name}`, import.meta.url));

async function prepare(bytes: Buffer, tableName: string, settings: ImportSettings = {}, model: AppModel = testModel) {
  const table = model.tables[tableName];
  if (!table) throw new Error(`There is no table ${tableName}.`);
  return prepareImport({
    bytes,
    settings,
    model,
    table,
    access: { canWrite: () => true, canCreate: () => true },
    context,
    findByText: async (_table, field, texts) => new Map(texts.filter((text) => field.name === 'customer_no' && text.startsWith('C2')).map((text) => [text, [`id-${text}`]])),
  });
}

/** Stands for the record operations: refuses what it is told to, keeps the rest. */
function recorder(refuse: (record: ImportRecord) => ImportOutcome | null = () => null) {
  const kept: ImportRecord[] = [];
  const importRecords: ImportRecords = async (rows) =>
    rows.map((record) => {
      const refusal = refuse(record);
      if (!refusal) kept.push(record);
      return refusal ?? { outcome: 'created', id: `r${record.row}` };
    });
  return { kept, importRecords };
}

const unwatched = { onProgress: () => undefined, isCancelled: () => false };

describe('the ledger of customers', () => {
  it('is 505 customers with their contacts; its total row is none, its near-duplicates are pointed out', async () => {
    const prepared = await prepare(await data('客户台账.xlsx'), 'customer');
    const analysis = await analyseImport(prepared, 'zh-CN');
    expect(analysis.header).toEqual({ from: 2, to: 3 });
    expect(analysis.totals).toMatchObject({ rows: 505, errors: 0, skipped: [{ row: 509, reason: '合计行' }] });
    const { kept, importRecords } = recorder();
    const run = await runImport(prepared, false, { ...unwatched, importRecords });
    expect(run).toMatchObject({ state: 'done', total: 505, done: 505, created: 505, failed: 0 });
    expect(kept.every(({ children }) => children.some((child) => child.table === 'contact' && child.values.name))).toBe(true);
    expect(kept[0]).toMatchObject({
      row: 4,
      values: { customer_no: 'C20260711001', revenue: 326210000, first_contact: '2026-07-11', region: { code: '370211' } },
      children: [{ table: 'contact', values: { name: '王芳', title: '采购总监', mobile: '+8613972149390' } }],
    });
    const repeats = new Set(run.duplicates.map(({ row }) => row));
    for (const row of [504, 505, 506, 507, 508]) expect(repeats.has(row), `row ${row}`).toBe(true);
  });
});

describe('the list of follow-ups', () => {
  it('is read whole, each linked to its customer by number', async () => {
    const prepared = await prepare(await data('跟进记录-gb18030.csv'), 'activity');
    const { kept, importRecords } = recorder();
    const run = await runImport(prepared, false, { ...unwatched, importRecords });
    expect(run).toMatchObject({ created: 965, failed: 0, warnings: 0 });
    expect(kept[0]?.values).toMatchObject({ customer: 'id-C20260711001', time: { start: '2026-07-11T02:15:00.000Z', end: null } });
    expect(kept.some(({ values }) => values.content === '"样品"已寄出, 等待反馈')).toBe(true);
  });
});

describe('a run', () => {
  const file = Buffer.from('客户名称,首次接触时间,客户类型\n华信,2024-02-30,潜在客户\n天鑫,2024-03-15,成交客户\n"=cmd()",2024/3/16,\n110101199003070011,昨天,\n');

  it('goes on after rows that fail, and gives them back with the reason', async () => {
    const prepared = await prepare(file, 'customer');
    const { kept, importRecords } = recorder(({ values }) =>
      values.name === '=cmd()' ? { outcome: 'failed', issues: [{ path: '/name', code: 'x', message: { 'zh-CN': '不行', en: 'No' } }] } : null,
    );
    const run = await runImport(prepared, false, { ...unwatched, importRecords });
    expect(run).toMatchObject({ created: 1, failed: 3, done: 4 });
    expect(kept.map(({ values }) => values.name)).toEqual(['天鑫']);
    expect(run.failures.find(({ row }) => row === 4)?.issues).toEqual([{ column: 0, message: { 'zh-CN': '不行', en: 'No' } }]);
    const lines = writeFailures(prepared, run, 'zh-CN').split('\r\n');
    expect(lines[0]).toBe('\ufeff客户名称,首次接触时间,客户类型,原行号,未导入的原因');
    expect(lines[1]).toMatch(/^华信,2024-02-30,潜在客户,2,首次接触时间: /);
    expect(lines[2]).toMatch(/^'=cmd\(\),/);
    expect(lines[3]).toMatch(/^110101\*{8}0011,/);
  });

  it('follows what a person has chosen', async () => {
    const prepared = await prepare(file, 'customer', {
      columns: [
        { index: 1, target: null },
        { index: 2, target: 'customer_type', values: { 潜在客户: 'deal' } },
      ],
    });
    const { kept, importRecords } = recorder();
    await runImport(prepared, true, { ...unwatched, importRecords });
    expect(kept[0]?.values).toEqual({ name: '华信', customer_type: 'deal' });
    await expect(prepare(file, 'customer', { columns: [{ index: 0, target: '__proto__' }] })).rejects.toThrow(/invalid_request/);
    await expect(prepare(file, 'customer', { header: { from: 3, to: 99 } })).rejects.toThrow(/invalid_request/);
  });

  it('can be stopped between batches', async () => {
    const many = Buffer.from(`客户名称,客户类型\n${Array.from({ length: 1000 }, (_, index) => `客户${index},潜在客户\n`).join('')}`);
    const { importRecords } = recorder();
    let batches = 0;
    const run = await runImport(await prepare(many, 'customer'), false, { importRecords, onProgress: () => void batches++, isCancelled: () => batches === 2 });
    expect(run).toMatchObject({ state: 'cancelled', done: 500, total: 1000 });
  });
});
