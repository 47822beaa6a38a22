/**
 * What each of the nine levels may do in the CRM template, measured by requests of nine people, one per level, and written down in
 * `docs/permissions.md`. The document is compared with what was measured; `RELATA_WRITE_DOCS=1 npx vitest run server/sharing/level-matrix.test.ts`
 * writes it anew.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { Definitions, TableDefinition } from '#engine/model/definitions.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { planDefinitions } from '../definitions/plan.ts';
import { readDefinitions } from '../definitions/read-template.ts';
import { liveDefinitions, type StoredDefinitions } from '../definitions/store.ts';
import { type Client, type Reply, startTestServer, type TestServer } from '../testing/test-server.ts';
import { DATABASES } from '../testing/test-workspace.ts';

const DOCUMENT = fileURLToPath(new URL('../../docs/permissions.md', import.meta.url));
const TEMPLATE = fileURLToPath(new URL('../../templates/crm', import.meta.url));
const PHONE = '13800138000';

const LEVELS: readonly { role: string; department: string }[] = [
  { role: 'partner', department: 'north' },
  { role: 'salesperson', department: 'north' },
  { role: 'manager', department: 'north' },
  { role: 'department_manager', department: 'north' },
  { role: 'director', department: 'north' },
  { role: 'management', department: 'hq' },
  { role: 'sales_ops', department: 'hq' },
  { role: 'app_admin', department: 'hq' },
  { role: 'system_owner', department: 'hq' },
];
const WHOSE = ['own', 'shared with one to read', 'a subordinate’s', 'in the own department', 'in a department below', 'of the superior', 'of somebody elsewhere', 'in a pool one belongs to'] as const;
type Whose = (typeof WHOSE)[number];

interface Person {
  readonly level: number;
  readonly role: string;
  readonly actor: Actor;
  readonly client: Client;
  /** Records to see and change, to give away and to delete: each deed has a customer of its own. */
  readonly customers: Readonly<Record<Whose, readonly [string, string, string]>>;
}

const said = (text: string): Label => ({ 'zh-CN': text, en: text });
const withCustomer = (old: Definitions, change: (customer: TableDefinition) => TableDefinition): Definitions => ({ ...old, tables: old.tables.map((one) => (one.name === 'customer' ? change(one) : one)) });
const dataOf = (reply: Reply): Record<string, Json> => (reply.body as { data: Record<string, Json> }).data;
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

