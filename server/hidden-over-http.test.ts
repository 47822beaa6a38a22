/**
 * The reads that go out in other ways than as records, over HTTP: charts, dashboards, files of exports, printed records, shares,
 * reasons, live events, inbox, lists of what one did. Two servers that differ only in what is hidden answer all of them alike.
 */
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import type { Definitions } from '#engine/model/definitions.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { createComment } from './comments/write-comment.ts';
import { updateRecord } from './records/update-record.ts';
import { writeSession } from './records/write-session.ts';
import { listShares, revokeShare, shareRecords } from './sharing/shares.ts';
import { deskApp } from './testing/desk-app.ts';
import { fillSide, LEFT, RIGHT, type Side, told } from './testing/hidden-sides.ts';
import { eventually, listen } from './testing/live-stream.ts';
import { type Client, type Reply, startTestServer, type TestServer } from './testing/test-server.ts';
import { DATABASES, type DatabaseName } from './testing/test-workspace.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const NOW = '2026-03-02T01:00:00.000Z';
const FIELDS = ['name', 'phone', 'level', 'secret', 'secret_twice', 'budget', 'parent', 'parent.name', 'parent.secret', 'parent.budget', 'parent.parent.name', 'owner', 'owner.name', 'partners', 'deals', 'deal_total', 'created_at'];
const count = { name: 'count', label: label('count'), function: 'count' } as const;
const chartOf = (name: string, rest: object) => ({ name, label: label(name), table: 'account', type: 'bar', measures: [count], ...rest });

/** The charts one may ask for: by every field, of every field, filtered and split by every field. */
const CHARTS: object[] = FIELDS.flatMap((field) => [
  chartOf('by', { dimensions: [{ field }] }),
  chartOf('stacked', { dimensions: [{ field: 'level' }, { field }] }),
  chartOf('sum', { type: 'number', measures: [{ name: 'sum', label: label('sum'), function: 'sum', field }] }),
  chartOf('filtered', { type: 'number', filter: { '>': [{ var: field }, 500] } }),
  chartOf('is', { type: 'number', filter: { '==': [{ var: field }, LEFT.secret] } }),
]);

/** The desk with a dashboard, of which some cards are for those who see more, and the right to export. */
function deskWithMore(): Definitions {
  const definitions = structuredClone(deskApp) as unknown as { tables: { name: string; permissions?: Record<string, Record<string, unknown>> }[] } & Record<string, unknown>;
  for (const table of definitions.tables) if (table.permissions?.clerk) Object.assign(table.permissions.clerk, { export: true, share: true, ...(table.name === 'account' && { read: 'shared', update: 'own' }) });
  const cards = [chartOf('levels', { dimensions: [{ field: 'level' }] }), chartOf('parents', { dimensions: [{ field: 'parent' }] }), chartOf('money', { type: 'number', measures: [{ name: 'sum', label: label('sum'), function: 'sum', field: 'deal_total' }] })];
  definitions.dashboards = [{ name: 'desk', label: label('desk'), cards: cards.map((chart, i) => ({ name: `card${i}`, x: i * 4, y: 0, w: 4, h: 4, chart })) }];
  return definitions as unknown as Definitions;
}

interface Served extends Side {
  readonly server: TestServer;
  readonly clients: Readonly<Record<'clerk' | 'both', Client>>;
}

async function serve(database: DatabaseName, hidden: typeof LEFT): Promise<Served> {
  const server = await startTestServer(database, { definitions: deskWithMore(), now: NOW });
  const side = await fillSide(server.workspace, hidden);
  // A talk about a hidden record, longer on one side, and one about a record both see.
  const say = (key: string, text: string) => server.workspace.database.transaction((tx) => createComment(server.workspace, tx, systemActor, 'account', side.records[key] ?? '', text));
  for (let i = 0; i <= hidden.extra; i++) await say('far', `${hidden.secret} ${i}`);
  await say('clerk own', 'seen by whoever sees the record');
  return { ...side, server, clients: { clerk: await server.signedIn(side.clerk), both: await server.signedIn(side.both) } };
}

