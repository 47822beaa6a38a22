/** Edits of roles and rights: definitions in, definitions out. */
import type { Label } from '../errors.ts';
import type { AppDefinition, Definitions, GrantDefinition, TableDefinition } from '../model/definitions.ts';
import { patched, type Patch, updateApp, updateTable } from './edits.ts';

export type RoleDefinition = AppDefinition['roles'][number];

/** A copy has the level and the grants of the other role; whether it reads the audit is not copied. */
export function addRole(definitions: Definitions, name: string, label: Label, like?: string): Definitions {
  const { level, levelVariant } = definitions.app.roles.find((role) => role.name === like) ?? {};
  const withRole = updateApp(definitions, { roles: [...definitions.app.roles, { name, label, ...(level !== undefined && { level }), ...(levelVariant !== undefined && { levelVariant }) }] });
  if (like === undefined) return withRole;
  return withRole.tables.reduce((all, table) => {
    const grant = table.permissions?.[like];
    return grant ? setGrant(all, table.name, name, grant) : all;
  }, withRole);
}

export function updateRole(definitions: Definitions, name: string, patch: Patch<RoleDefinition>): Definitions {
  return updateApp(definitions, { roles: definitions.app.roles.map((role) => (role.name === name ? patched(role, patch) : role)) });
}

/** With its grants; views and forms for it alone are `whereUsed`'s to tell of. */
export function removeRole(definitions: Definitions, name: string): Definitions {
  const without = updateApp(definitions, { roles: definitions.app.roles.filter((role) => role.name !== name) });
  return without.tables.reduce((all, table) => (table.permissions?.[name] ? setGrant(all, table.name, name, {}) : all), without);
}

/** An empty grant is none. */
export function setGrant(definitions: Definitions, table: string, role: string, grant: GrantDefinition): Definitions {
  return updateTable(definitions, table, (own): TableDefinition => {
    const { permissions = {}, ...rest } = own;
    const { [role]: _, ...others } = permissions;
    const next = Object.keys(grant).length > 0 ? (Object.hasOwn(permissions, role) ? { ...permissions, [role]: grant } : { ...others, [role]: grant }) : others;
    return { ...rest, ...(Object.keys(next).length > 0 && { permissions: next }) };
  });
}

export function patchGrant(grant: GrantDefinition, patch: Patch<GrantDefinition>): GrantDefinition {
  return patched(grant, patch);
}
