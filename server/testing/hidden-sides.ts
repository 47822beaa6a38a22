/**
 * Two workspaces that differ only in what is hidden from two of their users: whatever one of these reads must be alike in both, byte
 * for byte, once every id is replaced by what it stands for.
 */
import { expect } from 'vitest';
import { AppError } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { updateRecord } from '../records/update-record.ts';
import { writeSession } from '../records/write-session.ts';
import type { TestWorkspace } from './test-workspace.ts';

/** What differs between the two: nothing of it may be seen by the actors below. */
export interface Hidden {
  readonly secret: string;
  readonly budget: number;
  readonly name: string;
  readonly phone: string;
  readonly extra: number;
}
export const LEFT: Hidden = { secret: 'canaryleft', budget: 111.11, name: '左边密', phone: '13811111111', extra: 0 };
export const RIGHT: Hidden = { secret: 'zebraright', budget: 99_999, name: '右侧隐', phone: '13922222222', extra: 4 };

export interface Side {
  readonly workspace: TestWorkspace;
  /** Every id made, in the order it was made: the same place means the same record on both sides. */
  readonly ids: readonly string[];
  readonly clerk: Actor;
  readonly both: Actor;
  readonly records: Readonly<Record<string, string>>;
}

/** Fills a workspace of the desk app: the same in both, but for what is hidden. */
export async function fillSide(workspace: TestWorkspace, hidden: Hidden): Promise<Side> {
  const clerk = await workspace.addUser({ name: 'clerk', roles: ['clerk'], login: 'clerk@example.com' });
  const other = await workspace.addUser({ name: 'other', roles: ['clerk'], login: 'other@example.com' });
  const both = await workspace.addUser({ name: 'both', roles: ['clerk', 'checker'], login: 'both@example.com' });
  const records: Record<string, string> = {};
  const add = async (key: string, table: string, values: Record<string, Json>): Promise<string> => (records[key] = await workspace.create(systemActor, table, values));
  const far = await add('far', 'account', { name: hidden.name, phone: hidden.phone, secret: hidden.secret, budget: hidden.budget, owner: other.userId });
  const farther = await add('farther', 'account', { name: `${hidden.name}二`, owner: other.userId, parent: far });
  for (const [user, owner] of [['clerk', clerk.userId], ['both', both.userId]] as const) {
    const own = await add(`${user} own`, 'account', { name: `${user} own`, phone: '13700000000', owner, secret: hidden.secret, budget: hidden.budget, parent: far, partners: [far, farther] });
    await add(`${user} second`, 'account', { name: `${user} second`, owner, secret: `${hidden.secret}2`, budget: hidden.budget + 1, parent: farther });
    const deal = await add(`${user} deal`, 'deal', { title: `${user} deal`, account: own, owner, lines: [{ item: 'line', quantity: 2, price: 3 }] });
    await add(`${user} note`, 'note', { title: `${user} note`, account: own, at: '2026-01-01T00:00:00.000Z', owner, body: 'text' });
    await add(`${user} entry`, 'ledger', { title: `${user} entry`, account: own, amount: hidden.budget });
    await add(`${user} task`, 'task', { title: `${user} task`, owner, seen: far });
    // A change of nothing but hidden cells, as many times on either side.
    await writeSession(workspace, systemActor, (session) => updateRecord(session, 'account', own, { secret: `${hidden.secret}3`, budget: hidden.budget + 2 }));
    expect(deal).toBeTruthy();
  }
  await add('far deal', 'deal', { title: hidden.name, account: far, owner: other.userId, lost_reason: hidden.secret });
  await add('far task', 'task', { title: hidden.name, owner: other.userId });
  for (let i = 0; i < hidden.extra; i++) await add(`extra ${i}`, 'account', { name: `${hidden.name}${i}`, owner: other.userId });
  return { workspace, ids: [clerk.userId, other.userId, both.userId, ...Object.values(records)], clerk, both, records };
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The answer or the refusal as text, ids replaced by what they stand for. */
export async function said(side: Side, work: Promise<unknown>): Promise<string> {
  const answer = await work.catch((error: unknown) => {
    if (error instanceof AppError) return { refused: error.code, detail: error.detail, issues: error.issues };
    throw error;
  });
  const text = JSON.stringify(answer, (key, value: unknown) => (key === 'next' && typeof value === 'string' ? Buffer.from(value, 'base64url').toString('utf8') : value));
  return told(side, text ?? '');
}

/** Text with every id replaced by what it stands for. */
export function told({ ids }: Side, text: string): string {
  const lines = new Map<string, string>();
  return text.replace(ID, (id) => {
    const place = ids.indexOf(id);
    if (place !== -1) return `#${place}`;
    if (!lines.has(id)) lines.set(id, `#line ${lines.size}`);
    return lines.get(id) as string;
  });
}