describe.each(DATABASES)('what is hidden changes nothing that leaves the server on %s', (database) => {
  let left: Served;
  let right: Served;
  beforeAll(async () => {
    [left, right] = [await serve(database, LEFT), await serve(database, RIGHT)];
  });
  afterAll(async () => {
    await left.server.close();
    await right.server.close();
  });

  const canary = (what: string) => /canary|zebra|左边|右侧|11111|99999|99_999|1111111|2222222/.exec(what);
  /** What was asked may come back in a refusal; nothing else of what is hidden may. */
  async function alike(what: string, read: (side: Served) => Promise<Reply | string>, refused: 'may be refused' | 'answers' = 'may be refused'): Promise<void> {
    const texts: string[] = [];
    for (const side of [left, right]) {
      const reply = await read(side);
      if (typeof reply !== 'string' && refused === 'answers') expect(reply.status, `${what}: ${reply.text}`).toBeLessThan(300);
      texts.push(told(side, typeof reply === 'string' ? reply : `${reply.status} ${reply.text}`));
    }
    expect(texts[1], what).toBe(texts[0]);
    expect(canary((texts[0] ?? '').replaceAll(LEFT.secret, '')), what).toBeNull();
  }

  describe.each(['clerk', 'both'] as const)('for %s', (user) => {
    it('in charts over every field', async () => {
      let answered = 0;
      for (const chart of CHARTS) {
        await alike(JSON.stringify(chart), async (side) => {
          const reply = await side.clients[user].post('/api/charts/data', { chart });
          if (reply.status === 200) answered += 1;
          return reply;
        });
        await alike(`searched ${JSON.stringify(chart)}`, (side) => side.clients[user].post('/api/charts/data', { chart, search: 'zebra' }));
      }
      expect(answered).toBeGreaterThan(30);
    });

    it('in dashboards', () => alike('dashboard', (side) => side.clients[user].post('/api/dashboards/desk/data', {}), 'answers'));

    it('in files of exports', async () => {
      for (const [format, columns] of [['csv', FIELDS], ['csv', undefined], ['csv', ['name', 'budget', 'parent.name', 'parent.budget', 'deals']], ['xlsx', ['name', 'phone', 'budget', 'parent', 'deal_total']]] as const) {
        for (const extra of [{}, { search: 'zebra' }, { filter: { '>': [{ var: 'deals' }, 0] } }, { filter: { '>': [{ var: 'budget' }, 500] } }]) {
          await alike(`${format} ${String(columns)} ${JSON.stringify(extra)}`, async (side) => {
            const client = side.clients[user];
            const begun = await client.post('/api/tables/account/export', { format, ...(columns && { columns }), ...extra });
            if (begun.status !== 202) return `${begun.status} ${begun.text}`;
            const { id } = begun.body as { id: string };
            const state = async () => ((await client.get(`/api/exports/${id}`)).body as { state: string }).state;
            await expect.poll(state, { timeout: 20_000 }).not.toBe('running');
            const { bytes } = await client.get(`/api/exports/${id}/file`);
            if (format === 'csv') return bytes.toString('utf8');
            return Object.entries(unzipSync(bytes)).filter(([name]) => name.startsWith('xl/')).map(([name, part]) => `${name}\n${Buffer.from(part).toString('utf8')}`).join('\n');
          });
        }
      }
    });

    it('in shares, reasons, printed pages and uncovering, of every record', async () => {
      for (const key of Object.keys(left.records)) {
        if (!(key in right.records)) continue;
        const path = (side: Served, rest: string) => `/api/tables/account/records/${side.records[key]}${rest}`;
        for (const rest of ['/shares', '/why', '/workflows', '/timeline', '/comments', '/timeline?kind=comment']) await alike(key + rest, (side) => side.clients[user].get(path(side, rest)));
        await alike(`${key} reveal`, (side) => side.clients[user].post(path(side, '/reveal'), { field: 'secret', reason: 'to know' }));
        await alike(`${key} card`, async (side) => String((await side.clients[user].post(path(side, '/card'))).status));
        await alike(`${key} share`, (side) => side.clients[user].post('/api/tables/account/records/share', { ids: [side.records[key]], with: [{ kind: 'user', id: side.both.userId }], access: 'read', until: null }));
      }
    });

    it('in what was shared for a while', async () => {
      for (const side of [left, right]) {
        const far = side.records.far ?? '';
        await shareRecords(side.workspace, systemActor, 'account', { ids: [far], with: [{ kind: 'user', id: side[user].userId }], access: 'read', until: null });
        expect((await side.clients[user].get(`/api/tables/account/records/${far}`)).status).toBe(200);
        for (const { id } of await listShares(side.workspace, systemActor, 'account', far)) await revokeShare(side.workspace, systemActor, id);
      }
      await alike('list', (side) => side.clients[user].get('/api/tables/account/records?count=true'), 'answers');
      await alike('record', (side) => side.clients[user].get(`/api/tables/account/records/${side.records.far}`));
      await alike('inbox', async (side) => (await side.clients[user].get('/api/notices')).text.replace(/"(createdAt|at)":"[^"]*"/g, ''));
    });

    it('in everything else a screen asks for', async () => {
      for (const path of ['/app', '/session', '/views', '/notices', '/notices?show=done', '/exports?everybody=true', '/imports', '/audit', '/backups', '/workflows/runs', '/workflows/statistics', '/workflows/outbox', '/tables/account/buttons', '/tables/user/records?count=true', '/tables/department/records', '/tables/account/records?deleted=true&count=true', `/search?q=${RIGHT.secret}`, '/search?q=zbm', '/openapi.json']) {
        await alike(path, async (side) => {
          const { status, text } = await side.clients[user].get(`/api${path}`);
          // When somebody signed in is told in real time; what one searched for before is one's own; a workbook is packed with the time of day.
          return `${status} ${text.replace(/\.xlsx","size":\d+/g, '.xlsx"').replace(/"(createdAt|seenAt|created_at|updated_at|startedAt|finishedAt)":"[^"]*"/g, '').replaceAll('zebra\\"', '')}`;
        });
      }
    });

    it('in live events', async () => {
      const heard: string[] = [];
      for (const side of [left, right]) {
        const stream = await listen(side.server, side.clients[user]);
        const change = (key: string, values: Record<string, Json>) => writeSession(side.workspace, systemActor, (session) => updateRecord(session, 'account', side.records[key] ?? '', values));
        // Hidden records change once on one side, thrice on the other; then a hidden cell of the own record.
        for (let i = 0; i < (side === left ? 1 : 3); i++) await change('far', { secret: `${user}${i}`, name: `${side === left ? LEFT.name : RIGHT.name}${user}${i}` });
        await change(`${user} own`, { secret: side === left ? `${LEFT.secret}${user}` : `${RIGHT.secret}${user}` });
        expect(await eventually(() => stream.events.length > 0)).toBe(true);
        stream.close();
        await stream.ended;
        heard.push(told(side, JSON.stringify(stream.events)));
      }
      expect(heard[1]).toBe(heard[0]);
      expect(canary(heard[0] ?? '')).toBeNull();
    });
  });
});
