import Type from 'typebox';
import { labelled, text } from '../fields/settings.ts';
import { kindOf } from '../rules/paths.ts';
import { type PanelType, pathsOf } from './panel-type.ts';

/** What is to be done next: the record whose date comes first. */
export const next: PanelType = {
  label: { 'zh-CN': '下一步', en: 'Next step' },
  settings: Type.Object({
    date: Type.String({ ...labelled('时间', 'When', { 'x-editor': 'path', 'x-of': 'table', 'x-kinds': ['date', 'dateTime'], 'x-help': text('已过的显示为红色。', 'What has passed is shown in red.') }) }),
    title: Type.String({ ...labelled('内容', 'What', { 'x-editor': 'path', 'x-of': 'table' }) }),
    person: Type.Optional(Type.String({ ...labelled('人员', 'Who', { 'x-editor': 'path', 'x-of': 'table', 'x-kinds': ['reference'] }) })),
    complete: Type.Optional(Type.String({ ...labelled('完成它的操作', 'The action that completes it', { 'x-help': text('那张表的操作名称。', 'The name of an action of that table.') }) })),
  }),
  paths: (panel) => pathsOf(panel, { date: { needed: true, kinds: ['date', 'dateTime'] }, title: { needed: true }, person: { needed: false, kinds: ['reference'] } }),
  issues: (panel, { path, actions }) =>
    panel.complete === undefined || actions(panel.table).some(({ name }) => name === panel.complete)
      ? []
      : [{ path: `${path}/complete`, code: 'unknown_action', message: { 'zh-CN': `表“${panel.table}”没有操作“${String(panel.complete)}”`, en: `The table "${panel.table}" has no action "${String(panel.complete)}"` } }],
  begin: (table, tables) => {
    const fields = Object.values(tables[table]?.fields ?? {}).filter((field) => !field.system && !field.hidden);
    const date = fields.find((field) => ['date', 'dateTime'].includes(kindOf(field)));
    const title = fields.find((field) => kindOf(field) === 'text');
    return date && title && { date: date.name, title: title.name };
  },
};
