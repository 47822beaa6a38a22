/** The second person's answer to a change of roles that waits (`level-changes.ts`): yes makes it, no lets it go. */
import { AppError, type Label } from '#engine/errors.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import { isAdministrator } from '#engine/permissions/levels.ts';
import { sql } from '../db/sql.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { noteInAudit } from '../records/audit.ts';
import { updateRecord } from '../records/update-record.ts';
import { type WriteSession, writeSession } from '../records/write-session.ts';
import type { Workspace } from '../workspace.ts';
import { administratorsOnly, dropHeldRoles, givenInWords, type HeldChange, heldChange, levelGiven, mayGive, nameOf, refusalOf, rolesAfter } from './level-changes.ts';

const text = {
  other: { 'zh-CN': '这项变更已被另一项取代，请重新查看后再决定', en: 'This change was replaced by another one; look at it again before you decide' } as Label,
  gone: { 'zh-CN': '没有这项待确认的变更，可能已有人处理', en: 'There is no such change to confirm; somebody may have decided it' } as Label,
  asker: { 'zh-CN': '提出者已无权授予这个级别，请拒绝后重新提出', en: 'Whoever asked may no longer give this level; refuse it and ask anew' } as Label,
};

export interface LevelDecision {
  readonly decision: 'confirm' | 'refuse';
  /** The question as the decider saw it, by its id. */
  readonly question: string;
}

/** Yes makes the change with the rights of who confirms; no, which who asked may say too, lets it go. Throws `forbidden`, `not_found`. */
export async function decideLevelChange(workspace: Workspace, actor: Actor, userId: string, { decision, question }: LevelDecision): Promise<void> {
  if (!isAdministrator(actor)) throw new AppError('forbidden', administratorsOnly);
  await writeSession(workspace, actor, async (session) => {
    const { tx, context } = session;
    const held = await heldChange(tx, userId);
    if (held && held.id !== question) throw new AppError('conflict', text.other);
    if (!held || (await dropHeldRoles(tx, userId)) === 0) throw new AppError('not_found', text.gone);
    session.hasChanged = true;
    const isWithdrawn = decision === 'refuse' && held.askedBy === actor.userId;
    const refusal = isWithdrawn ? null : refusalOf(workspace, actor, held);
    if (refusal) throw new AppError('forbidden', refusal);
    if (decision === 'confirm') await give(session, held);
    await noteInAudit(tx, { at: context.now, by: actor.userId, table: 'user', id: userId, action: decision === 'confirm' ? 'confirm_roles' : 'refuse_roles', version: 0, changes: { roles: held.roles } });
    if (!isWithdrawn) await tellAsker(session, held, decision);
  });
}

/** Two people stand behind it, so who asked must still be one who may. */
async function give(session: WriteSession, held: HeldChange): Promise<void> {
  const { workspace, tx } = session;
  const asker = workspace.directory.user(held.askedBy);
  if (!asker?.active || !mayGive(workspace.directory.actor(asker.id), levelGiven(session, held))) throw new AppError('forbidden', text.asker);
  const user = await tx.get<{ roles: string | null }>(sql`SELECT roles FROM "user" WHERE id = ${held.userId} AND deleted_at IS NULL`);
  const now = user?.roles ? (JSON.parse(user.roles) as string[]) : [];
  await updateRecord(session, 'user', held.userId, { roles: rolesAfter(now, held) }, { rolesAreConfirmed: true });
}

async function tellAsker(session: WriteSession, held: HeldChange, decision: LevelDecision['decision']): Promise<void> {
  const { workspace, tx, actor, context } = session;
  const [who, name, roles] = [workspace.directory.user(actor.userId)?.name ?? '', await nameOf(tx, held.userId), givenInWords(session, held)];
  const title: Label =
    decision === 'confirm'
      ? { 'zh-CN': `${who} 已确认：${name} 现在是“${roles['zh-CN']}”`, en: `${who} confirmed: ${name} is now "${roles.en}"` }
      : { 'zh-CN': `${who} 拒绝了给 ${name} 的角色“${roles['zh-CN']}”`, en: `${who} refused the role "${roles.en}" for ${name}` };
  await queueNotices(tx, workspace, { to: [held.askedBy], title, record: { table: 'user', id: held.userId }, channels: ['inApp'], urgent: false, workflow: null, run: null, at: context.now, mandatory: true });
}
