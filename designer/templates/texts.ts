/** Texts of templates, export and import, in both languages. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';

const zh = {
  title: '模板与迁移', hint: '安装、升级、卸载都先给出影响，发布后可整体撤销。',
  installed: '已安装 {{version}}', available: '版本 {{version}}', holds: '{{tables}} 张表 · {{records}} 条示例数据',
  install: '安装', upgrade: '升级到 {{version}}', uninstall: '卸载', samples: '装入示例数据', samplesDone: '已装入 {{n}} 条示例数据', empty: '没有模板',
  profile: '安装范围', profileTables: '{{n}} 张表', growTo: '扩大安装范围', growTitle: '“{{name}}”扩大到{{profile}}', growNote: '扩大模板 {{name}} 到 {{profile}}',
  draft: '草稿中还有 {{n}} 项更改', draftHint: '安装、升级或卸载会另外发布一版。请先发布或放弃草稿，以免丢失。', toDraft: '查看草稿',
  installTitle: '安装“{{name}}”', withSamples: '同时装入 {{n}} 条示例数据', samplesHint: '包括演示用的人员和部门。', samplesMerged: '并入现有的表时不装入示例数据，以免与自己的数据混在一起。', next: '查看影响', cancel: '取消', loading: '正在比对…',
  noClash: '与现有内容没有重名。', clashTitle: '重名的表', clashHint: '逐个选择怎样处理；现有的数据不受影响。',
  choice: { rename: '改名后新建', merge: '并入现有的表', skip: '不安装这张表' }, renamed: '新表名为 {{name}}',
  others: '同名的角色、选项和导航', kind: { role: '角色', options: '选项列表', navigation: '导航分组', table: '表' }, share: '内容相同，共用', renameTo: '改名为 {{name}}', mergeInto: '合并',
  installNote: '安装模板 {{name}} {{version}}', upgradeNote: '升级模板 {{name}} 到 {{version}}', uninstallNote: '卸载模板 {{name}}',
  upgradeTitle: '升级“{{name}}”：{{from}} → {{to}}', uninstallTitle: '卸载“{{name}}”', uninstallHint: '它带来的表连同数据移入回收站，保留 30 天。其他表要用到的内容和仍有人担任的角色会留下。',
  conflicts: '双方都改过的地方', conflictsHint: '默认保留自己的改动；可以逐项改用模板的新内容。', keep: '保留自己的', take: '用模板的', was: '模板原来', own: '自己的', newer: '模板新版', noConflicts: '没有冲突：自己的改动全部保留。',
  published: '已发布第 {{version}} 版', undo: '撤销', samplesFailed: '模板已发布，但示例数据没有装入：{{reason}}',
  export: '导出定义', exportHint: '把当前已发布的表、表单、视图和权限存成文件，与模板的格式相同，不含数据。', exportAll: '导出整个应用', exportSome: '导出所选的表', chooseTables: '选择要导出的表',
  needs: '所选的表还用到：{{tables}}', addNeeded: '一并选上',
  import: '导入定义', importHint: '读入 zip 或 JSON 文件成为草稿，发布前不影响任何人。', importMode: '怎样导入', mode: { replace: '替换整个应用', merge: '并入当前应用' }, modeHint: { replace: '文件里没有的表会从草稿中移除。', merge: '文件里的表覆盖同名的表，其余不变。' },
  choose: '选择文件', importing: '正在读取…', imported: '已读入草稿：与已发布的相比有 {{n}} 项更改', importedIssues: '已读入草稿：{{n}} 项更改，其中有 {{issues}} 个问题待解决', importedSame: '文件与已发布的内容完全相同', review: '查看影响', importFailed: '文件不能读入',
};
export type TemplateTexts = typeof zh;
const en: TemplateTexts = {
  title: 'Templates and files', hint: 'Installing, upgrading and removing show their effects first and are undone as a whole.',
  installed: 'Installed {{version}}', available: 'Version {{version}}', holds: '{{tables}} tables · {{records}} sample records',
  install: 'Install', upgrade: 'Upgrade to {{version}}', uninstall: 'Uninstall', samples: 'Add sample data', samplesDone: '{{n}} sample records added', empty: 'There are no templates',
  profile: 'What to install', profileTables: '{{n}} tables', growTo: 'Grow', growTitle: '“{{name}}” grows to {{profile}}', growNote: 'Grows template {{name}} to {{profile}}',
  draft: 'Your draft holds {{n}} changes', draftHint: 'Installing, upgrading or removing publishes a version of its own. Publish or discard the draft first, so that nothing is lost.', toDraft: 'See the draft',
  installTitle: 'Install “{{name}}”', withSamples: 'Add {{n}} sample records too', samplesHint: 'Among them people and departments for a demonstration.', samplesMerged: 'Not when a table is merged into one that is there: samples are not mixed with your own records.', next: 'Review effects', cancel: 'Cancel', loading: 'Comparing…',
  noClash: 'No name is taken already.', clashTitle: 'Tables whose name is taken', clashHint: 'Choose for each; data that is there is not touched.',
  choice: { rename: 'Add under another name', merge: 'Merge into the table that is there', skip: 'Leave this table out' }, renamed: 'Will be called {{name}}',
  others: 'Roles, lists and groups of the same name', kind: { role: 'Role', options: 'Option list', navigation: 'Navigation group', table: 'Table' }, share: 'alike, shared', renameTo: 'becomes {{name}}', mergeInto: 'merged',
  installNote: 'Installed template {{name}} {{version}}', upgradeNote: 'Upgraded template {{name}} to {{version}}', uninstallNote: 'Removed template {{name}}',
  upgradeTitle: 'Upgrade “{{name}}”: {{from}} → {{to}}', uninstallTitle: 'Uninstall “{{name}}”', uninstallHint: 'The tables it brought go to the trash with their data for 30 days. What other tables need stays, and so do roles that people still have.',
  conflicts: 'Changed on both sides', conflictsHint: 'Your own changes stay; choose where the template should win.', keep: 'Keep mine', take: 'Take the template’s', was: 'Template before', own: 'Yours', newer: 'Template now', noConflicts: 'No conflicts: all your own changes stay.',
  published: 'Version {{version}} published', undo: 'Undo', samplesFailed: 'The template is published, but its sample data was not added: {{reason}}',
  export: 'Export definitions', exportHint: 'Saves the published tables, forms, views and rights as files in the format of templates, without data.', exportAll: 'Export the whole app', exportSome: 'Export chosen tables', chooseTables: 'Choose tables to export',
  needs: 'The chosen tables also use: {{tables}}', addNeeded: 'Choose these too',
  import: 'Import definitions', importHint: 'Reads a zip or JSON file into your draft; nobody notices before it is published.', importMode: 'How to import', mode: { replace: 'Replace the whole app', merge: 'Merge into this app' }, modeHint: { replace: 'Tables that are not in the file are removed from the draft.', merge: 'Tables in the file replace those of the same name; the rest stays.' },
  choose: 'Choose a file', importing: 'Reading…', imported: 'In your draft: {{n}} changes against what is published', importedIssues: 'In your draft: {{n}} changes, with {{issues}} problems to solve', importedSame: 'The file is exactly what is published', review: 'Review effects', importFailed: 'The file cannot be read',
};
const TEXTS: Readonly<Record<Locale, TemplateTexts>> = { 'zh-CN': zh, en };
export function useTemplateTexts(): TemplateTexts {
  return TEXTS[useLocale()];
}
