/** Texts of plan, history and trash, in both languages. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';

const zh = {
  title: '发布与历史',
  tabs: { plan: '查看影响', history: '历史', trash: '回收站' },
  nothing: '没有要发布的更改',
  nothingHint: '在左侧选择表、表单或角色开始修改；修改先进入草稿，发布前不影响任何人。',
  planning: '正在逐条核对数据…',
  refresh: '重新核对',
  class: { safe: '安全', lossy: '有损失', blocked: '不能发布' },
  summary: { safe: '可以放心发布，没有数据会丢失。', lossy: '有些值会移出使用，请核对下面标出的更改。', blocked: '请先解决下面的问题。' },
  rows: '改写 {{count}} 行，约 {{seconds}} 秒',
  noRows: '不改写任何数据',
  action: { add: '新增', remove: '移除', change: '修改' },
  subject: { app: '应用', navigation: '导航', home: '工作台', role: '角色', options: '选项列表', table: '表', field: '字段', form: '表单', view: '视图', page: '记录页', permission: '权限', action: '操作', effect: '联动', rule: '校验', index: '索引' },
  property: '属性', live: '线上', draft: '草稿', before: '原值', after: '新值', record: '记录', reason: '原因', none: '（空）',
  counts: { records: '共 {{n}} 条记录', filled: '{{n}} 个有值', converted: '{{n}} 个原样转换', altered: '{{n}} 个有改动', failed: '{{n}} 个不能转换' },
  samples: '样例（前 {{n}} 条）',
  details: '前后对比',
  dependents: '还在使用它的地方',
  repair: '一并移除引用',
  repaired: '已从草稿中移除能移除的引用',
  edit: '需手工修改',
  access: '谁会受影响', user: '用户', gained: '新增可见', lost: '不再可见', fields: '字段', recordsN: '{{n}} 条记录',
  accessNone: '没有用户因此多看到或少看到记录与字段',
  scenarios: '随模板附带的场景', scenarioFails: '会失败', scenarioOk: '通过',
  schema: '数据库变更（{{n}} 步）', noSchema: '不改动数据库结构',
  steps: { createTable: '建表', addColumn: '加列', trashTable: '表移入回收站', trashColumn: '列移入回收站', restoreTable: '恢复表', restoreColumn: '恢复列', createIndex: '建索引', dropIndex: '删索引' },
  issues: '草稿中的问题',
  confirm: '有损失的更改需要逐项确认：请输入名称', confirmMany: '请输入数字 {{n}} 确认全部 {{n}} 项有损失的更改',
  note: '这次改了什么（写给以后的人看）',
  publish: '发布', publishing: '正在发布', cancel: '取消发布', back: '返回',
  published: '已发布第 {{version}} 版', undo: '撤销',
  stale: '查看之后情况有变化，已重新核对，请再看一遍。',
  progress: { plan: '核对数据', trash: '移入回收站', schema: '调整结构', values: '转换数值', compute: '重新计算', search: '更新搜索', save: '保存' },
  version: '第 {{version}} 版', first: '初始版本', current: '当前', system: '系统', undoes: '撤销第 {{version}} 版', changesN: '{{n}} 项更改', undoThis: '撤销这一版', rejects: '未转换的值（CSV）',
  historyEmpty: '还没有发布过', undoTitle: '撤销第 {{version}} 版', undoNote: '撤销第 {{version}} 版', restoreTitle: '从回收站恢复“{{name}}”', restoreNote: '恢复 {{name}}',
  conflicts: '之后又改过的地方', conflictsHint: '默认保留现在的设置；勾选的改回去。', keep: '保留现在', take: '改回', yours: '现在', theirs: '改回后',
  trashEmpty: '回收站是空的', trashHint: '移除的表、字段和转换前的值保留 30 天，可带着数值恢复。', restore: '恢复', purge: '永久删除', purgeTitle: '永久删除“{{name}}”及其 {{n}} 个值？', purgeHint: '无法再恢复。请输入名称确认。', purged: '已永久删除', until: '保留到', why: { removed: '移除', converted: '转换前的值' }, values: '值', compare: '与当前草稿对比',
};

export type PublishTexts = typeof zh;

const en: PublishTexts = {
  title: 'Publish and history',
  tabs: { plan: 'Review effects', history: 'History', trash: 'Trash' },
  nothing: 'Nothing to publish',
  nothingHint: 'Choose a table, form or role on the left to begin. Changes go into your draft first and touch nobody until published.',
  planning: 'Checking the data record by record…',
  refresh: 'Check again',
  class: { safe: 'Safe', lossy: 'Loses something', blocked: 'Blocked' },
  summary: { safe: 'Safe to publish: no data is lost.', lossy: 'Some values go out of use; look at the changes marked below.', blocked: 'Solve the problems below first.' },
  rows: 'Rewrites {{count}} rows, about {{seconds}} s',
  noRows: 'Rewrites no data',
  action: { add: 'Add', remove: 'Remove', change: 'Change' },
  subject: { app: 'App', navigation: 'Navigation', home: 'Home', role: 'Role', options: 'Option list', table: 'Table', field: 'Field', form: 'Form', view: 'View', page: 'Record page', permission: 'Rights', action: 'Action', effect: 'Effect', rule: 'Checks', index: 'Index' },
  property: 'Property', live: 'Live', draft: 'Draft', before: 'Before', after: 'After', record: 'Record', reason: 'Reason', none: '(empty)',
  counts: { records: '{{n}} records', filled: '{{n}} with a value', converted: '{{n}} convert as they are', altered: '{{n}} are altered', failed: '{{n}} do not convert' },
  samples: 'Samples (first {{n}})',
  details: 'Before and after',
  dependents: 'Still used by',
  repair: 'Remove these uses too',
  repaired: 'Uses that can be removed are gone from the draft',
  edit: 'to be edited by hand',
  access: 'Who is affected', user: 'User', gained: 'Sees from now on', lost: 'No longer sees', fields: 'Fields', recordsN: '{{n}} records',
  accessNone: 'No user sees more or fewer records or fields',
  scenarios: 'Scenarios that came with the template', scenarioFails: 'would fail', scenarioOk: 'passes',
  schema: 'Database changes ({{n}} steps)', noSchema: 'The database structure stays as it is',
  steps: { createTable: 'create table', addColumn: 'add column', trashTable: 'table to the trash', trashColumn: 'column to the trash', restoreTable: 'restore table', restoreColumn: 'restore column', createIndex: 'create index', dropIndex: 'drop index' },
  issues: 'Problems of the draft',
  confirm: 'Changes that lose something are confirmed one by one: type the name', confirmMany: 'Type the number {{n}} to confirm all {{n}} changes that lose something',
  note: 'What was changed (for those who come later)',
  publish: 'Publish', publishing: 'Publishing', cancel: 'Cancel', back: 'Back',
  published: 'Version {{version}} published', undo: 'Undo',
  stale: 'Something has changed since you looked; it was checked again. Please look once more.',
  progress: { plan: 'Checking data', trash: 'Moving to the trash', schema: 'Changing structure', values: 'Converting values', compute: 'Computing', search: 'Updating the search', save: 'Saving' },
  version: 'Version {{version}}', first: 'First version', current: 'Live', system: 'System', undoes: 'takes back version {{version}}', changesN: '{{n}} changes', undoThis: 'Undo this version', rejects: 'Values not converted (CSV)',
  historyEmpty: 'Nothing published yet', undoTitle: 'Undo version {{version}}', undoNote: 'Undo of version {{version}}', restoreTitle: 'Restore “{{name}}” from the trash', restoreNote: 'Restored {{name}}',
  conflicts: 'Changed again since', conflictsHint: 'What is set now stays; tick what should go back.', keep: 'Keep', take: 'Go back', yours: 'Now', theirs: 'Would become',
  trashEmpty: 'The trash is empty', trashHint: 'Removed tables and fields, and values from before a conversion, are kept for 30 days and come back with their values.', restore: 'Restore', purge: 'Delete for good', purgeTitle: 'Delete “{{name}}” and its {{n}} values for good?', purgeHint: 'It cannot be brought back. Type the name to confirm.', purged: 'Deleted for good', until: 'Kept until', why: { removed: 'removed', converted: 'values before conversion' }, values: 'Values', compare: 'Compare with the draft',
};

const TEXTS: Readonly<Record<Locale, PublishTexts>> = { 'zh-CN': zh, en };

export function usePublishTexts(): PublishTexts {
  return TEXTS[useLocale()];
}
