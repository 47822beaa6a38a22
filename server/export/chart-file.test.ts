/** A chart's numbers as a file: for those who may export what it counts, noted, and with nothing a spreadsheet would run. */
import { readdir } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Definitions } from '#engine/model/definitions.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { type Client, type Reply, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import { exportsDir } from './exports.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const definitions: Definitions = {
  app: { name: 'a', label: label('a'), version: '1.0.0', navigation: [], roles: [{ name: 'owner', label: label('owner'), owner: true }, { name: 'clerk', label: label('clerk') }, { name: 'reader', label: label('reader') }] },
  tables: [
    {
      name: 'firm', label: label('Firms'), titleField: 'name',
      fields: [{ name: 'name', label: label('Name'), type: 'text' }, { name: 'city', label: label('City'), type: 'text' }, { name: 'revenue', label: label('Revenue'), type: 'money' }, { name: 'secret', label: label('Secret'), type: 'text' }],
      permissions: { clerk: { read: true, export: true, fields: { secret: 'hidden' } }, reader: { read: true } },
    },
  ],
};
const chart = (more: object = {}) => ({ name: 'cities', label: label('Cities'), table: 'firm', type: 'bar', dimensions: [{ field: 'city' }], measures: [{ name: 'revenue', label: label('Revenue'), function: 'sum', field: 'revenue', format: 'money' }], ...more });
const sheet = { title: 'Cities: 2026', columns: [{ text: 'City', format: 'text' }, { text: 'Revenue', format: 'money' }], rows: [['=cmd|x', 1200.5], ['上海', 7]] };

describe.each(DATABASES)('the file of a chart on %s', (database) => {
  let server: TestServer;
  const people: Record<string, Client> = {};
  beforeAll(async () => {
    server = await startTestServer(database, { definitions });
    for (const name of ['owner', 'clerk', 'reader']) people[name] = await server.signedIn(await server.workspace.addUser({ name, roles: [name] }));
    for (const [city, revenue] of [['=cmd|x', 1200.5], ['上海', 7]] as const) await server.workspace.create(systemActor, 'firm', { name: `in ${city}`, city, revenue });
  });
  afterAll(() => server.close());
  const take = (who: string, body: object = {}): Promise<Reply> => (people[who] as Client).post('/api/charts/export', { chart: chart(), format: 'csv', sheet, ...body });
  const noted = () => server.workspace.database.all<{ changes: string }>(sql`SELECT changes FROM relata_audit WHERE action = 'export' ORDER BY seq`);

  it('is text that no spreadsheet runs, a workbook of typed cells, or a page to print', async () => {
    const csv = await take('clerk');
    expect(csv.status, csv.text).toBe(200);
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''Cities%202026-.*\.csv$/);
    expect(csv.text.replace('\ufeff', '')).toBe("City,Revenue\r\n'=cmd|x,1200.5\r\n上海,7\r\n");
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await take('clerk', { format: 'xlsx' })).bytes as never);
    const [page] = book.worksheets;
    expect(page?.getRow(2).values).toEqual([undefined, '=cmd|x', 1200.5]);
    expect(page?.getRow(2).getCell(1).type).toBe(ExcelJS.ValueType.String);
    expect((await take('clerk', { format: 'pdf' })).bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await noted()).map(({ changes }) => (typeof changes === 'string' ? JSON.parse(changes) : changes) as object)).toEqual(['csv', 'xlsx', 'pdf'].map((format) => ({ format, chart: 'Cities: 2026', rows: 2, filter: null })));
    await vi.waitFor(async () => expect(await readdir(exportsDir(server.workspace))).toEqual([]));
  });

  it('is refused to who may not export, for what they do not know, and with rows that the chart does not have', async () => {
    const before = (await noted()).length;
    expect((await take('reader')).status).toBe(403);
    expect((await take('clerk', { chart: chart({ dimensions: [{ field: 'secret' }] }) })).status).toBe(422);
    expect((await take('clerk', { sheet: { ...sheet, rows: [...sheet.rows, ['more', 1]] } })).body).toMatchObject({ status: 422, issues: [{ path: '/sheet/rows' }] });
    expect((await take('clerk', { format: 'exe' })).status).toBe(422);
    expect((await noted()).length).toBe(before);
    expect(await readdir(exportsDir(server.workspace))).toEqual([]);
  });
});
