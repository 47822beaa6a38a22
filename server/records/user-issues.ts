/**
 * Who may make whom what: nobody grants a level above what is theirs to give, nobody changes their own, and people above
 * oneself are not one's to change. Part of every write to users, whichever way it comes.
 */
import { AppError, childPath, type Issue, type Label } from '#engine/errors.ts';
import type { Json } from '#engine/fields/field-type.ts';
import type { AppModel } from '#engine/model/app-model.ts';
import { ADMINISTRATOR_LEVEL, DUAL_CONTROL_LEVEL, OWNER_LEVEL } from '#engine/permissions/levels.ts';
import { systemActor } from '#engine/permissions/actor.ts';
import { levelOfRoles } from './organisation.ts';
import type { WriteSession } from './write-session.ts';

const text = {
  ownLevel: { 'zh-CN': '不能修改自己的角色，请由其他管理员修改', en: 'Nobody changes their own roles; another administrator must' } as Label,
  byDefinition: { 'zh-CN': '流程和联动不能授予 5 级以上的角色，也不能修改管理员', en: 'Workflows and effects give no role above level 5 and do not change administrators' } as Label,
  tooHigh: { 'zh-CN': '不能授予高于自己权限的角色', en: 'You may not grant a role above what is yours to give' } as Label,
  above: { 'zh-CN': '这位用户的权限级别不低于您，不能修改', en: 'This user’s permission level is not below yours; you may not change them' } as Label,
};

/** The highest level somebody may give: owners any, others what is below themselves. */
function mostToGive(session: WriteSession): number {
  const { actor } = session;
  return actor.unrestricted ? OWNER_LEVEL : (actor.level ?? 0) - 1;
}

function rolesOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((role): role is string => typeof role === 'string') : [];
}

/** A workflow or an effect acts, with every right: whoever may write definitions must not raise somebody through them. */
function isByDefinition({ options, effectDepth }: WriteSession): boolean {
  return options.cause !== undefined || effectDepth > 0;
}

function definitionIssues(model: AppModel, before: Readonly<Record<string, Json>> | null, changes: Readonly<Record<string, Json>>, path: string): Issue[] {
  const had = rolesOf(before?.roles);
  if (before && levelOfRoles(model, had) >= ADMINISTRATOR_LEVEL) return [{ path, code: 'above_own_level', message: text.byDefinition }];
  const given = rolesOf(changes.roles).filter((role) => !had.includes(role));
  return levelOfRoles(model, given) > DUAL_CONTROL_LEVEL ? [{ path: childPath(path, 'roles'), code: 'level_too_high', message: text.byDefinition }] : [];
}

/** `before` is null for a new user. Throws `forbidden` where the user is not theirs to change at all. */
export function userIssues(session: WriteSession, model: AppModel, id: string, before: Readonly<Record<string, Json>> | null, changes: Readonly<Record<string, Json>>, path: string): Issue[] {
  const { actor } = session;
  if (isByDefinition(session)) return definitionIssues(model, before, changes, path);
  if (actor === systemActor) return [];
  const limit = mostToGive(session);
  if (before && id !== actor.userId && !actor.unrestricted && levelOfRoles(model, rolesOf(before.roles)) >= ADMINISTRATOR_LEVEL) throw new AppError('forbidden', text.above);
  if (!('roles' in changes)) return [];
  const at = childPath(path, 'roles');
  if (before && id === actor.userId) return [{ path: at, code: 'own_level', message: text.ownLevel }];
  return levelOfRoles(model, rolesOf(changes.roles)) > limit ? [{ path: at, code: 'level_too_high', message: text.tooHigh }] : [];
}
