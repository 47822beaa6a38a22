/** A part of a transaction that may fail alone: what it wrote is taken back, what came before stays. */
import { AppError } from '#engine/errors.ts';
import { sql } from '../db/sql.ts';
import type { WriteSession } from './write-session.ts';

export async function attempt<T>(session: WriteSession, work: () => Promise<T>): Promise<T | AppError> {
  const { tx, written, loaded, reachable } = session;
  const mark = written.length;
  const depth = session.effectDepth;
  await tx.run(sql`SAVEPOINT attempt`);
  try {
    const result = await work();
    await tx.run(sql`RELEASE SAVEPOINT attempt`);
    return result;
  } catch (error) {
    await tx.run(sql`ROLLBACK TO SAVEPOINT attempt`);
    await tx.run(sql`RELEASE SAVEPOINT attempt`);
    for (const write of written.splice(mark)) reachable.delete(`${write.table.name}/${write.id}`);
    loaded.clear();
    session.effectDepth = depth;
    if (error instanceof AppError) return error;
    throw error;
  }
}
