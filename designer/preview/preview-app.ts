/** The app as a preview sees it: the draft's model with the rights of the owner or of one role, beside the live model that the server knows. */
import { createContext, useContext } from 'react';
import type { AppModel, TableModel } from '#engine/model/app-model.ts';
import { type Actor, elevated } from '#engine/permissions/actor.ts';
import { accessTo, allows, bestRight, TABLE_ACTIONS } from '#engine/permissions/authorize.ts';
import type { FieldRight, TableAccess } from '#runtime/api/types.ts';

/** What is live: records can be read only by fields that it has. */
export const LiveModelContext = createContext<AppModel | null>(null);

export function useLiveModel(): AppModel {
  const model = useContext(LiveModelContext);
  if (!model) throw new Error('useLiveModel outside of the designer');
  return model;
}

function accessOf(table: TableModel, roles: readonly string[], unrestricted: boolean): TableAccess {
  const someone: Actor = { userId: 'preview', departmentId: null, subordinateIds: [], roles, locale: 'zh-CN', unrestricted: false };
  const own = accessTo(table, unrestricted ? elevated(someone) : someone);
  const fields: Record<string, FieldRight> = {};
  for (const field of Object.values(table.fields)) {
    const reading = bestRight(own.read, field);
    const writing = bestRight([...own.update, ...own.create], field);
    if (reading !== 'hidden') fields[field.name] = writing === 'write' ? 'write' : reading === 'write' ? 'read' : reading;
  }
  return { ...(Object.fromEntries(TABLE_ACTIONS.map((action) => [action, allows(own, action)])) as Omit<TableAccess, 'fields'>), fields };
}

type AccessMap = Readonly<Record<string, TableAccess>>;

export function roleAccess(model: AppModel, role: string): AccessMap {
  const owner = model.roles.some((one) => one.name === role && one.owner === true);
  return Object.fromEntries(Object.values(model.tables).map((table) => [table.name, accessOf(table, [role], owner)]));
}

const owners = new WeakMap<AppModel, AccessMap>();

/** Every right on every table, those that are new in the draft too. */
export function ownerAccess(model: AppModel): AccessMap {
  let access = owners.get(model);
  if (!access) {
    access = Object.fromEntries(Object.values(model.tables).map((table) => [table.name, accessOf(table, [], true)]));
    owners.set(model, access);
  }
  return access;
}

/** To look at only: nothing in a preview may write. */
export function readOnlyAccess(access: TableAccess): TableAccess {
  const fields = Object.fromEntries(Object.entries(access.fields).map(([name, right]) => [name, right === 'write' ? ('read' as const) : right]));
  return { create: false, read: access.read, update: false, delete: false, export: false, import: false, share: false, transfer: false, merge: false, reveal: false, fields };
}
