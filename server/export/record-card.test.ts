/** The printed record shows what its reader may see and nothing else. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Definitions } from '#engine/model/definitions.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { deskApp } from '../testing/desk-app.ts';
import { startTestServer } from '../testing/test-server.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const definitions: Definitions = {
  ...deskApp,
  tables: deskApp.tables.map((table) =>
    table.name === 'account'
      ? { ...table, page: { ...table.page, header: ['code', 'budget'], related: [{ table: 'deal', field: 'account', columns: ['title', 'total'] }, { table: 'task', field: 'account', columns: ['title'] }] }, forms: [{ name: 'main', label: label('main'), sections: [{ name: 'a', label: label('基本信息'), fields: ['name', 'phone', 'secret', 'since'] }] }] }
      : table,
  ),
};

it('prints the sections and related lists of a record by the rights of who prints it, and notes it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'relata-card-'));
  const server = await startTestServer('sqlite', { definitions });
  try {
    const { workspace } = server;
    const clerk = await workspace.addUser({ name: '陈晓', roles: ['clerk'] });
    const other = await workspace.addUser({ name: 'other', roles: ['clerk'] });
    const id = await workspace.create(systemActor, 'account', { name: '北京朝阳区𠮷野家', code: 'A-1', phone: '13800138000', secret: 'canary', budget: 4711, owner: clerk.userId });
    await workspace.create(systemActor, 'deal', { title: '第一单', account: id, owner: clerk.userId });
    const client = await server.signedIn(clerk);
    const reply = await client.post(`/api/tables/account/records/${id}/card`, {}, { 'Accept-Language': 'zh-CN' });
    expect(reply.headers.get('content-type')).toBe('application/pdf');
    writeFileSync(join(dir, 'card.pdf'), reply.bytes);
    const text = execFileSync('pdftotext', ['-layout', join(dir, 'card.pdf'), '-'], { encoding: 'utf8' });
    for (const part of ['北京朝阳区𠮷野家', 'A-1', '***', '基本信息', '138 0013 8000', 'deal', '第一单', '陈晓']) expect(text).toContain(part);
    for (const hidden of ['canary', '4,711', '4711', 'task']) expect(text).not.toContain(hidden);
    expect((await (await server.signedIn(other)).post(`/api/tables/account/records/${id}/card`)).status).toBe(404);
    const noted = await workspace.database.all(sql`SELECT actor, action FROM relata_audit WHERE record_id = ${`print:${id}`}`);
    expect(noted).toEqual([{ actor: clerk.userId, action: 'print' }]);
    expect((await client.get(`/api/tables/account/records/${id}/timeline`)).status).toBe(200);
  } finally {
    rmSync(dir, { recursive: true, force: true });
    await server.close();
  }
});
