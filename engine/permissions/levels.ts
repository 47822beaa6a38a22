/**
 * The nine permission levels (九级权限), as data: what a role of a level may do with a table that takes part in levels and
 * says nothing else. A workspace may change any of them (`levels` of the app) and go back; none can be removed.
 */
import type { Label } from '../errors.ts';
import type { LevelDefinition } from '../model/definitions.ts';
import type { Actor } from './actor.ts';

export type Level = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
export const LEVELS: readonly Level[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** From here on somebody may open the designer: views, dashboards, values to choose from. */
export const DESIGN_LEVEL: Level = 7;
/** From here on somebody keeps the application: tables, forms, workflows, users below them. */
export const ADMINISTRATOR_LEVEL: Level = 8;
export const OWNER_LEVEL: Level = 9;
/** From here on somebody hands over the work of who leaves. */
export const HAND_OVER_LEVEL: Level = 7;
/** From here on somebody takes back what others have shared. */
export const REVOKE_LEVEL: Level = 7;
/** Giving somebody a level above it waits for a second person where the workspace asks for two. */
export const DUAL_CONTROL_LEVEL: Level = 5;
/** Below it nobody passes on what was shared with them. */
export const RESHARE_LEVEL: Level = 5;

export const LEVEL_LABELS: Readonly<Record<Level, Label>> = {
  1: { 'zh-CN': 'L1 本人', en: 'L1 Own' },
  2: { 'zh-CN': 'L2 本人及共享', en: 'L2 Own and shared' },
  3: { 'zh-CN': 'L3 本人及下属', en: 'L3 Own and subordinates' },
  4: { 'zh-CN': 'L4 本部门', en: 'L4 Department' },
  5: { 'zh-CN': 'L5 本部门及下级', en: 'L5 Department tree' },
  6: { 'zh-CN': 'L6 全部只读', en: 'L6 All read' },
  7: { 'zh-CN': 'L7 全部读写', en: 'L7 All write' },
  8: { 'zh-CN': 'L8 应用管理员', en: 'L8 App administrator' },
  9: { 'zh-CN': 'L9 系统所有者', en: 'L9 System owner' },
};

/** Level 9 needs no line: a system owner has every right. Row limits of imports are the domain's (3.3). */
export const DEFAULT_LEVELS: Readonly<Record<Level, LevelDefinition>> = {
  1: { create: true, read: 'own', update: 'own', sensitive: true },
  2: { create: true, read: 'shared', update: 'shared', share: 'own', sensitive: true },
  3: { create: true, read: 'team', update: 'team', delete: 'own', import: 500, share: 'team', transfer: 'team', sensitive: true },
  4: { create: true, read: 'department', update: 'department', delete: 'department', import: 5000, export: true, share: 'department', transfer: 'department', sensitive: true },
  5: { create: true, read: 'departmentTree', update: 'departmentTree', delete: 'departmentTree', import: true, export: true, share: 'departmentTree', transfer: 'departmentTree', sensitive: true },
  6: { read: 'all', update: 'own', sensitive: true },
  7: { create: true, read: 'all', update: 'all', delete: 'all', import: true, export: true, share: 'all', transfer: 'all', merge: 'all', sensitive: true },
  8: { create: true, read: 'all', update: 'all', delete: 'all', import: true, export: true, share: 'all', transfer: 'all', merge: 'all', reveal: true },
  9: { create: true, read: 'all', update: 'all', delete: 'all', import: true, export: true, share: 'all', transfer: 'all', merge: 'all', sensitive: true },
};

/** Who keeps the application, by the level of their roles or with every right. */
export function isAdministrator({ unrestricted, level = 0 }: Pick<Actor, 'unrestricted' | 'level'>): boolean {
  return unrestricted || level >= ADMINISTRATOR_LEVEL;
}

export function mayDesign({ unrestricted, level = 0 }: Pick<Actor, 'unrestricted' | 'level'>): boolean {
  return unrestricted || level >= DESIGN_LEVEL;
}

/** How senior somebody of a level is when nothing else is said; higher sees lower. */
export function defaultRank(level: number): number {
  return level * 10;
}
