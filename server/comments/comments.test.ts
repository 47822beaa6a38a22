/** Comments over HTTP on both databases: who reads and writes them, who may be mentioned, and what a notice tells. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import type { Comment } from '#engine/records/comment.ts';
import type { NoticeItem, NoticePage } from '#engine/workflows/reports.ts';
import { sql } from '../db/sql.ts';
import { outboxPage } from '../outbox/outbox-items.ts';
import { updateRecord } from '../records/update-record.ts';
import { verifyAudit } from '../records/verify-audit.ts';
import { writeSession } from '../records/write-session.ts';
import { deskApp } from '../testing/desk-app.ts';
import { type Client, type Reply, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';
import type { CommentPage } from './read-comments.ts';

const ID_NUMBER = '11010519491231002X';

describe.each(DATABASES)('comments on %s', (database) => {
  let server: TestServer;
  const actors: Record<string, Actor> = {};
  const clients: Record<string, Client> = {};
  let account: string;
  beforeAll(async () => {
    server = await startTestServer(database, { definitions: deskApp });
    actors.boss = await server.workspace.addUser({ name: 'boss', roles: ['lead'] });
    actors.anna = await server.workspace.addUser({ name: 'anna', roles: ['clerk'], superior: actors.boss.userId });
    actors.bert = await server.workspace.addUser({ name: 'bert', roles: ['clerk'] });
    actors.owner = await server.workspace.addUser({ name: 'owner', roles: ['owner'] });
    for (const name of Object.keys(actors)) clients[name] = await server.signedIn(actors[name] as Actor);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    account = await server.workspace.create(actors.anna as Actor, 'account', { name: 'Acme' });
  });

  const as = (name: string): Client => clients[name] as Client;
  const at = (name: string): string => `@{${actors[name]?.userId}}`;
  const path = (id = account): string => `/api/tables/account/records/${id}/comments`;
  const say = (who: string, body: string, headers: Record<string, string> = {}): Promise<Reply> => as(who).send('POST', path(), { body: { body }, headers });
  const said = async (who: string, body: string): Promise<Comment> => {
    const reply = await say(who, body);
    expect(reply.status, reply.text).toBe(201);
    return (reply.body as { data: Comment }).data;
  };
  const list = async (who: string): Promise<CommentPage> => (await as(who).get(path())).body as CommentPage;
  const edit = (who: string, comment: Comment, body: string, version = comment.version): Promise<Reply> => as(who).patch(`/api/comments/${comment.id}`, { body }, { 'If-Match': `"${version}"` });
  const codes = (reply: Reply): string[] => ((reply.body as { issues?: { code: string }[] }).issues ?? []).map((issue) => issue.code);
  const inbox = async (who: string): Promise<readonly NoticeItem[]> => ((await as(who).get('/api/notices')).body as NoticePage).items;
  const give = (owner: string, id = account): Promise<void> => writeSession(server.workspace, systemActor, (session) => updateRecord(session, 'account', id, { owner: actors[owner]?.userId as string }));
  const audited = async (): Promise<{ action: string; changes: Json }[]> =>
    (await server.workspace.database.all<{ action: string; changes: string }>(sql`SELECT action, changes FROM relata_audit WHERE record_id = ${account} AND action LIKE ${'comment%'} ORDER BY seq`)).map(({ action, changes }) => ({ action, changes: JSON.parse(changes) as Json }));

  it('are read and written by whoever reads the record, newest first, and stand in its timeline', async () => {
    await said('anna', 'first');
    await said('boss', `**second** for ${at('anna')}`);
    const page = await list('anna');
    expect(page.data.map(({ body, by, access }) => [body, by === actors.anna?.userId, access.update])).toEqual([[`**second** for ${at('anna')}`, false, false], ['first', true, true]]);
    expect(page.included.user?.[actors.boss?.userId ?? '']?.title).toBe('boss');
    const timeline = (await as('anna').get(`/api/tables/account/records/${account}/timeline`)).body as { data: { kind: string; body?: string }[] };
    expect(timeline.data.map(({ kind }) => kind).sort()).toEqual(['change', 'comment', 'comment']);
    const only = (await as('anna').get(`/api/tables/account/records/${account}/timeline?kind=comment`)).body as { data: { kind: string }[] };
    expect(only.data.map(({ kind }) => kind)).toEqual(['comment', 'comment']);
    expect((await as('anna').get(`/api/tables/account/records/${account}/timeline?kind=other`)).status).toBe(422);
  });

  it('come page by page, none twice and none left out, in the list and in the timeline', async () => {
    for (let i = 0; i < 65; i++) await said('anna', `number ${i}`);
    for (const road of [path(), `/api/tables/account/records/${account}/timeline`]) {
      const bodies: string[] = [];
      let next: string | null = '';
      while (next !== null) {
        const page: { data: { body?: string }[]; next: string | null } = (await as('anna').get(`${road}?cursor=${next}`)).body as never;
        bodies.push(...page.data.flatMap(({ body }) => body ?? []));
        next = page.next;
      }
      expect(bodies, road).toEqual(Array.from({ length: 65 }, (_, i) => `number ${64 - i}`));
    }
    for (const cursor of ['nonsense', Buffer.from('[1,2]').toString('base64url')]) expect(codes(await as('anna').get(`${path()}?cursor=${cursor}`))).toEqual(['bad_cursor']);
  });

  it('are not there for who may not read the record, nor for who has lost it', async () => {
    const comment = await said('anna', 'mine');
    for (const reply of [await as('bert').get(path()), await say('bert', 'hello'), await edit('bert', comment, 'x'), await as('bert').delete(`/api/comments/${comment.id}`)]) expect(reply.status).toBe(404);
    await give('bert');
    for (const reply of [await as('anna').get(path()), await say('anna', 'hello'), await edit('anna', comment, 'x'), await as('anna').delete(`/api/comments/${comment.id}`)]) expect(reply.status).toBe(404);
    expect((await list('bert')).data.map(({ body }) => body)).toEqual(['mine']);
  });

  it('are changed and removed by who wrote them and by a system owner, nobody else, and say so', async () => {
    const comment = await said('anna', 'hello');
    expect((await edit('boss', comment, 'x')).status).toBe(403);
    expect((await as('boss').delete(`/api/comments/${comment.id}`)).status).toBe(403);
    expect((await edit('anna', comment, 'hello there')).body).toMatchObject({ data: { body: 'hello there', version: 2, changedBy: actors.anna?.userId } });
    expect((await edit('owner', comment, 'hello all', 2)).body).toMatchObject({ data: { version: 3, by: actors.anna?.userId, changedBy: actors.owner?.userId } });
    expect((await as('anna').delete(`/api/comments/${comment.id}`)).status).toBe(204);
    expect((await list('anna')).data).toEqual([]);
    expect((await edit('anna', comment, 'back')).status).toBe(404);
  });

  it('are not overwritten by who saw an older version', async () => {
    const comment = await said('anna', 'hello');
    await edit('anna', comment, 'one');
    const late = await edit('anna', comment, 'two');
    expect([late.status, codes(late)]).toEqual([409, ['conflict']]);
    expect((await as('anna').send('DELETE', `/api/comments/${comment.id}`, { headers: { 'If-Match': '"1"' } })).status).toBe(409);
    expect((await as('anna').send('PATCH', `/api/comments/${comment.id}`, { body: { body: 'x' } })).status).toBe(428);
    expect((await list('anna')).data.map(({ body }) => body)).toEqual(['one']);
  });

  it('are written once, however often the request comes', async () => {
    const key = { 'Idempotency-Key': `key-${account}` };
    const [first, second] = [await say('anna', 'once', key), await say('anna', 'once', key)];
    expect((second.body as { data: Comment }).data.id).toBe((first.body as { data: Comment }).data.id);
    expect(codes(await say('anna', 'other', key))).toEqual(['key_reused']);
    expect((await list('anna')).data).toHaveLength(1);
  });

  it('mention only who may read the record, and name who may not', async () => {
    const refused = await as('anna').send('POST', path(), { body: { body: `look, ${at('bert')} and ${at('boss')}` }, headers: { 'Accept-Language': 'zh-CN' } });
    expect([refused.status, codes(refused)]).toEqual([422, ['mention_unreadable']]);
    expect(refused.text).toContain('bert无权查看');
    expect(refused.text).not.toContain('boss');
    expect((await as('anna').send('POST', path(), { body: { body: at('bert') }, headers: { 'Accept-Language': 'en' } })).text).toContain('bert may not read this account');
    expect(codes(await say('anna', '@{nobody}'))).toEqual(['no_such_record']);
    const comment = await said('anna', 'for now');
    expect(codes(await edit('anna', comment, at('bert')))).toEqual(['mention_unreadable']);
    expect(await inbox('bert')).toEqual([]);
  });

  it('offer for a mention only who may read the record', async () => {
    const offered = async (who: string, search = ''): Promise<string[]> => ((await as(who).get(`/api/tables/account/records/${account}/mentionable?search=${search}`)).body as { data: { name: string }[] }).data.map(({ name }) => name);
    expect(await offered('anna')).toEqual(['anna', 'boss', 'owner']);
    expect([await offered('anna', 'bo'), await offered('anna', 'bert')]).toEqual([['boss'], []]);
    await give('bert');
    expect(await offered('bert')).toEqual(['bert', 'owner']);
    expect((await as('anna').get(`/api/tables/account/records/${account}/mentionable`)).status).toBe(404);
  });

  it('tell the mentioned, once, and never oneself', async () => {
    const comment = await said('anna', `${at('boss')} ${at('boss')} ${at('anna')} please look`);
    const [notice, ...rest] = (await inbox('boss')).filter((item) => item.record?.id === account);
    expect(notice).toMatchObject({ title: 'anna mentioned you in a comment (account)', body: '@boss @boss @anna please look', record: { table: 'account', id: account, title: 'Acme' } });
    expect(rest).toEqual([]);
    expect((await inbox('anna')).filter((item) => item.record?.id === account)).toEqual([]);
    await edit('anna', comment, `${at('boss')} never mind`);
    expect((await inbox('boss')).filter((item) => item.record?.id === account).map(({ body }) => body)).toEqual(['@boss never mind']);
    await as('anna').delete(`/api/comments/${comment.id}`);
    expect((await inbox('boss')).find((item) => item.record?.id === account)).toMatchObject({ body: null });
  });

  it('leave the house by mail only where that is wished', async () => {
    const mails = async (): Promise<{ target: string; body: string }[]> => (await outboxPage(server.workspace.database, {})).items.filter(({ body }) => body?.includes(account)) as never;
    await said('anna', `${at('boss')} by mail`);
    expect((await mails()).map(({ body }) => body.includes('@boss by mail'))).toEqual([true]);
    await as('boss').send('PUT', '/api/notices/preferences', { body: { email: false, quiet: null, digestAt: null, muted: [], absence: null } });
    await said('anna', `${at('boss')} not by mail`);
    expect(await mails()).toHaveLength(1);
    expect((await inbox('boss')).some(({ body }) => body === '@boss not by mail')).toBe(true);
  });

  it('tell nothing more to who has lost the record since (P17)', async () => {
    await said('anna', `${at('boss')} secret plan`);
    await give('bert');
    const [notice] = (await inbox('boss')).filter((item) => item.record?.id === account);
    expect(notice).toMatchObject({ title: 'About a record you can no longer see', body: null, record: { title: '' } });
    expect(JSON.stringify(notice)).not.toMatch(/secret|anna|Acme/);
  });

  it('name people by the names they have now', async () => {
    const carl = await server.workspace.addUser({ name: 'carl', roles: ['owner'] });
    await said('anna', `@{${carl.userId}} hi`);
    await writeSession(server.workspace, systemActor, (session) => updateRecord(session, 'user', carl.userId, { name: 'charles' }));
    expect((await list('anna')).included.user?.[carl.userId]?.title).toBe('charles');
  });

  it('hold no ID-document and no bank-card number, and never repeat one', async () => {
    const reply = await say('anna', `his number: ${ID_NUMBER} ${at('boss')}`);
    expect([reply.status, codes(reply)]).toEqual([422, ['sensitive_number']]);
    expect(reply.text).not.toContain(ID_NUMBER);
    const comment = await said('anna', 'fine');
    expect(codes(await edit('anna', comment, '6222 0212 3456 7890 128 卡号'))).toEqual(['sensitive_number']);
    expect((await list('anna')).data.map(({ body }) => body)).toEqual(['fine']);
  });

  it('hold something, not too much, as people read it', async () => {
    expect(codes(await say('anna', ' \n '))).toEqual(['required']);
    expect(codes(await say('anna', 'x'.repeat(4001)))).toEqual(['too_long']);
    // A mention counts as the name.
    expect((await say('anna', `${'x'.repeat(3980)} ${at('boss')}`)).status).toBe(201);
  });

  it('are noted in the audit without their texts', async () => {
    const comment = await said('anna', `${at('boss')} secret words`);
    await edit('anna', comment, 'other secret words');
    await as('anna').delete(`/api/comments/${comment.id}`);
    const notes = await audited();
    expect(notes.map(({ action }) => action)).toEqual(['comment', 'comment_change', 'comment_delete']);
    expect(notes[0]?.changes).toEqual({ comment: comment.id, mentions: [actors.boss?.userId] });
    expect(JSON.stringify(notes)).not.toContain('secret');
    expect(await verifyAudit(server.workspace.database)).toMatchObject({ broken: null });
  });

  it('go to the bin with the record, come back with it, and are gone when it is purged', async () => {
    const comment = await said('anna', `${at('boss')} here`);
    await as('anna').delete(`/api/tables/account/records/${account}`);
    for (const reply of [await as('anna').get(path()), await say('anna', 'x'), await edit('anna', comment, 'x'), await as('owner').delete(`/api/comments/${comment.id}`)]) expect(reply.status).toBe(404);
    const timeline = (await as('anna').get(`/api/tables/account/records/${account}/timeline`)).body as { data: { kind: string }[] };
    expect(timeline.data.some(({ kind }) => kind === 'comment')).toBe(false);
    expect((await inbox('boss')).find((item) => item.record?.id === account)?.body ?? null).toBe(null);
    await as('anna').post(`/api/tables/account/records/${account}/restore`);
    expect((await list('anna')).data.map(({ id }) => id)).toEqual([comment.id]);
    await as('anna').delete(`/api/tables/account/records/${account}`);
    expect((await as('owner').delete(`/api/tables/account/records/${account}?purge=true`)).status).toBe(204);
    expect(await server.workspace.database.get(sql`SELECT id FROM relata_comment WHERE record_id = ${account}`)).toBeUndefined();
  });

  it('reach open screens of who may read the record, of other processes too', async () => {
    const heard: unknown[] = [];
    const stop = server.workspace.changes.subscribe((changes) => heard.push(...changes));
    await said('anna', 'live');
    stop();
    expect(heard).toEqual([{ table: 'account', id: account, action: 'comment', by: actors.anna?.userId }]);
    expect(await server.workspace.database.get(sql`SELECT action FROM relata_event WHERE record_id = ${account} ORDER BY seq DESC LIMIT 1`)).toEqual({ action: 'comment' });
  });
});
