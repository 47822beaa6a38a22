import Type from 'typebox';
import { labelled } from '../fields/settings.ts';
import { kindOf, singleTarget } from '../rules/paths.ts';
import { type PanelType, pathsOf } from './panel-type.ts';

/** Records below one another: who reports to whom. */
export const tree: PanelType = {
  label: { 'zh-CN': '树', en: 'Tree' },
  settings: Type.Object({
    parent: Type.String({ ...labelled('上级', 'Above it', { 'x-editor': 'path', 'x-of': 'table', 'x-kinds': ['reference'] }) }),
    title: Type.String({ ...labelled('标题', 'Title', { 'x-editor': 'path', 'x-of': 'table' }) }),
    caption: Type.Optional(Type.String({ ...labelled('说明', 'Caption', { 'x-editor': 'path', 'x-of': 'table' }) })),
    role: Type.Optional(Type.String({ ...labelled('角色', 'Role', { 'x-editor': 'path', 'x-of': 'table', 'x-kinds': ['option'] }) })),
    color: Type.Optional(Type.String({ ...labelled('按选项着色', 'Colour by option', { 'x-editor': 'path', 'x-of': 'table', 'x-kinds': ['option'] }) })),
  }),
  paths: (panel) => pathsOf(panel, { parent: { needed: true, kinds: ['reference'] }, title: { needed: true }, caption: { needed: false }, role: { needed: false, kinds: ['option'] }, color: { needed: false, kinds: ['option'] } }),
  issues: (panel, { tables, path }) => {
    const parent = tables[panel.table]?.fields[String(panel.parent)];
    // A path that leads nowhere is told of as such.
    if (!parent && tables[panel.table] && !String(panel.parent).includes('.')) return [];
    return parent && singleTarget(parent) === panel.table ? [] : [{ path: `${path}/parent`, code: 'not_a_parent', message: { 'zh-CN': `“${String(panel.parent)}”不是指向同一张表的引用`, en: `"${String(panel.parent)}" is no reference to the same table` } }];
  },
  begin: (table, tables) => {
    const fields = Object.values(tables[table]?.fields ?? {});
    const parent = fields.find((field) => singleTarget(field) === table);
    const title = fields.find((field) => !field.system && !field.hidden && kindOf(field) === 'text');
    return parent && title && { parent: parent.name, title: title.name };
  },
};
