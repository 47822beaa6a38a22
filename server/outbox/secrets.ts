/** Secrets of requests: written once, never read back by anybody. Who changed one is in the audit; what it was is not. */
import { AppError } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { noteInAudit } from '../records/audit.ts';
import type { Workspace } from '../workspace.ts';

const NAME = /^[a-z][a-z0-9_]{0,47}$/;
const TABLE = 'relata_secret';

export async function secretNames(db: Queryable): Promise<string[]> {
  return (await db.all<{ name: string }>(sql`SELECT name FROM relata_secret ORDER BY name`)).map(({ name }) => name);
}

export async function storeSecret(workspace: Workspace, actor: Actor, name: string, value: string): Promise<void> {
  if (!NAME.test(name)) {
    throw new AppError('validation_failed', { 'zh-CN': '有内容需要更正', en: 'Some values need correcting' }, [
      { path: '/name', code: 'pattern', message: { 'zh-CN': '名称用小写字母开头，只含小写字母、数字和 _', en: 'A name begins with a lower case letter and holds lower case letters, digits and _' } },
    ]);
  }
  await workspace.database.transaction(async (tx) => {
    const at = workspace.now();
    await tx.run(sql`DELETE FROM relata_secret WHERE name = ${name}`);
    await tx.run(sql`INSERT INTO relata_secret (name, value, updated_at) VALUES (${name}, ${value}, ${at})`);
    await note(tx, workspace, actor, name, 'update');
  });
}

export async function forgetSecret(workspace: Workspace, actor: Actor, name: string): Promise<void> {
  await workspace.database.transaction(async (tx) => {
    const removed = await tx.run(sql`DELETE FROM relata_secret WHERE name = ${name}`);
    if (removed === 0) throw new AppError('not_found', { 'zh-CN': `没有名为“${name}”的密钥`, en: `There is no secret named "${name}"` });
    await note(tx, workspace, actor, name, 'delete');
  });
}

const note = (tx: Transaction, workspace: Workspace, actor: Actor, name: string, action: string): Promise<void> =>
  noteInAudit(tx, { at: workspace.now(), by: actor.userId, table: TABLE, id: name, action, version: 0, changes: [] });
