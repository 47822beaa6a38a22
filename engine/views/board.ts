import Type from 'typebox';
import { labelled, text } from '../fields/settings.ts';
import type { ViewDefinition } from '../model/definitions.ts';
import type { ViewType } from './view-type.ts';

/** Records as cards in columns: one column an option, or one a referenced record. */
export const board: ViewType = {
  label: { 'zh-CN': '看板', en: 'Board' },
  settings: Type.Object({
    groupBy: Type.String({ ...labelled('列', 'Columns by', { 'x-editor': 'field', 'x-kinds': ['option', 'reference'], 'x-help': text('拖动卡片会修改这个字段。', 'Dragging a card changes this field.') }) }),
    fields: Type.Optional(Type.Array(Type.String(), { maxItems: 8, ...labelled('卡片上的字段', 'Fields on a card', { 'x-editor': 'paths' }) })),
    amount: Type.Optional(Type.String({ ...labelled('金额（列头合计）', 'Amount (summed above)', { 'x-editor': 'path', 'x-kinds': ['number'] }) })),
    avatar: Type.Optional(Type.String({ ...labelled('头像', 'Avatar', { 'x-editor': 'path', 'x-kinds': ['reference'], 'x-help': text('不选时为负责人。', 'The owner without a choice.') }) })),
    mark: Type.Optional(Type.String({ ...labelled('提醒标记', 'Warning mark', { 'x-editor': 'path', 'x-kinds': ['boolean'], 'x-help': text('为“是”时卡片上有标记，例如停滞。', 'The card is marked where it is true: a deal that has stalled.') }) })),
    since: Type.Optional(Type.String({ ...labelled('停留天数从何时算起', 'Days are counted from', { 'x-editor': 'path', 'x-kinds': ['date', 'dateTime'] }) })),
    folded: Type.Optional(Type.Array(Type.String(), { maxItems: 50, ...labelled('折叠的列', 'Folded columns', { 'x-editor': 'texts', 'x-help': text('选项的键值，例如 won、lost。', 'Values of options: won, lost.') }) })),
  }),
  paths: (view) => [...needed(view), ...list(view.fields), ...[view.amount, view.avatar, view.mark, view.since].filter((path) => typeof path === 'string')],
  shown: (view) => list(view.fields),
  needs: needed,
};

function needed(view: ViewDefinition): string[] {
  return typeof view.groupBy === 'string' ? [view.groupBy] : [];
}

function list(paths: unknown): string[] {
  return Array.isArray(paths) ? (paths as string[]) : [];
}
