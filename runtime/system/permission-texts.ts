/** Texts of the lists of permissions, in both languages. */
import type { Locale } from '#engine/errors.ts';
import { LEVEL_LABELS } from '#engine/permissions/levels.ts';
import type { Reach } from '#engine/permissions/reports.ts';
import { SCOPE_LABELS } from '#engine/permissions/scopes.ts';
import { useLocale } from '../app/i18n/index.ts';

const levelsIn = (locale: Locale): Readonly<Record<number, string>> => Object.fromEntries(Object.entries(LEVEL_LABELS).map(([level, label]) => [level, label[locale]]));
const scopesIn = (locale: Locale) => Object.fromEntries(Object.entries(SCOPE_LABELS).map(([name, label]) => [name, label[locale]]));

const zh = {
  title: '用户权限', hint: '每个人实际拥有的权限，由角色、级别、部门和共享得出；修改角色或共享后，下一次请求即生效。', search: '按姓名、角色或部门查找', nobody: '没有符合条件的用户',
  user: '用户', roles: '角色', level: '权限级别', department: '部门', rank: '职级', shares: '个人共享', show: '查看明细', disabled: '已停用', comma: '、',
  table: '表', create: '新建', actions: { read: '查看', update: '修改', delete: '删除', share: '共享', transfer: '转移', merge: '合并' }, import: '导入', export: '导出', yes: '是', rows: (n: string) => `每次 ${n} 条`,
  also: (names: string) => `另外可见：${names}`, hidden: (names: string) => `隐藏字段：${names}`, masked: (names: string) => `遮盖字段：${names}`,
  reaches: { ...scopesIn('zh-CN'), custom: '按规则', inherited: '随所属记录' } as Record<Reach, string>, levels: levelsIn('zh-CN'), owner: '系统所有者，拥有全部权限。',
  sharedByName: '共享给此人的记录', accesses: { read: '只读', edit: '可编辑' }, forGood: '长期', until: (at: string) => `到 ${at}`, by: (name: string) => `由 ${name} 共享`, untitled: '（无标题）', mine: '我的权限', mineHint: '您能看到和操作哪些数据。',
};
export type PermissionTexts = typeof zh;
const en: PermissionTexts = {
  title: 'Permissions', hint: 'What each person may really do, from roles, level, department and shares; a change holds from the next request.', search: 'Find by name, role or department', nobody: 'Nobody fits',
  user: 'User', roles: 'Roles', level: 'Permission level', department: 'Department', rank: 'Rank', shares: 'Shares', show: 'Show all', disabled: 'Disabled', comma: ', ',
  table: 'Table', create: 'Create', actions: { read: 'Read', update: 'Change', delete: 'Delete', share: 'Share', transfer: 'Transfer', merge: 'Merge' }, import: 'Import', export: 'Export', yes: 'Yes', rows: (n) => `${n} at once`,
  also: (names) => `Also: ${names}`, hidden: (names) => `Hidden: ${names}`, masked: (names) => `Masked: ${names}`,
  reaches: { ...scopesIn('en'), custom: 'By rule', inherited: 'As the record it belongs to' } as Record<Reach, string>, levels: levelsIn('en'), owner: 'A system owner: every right.',
  sharedByName: 'Shared with them by name', accesses: { read: 'read', edit: 'edit' }, forGood: 'for good', until: (at) => `until ${at}`, by: (name) => `by ${name}`, untitled: '(no title)', mine: 'My permissions', mineHint: 'Which data you may see and change.',
};
const TEXTS: Readonly<Record<Locale, PermissionTexts>> = { 'zh-CN': zh, en };

export function usePermissionTexts(): PermissionTexts {
  return TEXTS[useLocale()];
}
