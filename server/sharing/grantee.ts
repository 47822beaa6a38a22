import type { Label } from '#engine/errors.ts';
import type { Workspace } from '../workspace.ts';

export type GranteeKind = 'user' | 'department' | 'role';

export interface Grantee {
  readonly kind: GranteeKind;
  readonly id: string;
}

export interface NamedGrantee extends Grantee {
  readonly name: Label;
}

/** With whom a share is, read from its key `user:…`, `department:…` or `role:…`; the id stands for the name of who is gone. */
export function granteeOf({ directory, model }: Workspace, key: string): NamedGrantee {
  const [kind = '', ...rest] = key.split(':');
  const id = rest.join(':');
  const name = (kind === 'user' ? directory.user(id)?.name : kind === 'department' ? directory.departmentName(id) : undefined) ?? id;
  return { kind: kind as GranteeKind, id, name: model.roles.find((role) => kind === 'role' && role.name === id)?.label ?? { 'zh-CN': name, en: name } };
}
