/** People who may be mentioned on a record: those who may read it, asked of the database with the rule of each. */
import { authorize, accessTo, allows } from '#engine/permissions/authorize.ts';
import type { Mentionable } from '#engine/records/comment.ts';
import type { TableModel } from '#engine/model/app-model.ts';
import type { Actor } from '#engine/permissions/actor.ts';
import type { Queryable } from '../db/database.ts';
import { findRecords } from '../records/find-records.ts';
import { notFound } from '../records/update-record.ts';
import type { Workspace } from '../workspace.ts';
import { isLivingAndReadable } from './read-comments.ts';

export interface Place {
  readonly table: TableModel;
  readonly id: string;
}

const OFFERED = 20;
const PAGE = 100;
/** One question each: who is further down the alphabet is found by typing more of the name. */
const MOST_ASKED = 300;

export async function mayRead(workspace: Workspace, db: Queryable, userId: string, { table, id }: Place): Promise<boolean> {
  const reader = workspace.directory.actor(userId);
  return allows(accessTo(table, reader), 'read') && (await isLivingAndReadable(workspace, db, reader, table, id));
}

/** By name; only colleagues whom the actor may see. Without a text: whoever comes first. */
export async function findMentionable(workspace: Workspace, actor: Actor, tableName: string, id: string, search: string): Promise<Mentionable[]> {
  const { table } = authorize(workspace.model, actor, 'read', tableName);
  const place = { table, id };
  if (!(await isLivingAndReadable(workspace, workspace.database, actor, table, id))) throw notFound(table);
  const found: Mentionable[] = [];
  const wanted = { filter: { '!=': [{ var: 'active' }, false] }, ...(search !== '' && { search }), sort: ['name'], fields: ['name', 'login'], limit: PAGE };
  let cursor: string | null = '';
  for (let asked = 0; cursor !== null && asked < MOST_ASKED; asked += PAGE) {
    const page = await findRecords(workspace, actor, 'user', { ...wanted, ...(cursor !== '' && { cursor }) });
    for (const { id: user, name, login } of page.data) {
      if (!name || !(await mayRead(workspace, workspace.database, String(user), place))) continue;
      found.push({ id: String(user), name: String(name), login: String(login ?? '') });
      if (found.length === OFFERED) return found;
    }
    cursor = page.next;
  }
  return found;
}
