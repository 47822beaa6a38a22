/** What goes out in a file: exactly the records and cells a person sees in the list, in cells no spreadsheet runs, noted in the audit. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { createRecord } from '../records/create-record.ts';
import { verifyAudit } from '../records/verify-audit.ts';
import { writeSession } from '../records/write-session.ts';
import { type Client, type Reply, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';

const label = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const field = (name: string, type: string, rest: Record<string, unknown> = {}): TableDefinition['fields'][number] => ({ name, label: label(`字段 ${name}`, name), type, ...rest });
const mine = { '==': [{ var: 'owner' }, { var: '$me' }] };

const definitions: Definitions = {
  app: {
    name: 'out', label: label('出', 'out'), version: '1.0.0', navigation: [],
    roles: [{ name: 'owner', label: label('主', 'owner'), owner: true }, { name: 'clerk', label: label('员', 'clerk') }, { name: 'reader', label: label('读', 'reader') }],
  },
  tables: [
    {
      name: 'firm',
      label: label('客户', 'Firms'),
      titleField: 'name',
      fields: [
        field('name', 'text', { required: true }), field('code', 'creditCode'), field('postcode', 'text'), field('phone', 'phone'), field('revenue', 'money'), field('share', 'percent'), field('heads', 'integer'),
        field('founded', 'date'), field('seen', 'dateTime'), field('kind', 'select', { options: [{ value: 'vip', label: label('重要', 'Key') }] }), field('tags', 'tags'),
        field('parent', 'reference', { table: 'firm', onDelete: 'null' }), field('parent_phone', 'lookup', { path: 'parent.phone' }), field('note', 'longText'), field('active', 'boolean'),
        field('secret', 'text'), field('private', 'phone', { sensitive: true }),
      ],
      exports: [
        { name: 'short', label: label('客户信息', 'Customer information'), columns: ['name', 'secret', 'parent.name'], filter: { '==': [{ var: 'kind' }, 'vip'] }, sort: ['name'] },
        { name: 'closed', label: label('内部', 'Internal'), columns: ['name'], roles: ['reader'] },
      ],
      permissions: { clerk: { create: true, read: mine, update: mine, export: true, import: true, fields: { secret: 'hidden' } }, reader: { read: true } },
    },
  ],
};
const COLUMNS = ['name', 'code', 'postcode', 'phone', 'revenue', 'share', 'heads', 'founded', 'seen', 'kind', 'tags', 'parent', 'parent_phone', 'note', 'active', 'private'];

describe.each(DATABASES)('exports on %s', (database) => {
  let server: TestServer;
  let clerk: Actor;
  let client: Client;
  let owner: Client;
  let dir: string;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'relata-export-'));
    server = await startTestServer(database, { definitions });
    const { workspace } = server;
    clerk = await workspace.addUser({ name: '陈晓', roles: ['clerk'] });
    owner = await server.signedIn(await workspace.addUser({ name: 'admin', roles: ['owner'] }));
    client = await server.signedIn(clerk);
    await writeSession(workspace, systemActor, async (session) => {
      const parent = await createRecord(session, 'firm', { name: '北京朝阳区𠮷野家', phone: '010-12345678', owner: clerk.userId, kind: 'vip', secret: 'canary-secret', private: '13800138000' });
      const full = { code: '91350100M000100Y43', postcode: '010000', phone: '13800138000', revenue: 1_200_000.5, share: 0.3, heads: 1200, founded: '2024-03-15', seen: '2024-03-15T06:00:00.000Z', kind: 'vip', tags: ['甲', '乙'], parent, note: '第一行\n第二行', active: true };
      await createRecord(session, 'firm', { ...full, name: '=cmd|\' /C calc\'!A0', owner: clerk.userId });
      await createRecord(session, 'firm', { name: '-2+3', owner: clerk.userId, note: '＝1+1', postcode: '-5' });
      await createRecord(session, 'firm', { name: '别人的客户', phone: '13911112222', secret: 'canary-foreign' });
      for (let i = 0; i < 450; i++) await createRecord(session, 'firm', { name: `客户 ${String(i).padStart(3, '0')}`, heads: i, owner: clerk.userId });
    });
  });
  afterAll(async () => {
    rmSync(dir, { recursive: true, force: true });
    await server.close();
  });

  async function take(body: Record<string, unknown>, by = client): Promise<{ reply: Reply; row: { id: string; state: string; done: number; total: number; problem: string | null } }> {
    const begun = await by.post('/api/tables/firm/export', body);
    expect(begun.status, begun.text).toBe(202);
    const { id } = begun.body as { id: string };
    const state = async () => (await by.get(`/api/exports/${id}`)).body as { id: string; state: string; done: number; total: number; problem: string | null };
    await expect.poll(async () => (await state()).state, { timeout: 20_000 }).not.toBe('running');
    const row = await state();
    expect(row.problem).toBeNull();
    return { reply: await by.get(`/api/exports/${id}/file`), row };
  }
  const lines = (text: string): string[] => text.replace(/^\ufeff/, '').trimEnd().split('\r\n');

  it('holds exactly the records of the list under the same filter and search, however many pages', async () => {
    const filter = { '>=': [{ var: 'heads' }, 20] };
    for (const request of [{ filter, sort: ['-heads'] }, { sort: ['name'] }, { filter, sort: ['heads'], search: '客户 1' }]) {
      const { reply, row } = await take({ format: 'csv', columns: ['name', 'heads'], ...request });
      const listed: string[] = [];
      let cursor: string | null = null;
      do {
        const query = new URLSearchParams({ fields: 'name', limit: '200', sort: request.sort.join(','), ...('filter' in request && { filter: JSON.stringify(request.filter) }), ...('search' in request && { search: request.search }), ...(cursor && { cursor }) });
        const page = (await client.get(`/api/tables/firm/records?${query}`)).body as { data: { name: string }[]; next: string | null };
        listed.push(...page.data.map(({ name }) => name));
        cursor = page.next;
      } while (cursor);
      const exported = lines(reply.text).slice(1).map((line) => line.replace(/,[^,]*$/, '').replace(/^"?'?|"?$/g, ''));
      expect(exported).toEqual(listed.map((name) => name.replace(/^"|"$/g, '')));
      expect(row).toMatchObject({ state: 'done', done: listed.length, total: listed.length });
    }
  });

  it('shows a masked cell masked and knows no hidden field and no hidden record', async () => {
    const { reply } = await take({ format: 'csv' });
    expect(reply.text).toContain('138****8000');
    for (const hidden of ['canary', '别人的客户', 'secret', '+8613800138000\r']) expect(reply.text).not.toContain(hidden);
    for (const columns of [['secret'], ['parent.secret'], ['nothing']]) expect((await client.post('/api/tables/firm/export', { format: 'csv', columns })).status).toBe(422);
    expect((await client.post('/api/tables/firm/export', { format: 'csv', filter: { '==': [{ var: 'secret' }, 'canary-secret'] } })).status).toBe(422);
    const preset = await take({ format: 'csv', preset: 'short' });
    expect(lines(preset.reply.text)[0]).toBe('name,parent · name');
    expect(lines(preset.reply.text)).toHaveLength(3);
    expect((await client.post('/api/tables/firm/export', { format: 'csv', preset: 'closed' })).status).toBe(422);
  });

  it('needs the right to export, and gives the file to nobody else', async () => {
    const reader = await server.signedIn(await server.workspace.addUser({ name: 'reader', roles: ['reader'] }));
    expect((await reader.post('/api/tables/firm/export', { format: 'csv' })).status).toBe(403);
    const { row } = await take({ format: 'csv', columns: ['name'] });
    for (const path of [`/api/exports/${row.id}`, `/api/exports/${row.id}/file`]) expect((await reader.get(path)).status).toBe(404);
    expect((await owner.get(`/api/exports/${row.id}`)).status).toBe(200);
    expect((await owner.get(`/api/exports/${row.id}/file`)).status).toBe(404);
    expect(((await owner.get('/api/exports?everybody=true')).body as { data: unknown[] }).data.length).toBeGreaterThan(2);
    expect(((await reader.get('/api/exports?everybody=true')).body as { data: unknown[] }).data).toEqual([]);
  });

  it('writes CSV for Excel on Chinese Windows, and otherwise as asked', async () => {
    const ids = (await server.workspace.database.all<{ id: string }>(sql`SELECT id FROM firm WHERE heads = 1200`)).map(({ id }) => id);
    const plain = await take({ format: 'csv', columns: COLUMNS, ids, locale: 'zh-CN' });
    expect(plain.reply.text.startsWith('\ufeff')).toBe(true);
    expect(plain.reply.text).toBe(
      `\ufeff${COLUMNS.map((name) => `字段 ${name}`).join(',')}\r\n` +
        `'=cmd|' /C calc'!A0,91350100M000100Y43,010000,138 0013 8000,1200000.5,0.3,1200,2024-03-15,2024-03-15 14:00,重要,甲、乙,北京朝阳区𠮷野家,010-12345678,"第一行\n第二行",是,\r\n`,
    );
    const other = await take({ format: 'csv', columns: ['name', 'parent', 'tags'], ids, encoding: 'gb18030', delimiter: ';' });
    expect(iconv.decode(other.reply.bytes, 'gb18030')).toBe(`name;parent;tags\r\n'=cmd|' /C calc'!A0;北京朝阳区𠮷野家;"甲, 乙"\r\n`);
    expect((await take({ format: 'csv', columns: ['name'], ids, bom: false })).reply.text.startsWith('name')).toBe(true);
  });

  it('runs no formula, and comes back by the import as it was', async () => {
    const { reply } = await take({ format: 'csv', columns: ['name', 'note', 'postcode'], filter: { or: [{ startsWith: [{ var: 'name' }, '='] }, { startsWith: [{ var: 'name' }, '-'] }] } });
    for (const line of lines(reply.text).slice(1)) for (const cell of line.split(',')) expect(cell).not.toMatch(/^"?[=@＝＋－＠\t]|^"?[+-](?!\d+$)/);
    const draft = await client.upload('/api/tables/firm/imports', { name: 'again.csv', content: reply.bytes });
    const { id } = draft.body as { id: string };
    await client.post(`/api/imports/${id}/run`, { dryRun: false });
    await expect.poll(async () => ((await client.get(`/api/imports/${id}`)).body as { run: { state: string } }).run.state).toBe('done');
    const rows = await server.workspace.database.all<{ name: string; note: string | null }>(sql`SELECT name, note FROM firm WHERE name LIKE '=%' OR name LIKE '-%' ORDER BY name, id`);
    expect(rows.map(({ name, note }) => [name, note])).toEqual([['-2+3', '＝1+1'], ['-2+3', '＝1+1'], ["=cmd|' /C calc'!A0", '第一行\n第二行'], ["=cmd|' /C calc'!A0", '第一行\n第二行']]);
    await client.post(`/api/imports/${id}/undo`);
  });

  it('writes workbooks with typed cells, a frozen heading and a filter', async () => {
    const { reply } = await take({ format: 'xlsx', columns: COLUMNS, filter: { notEmpty: [{ var: 'code' }] }, locale: 'zh-CN' });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(reply.bytes as unknown as ArrayBuffer);
    const sheet = book.worksheets[0] as ExcelJS.Worksheet;
    expect(sheet.name).toBe('客户');
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.autoFilter).toBe('A1:P2');
    expect(sheet.getCell('A1').font.bold).toBe(true);
    const cell = (name: string) => sheet.getRow(2).getCell(COLUMNS.indexOf(name) + 1);
    expect([cell('name').value, cell('name').numFmt, cell('name').type]).toEqual(["=cmd|' /C calc'!A0", '@', ExcelJS.ValueType.String]);
    for (const [name, value] of Object.entries({ code: '91350100M000100Y43', postcode: '010000', phone: '138 0013 8000', kind: '重要', parent: '北京朝阳区𠮷野家', tags: '甲、乙' })) expect([cell(name).value, cell(name).numFmt]).toEqual([value, '@']);
    expect([cell('revenue').value, cell('revenue').numFmt, cell('share').value, cell('share').numFmt, cell('heads').value]).toEqual([1_200_000.5, '#,##0.00', 0.3, '0%', 1200]);
    expect([cell('founded').value, cell('founded').numFmt]).toEqual([new Date('2024-03-15T00:00:00Z'), 'yyyy-mm-dd']);
    expect([cell('seen').value, cell('seen').numFmt]).toEqual([new Date('2024-03-15T14:00:00Z'), 'yyyy-mm-dd hh:mm']);
    expect(sheet.getColumn(1).width).toBeGreaterThan(9);
  });

  it('writes the customer card: merged title in 宋体 20, centred, bordered, key columns filled', async () => {
    const { reply } = await take({ format: 'xlsx', style: 'card', columns: ['code', 'name', 'heads'], filter: { notEmpty: [{ var: 'code' }] }, locale: 'zh-CN' });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(reply.bytes as unknown as ArrayBuffer);
    const sheet = book.worksheets[0] as ExcelJS.Worksheet;
    expect(sheet.model.merges).toEqual(['A1:C1']);
    expect(sheet.getCell('A1')).toMatchObject({ value: '客户', font: { name: '宋体', size: 20 }, alignment: { horizontal: 'center' } });
    for (const address of ['A2', 'B2', 'A3', 'B3', 'C3']) {
      expect(sheet.getCell(address).border).toMatchObject({ top: { style: 'thin' }, left: { style: 'thin' }, bottom: { style: 'thin' }, right: { style: 'thin' } });
      expect(sheet.getCell(address).alignment.horizontal).toBe('center');
    }
    expect(sheet.getCell('B3').fill).toMatchObject({ pattern: 'solid', fgColor: { argb: 'FFFFF2CC' } });
    expect(sheet.getCell('A3').fill).toMatchObject({ pattern: 'none' });
  });

  it('prints PDF whose Chinese can be selected and copied, with the heading on every page', async () => {
    const { reply } = await take({ format: 'pdf', columns: ['name', 'phone', 'heads', 'parent'], sort: ['-heads'], locale: 'zh-CN', filterText: '客户是我的' });
    const file = join(dir, `${database}.pdf`);
    writeFileSync(file, reply.bytes);
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    for (const part of ['北京朝阳区𠮷野家', '138 0013 8000', '陈晓', '客户是我的', '共 453 条', '客户 449']) expect(text).toContain(part);
    const pages = text.split('\f').slice(0, -1);
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) expect(page).toContain('字段 phone');
    expect(pages[0]).toContain(`1 / ${pages.length}`);
    expect(reply.bytes.length).toBeLessThan(600_000);
  });

  it('is written in the audit with what was asked for and how much was taken', async () => {
    const { row } = await take({ format: 'csv', columns: ['name'], filter: { '<': [{ var: 'heads' }, 5] }, search: '110101199003070011' });
    const [noted] = await server.workspace.database.all<{ actor: string; table_name: string; action: string; changes: string }>(sql`SELECT actor, table_name, action, changes FROM relata_audit WHERE record_id = ${row.id}`);
    expect(noted).toMatchObject({ actor: clerk.userId, table_name: 'firm', action: 'export' });
    expect(JSON.parse(noted?.changes ?? '')).toEqual({ format: 'csv', columns: ['name'], rows: 0, filter: { '<': [{ var: 'heads' }, 5] }, search: '110101********0011' } satisfies Json);
    expect(await verifyAudit(server.workspace.database)).toMatchObject({ broken: null });
  });

  it('can be cancelled and leaves no file then', async () => {
    // Its first page arrives only after the cancelling, however quick the database is.
    const { database } = server.workspace;
    const read = database.values.bind(database);
    let goOn = (): void => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const pages = vi.spyOn(database, 'values').mockImplementation(async (...query) => {
      await held;
      return read(...query);
    });
    const begun = await client.post('/api/tables/firm/export', { format: 'csv' });
    const { id } = begun.body as { id: string };
    await client.post(`/api/exports/${id}/cancel`);
    goOn();
    pages.mockRestore();
    await expect.poll(async () => ((await client.get(`/api/exports/${id}`)).body as { state: string }).state).toBe('cancelled');
    expect((await client.get(`/api/exports/${id}/file`)).status).toBe(404);
  });
});
