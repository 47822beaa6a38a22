/**
 * Two people for a high level: a change that gives somebody a role above level 5 waits until a second person who may give it says
 * yes (domain 3.3); until then they keep the roles they have. Nobody is asked where there is no second person.
 */
import { v7 as uuidv7 } from 'uuid';
import { AppError, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import { type Actor, systemActor } from '#engine/permissions/actor.ts';
import { DUAL_CONTROL_LEVEL, isAdministrator } from '#engine/permissions/levels.ts';
import type { Queryable, Transaction } from '../db/database.ts';
import { sql } from '../db/sql.ts';
import { queueNotices } from '../notices/queue-notices.ts';
import { noteInAudit } from '../records/audit.ts';
import { levelOfRoles } from '../records/organisation.ts';
import type { WriteSession } from '../records/write-session.ts';
import type { Workspace } from '../workspace.ts';

/** With so many users, disabled ones too, the rule holds unless the workspace says otherwise. */
const MANY_USERS = 5;

export const administratorsOnly: Label = { 'zh-CN': '只有管理员可以查看和确认级别变更', en: 'Only administrators see and confirm changes of levels' };

const text = {
  second: { 'zh-CN': '须由提出者和本人以外的另一位管理员确认', en: 'Another administrator than who asked and who is concerned must confirm it' } as Label,
  tooHigh: { 'zh-CN': '这个级别须由级别更高的人确认', en: 'This level must be confirmed by somebody above it' } as Label,
};

export function needsTwo({ model, directory }: Pick<Workspace, 'model' | 'directory'>): boolean {
  const { dualControl } = model.settings;
  return dualControl === undefined ? directory.userCount() >= MANY_USERS : dualControl === 'on';
}

export function mayGive(actor: Actor, level: number): boolean {
  return actor.unrestricted || (isAdministrator(actor) && (actor.level ?? 0) > level);
}

/** Who may say yes to what this actor asks for that user. */
function confirmers({ directory }: Workspace, asker: string, userId: string, level: number): string[] {
  return directory.activeUsers().filter(({ id }) => id !== asker && id !== userId && mayGive(directory.actor(id), level)).map(({ id }) => id);
}

/** A change of roles that waits; `before`: the roles as they stood. */
export interface HeldRoles {
  readonly before: readonly string[];
  readonly roles: readonly string[];
}

/** Null: the change may be made at once. */
export function heldRoles({ workspace, model, actor }: WriteSession, userId: string, before: Json | undefined, after: Json | undefined): HeldRoles | null {
  if (actor === systemActor || !Array.isArray(after) || !needsTwo(workspace)) return null;
  const held: HeldRoles = { before: rolesIn(before), roles: rolesIn(after) };
  const level = levelOfRoles(model, given(held));
  return level > DUAL_CONTROL_LEVEL && confirmers(workspace, actor.userId, userId, level).length > 0 ? held : null;
}

export function isLowRole({ model }: Pick<WriteSession, 'model'>, role: string): boolean {
  return levelOfRoles(model, [role]) <= DUAL_CONTROL_LEVEL;
}

const rolesIn = (value: Json | undefined): string[] => (Array.isArray(value) ? value.filter((role): role is string => typeof role === 'string') : []);
const given = ({ before, roles }: HeldRoles): string[] => roles.filter((role) => !before.includes(role));
const taken = ({ before, roles }: HeldRoles): string[] => before.filter((role) => !roles.includes(role));

/** Keeps the question, in place of an earlier one about the same user, and asks those who may answer; whoever writes is told that it waits. */
export async function askForRoles(session: WriteSession, userId: string, held: HeldRoles): Promise<void> {
  const { workspace, tx, actor, model, context } = session;
  const at = context.now;
  const earlier = await heldChange(tx, userId);
  await dropHeldRoles(tx, userId);
  if (earlier && earlier.askedBy !== actor.userId) await tellReplaced(session, earlier);
  await tx.run(sql`INSERT INTO relata_level_change (user_id, id, before, roles, asked_by, asked_at) VALUES (${userId}, ${uuidv7()}, ${JSON.stringify(held.before)}, ${JSON.stringify(held.roles)}, ${actor.userId}, ${at})`);
  await noteInAudit(tx, { at, by: actor.userId, table: 'user', id: userId, action: 'ask_roles', version: 0, changes: { roles: held.roles } });
  const names = rolesInWords(session, given(held));
  session.warnings.push({ path: '/roles', code: 'waits_for_second', message: { 'zh-CN': `“${names['zh-CN']}”高于 5 级，须由另一位管理员确认后生效；在此之前角色不变`, en: `"${names.en}" is above level 5: the roles change once another administrator has confirmed it` } });
  const who = workspace.directory.user(actor.userId)?.name ?? '';
  const name = await nameOf(tx, userId);
  await queueNotices(tx, workspace, {
    to: confirmers(workspace, actor.userId, userId, levelOfRoles(model, given(held))),
    title: { 'zh-CN': `请确认：${who} 要把角色“${names['zh-CN']}”给 ${name}`, en: `To confirm: ${who} gives ${name} the role "${names.en}"` },
    body: { 'zh-CN': '高于 5 级的角色须由另一位管理员确认，在该用户的页面上处理。', en: 'A role above level 5 needs a second person; decide on the page of this user.' },
    record: { table: 'user', id: userId }, channels: ['inApp', 'email'], urgent: true, workflow: null, run: null, at, mandatory: true,
  });
}

async function tellReplaced({ workspace, tx, actor, context }: WriteSession, { userId, askedBy }: HeldChange): Promise<void> {
  const [who, name] = [workspace.directory.user(actor.userId)?.name ?? '', await nameOf(tx, userId)];
  const title: Label = { 'zh-CN': `${who} 另提了 ${name} 的角色变更，您提出的那项不再等待确认`, en: `${who} asked for other roles of ${name}; yours no longer wait` };
  await queueNotices(tx, workspace, { to: [askedBy], title, record: { table: 'user', id: userId }, channels: ['inApp'], urgent: false, workflow: null, run: null, at: context.now, mandatory: true });
}

export async function dropHeldRoles(tx: Transaction, userId: string): Promise<number> {
  return tx.run(sql`DELETE FROM relata_level_change WHERE user_id = ${userId}`);
}

export interface HeldChange extends HeldRoles {
  /** A later question about the same user is another one. */
  readonly id: string;
  readonly userId: string;
  readonly askedBy: string;
  readonly askedAt: string;
}

interface Row {
  readonly id: string;
  readonly user_id: string;
  readonly before: string;
  readonly roles: string;
  readonly asked_by: string;
  readonly asked_at: string;
}

const toHeld = (row: Row): HeldChange => ({ id: row.id, userId: row.user_id, before: JSON.parse(row.before) as string[], roles: JSON.parse(row.roles) as string[], askedBy: row.asked_by, askedAt: row.asked_at });

export async function heldChange(db: Queryable, userId: string): Promise<HeldChange | null> {
  const row = await db.get<Row>(sql`SELECT id, user_id, before, roles, asked_by, asked_at FROM relata_level_change WHERE user_id = ${userId}`);
  return row ? toHeld(row) : null;
}

/** The roles that somebody has now, with what the change gives and takes. */
export function rolesAfter(now: readonly string[], held: HeldRoles): string[] {
  return [...new Set([...now.filter((role) => !taken(held).includes(role)), ...given(held)])];
}

export function levelGiven({ model }: Pick<WriteSession, 'model'>, held: HeldRoles): number {
  return levelOfRoles(model, given(held));
}

export interface LevelChange {
  readonly id: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly gives: Label;
  /** Null: nothing is taken away. */
  readonly takes: Label | null;
  readonly level: number;
  readonly by: string;
  readonly at: string;
  /** Why the reader may not say yes; null: they may. */
  readonly refusal: Label | null;
  readonly isOwn: boolean;
}

/** Oldest first. Throws `forbidden` below level 8. */
export async function listLevelChanges(workspace: Workspace, actor: Actor): Promise<LevelChange[]> {
  if (!isAdministrator(actor)) throw new AppError('forbidden', administratorsOnly);
  const rows = await workspace.database.all<Row>(sql`SELECT id, user_id, before, roles, asked_by, asked_at FROM relata_level_change ORDER BY asked_at, user_id`);
  return rows.map(toHeld).map((held) => ({
    id: held.id,
    user: { id: held.userId, name: workspace.directory.user(held.userId)?.name ?? '' },
    gives: rolesInWords(workspace, given(held)),
    takes: taken(held).length > 0 ? rolesInWords(workspace, taken(held)) : null,
    level: levelGiven(workspace, held),
    by: workspace.directory.user(held.askedBy)?.name ?? '',
    at: held.askedAt,
    refusal: refusalOf(workspace, actor, held),
    isOwn: held.askedBy === actor.userId,
  }));
}

/** Why this person may not say yes; null: they may. */
export function refusalOf(workspace: Pick<Workspace, 'model'>, actor: Actor, held: HeldChange): Label | null {
  if (actor.userId === held.askedBy || actor.userId === held.userId) return text.second;
  return mayGive(actor, levelGiven(workspace, held)) ? null : text.tooHigh;
}

export function givenInWords(session: Pick<WriteSession, 'model'>, held: HeldRoles): Label {
  return rolesInWords(session, given(held));
}

function rolesInWords({ model }: Pick<WriteSession, 'model'>, roles: readonly string[]): Label {
  const labels = roles.map((role) => model.roles.find(({ name }) => name === role)?.label ?? { 'zh-CN': role, en: role });
  return { 'zh-CN': labels.map((label) => label['zh-CN']).join('、'), en: labels.map((label) => label.en).join(', ') };
}

/** Also of somebody who is written in this very transaction. */
export async function nameOf(db: Queryable, userId: string): Promise<string> {
  return (await db.get<{ name: string }>(sql`SELECT name FROM "user" WHERE id = ${userId}`))?.name ?? '';
}
