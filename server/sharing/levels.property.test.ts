/** Ten thousand random pairs of a user and a record: what the database answers is what the formula of the permission model says, in memory. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { findRecords } from '../records/find-records.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import { levelApp } from '../testing/level-app.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import type { Grantee } from './grantee.ts';
import { putShare, reachOf } from './shares.ts';

const USERS = 40;
const ACCOUNTS = 250;
const NOTES = 250;
const NOW = '2026-06-15T04:00:00.000Z';

/** A small generator with a seed, so that a failure comes back. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Person {
  readonly id: string;
  readonly level: number;
  readonly rank: number;
  readonly superior: Person | null;
  readonly departments: readonly string[];
}
interface Share {
  readonly grantee: string;
  readonly until: string | null;
  readonly reach: readonly string[];
}
interface Account {
  readonly id: string;
  readonly owner: Person | null;
  readonly department: string | null;
  readonly collaborators: readonly string[];
  readonly poolMembers: readonly string[] | null;
  readonly shares: readonly Share[];
}

describe.each(DATABASES)('visibility on %s', (database) => {
  let workspace: TestWorkspace;
  const people: Person[] = [];
  const accounts: Account[] = [];
  const notes: { id: string; owner: Person; department: string | null; account: Account }[] = [];
  const parents = new Map<string, string | null>();
  const open = new Set<string>();

  const above = (department: string): string[] => {
    const found: string[] = [];
    for (let next: string | null = department; next !== null; next = parents.get(next) ?? null) found.push(next);
    return found;
  };
  const isBelow = (person: Person | null, boss: Person): boolean => person?.superior != null && (person.superior.id === boss.id || isBelow(person.superior, boss));

  /** The formula as the permission model writes it. */
  function scopeOpens(user: Person, owner: Person | null, department: string | null): boolean {
    const outranked = owner !== null && (owner.rank < user.rank || (department !== null && open.has(department)));
    return (
      owner?.id === user.id ||
      user.level >= 6 ||
      (user.level >= 3 && isBelow(owner, user)) ||
      (user.level >= 4 && department !== null && user.departments.includes(department) && outranked) ||
      (user.level === 5 && department !== null && above(department).some((one) => user.departments.includes(one)) && outranked)
    );
  }
  function shareReaches(user: Person, account: Account, table: string): boolean {
    const keys = [`user:${user.id}`, `role:level${user.level}`, ...user.departments.flatMap(above).map((id) => `department:${id}`)];
    return user.level >= 2 && account.shares.some((share) => keys.includes(share.grantee) && (share.until === null || share.until > NOW) && share.reach.includes(table));
  }
  const opensWithoutPool = (user: Person, account: Account): boolean => scopeOpens(user, account.owner, account.department) || (user.level >= 2 && account.collaborators.includes(user.id));
  const sees = (user: Person, account: Account): boolean => opensWithoutPool(user, account) || shareReaches(user, account, 'account') || account.poolMembers?.includes(user.id) === true;
  const seesNote = (user: Person, note: (typeof notes)[number]): boolean =>
    scopeOpens(user, note.owner, note.department) || opensWithoutPool(user, note.account) || shareReaches(user, note.account, 'note');

  beforeAll(async () => {
    const pick = random(20_261_126);
    workspace = await openTestWorkspace(database, { definitions: levelApp, now: NOW });
    const departments: string[] = [];
    for (let i = 0; i < 12; i++) {
      const parent = i === 0 || pick(4) === 0 ? null : (departments[pick(departments.length)] as string);
      const isOpen = pick(4) === 0;
      const id = await workspace.create(systemActor, 'department', { name: `d${i}`, ...(parent && { parent }), peer_visibility: isOpen });
      departments.push(id);
      parents.set(id, parent);
      if (isOpen) open.add(id);
    }
    for (let i = 0; i < USERS; i++) {
      const level = 1 + pick(8);
      const superior = i === 0 || pick(5) === 0 ? null : (people[pick(people.length)] as Person);
      const rank = pick(3) === 0 ? 1 + pick(90) : null;
      const main = pick(8) === 0 ? null : (departments[pick(departments.length)] as string);
      const further = pick(5) === 0 ? [departments[pick(departments.length)] as string] : [];
      const id = await workspace.create(systemActor, 'user', {
        name: `u${i}`, login: `u${i}@example.com`, roles: [`level${level}`], active: true,
        ...(superior && { superior: superior.id }), ...(rank !== null && { rank }), ...(main && { department: main }), ...(further.length > 0 && { departments: further }),
      });
      people.push({ id, level, rank: rank ?? level * 10, superior, departments: [...new Set([...(main ? [main] : []), ...further])] });
    }
    const mainOf = (person: Person): string | null => workspace.directory.user(person.id)?.department ?? null;
    const pools: { id: string; members: string[] }[] = [];
    for (let i = 0; i < 3; i++) {
      const members = people.filter(() => pick(4) === 0).map((person) => person.id);
      pools.push({ id: await workspace.create(systemActor, 'pool', { name: `p${i}`, ...(members.length > 0 && { members }) }), members });
    }
    const inReach = reachOf(workspace.model, 'account', ['note']);
    for (let i = 0; i < ACCOUNTS; i++) {
      const pool = pick(6) === 0 ? (pools[pick(pools.length)] as (typeof pools)[number]) : null;
      const owner = pool && pick(2) === 0 ? null : (people[pick(USERS)] as Person);
      const collaborators = people.filter(() => pick(40) === 0).map((person) => person.id);
      const id = await workspace.create(systemActor, 'account', { name: `a${i}`, ...(i % 4 > 0 && { budget: (i % 11) * 100 }), ...(owner && { owner: owner.id }), ...(collaborators.length > 0 && { collaborators }), ...(pool && { pool: pool.id }) });
      const shares: Share[] = [];
      await workspace.database.transaction(async (tx) => {
        for (let k = pick(3); k > 0; k--) {
          const kind = pick(3);
          const grantee: Grantee = kind === 0 ? { kind: 'user', id: (people[pick(USERS)] as Person).id } : kind === 1 ? { kind: 'department', id: departments[pick(departments.length)] as string } : { kind: 'role', id: `level${1 + pick(8)}` };
          const key = `${grantee.kind}:${grantee.id}`;
          if (shares.some((share) => share.grantee === key)) continue;
          const until = pick(3) === 0 ? (pick(2) === 0 ? '2026-06-15T03:59:00.000Z' : '2026-06-15T04:01:00.000Z') : null;
          const reach = pick(2) === 0 ? ['account'] : inReach;
          await putShare(tx, { table: 'account', id, grantee, reach, access: 'read', until, message: null, by: 'system', at: NOW });
          shares.push({ grantee: key, until, reach });
        }
      });
      // Seven moments only: a page ends among records of one moment.
      await workspace.database.transaction(async (tx) => void (await tx.run(sql`UPDATE account SET updated_at = ${`2026-06-15T03:00:0${(i * 5) % 7}.000Z`} WHERE id = ${id}`)));
      accounts.push({ id, owner, department: owner ? mainOf(owner) : null, collaborators, poolMembers: pool ? pool.members : null, shares });
    }
    for (let i = 0; i < NOTES; i++) {
      const account = accounts[pick(ACCOUNTS)] as Account;
      const owner = people[pick(USERS)] as Person;
      notes.push({ id: await workspace.create(systemActor, 'note', { body: `n${i}`, account: account.id, owner: owner.id }), owner, department: mainOf(owner), account });
    }
  }, 180_000);
  afterAll(() => workspace.close());

  async function listed(actor: Actor, table: string, sort: readonly string[], limit: number): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await findRecords(workspace, actor, table, { limit, fields: ['id'], sort, ...(cursor && { cursor }) });
      ids.push(...page.data.map((record) => String(record.id)));
      cursor = page.next ?? undefined;
    } while (cursor);
    return ids;
  }
  const idsOf = async (actor: Actor, table: string): Promise<string[]> => (await listed(actor, table, ['created_at'], 200)).sort();

  it('of 10,000 pairs is what the formula says', async () => {
    let opened = 0;
    for (const user of people) {
      const found = await idsOf(workspace.directory.actor(user.id), 'account');
      opened += found.length;
      expect(found, `L${user.level}`).toEqual(accounts.filter((account) => sees(user, account)).map((account) => account.id).sort());
    }
    expect(people.length * accounts.length).toBe(10_000);
    expect(opened).toBeGreaterThan(1000);
    expect(opened).toBeLessThan(9000);
  });

  it('of what hangs on a record follows the record, but for pools and for shares that do not reach it', async () => {
    for (const user of people) {
      const found = await idsOf(workspace.directory.actor(user.id), 'note');
      expect(found, `L${user.level}`).toEqual(notes.filter((note) => seesNote(user, note)).map((note) => note.id).sort());
    }
  });

  it.each([[['-updated_at']], [['updated_at']], [['-updated_at', 'budget']], [['budget', '-name']], [['-budget']]])('gives pages by %j each record once, in the order of all there are', async (sort) => {
    const all = await listed(systemActor, 'account', sort, 200);
    const byId = new Map(accounts.map((account) => [account.id, account]));
    for (const user of people) {
      const expected = all.filter((id) => sees(user, byId.get(id) as Account));
      expect(await listed(workspace.directory.actor(user.id), 'account', sort, 7), `L${user.level}`).toEqual(expected);
    }
  });

  it('counts what it lists', async () => {
    for (const user of people.slice(0, 12)) {
      const page = await findRecords(workspace, workspace.directory.actor(user.id), 'account', { limit: 1, count: true });
      expect(page.count?.value).toBe(accounts.filter((account) => sees(user, account)).length);
    }
  });

  it('follows a change of department and superior at the next request', async () => {
    const mover = people.find((person) => person.level === 5 && person.departments.length > 0) as Person;
    const elsewhere = [...parents.keys()].find((id) => !above(id).some((one) => mover.departments.includes(one))) as string;
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'user', mover.id, { department: elsewhere, departments: null, superior: null }));
    const now: Person = { ...mover, departments: [elsewhere] };
    const found = await idsOf(workspace.directory.actor(mover.id), 'account');
    expect(found).toEqual(accounts.filter((account) => sees(now, account)).map((account) => account.id).sort());
  });
});
