import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '#engine/fields/field-type.ts';
import { SYSTEM_FIELDS } from '#engine/model/built-in.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { sql } from '../db/sql.ts';
import { deskApp } from '../testing/desk-app.ts';
import { refusalOf } from '../testing/refusal.ts';
import { DATABASES, openTestWorkspace, type TestWorkspace } from '../testing/test-workspace.ts';
import { auditHash } from './audit.ts';
import { createRecord } from './create-record.ts';
import { deleteRecord, restoreRecord } from './delete-record.ts';
import { getRecord } from './get-record.ts';
import { type UpdateOptions, updateRecord } from './update-record.ts';
import { writeSession } from './write-session.ts';

describe.each(DATABASES)('writing records on %s', (database) => {
  let workspace: TestWorkspace;
  let clerk: Actor;
  let other: Actor;
  let owner: Actor;
  beforeAll(async () => {
    workspace = await openTestWorkspace(database, { definitions: deskApp });
    clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'] });
    other = await workspace.addUser({ name: 'other', roles: ['clerk'] });
    owner = await workspace.addUser({ name: 'owner', roles: ['owner'] });
  });
  afterAll(() => workspace.close());

  const create = (table: string, values: Record<string, Json>, actor = clerk) => workspace.create(actor, table, values);
  const update = (table: string, id: string, values: Record<string, Json>, options: UpdateOptions = {}, actor = clerk) =>
    writeSession(workspace, actor, (session) => updateRecord(session, table, id, values, options));
  const get = async (table: string, id: string, actor = clerk) => (await getRecord(workspace, actor, table, id)).data;
  const auditOf = async (id: string) => {
    const rows = await workspace.database.all<{ action: string; actor: string; record_version: number; changes: string }>(
      sql`SELECT action, actor, record_version, changes FROM relata_audit WHERE record_id = ${id} ORDER BY seq`,
    );
    return rows.map((row) => ({ ...row, record_version: Number(row.record_version), changes: JSON.parse(row.changes) as { field: string; before: Json; after: Json }[] }));
  };
  const eventsOf = async (id: string) => {
    const rows = await workspace.database.all<{ action: string; fields: string }>(sql`SELECT action, fields FROM relata_event WHERE record_id = ${id} ORDER BY seq`);
    return rows.map((row) => ({ action: row.action, fields: JSON.parse(row.fields) as string[] }));
  };

  it('fills in defaults, the owner and the system fields', async () => {
    const id = await create('account', { name: ' 华信科技 ' });
    expect(await get('account', id)).toMatchObject({
      id,
      version: 1,
      name: '华信科技',
      level: 'plain',
      since: '2026-06-15',
      owner: clerk.userId,
      created_by: clerk.userId,
      updated_by: clerk.userId,
      created_at: '2026-06-15T04:00:00.000Z',
      deals: 0,
      deal_total: 0,
    });
  });

  it('leaves an audit row and an event for each change, with the values before and after', async () => {
    const id = await create('account', { name: 'Audit', code: 'A1' });
    await update('account', id, { name: 'Audited', code: 'A1' });
    await writeSession(workspace, clerk, (session) => deleteRecord(session, 'account', id));
    await writeSession(workspace, clerk, (session) => restoreRecord(session, 'account', id));
    const rows = await auditOf(id);
    expect(rows.map((row) => [row.action, row.actor, row.record_version])).toEqual([
      ['create', clerk.userId, 1],
      ['update', clerk.userId, 2],
      ['delete', clerk.userId, 3],
      ['restore', clerk.userId, 4],
    ]);
    expect(rows[0]?.changes).toContainEqual({ field: 'name', before: null, after: 'Audit' });
    expect(rows[1]?.changes).toEqual([{ field: 'name', before: 'Audit', after: 'Audited' }]);
    expect(rows[2]?.changes.map((change) => change.field)).toEqual(['deleted_at']);
    expect((await eventsOf(id)).map((event) => event.action)).toEqual(['create', 'update', 'delete', 'restore']);
    expect((await eventsOf(id))[1]?.fields).toEqual(['name']);
  });

  it('writes nothing at all when nothing changed', async () => {
    const id = await create('account', { name: 'Same' });
    await update('account', id, { name: ' Same ' });
    expect(await get('account', id)).toMatchObject({ version: 1 });
    expect(await auditOf(id)).toHaveLength(1);
  });

  it('chains the audit without a gap, and the database refuses to change it', async () => {
    const rows = await workspace.database.all<{ seq: number; at: string; actor: string; table_name: string; record_id: string; action: string; record_version: number; changes: string; hash: string }>(
      sql`SELECT seq, at, actor, table_name, record_id, action, record_version, changes, hash FROM relata_audit ORDER BY seq`,
    );
    let previous = '';
    rows.forEach((row, i) => {
      expect(Number(row.seq)).toBe(i + 1);
      // JSONB keeps the values, not the spelling.
      const changes = JSON.stringify((JSON.parse(row.changes) as { field: string; before: Json; after: Json }[]).map(({ field, before, after }) => ({ field, before, after })));
      expect(row.hash).toBe(auditHash(previous, [Number(row.seq), row.at, row.actor, row.table_name, row.record_id, row.action, Number(row.record_version), changes]));
      previous = row.hash;
    });
    await expect(workspace.database.transaction((tx) => tx.run(sql`UPDATE relata_audit SET actor = ${'x'} WHERE seq = ${1}`))).rejects.toThrow(/append only/);
    await expect(workspace.database.transaction((tx) => tx.run(sql`DELETE FROM relata_audit WHERE seq = ${1}`))).rejects.toThrow(/append only/);
  });

  it('takes no system column, computed value or unknown field from a request', async () => {
    const mine = await create('account', { name: 'Mass' });
    const forbidden = [
      ...SYSTEM_FIELDS.map((field) => field.name).filter((name) => !['owner', 'collaborators', 'external_id'].includes(name)),
      ...['deals', 'deal_total', 'secret', 'secret_twice', 'password_hash', 'role', 'tenant', 'totp_secret', 'workflow_state', '_rid', '_deleted_with', 'name__sort', '__proto__', 'constructor', 'toString'],
    ];
    for (const name of forbidden) {
      const values = JSON.parse(`{"name":"Mass 2",${JSON.stringify(name)}:"1"}`) as Record<string, Json>;
      const created = await refusalOf(create('account', values));
      expect(created.issues, name).toEqual([expect.stringMatching(new RegExp(`^/${name} (unknown_field|read_only|forbidden_field)$`))]);
      const updated = await refusalOf(update('account', mine, values));
      expect(updated.issues, name).toEqual(created.issues);
    }
    expect(await get('account', mine)).toMatchObject({ version: 1, name: 'Mass', owner: clerk.userId });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('names every problem at once, each where it stands', async () => {
    const account = await create('account', { name: 'Problems' });
    const refused = await refusalOf(
      create('deal', {
        account,
        discount: 0.7,
        state: 'lost',
        starts: '2026-02-30',
        mystery: 1,
        lines: [{ item: 'ok', quantity: 1, price: 1 }, { item: '', quantity: 0, price: 'x' }],
      }),
    );
    expect(refused.code).toBe('validation_failed');
    expect([...refused.issues].sort()).toEqual(
      ['/title required', '/discount rule', '/lost_reason required', '/mystery unknown_field', '/lines/1/item required']
        .concat(refused.issues.filter((issue) => /^\/(starts|lines\/1\/(quantity|price)) /.test(issue)))
        .sort(),
    );
    for (const path of ['/starts', '/lines/1/quantity', '/lines/1/price']) expect(refused.issues.some((issue) => issue.startsWith(`${path} `)), path).toBe(true);
    for (const issue of refused.error.issues) expect(issue.message['zh-CN'] && issue.message.en).toBeTruthy();
  });

  it('asks for what a change makes necessary, and lets the rest be mended later', async () => {
    const account = await create('account', { name: 'Conditional' });
    const id = await create('deal', { account, title: 'Deal' });
    expect((await refusalOf(update('deal', id, { state: 'lost' }))).issues).toEqual(['/lost_reason required']);
    await update('deal', id, { state: 'lost', lost_reason: 'too dear' });
    expect((await refusalOf(update('deal', id, { lost_reason: ' ' }))).issues).toEqual(['/lost_reason required']);
    expect((await refusalOf(update('deal', id, { starts: '2026-02-02', ends: '2026-02-01' }))).issues).toEqual(['/ends rule']);
  });

  it('keeps a unique value unique among the living, and gives it free with its record', async () => {
    const first = await create('account', { name: 'First', code: 'U1' });
    expect((await refusalOf(create('account', { name: 'Second', code: ' U1 ' }))).issues).toEqual(['/code not_unique']);
    const second = await create('account', { name: 'Second', code: 'U2' });
    expect((await refusalOf(update('account', second, { code: 'U1' }))).issues).toEqual(['/code not_unique']);
    await writeSession(workspace, clerk, (session) => deleteRecord(session, 'account', first));
    await update('account', second, { code: 'U1' });
    const back = await refusalOf(writeSession(workspace, clerk, (session) => restoreRecord(session, 'account', first)));
    expect(back.issues).toEqual(['/code not_unique']);
    await update('account', second, { code: null });
    await writeSession(workspace, clerk, (session) => restoreRecord(session, 'account', first));
    expect(await get('account', first)).toMatchObject({ code: 'U1', deleted_at: null });
  });

  it('P13 tells of a taken value without telling whose it is, even when its record is hidden', async () => {
    await create('account', { name: 'Hidden holder', code: 'U9' }, other);
    const refused = await refusalOf(create('account', { name: 'Mine', code: 'U9' }));
    expect(refused.issues).toEqual(['/code not_unique']);
    expect(JSON.stringify(refused.error.issues)).not.toMatch(/Hidden holder|other/);
  });

  it('lets one of many writers of a unique value win', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => create('account', { name: `Racer ${i}`, code: 'RACE' })));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect((await refusalOf(Promise.reject(result.reason as Error))).issues).toEqual(['/code not_unique']);
  });

  it('answers a reference to a hidden record like one to a missing record', async () => {
    const hidden = await create('account', { name: 'Of another' }, other);
    const gone = await create('account', { name: 'Gone' });
    await writeSession(workspace, clerk, (session) => deleteRecord(session, 'account', gone));
    const answers = [];
    for (const account of [hidden, gone, '01900000-0000-7000-8000-000000000000', "' OR 1=1 --"]) {
      const refused = await refusalOf(create('deal', { title: 'Deal', account }));
      answers.push(JSON.stringify([refused.code, refused.error.issues]));
    }
    expect(new Set(answers.slice(0, 3)).size).toBe(1);
    const mine = await create('account', { name: 'Links' });
    expect((await refusalOf(update('account', mine, { partners: [hidden] }))).issues).toEqual(['/partners no_such_record']);
    expect((await refusalOf(update('account', mine, { parent: hidden }))).issues).toEqual(['/parent no_such_record']);
  });

  it('says which fields were changed meanwhile, and by whom', async () => {
    const id = await create('account', { name: 'Conflict', code: 'C1' });
    await update('account', id, { name: 'Changed' }, { version: 1 }, owner);
    const refused = await refusalOf(update('account', id, { name: 'Mine', phone: '13800138000' }, { version: 1 }));
    expect(refused.code).toBe('conflict');
    expect(refused.issues).toEqual(['/name conflict']);
    expect(refused.error.issues[0]?.message.en).toContain('owner');
    expect(await get('account', id)).toMatchObject({ name: 'Changed', version: 2, phone: null });
  });

  it('lets one of two writers of a version win, a hundred times', async () => {
    const id = await create('account', { name: 'Race' });
    for (let round = 1; round <= 100; round++) {
      const results = await Promise.allSettled([update('account', id, { name: `a${round}` }, { version: round }), update('account', id, { name: `b${round}` }, { version: round })]);
      expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    }
    expect(await get('account', id)).toMatchObject({ version: 101 });
    expect(await auditOf(id)).toHaveLength(101);
  });

  it('writes lines with their record: new, changed and dropped ones in one go', async () => {
    const account = await create('account', { name: 'Lines' });
    const id = await create('deal', { account, title: 'Deal', lines: [{ item: 'a', quantity: 2, price: 10.5 }, { item: 'b', quantity: 1, price: 1 }] });
    const record = await get('deal', id);
    expect(record).toMatchObject({ total: 22, lines: [{ item: 'a', amount: 21 }, { item: 'b', amount: 1 }] });
    const [a, b] = record.lines as { id: string }[];
    await update('deal', id, { lines: [{ id: a?.id ?? '', quantity: 3 }, { item: 'c', quantity: 1, price: 4 }] }, { version: 1 });
    expect(await get('deal', id)).toMatchObject({ version: 2, total: 35.5, lines: [{ id: a?.id, item: 'a', quantity: 3 }, { item: 'c' }] });
    expect(await get('deal_line', b?.id ?? '')).toMatchObject({ deleted_at: expect.any(String) });
    expect((await refusalOf(update('deal', id, { lines: [{ id: b?.id ?? '', quantity: 9 }] }))).issues).toEqual(['/lines/0 no_such_record']);
    expect((await refusalOf(update('deal', id, { lines: [{ item: 'd', quantity: 0, price: 1 }, 7] }))).issues.every((issue) => issue.startsWith('/lines'))).toBe(true);
  });

  it('does not move a line of another record in by its id', async () => {
    const account = await create('account', { name: 'Theft' });
    const foreign = await create('deal', { account, title: 'Foreign', lines: [{ item: 'x', quantity: 1, price: 1 }] });
    const [line] = (await get('deal', foreign)).lines as { id: string }[];
    const id = await create('deal', { account, title: 'Own' });
    expect((await refusalOf(update('deal', id, { lines: [{ id: line?.id ?? '', price: 0 }] }))).issues).toEqual(['/lines/0 no_such_record']);
    expect((await refusalOf(update('deal', id, { lines: [{ item: 'y', quantity: 1, price: 1, version: 7, created_by: other.userId }] }))).issues.join()).toContain('/lines/0/created_by read_only');
  });

  it('keeps many-to-many links in the order given', async () => {
    const [a, b, c] = [await create('account', { name: 'A' }), await create('account', { name: 'B' }), await create('account', { name: 'C' })];
    const id = await create('account', { name: 'Hub', partners: [c, a] });
    expect((await get('account', id)).partners).toEqual([c, a]);
    await update('account', id, { partners: [b, c] });
    expect((await get('account', id)).partners).toEqual([b, c]);
    expect((await auditOf(id))[1]?.changes).toEqual([{ field: 'partners', before: [c, a], after: [b, c] }]);
    await update('account', id, { partners: null });
    expect((await get('account', id)).partners).toBeNull();
  });

  it('leaves nothing of a create that is refused at its last step', async () => {
    const account = await create('account', { name: 'Whole' });
    const before = await workspace.database.get<{ count: number }>(sql`SELECT count(*) AS count FROM deal`);
    // The record would belong to somebody else's account and so be out of sight.
    const refused = await refusalOf(create('account', { name: 'For other', owner: other.userId }));
    expect(refused.code).toBe('forbidden');
    await refusalOf(create('deal', { account, title: 'Deal', lines: [{ item: 'a', quantity: 1, price: 1 }, { item: 'b', quantity: -1, price: 1 }] }));
    expect(await workspace.database.get(sql`SELECT count(*) AS count FROM deal`)).toEqual(before);
  });

  it('keeps odd texts as they are or refuses them, the same on both databases', async () => {
    const odd = ["Robert'); DROP TABLE account;--", '😀\u{20BB7}', 'e\u0301', '\u202Eabc', '<script>alert(1)</script>', '=1+1', '%_\\'];
    for (const name of odd) {
      const id = await create('account', { name });
      expect(String((await get('account', id)).name).normalize('NFC')).toBe(name.normalize('NFC'));
    }
    const id = await create('account', { name: 'a\u0000b' });
    expect((await get('account', id)).name).toBe('ab');
    const lone = await writeSession(workspace, clerk, (session) => createRecord(session, 'account', { name: 'x\ud800y' }));
    expect((await get('account', lone)).name).not.toContain('\ud800');
  });
});
