import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { deskApp } from '../testing/desk-app.ts';
import { type Client, type Reply, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';

const DEALS = '/api/tables/deal/records';

describe.each(DATABASES)('files on %s', (database) => {
  let server: TestServer;
  let clerk: Client;
  let other: Client;
  let clerkUser: Actor;
  let account: string;
  beforeAll(async () => {
    server = await startTestServer(database, { definitions: deskApp });
    clerkUser = await server.workspace.addUser({ name: 'clerk', roles: ['clerk'] });
    clerk = await server.signedIn(clerkUser);
    other = await server.signedIn(await server.workspace.addUser({ name: 'other', roles: ['clerk'] }));
    account = await server.workspace.create(clerkUser, 'account', { name: 'Account' });
  });
  afterAll(() => server.close());

  interface Uploaded { id: string; name: string; size: number; type: string; image: boolean }
  const upload = async (name: string, content: string | Uint8Array, by = clerk): Promise<Uploaded> => {
    const reply = await by.upload('/api/files', { name, content });
    expect(reply.status, reply.text).toBe(201);
    return reply.body as Uploaded;
  };
  const codes = (reply: Reply): string[] => (reply.body as { issues: { path: string; code: string }[] }).issues.map((issue) => `${issue.path} ${issue.code}`);
  const stored = () => readdir(server.workspace.filesDir).catch(() => [] as string[]);

  it('are the sender’s until a record holds them, and then of those who may read its cell', async () => {
    const file = await upload('合同 final.txt', '内容');
    expect(file).toMatchObject({ name: '合同 final.txt', size: 6, image: false });
    expect((await other.get(`/api/files/${file.id}`)).status).toBe(404);
    const got = await clerk.get(`/api/files/${file.id}`);
    expect(got.text).toBe('内容');
    expect(got.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('合同 final.txt')}`);
    expect([got.headers.get('content-security-policy'), got.headers.get('x-content-type-options')]).toEqual(["default-src 'none'; sandbox", 'nosniff']);
    const made = await clerk.post(DEALS, { title: 'Deal', account, files: [file.id] });
    const { data, included } = made.body as { data: { id: string }; included: { file: Record<string, object> } };
    expect(included.file[file.id]).toMatchObject({ name: '合同 final.txt', size: 6 });
    expect((await clerk.get(`/api/files/${file.id}`)).status).toBe(200);
    expect((await other.get(`/api/files/${file.id}`)).status).toBe(404);
    await clerk.patch(`${DEALS}/${data.id}`, { files: null }, { 'If-Match': '"1"' });
    expect((await clerk.get(`/api/files/${file.id}`)).status).toBe(404);
  });

  it('cannot be claimed by somebody else or by a second record', async () => {
    const file = await upload('a.txt', 'a');
    const otherAccount = await other.post('/api/tables/account/records', { name: 'Other' });
    const theirs = (otherAccount.body as { data: { id: string } }).data.id;
    for (const id of [file.id, '01900000-0000-7000-8000-000000000000']) {
      const reply = await other.post(DEALS, { title: 'Theft', account: theirs, files: [id] });
      expect([reply.status, codes(reply)]).toEqual([422, ['/files no_such_file']]);
    }
    expect((await clerk.post(DEALS, { title: 'One', account, files: [file.id] })).status).toBe(201);
    expect(codes(await clerk.post(DEALS, { title: 'Two', account, files: [file.id] }))).toEqual(['/files no_such_file']);
    for (const value of ['x', [], ['../x'], [1], [file.id, file.id], { 0: file.id }]) {
      const reply = await clerk.post(DEALS, { title: 'Bad', account, files: value });
      expect([201, 422], JSON.stringify(value)).toContain(reply.status);
    }
  });

  it('lie under random names, whatever they are called', async () => {
    for (const name of ['../../etc/passwd', '..\\..\\boot.ini', '/abs/olute', 'C:\\x', '.htaccess', 'a'.repeat(500), 'con', 'x.html', 'a\r\nb.txt', '"quoted".txt', '😀.txt']) {
      const file = await upload(name, 'x');
      expect(file.name.length).toBeLessThanOrEqual(200);
      expect(file.name).not.toMatch(/[\\/\r\n]/);
      expect((await clerk.get(`/api/files/${file.id}`)).headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[^\s"]+$/);
    }
    expect((await stored()).every((name) => /^[0-9a-f]{32}(\.webp)?$/.test(name))).toBe(true);
  });

  it('are what their bytes say, not what their name says', async () => {
    const png = await sharp({ create: { width: 640, height: 480, channels: 3, background: 'red' } }).png().toBuffer();
    expect(await upload('picture.exe', png)).toMatchObject({ type: 'image/png', image: true });
    const html = await upload('evil.png', '<html><script>alert(1)</script></html>');
    expect(html).toMatchObject({ image: false });
    expect((await clerk.get(`/api/files/${html.id}`)).headers.get('content-type')).not.toMatch(/html|svg/);
    const svg = await upload('evil.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    expect((await clerk.get(`/api/files/${svg.id}`)).headers.get('content-type')).not.toMatch(/svg|html/);
  });

  it('are shown in place only as pictures and PDF, by their bytes, and never run', async () => {
    const png = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'red' } }).png().toBuffer();
    const inline = async (name: string, content: string | Uint8Array): Promise<Reply> => clerk.get(`/api/files/${(await upload(name, content)).id}/inline`);
    const picture = await inline('a.html', png);
    expect(['content-type', 'content-disposition', 'content-security-policy', 'x-content-type-options'].map((name) => picture.headers.get(name))).toEqual(['image/png', "inline; filename*=UTF-8''a.html", "default-src 'none'; sandbox", 'nosniff']);
    const pdf = await inline('a.pdf', '%PDF-1.7\n<html><script>alert(1)</script></html>');
    expect([pdf.headers.get('content-type'), pdf.headers.get('x-content-type-options')]).toEqual(['application/pdf', 'nosniff']);
    expect(pdf.headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'self'$/);
    expect(pdf.headers.get('content-security-policy')).not.toContain('script-src');
    const active: [string, string | Uint8Array][] = [
      ['page.html', '<!doctype html><html><script>alert(1)</script></html>'], ['page.pdf', '<html><script>alert(1)</script></html>'], ['drawing.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      ['drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'], ['x.xhtml', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>'], ['x.js', 'alert(1)'],
    ];
    for (const [name, content] of active) {
      const file = await upload(name, content);
      expect((await clerk.get(`/api/files/${file.id}/inline`)).status, name).toBe(415);
      const whole = await clerk.get(`/api/files/${file.id}`);
      expect([whole.headers.get('content-disposition')?.slice(0, 11), whole.headers.get('content-security-policy')], name).toEqual(['attachment;', "default-src 'none'; sandbox"]);
      expect(whole.headers.get('content-type'), name).not.toMatch(/html|svg|script/);
      const text = await clerk.get(`/api/files/${file.id}/text`);
      expect([text.headers.get('content-type'), (text.body as { text: string }).text], name).toEqual(['application/json; charset=utf-8', content]);
    }
  });

  it('are read as text in the encoding they have, the beginning of long ones, and not when they are none', async () => {
    const text = async (name: string, content: string | Uint8Array): Promise<unknown> => (await clerk.get(`/api/files/${(await upload(name, content)).id}/text`)).body;
    expect(await text('a.csv', '\ufeff客户,金额\n甲,1')).toEqual({ text: '客户,金额\n甲,1', truncated: false });
    expect(await text('gbk.csv', Buffer.from([0xbf, 0xcd, 0xbb, 0xa7, 0x2c, 0xbd, 0xf0, 0xb6, 0xee]))).toEqual({ text: '客户,金额', truncated: false });
    expect(await text('empty.txt', '')).toEqual({ text: '', truncated: false });
    const long = (await text('long.txt', '一行文字\n'.repeat(60_000))) as { text: string; truncated: boolean };
    expect([long.truncated, long.text.length > 50_000, long.text.endsWith('一行文字'), long.text.includes('\ufffd')]).toEqual([true, true, true, false]);
    expect(await text('noise.bin', Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251))).toEqual({ text: null, truncated: false });
    expect(await text('a.zip', Uint8Array.from([0x50, 0x4b, 3, 4, ...Array(200).fill(0)]))).toEqual({ text: null, truncated: false });
  });

  it('follow their record to its new owner, on every road (P28)', async () => {
    const png = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'red' } }).png().toBuffer();
    const [picture, words] = [await upload('site.png', png), await upload('plan.txt', 'plan')];
    const boss = await server.workspace.addUser({ name: 'boss', roles: ['lead'] });
    const from = await server.workspace.addUser({ name: 'from', roles: ['clerk'], superior: boss.userId });
    const to = await server.workspace.addUser({ name: 'to', roles: ['clerk'] });
    const moved = await server.workspace.create(clerkUser, 'account', { name: 'Moves' });
    expect((await clerk.post(DEALS, { title: 'Goes along', account: moved, files: [picture.id, words.id] })).status).toBe(201);
    await writeSession(server.workspace, systemActor, (session) => updateRecord(session, 'account', moved, { owner: from.userId }));
    const [old, next] = [await server.signedIn(from), await server.signedIn(to)];
    const roads = [`/api/files/${picture.id}`, `/api/files/${picture.id}/inline`, `/api/files/${picture.id}/thumbnail`, `/api/files/${words.id}`, `/api/files/${words.id}/text`];
    const answers = (by: Client): Promise<number[]> => Promise.all(roads.map(async (road) => (await by.get(road)).status));
    expect([await answers(old), await answers(next)]).toEqual([roads.map(() => 200), roads.map(() => 404)]);
    expect((await (await server.signedIn(boss)).post('/api/tables/account/records/transfer', { ids: [moved], owner: to.userId })).status).toBe(200);
    expect([await answers(old), await answers(next)]).toEqual([roads.map(() => 404), roads.map(() => 200)]);
  });

  it('show a small picture of pictures, and say so when one is broken', async () => {
    const png = await sharp({ create: { width: 640, height: 480, channels: 3, background: 'red' } }).png().toBuffer();
    const good = await upload('good.png', png);
    const thumbnail = await clerk.get(`/api/files/${good.id}/thumbnail`);
    expect(thumbnail.headers.get('content-type')).toBe('image/webp');
    expect(await sharp(thumbnail.bytes).metadata()).toMatchObject({ width: 320, height: 240 });
    const broken = await upload('broken.png', png.subarray(0, 60));
    expect((await clerk.get(`/api/files/${broken.id}/thumbnail`)).status).toBe(415);
    expect((await clerk.get(`/api/files/${(await upload('a.txt', 'x')).id}/thumbnail`)).status).toBe(404);
  });

  it('are refused when too large, missing or cut off, and leave nothing behind', async () => {
    const before = await stored();
    const large = await clerk.upload('/api/files', { name: 'large.bin', content: new Uint8Array(26 * 1_048_576) });
    expect(large.status).toBe(413);
    const form = new FormData();
    form.set('text', 'no file');
    expect((await clerk.send('POST', '/api/files', { body: form })).status).toBe(400);
    const cut = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc';
    expect((await clerk.send('POST', '/api/files', { body: cut, headers: { 'Content-Type': 'multipart/form-data; boundary=x' } })).status).toBe(400);
    expect((await clerk.send('POST', '/api/files', { body: cut, headers: { 'Content-Type': 'multipart/form-data' } })).status).toBe(415);
    expect((await clerk.post('/api/files', { name: 'x' })).status).toBe(415);
    expect((await server.visitor().upload('/api/files', { name: 'x', content: 'x' })).status).toBe(401);
    expect(await stored()).toEqual(before);
  });
});
