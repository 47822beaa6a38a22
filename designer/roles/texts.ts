/** Texts of the roles designer, in both languages. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';

const zh = {
  title: '角色与权限', hint: '每行一张表，每列一种操作；点表名设置字段权限。', role: '角色', add: '新建角色', like: '权限复制自', nobody: '不复制', create: '创建', remove: '删除角色', rename: '名称与说明', label: '名称', description: '说明',
  removeTitle: '删除角色“{{name}}”？', removeText: '它的权限一并移除。仍有用户属于该角色时不能发布。', owner: '系统所有者拥有全部权限，不能限制。', ownerTag: '全部权限', high: '8 级及以上的角色和您自己的角色由系统所有者更改。',
  table: '表', actions: { read: '查看', create: '新建', update: '修改', delete: '删除', import: '导入', export: '导出', transfer: '转移', merge: '合并', share: '共享', sensitive: '看敏感值', reveal: '揭示掩码' }, byLevel: '按级别：{{scope}}', level: '权限级别', noLevel: '不分级别，只看下面的权限', levelHint: '带级别的角色，对参与级别的表按级别取得权限；下面只需写出例外。',
  scopes: { own: '本人', shared: '本人及共享', team: '本人及下属', department: '本部门', departmentTree: '本部门及下级', all: '全部' },
  roles: '角色', levels: '权限级别', levelsHint: '每个级别对参与级别的表（共享方式不是“不参与”）的权限；改动后可恢复默认，自有级别由复制得来。导入、导出的数字是一次最多多少行。', levelsHigh: '8 级的权限由系统所有者更改；9 级拥有全部权限。', copyLevel: '复制“{{name}}”为新级别', restoreLevel: '恢复默认', levelChanged: '已改', removeLevel: '删除级别', removeLevelTitle: '删除级别“{{name}}”？', removeLevelText: '角色{{roles}}将改按“{{level}}”。', noLimit: '不限', rowLimit: '行数上限', comma: '、',
  none: '无', custom: '自定义规则', rule: '哪些记录', fields: '字段权限', right: { hidden: '隐藏', masked: '掩码', read: '只读', write: '可读写' }, asTable: '随表', restricted: '{{n}} 个字段受限', impact: '查看对用户的影响', impactHint: '按真实数据计算每个用户会多看到或少看到多少记录和字段。', impactNone: '没有用户因此多看到或少看到记录与字段', checking: '正在计算…', first: '先解决草稿中的问题，再查看影响。', findField: '查找字段', used: '用在哪里', unused: '没有别处用到它。', close: '关闭',
};
export type RoleTexts = typeof zh;
const en: RoleTexts = {
  title: 'Roles and rights', hint: 'A row for each table, a column for each action; click a table for its fields.', role: 'Role', add: 'New role', like: 'Rights as', nobody: 'None', create: 'Create', remove: 'Remove role', rename: 'Name and description', label: 'Name', description: 'Description',
  removeTitle: 'Remove the role “{{name}}”?', removeText: 'Its rights go with it. It cannot be published while users still have this role.', owner: 'A system owner has every right and cannot be limited.', ownerTag: 'every right', high: 'Roles of level 8 and above, and your own, are for a system owner to change.',
  table: 'Table', actions: { read: 'Read', create: 'Create', update: 'Change', delete: 'Delete', import: 'Import', export: 'Export', transfer: 'Transfer', merge: 'Merge', share: 'Share', sensitive: 'See sensitive', reveal: 'Uncover masked' }, byLevel: 'By level: {{scope}}', level: 'Permission level', noLevel: 'No level: only the rights below', levelHint: 'A role with a level has the rights of its level on tables that take part in levels; below stand only exceptions.',
  scopes: { own: 'Own', shared: 'Own + shared', team: '+ subordinates', department: 'Department', departmentTree: 'Dept. tree', all: 'All' },
  roles: 'Roles', levels: 'Levels', levelsHint: 'What each level allows on tables that take part in levels. What is changed can be restored; a level of your own begins as a copy. Numbers beside import and export are the most rows at once.', levelsHigh: 'Level 8 is for a system owner to change; level 9 has every right.', copyLevel: 'Copy “{{name}}” as a new level', restoreLevel: 'Restore default', levelChanged: 'changed', removeLevel: 'Remove level', removeLevelTitle: 'Remove the level “{{name}}”?', removeLevelText: '{{roles}} will follow “{{level}}” again.', noLimit: 'no limit', rowLimit: 'most rows', comma: ', ',
  none: 'None', custom: 'Own rule', rule: 'Which records', fields: 'Field rights', right: { hidden: 'Hidden', masked: 'Masked', read: 'Read', write: 'Read and write' }, asTable: 'As the table', restricted: '{{n}} fields limited', impact: 'Effect on users', impactHint: 'Counts on real data how many records and fields each user gains or loses.', impactNone: 'No user gains or loses records or fields', checking: 'Counting…', first: 'Solve the problems of the draft first.', findField: 'Find a field', used: 'Where it is used', unused: 'Nothing else uses it.', close: 'Close',
};
const TEXTS: Readonly<Record<Locale, RoleTexts>> = { 'zh-CN': zh, en };
export function useRoleTexts(): RoleTexts {
  return TEXTS[useLocale()];
}