describe.each(DATABASES)('the nine levels in the CRM template on %s', (database) => {
  let server: TestServer;
  const people: Person[] = [];

  async function user(name: string, role: string, department: string, rest: Record<string, Json> = {}): Promise<string> {
    return server.workspace.create(systemActor, 'user', { name, login: `${name}@example.com`, roles: [role], department, active: true, ...rest });
  }

  /** As the designer does, with a plan that nobody else has made untrue. */
  async function publishes(client: Client, change: (old: Definitions) => Definitions): Promise<Reply> {
    const { version, definitions: old } = (await liveDefinitions(server.workspace.database)) as StoredDefinitions;
    const definitions = change(old);
    const { hash, confirm } = await planDefinitions(server.workspace, { definitions });
    return client.post('/api/definitions/publish', { definitions, base: version, hash, confirm, note: '' });
  }

  beforeAll(async () => {
    server = await startTestServer(database, { definitions: await readDefinitions(TEMPLATE) });
    const { workspace } = server;
    const { create } = workspace;
    const hq = await create(systemActor, 'department', { name: 'hq' });
    const north = await create(systemActor, 'department', { name: 'north', parent: hq });
    const below = await create(systemActor, 'department', { name: 'north, field office', parent: north });
    const south = await create(systemActor, 'department', { name: 'south', parent: hq });
    const departments: Record<string, string> = { hq, north };
    const boss = await user('boss', 'department_manager', hq, { rank: 95 });
    const stranger = await user('stranger', 'salesperson', south, { rank: 5 });
    const office = await user('office', 'salesperson', below, { rank: 5 });
    const colleagues: Record<string, string> = { hq: await user('colleague at hq', 'salesperson', hq, { rank: 5 }), north: await user('colleague', 'salesperson', north, { rank: 5 }) };
    const successor = await user('successor', 'salesperson', north, { rank: 5 });

    for (const [i, { role, department }] of LEVELS.entries()) {
      const level = i + 1;
      const id = await user(`level ${level}`, role, departments[department] as string, { superior: boss });
      departments[`junior ${level}`] = await user(`second junior of ${level}`, 'salesperson', south, { rank: 5, superior: id });
      const junior = await user(`junior of ${level}`, 'salesperson', south, { rank: 5, superior: id });
      const pool = await create(systemActor, 'public_pool', { name: `pool of ${level}`, kind: 'customer', members: [id], claim_limit_per_day: 10, hold_limit: 100, protect_days: 30, active: true });
      const owners: Record<Whose, string | null> = {
        'own': id,
        'shared with one to read': stranger,
        'a subordinate’s': junior,
        'in the own department': colleagues[department] as string,
        'in a department below': office,
        'of the superior': boss,
        'of somebody elsewhere': stranger,
        'in a pool one belongs to': null,
      };
      const customers: Partial<Record<Whose, [string, string, string]>> = {};
      for (const [w, whose] of WHOSE.entries()) {
        const ids: string[] = [];
        for (const use of ['seen', 'given', 'deleted']) {
          ids.push(await create(systemActor, 'customer', { name: `Customer ${level}${'ABCDEFGH'[w]} ${use}`, phone: PHONE, owner: owners[whose], ...(owners[whose] === null && { pool }) }));
        }
        customers[whose] = ids as [string, string, string];
      }
      const actor = workspace.directory.actor(id);
      people.push({ level, role, actor, client: await server.signedIn(actor), customers: customers as Person['customers'] });
    }
    const owner = people.at(-1) as Person;
    for (const { actor, customers } of people) {
      await owner.client.post('/api/tables/customer/records/share', { ids: [...customers['shared with one to read']], with: [{ kind: 'user', id: actor.userId }], access: 'read', until: null });
    }
    departments.successor = successor;
    for (const { client } of people) {
      const answer = await client.post('/api/tables/customer/aggregate', { measures: [{ function: 'count' }] });
      counts.push((answer.body as { groups: { values: number[] }[] }).groups[0]?.values[0] ?? 0);
    }
    for (const person of people) measured.push(await measure(person, departments));
  }, 300_000);
  afterAll(() => server?.close());

  /** Before anybody makes or deletes one. */
  const counts: number[] = [];
  const measured: { readonly records: readonly string[]; readonly operations: readonly (string | number)[] }[] = [];

  async function measure(person: Person, departments: Record<string, string>): Promise<{ records: string[]; operations: (string | number)[] }> {
    const { client, customers, level } = person;
    const path = (id: string): string => `/api/tables/customer/records/${id}`;
    const records: string[] = [];
    for (const whose of WHOSE) {
      const [seen, given, deleted] = customers[whose];
      const reply = await client.get(path(seen));
      if (reply.status !== 200) {
        expect(reply.status).toBe(404);
        // Whoever does not see a record can do nothing else to it.
        expect((await client.patch(path(seen), { short_name: 'x' }, { 'If-Match': '"1"' })).status).toBeGreaterThanOrEqual(403);
        expect((await client.post('/api/tables/customer/records/transfer', { ids: [given], owner: departments.successor })).status).toBeGreaterThanOrEqual(403);
        records.push('–');
        continue;
      }
      const { version, phone } = dataOf(reply);
      const changed = await client.patch(path(seen), { short_name: `by ${level}` }, { 'If-Match': `"${String(version)}"` });
      const giveTo = (owner: string | undefined): Promise<Reply> => client.post('/api/tables/customer/records/transfer', { ids: [given], owner });
      const toColleague = await giveTo(departments.successor);
      const gave = toColleague.status < 300 ? toColleague : await giveTo(departments[`junior ${level}`]);
      const gone = await client.delete(path(deleted), { 'If-Match': `"${String(dataOf(await client.get(path(deleted))).version)}"` });
      const letters = ['R', changed.status === 200 ? 'U' : '', gave.status < 300 ? 'T' : '', gone.status < 300 ? 'D' : ''].join('');
      records.push(`${letters}${phone === undefined || phone === null ? ' (phone hidden)' : String(phone).includes('*') ? ' (phone masked)' : ''}`);
    }
    const yes = (reply: Reply): string => (reply.status < 300 ? 'yes' : '–');
    const newUser = (rest: object): Promise<Reply> => client.post('/api/tables/user/records', { name: `by ${level}`, login: `by-${level}-${JSON.stringify(rest).length}@example.com`, active: true, ...rest });
    const standing = async (id: string): Promise<{ id: string; version: number }> => {
      const reply = await client.get(path(id));
      return { id, version: reply.status === 200 ? Number(dataOf(reply).version) : 1 };
    };
    const exported = await client.post('/api/tables/customer/export', { format: 'csv', ids: [customers.own[0]] });
    if (exported.status < 300) {
      const { id } = exported.body as { id: string };
      await vi.waitFor(async () => expect(((await client.get(`/api/exports/${id}`)).body as { state: string }).state).toBe('done'), { timeout: 20_000 });
    }
    return {
      records,
      operations: [
        counts[level - 1] as number,
        yes(await client.post('/api/tables/customer/records', { name: `Made by level ${level}` })),
        yes(exported),
        yes(await client.post('/api/tables/customer/records/share', { ids: [customers.own[0]], with: [{ kind: 'user', id: departments.successor }], access: 'read', until: null })),
        yes(await newUser({ roles: ['salesperson'] })),
        yes(await newUser({ roles: ['app_admin'] })),
        yes(await publishes(client, (old) => withCustomer(old, (customer) => ({ ...customer, views: [...(customer.views ?? []), { name: `by_level_${level}`, label: said('View'), type: 'table', columns: ['name'] }] })))),
        yes(await publishes(client, (old) => withCustomer(old, (customer) => ({ ...customer, fields: [...customer.fields, { name: `by_level_${level}`, label: said('Field'), type: 'text' }] })))),
        yes(await publishes(client, (old) => ({ ...old, app: { ...old.app, roles: [...old.app.roles, { name: `by_level_${level}`, label: said('Role'), level: 8 }] } }))),
        yes(await client.get('/api/audit')),
        yes(await client.get('/api/backups')),
        yes(await client.post('/api/tables/customer/merge', { survivor: await standing(customers.own[0]), losers: [await standing(customers['of somebody elsewhere'][0])] })),
      ],
    };
  }

  it('is what the document says', async () => {
    const name = (person: Person): string => `L${person.level} \`${person.role}\``;
    const text = `# What each level may do

Measured, not promised: nine people, one for each level, asked for the same customers of the CRM template over HTTP
(\`server/sharing/level-matrix.test.ts\`, on SQLite and PostgreSQL), and this page is compared with the answers at every test run.

R sees it, U changes it, T gives it to a colleague or a subordinate, D deletes it; – is answered as if it were not there.

${table(['Customer', ...people.map(name)], WHOSE.map((whose, w) => [whose, ...measured.map(({ records }) => records[w] as string)]))}

${table(['Level', `Counts, of ${LEVELS.length * WHOSE.length * 3} customers`, 'Creates', 'Exports', 'Shares the own', 'Adds a salesperson', 'Adds an administrator', 'Publishes a view', 'Publishes a field', 'Publishes a role of level 8', 'Reads the audit', 'Sees backups', 'Merges duplicates'], people.map((person, i) => [name(person), ...(measured[i]?.operations ?? [])]))}
`;
    if (process.env.RELATA_WRITE_DOCS !== undefined && database === 'sqlite') await writeFile(DOCUMENT, text);
    expect(await readFile(DOCUMENT, 'utf8')).toBe(text);
  });

  it('never gives a level less than the one below', () => {
    const rights = (cell: string): Set<string> => new Set(cell.split(' ')[0]?.replace('–', ''));
    // Level 6 reads everything and changes only its own: it leaves the ladder of writing on purpose.
    const ladder = people.map(({ level }, i) => ({ level, cells: measured[i]?.records ?? [] })).filter(({ level }) => level !== 6);
    for (const [i, { cells }] of ladder.slice(1).entries()) {
      for (const [w, cell] of cells.entries()) {
        const missing = [...rights(ladder[i]?.cells[w] ?? '')].filter((right) => !rights(cell).has(right));
        expect(missing, `L${ladder[i + 1]?.level}, ${WHOSE[w]}`).toEqual([]);
      }
    }
  });
});
