/** Texts of the app's own settings, in both languages. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';

const zh = {
  title: '应用设置', general: '基本', label: '应用名称', description: '说明', timeZone: '时区', timeZoneHelp: '决定“今天”从何时开始，以及日期时间如何显示。', currency: '币种', ownerDepartment: '负责人换部门时，其记录', ownerDepartmentHelp: '决定记录归哪个部门的经理查看；转移记录时总是归新负责人的部门。', departmentKeep: '留在原部门', departmentFollow: '随负责人到新部门', fiscal: '财年开始月份', fiscalHelp: '图表中“本财年”“上财年”从这个月开始。', month: (n: number) => `${n} 月`, locale: '默认语言',
  factor: '两步验证', factorHelp: '“必须”时，没有开启的人下次登录须先开启。', factorOptional: '自愿', factorRequired: '所有人必须',
  dual: '高级别双人确认', dualHelp: '授予 5 级以上的角色时，须由另一位管理员确认。', dualAuto: '有 5 位及以上用户时（默认）', dualOn: '总是', dualOff: '不需要',
  numbers: '身份证号与银行卡号', numbersHelp: '对所有录入、导入、接口和流程生效。单个字段可在字段设置中豁免。', numbersBlock: '拒绝保存（默认）', numbersMask: '打码后保存', numbersWarn: '保存并提醒',
  navigation: '导航', navigationHint: '分组和表的顺序就是侧栏的顺序。', addGroup: '新增分组', groupLabel: '分组名称', icon: '图标', tables: '表', removeGroup: '删除分组', removeHint: '分组中的表仍在，可放入其他分组。',
  home: '工作台', homeHint: '打开应用先看到的视图，按此顺序。', addHome: '添加视图', remove: '移除', none: '未设置', builtIn: '内置',
};
export type AppTexts = typeof zh;
const en: AppTexts = {
  title: 'App settings', general: 'General', label: 'Name of the app', description: 'Description', timeZone: 'Time zone', timeZoneHelp: 'Decides when “today” begins and how moments are shown.', currency: 'Currency', ownerDepartment: 'When an owner changes department, the records', ownerDepartmentHelp: 'Decides which department’s manager sees them; a transferred record always goes to the new owner’s department.', departmentKeep: 'Stay with the department they were made in', departmentFollow: 'Follow the owner', fiscal: 'Fiscal year begins in', fiscalHelp: 'Where “this fiscal year” and “last fiscal year” of charts begin.', month: (n: number) => new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, n - 1, 1)), locale: 'Default language',
  factor: 'Second factor', factorHelp: 'When required, whoever has none sets it up at the next sign-in.', factorOptional: 'Optional', factorRequired: 'Required of everybody',
  dual: 'Two people for high levels', dualHelp: 'A role above level 5 waits until a second administrator confirms it.', dualAuto: 'From five users on (default)', dualOn: 'Always', dualOff: 'Not needed',
  numbers: 'ID and bank card numbers', numbersHelp: 'Holds for every input, import, API and workflow. Single fields can be exempted in their settings.', numbersBlock: 'Refuse to save (default)', numbersMask: 'Save them masked', numbersWarn: 'Save and point them out',
  navigation: 'Navigation', navigationHint: 'The order of groups and tables here is the order of the side bar.', addGroup: 'Add group', groupLabel: 'Name of the group', icon: 'Icon', tables: 'Tables', removeGroup: 'Remove group', removeHint: 'Its tables stay and can be put into another group.',
  home: 'Home', homeHint: 'The views seen first when the app opens, in this order.', addHome: 'Add view', remove: 'Remove', none: 'Not set', builtIn: 'built in',
};
const TEXTS: Readonly<Record<Locale, AppTexts>> = { 'zh-CN': zh, en };
export function useAppTexts(): AppTexts {
  return TEXTS[useLocale()];
}
