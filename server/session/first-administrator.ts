/** Somebody must be able to sign in: a system owner from the settings, or one who takes over by a one-time link. */
import { systemActor } from '#engine/permissions/actor.ts';
import { createRecord } from '../records/create-record.ts';
import { writeSession } from '../records/write-session.ts';
import { sql } from '../db/sql.ts';
import type { Workspace } from '../workspace.ts';
import { hashPassword, storePassword } from './passwords.ts';
import { createSignInLink } from './sessions.ts';

export interface Administrator {
  readonly email: string;
  readonly password: string;
}

/** Answers a one-time token when there is no administrator with a password yet. */
export async function ensureAdministrator(workspace: Workspace, given: Administrator | undefined): Promise<string | undefined> {
  const owners = workspace.model.roles.filter((role) => role.owner).map((role) => role.name);
  const known = await findOwner(workspace, owners);
  if (given) {
    const passwordHash = await hashPassword(given.password);
    const existing = workspace.directory.userByLogin(given.email)?.id;
    const userId = existing ?? (await createOwner(workspace, given.email, owners));
    await workspace.database.transaction(async (tx) => {
      const has = await tx.get(sql`SELECT 1 AS found FROM relata_credential WHERE user_id = ${userId}`);
      if (!has) await storePassword(tx, userId, passwordHash, workspace.now());
    });
    return undefined;
  }
  const userId = known ?? (await createOwner(workspace, 'admin', owners));
  const hasSignedIn = await workspace.database.get(sql`SELECT 1 AS found FROM relata_credential WHERE user_id = ${userId}`);
  if (hasSignedIn) return undefined;
  return workspace.database.transaction(async (tx) => {
    // One open link at a time: the one printed last.
    await tx.run(sql`DELETE FROM relata_sign_in_link WHERE user_id = ${userId} AND used_at IS NULL`);
    return createSignInLink(tx, userId, workspace.now());
  });
}

async function findOwner(workspace: Workspace, owners: readonly string[]): Promise<string | undefined> {
  const rows = await workspace.database.all<{ id: string }>(sql`SELECT id FROM "user" WHERE deleted_at IS NULL ORDER BY created_at, _rid`);
  return rows.map((row) => row.id).find((id) => workspace.directory.user(id)?.active && workspace.directory.user(id)?.roles.some((role) => owners.includes(role)));
}

async function createOwner(workspace: Workspace, login: string, owners: readonly string[]): Promise<string> {
  const name = workspace.model.settings.locale === 'en' ? 'Administrator' : '管理员';
  return writeSession(workspace, systemActor, (session) => createRecord(session, 'user', { name, login, roles: owners.slice(0, 1), active: true }));
}
