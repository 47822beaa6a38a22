/**
 * What every workspace has without defining it: users and departments as tables, and the system fields of every table.
 * Passwords, sessions and files are the server's own and no tables of the model.
 */
import { ADMINISTRATOR_LEVEL } from '../permissions/levels.ts';
import type { AppDefinition, FieldDefinition, GrantDefinition, TableDefinition } from './definitions.ts';

/** Written by the server, never by a request; `owner` and `collaborators` are the two a request may set. */
export const SYSTEM_FIELDS: readonly FieldDefinition[] = [
  { name: 'id', label: { 'zh-CN': '记录 ID', en: 'Record id' }, type: 'text', readOnly: true, hidden: true },
  { name: 'owner', label: { 'zh-CN': '负责人', en: 'Owner' }, type: 'user', index: true, aliases: ['业务员', '销售代表', '归属人', 'Owner'] },
  { name: 'owner_department', label: { 'zh-CN': '所属部门', en: 'Owner department' }, type: 'department', index: true, readOnly: true },
  { name: 'collaborators', label: { 'zh-CN': '协作人', en: 'Collaborators' }, type: 'users' },
  { name: 'created_at', label: { 'zh-CN': '创建时间', en: 'Created at' }, type: 'dateTime', readOnly: true },
  { name: 'created_by', label: { 'zh-CN': '创建人', en: 'Created by' }, type: 'user', readOnly: true },
  { name: 'updated_at', label: { 'zh-CN': '更新时间', en: 'Updated at' }, type: 'dateTime', index: true, readOnly: true },
  { name: 'updated_by', label: { 'zh-CN': '更新人', en: 'Updated by' }, type: 'user', readOnly: true },
  { name: 'deleted_at', label: { 'zh-CN': '删除时间', en: 'Deleted at' }, type: 'dateTime', readOnly: true, hidden: true },
  { name: 'version', label: { 'zh-CN': '版本', en: 'Version' }, type: 'integer', readOnly: true, hidden: true },
  { name: 'external_id', label: { 'zh-CN': '外部编号', en: 'External id' }, type: 'text', unique: true, hidden: true },
];

/** The system fields a request may write. */
export const WRITABLE_SYSTEM_FIELDS: ReadonlySet<string> = new Set(['owner', 'collaborators', 'external_id']);

/** Taken by the server or by SQL; no field or table may be called so. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  'constructor', 'prototype', '__proto__', 'hasownproperty', 'tostring', 'valueof', 'rowid', 'oid',
  'select', 'from', 'where', 'table', 'index', 'group', 'order', 'user_credential', 'limit', 'values', 'null', 'true', 'false',
]);

export function builtInTables(app: AppDefinition): TableDefinition[] {
  const roles = Array.isArray(app.roles) ? app.roles : [];
  // Everybody may know who is who; administrators look after those below them (`server/records/user-issues.ts`).
  const grantOf = ({ level = 0 }: { level?: number }): GrantDefinition => (level >= ADMINISTRATOR_LEVEL ? { create: true, read: true, update: true } : { read: true });
  const readers = Object.fromEntries(roles.filter((role) => !role.owner).map((role) => [role.name, grantOf(role)]));
  const usersView = ['name', 'login', 'department', 'superior', 'roles', 'active'];
  return [
    {
      name: 'user',
      label: { 'zh-CN': '用户', en: 'User' },
      pluralLabel: { 'zh-CN': '用户', en: 'Users' },
      icon: 'team',
      titleField: 'name',
      fields: [
        { name: 'name', label: { 'zh-CN': '姓名', en: 'Name' }, type: 'text', required: true, maxLength: 80, pinyin: true },
        {
          name: 'login',
          label: { 'zh-CN': '登录名', en: 'Login' },
          type: 'text',
          required: true,
          unique: true,
          maxLength: 120,
          help: { 'zh-CN': '通常是邮箱，用于登录', en: 'Usually the e-mail address; used to sign in' },
        },
        { name: 'title', label: { 'zh-CN': '职位', en: 'Job title' }, type: 'text', maxLength: 80 },
        { name: 'phone', label: { 'zh-CN': '手机', en: 'Mobile' }, type: 'phone' },
        { name: 'department', label: { 'zh-CN': '部门', en: 'Department' }, type: 'department', index: true },
        {
          name: 'departments',
          label: { 'zh-CN': '兼任部门', en: 'Further departments' },
          type: 'manyToMany',
          table: 'department',
          help: { 'zh-CN': '除主部门外，还能看到这些部门的数据', en: 'Sees the records of these, too, beside the main department' },
        },
        { name: 'superior', label: { 'zh-CN': '上级', en: 'Superior' }, type: 'user', index: true, acyclic: true },
        {
          name: 'rank',
          label: { 'zh-CN': '职级', en: 'Rank' },
          type: 'integer',
          min: 1,
          max: 1000,
          help: { 'zh-CN': '数字越大职级越高；为空时按权限级别（L1 为 10，L9 为 90）。部门内只能看到职级更低的同事的数据', en: 'Higher is more senior; empty: by permission level (L1 is 10, L9 is 90). Inside a department one sees the records of lower ranks' },
        },
        {
          name: 'roles',
          label: { 'zh-CN': '角色', en: 'Roles' },
          type: 'multiSelect',
          required: true,
          options: roles.map((role) => ({ value: role.name, label: role.label })),
        },
        { name: 'active', label: { 'zh-CN': '启用', en: 'Active' }, type: 'boolean', default: true },
        {
          name: 'locale',
          label: { 'zh-CN': '语言', en: 'Language' },
          type: 'select',
          options: [
            { value: 'zh-CN', label: { 'zh-CN': '中文', en: 'Chinese' } },
            { value: 'en', label: { 'zh-CN': '英文', en: 'English' } },
          ],
        },
      ],
      views: [{ name: 'all', label: { 'zh-CN': '全部用户', en: 'All users' }, type: 'table', columns: usersView, sort: ['name'] }],
      permissions: readers,
    },
    {
      name: 'department',
      label: { 'zh-CN': '部门', en: 'Department' },
      pluralLabel: { 'zh-CN': '部门', en: 'Departments' },
      icon: 'apartment',
      titleField: 'name',
      fields: [
        { name: 'name', label: { 'zh-CN': '名称', en: 'Name' }, type: 'text', required: true, maxLength: 80, pinyin: true },
        { name: 'parent', label: { 'zh-CN': '上级部门', en: 'Parent' }, type: 'department', index: true, acyclic: true },
        {
          name: 'peer_visibility',
          label: { 'zh-CN': '同级互相可见', en: 'Peers see one another' },
          type: 'boolean',
          default: false,
          help: { 'zh-CN': '打开后，有部门权限的人不分职级都能看到本部门的数据', en: 'On: whoever has department rights sees the records of this department, whatever their rank' },
        },
      ],
      views: [{ name: 'all', label: { 'zh-CN': '全部部门', en: 'All departments' }, type: 'table', columns: ['name', 'parent'], sort: ['name'] }],
      permissions: readers,
    },
  ];
}
