/** Texts of the dashboard designer, in both languages. */
import type { Locale } from '#engine/errors.ts';
import { useLocale } from '#runtime/app/i18n/index.ts';

const zh = {
  title: '仪表盘', add: '新建仪表盘', name: '名称', empty: '还没有仪表盘', emptyHint: '把图表、列表和说明摆在一起，给合适的角色看。', settings: '仪表盘设置', addCard: '添加卡片', chart: '图表', list: '列表', text: '文字', approvals: '待审批', notices: '消息', edit: '设置', remove: '移除卡片', removed: '已移除卡片', undo: '撤销',
  description: '说明', icon: '图标', roles: '谁能看到', home: '作为工作台（首页）', homeOf: '作为这些角色的首页', filters: '共享筛选', addPeriod: '添加时段筛选', addValues: '添加字段筛选', filterField: '按哪个字段', filterTable: '取值来自', defaults: '默认', mine: '只看我的', delete: '删除仪表盘', copy: '复制', copyOf: '{{name}} 副本', noCards: '添加第一张卡片', noCardsHint: '选择一种图表，或放一个列表。', view: '视图', rows: '行数', cardLabel: '标题', markdown: '内容（Markdown）', table: '数据表', drag: '拖动卡片标题可移动，拖右下角可调整大小；也可在设置里填写位置。', place: '位置与大小', x: '列', y: '行', w: '宽', h: '高', notLive: '发布后才能预览：{{why}}', which: '卡片类型', order: '次序',
};
export type DashboardDesignerTexts = typeof zh;
const en: DashboardDesignerTexts = {
  title: 'Dashboards', add: 'New dashboard', name: 'Name', empty: 'There are no dashboards yet', emptyHint: 'Put charts, lists and notes together and show them to the right roles.', settings: 'Dashboard settings', addCard: 'Add a card', chart: 'Chart', list: 'List', text: 'Text', approvals: 'Approvals', notices: 'Inbox', edit: 'Settings', remove: 'Remove the card', removed: 'Card removed', undo: 'Undo',
  description: 'Description', icon: 'Icon', roles: 'Who sees it', home: 'Is the home page', homeOf: 'Is the home page of these roles', filters: 'Shared filters', addPeriod: 'Add a filter of time', addValues: 'Add a filter of values', filterField: 'By the field', filterTable: 'Values of', defaults: 'Begins with', mine: 'Only mine', delete: 'Delete the dashboard', copy: 'Duplicate', copyOf: 'Copy of {{name}}', noCards: 'Add the first card', noCardsHint: 'Choose a kind of chart, or put a list here.', view: 'View', rows: 'Rows', cardLabel: 'Title', markdown: 'Content (Markdown)', table: 'Table', drag: 'Drag a card by its title, resize it at its lower right corner, or set its place in the settings.', place: 'Place and size', x: 'Column', y: 'Row', w: 'Width', h: 'Height', notLive: 'Can be seen once it is published: {{why}}', which: 'Kind of card', order: 'Order',
};
const TEXTS: Readonly<Record<Locale, DashboardDesignerTexts>> = { 'zh-CN': zh, en };

export function useDashboardDesignerTexts(): DashboardDesignerTexts {
  return TEXTS[useLocale()];
}
