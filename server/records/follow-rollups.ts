/** Fields that follow a roll-up until somebody types another value: the amount of a deal is the sum of its lines. */
import { systemActor } from '#engine/permissions/actor.ts';
import type { Derived } from './propagate.ts';
import { updateRecord } from './update-record.ts';
import type { WriteSession } from './write-session.ts';

/** Answers whether anything was written; then roll-ups above have to be brought up to date again. */
export async function followRollups(session: WriteSession, derived: readonly Derived[]): Promise<boolean> {
  const mark = session.written.length;
  for (const { table: name, id, changed, before, after } of derived) {
    const table = session.model.tables[name];
    if (!table || !before || !after) continue;
    const due = table.follows.filter(({ field, rollup }) => {
      if (!changed.has(rollup)) return false;
      const standing = after[field] ?? null;
      return standing !== (after[rollup] ?? null) && (standing === null || standing === (before[rollup] ?? null));
    });
    if (due.length === 0) continue;
    // A statement of the definition: it needs no right.
    const product: WriteSession = { ...session, actor: systemActor };
    await updateRecord(product, name, id, Object.fromEntries(due.map(({ field, rollup }) => [field, after[rollup] ?? null])));
  }
  return session.written.length > mark;
}
