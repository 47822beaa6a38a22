import Type from 'typebox';
import { labelled, text } from '../fields/settings.ts';
import type { ViewDefinition } from '../model/definitions.ts';
import type { ViewType } from './view-type.ts';

/** Records on the days they fall on. `time.start` and `time.end` are the parts of a time span. */
export const calendar: ViewType = {
  label: { 'zh-CN': '日历', en: 'Calendar' },
  settings: Type.Object({
    start: Type.String({ ...labelled('开始', 'Begins', { 'x-editor': 'path', 'x-kinds': ['date', 'dateTime'], 'x-help': text('在日历上拖动会修改它。', 'Dragging on the calendar changes it.') }) }),
    end: Type.Optional(Type.String({ ...labelled('结束', 'Ends', { 'x-editor': 'path', 'x-kinds': ['date', 'dateTime'] }) })),
    title: Type.Optional(Type.String({ ...labelled('标题', 'Title', { 'x-editor': 'path', 'x-help': text('不选时为记录的标题。', 'The title of the record without a choice.') }) })),
    colorBy: Type.Optional(Type.String({ ...labelled('按选项着色', 'Colour by option', { 'x-editor': 'path', 'x-kinds': ['option'] }) })),
    mode: Type.Optional(
      Type.Union([Type.Literal('month'), Type.Literal('week'), Type.Literal('day'), Type.Literal('list')], {
        ...labelled('打开时显示', 'Opens with', { 'x-labels': { month: text('月', 'Month'), week: text('周', 'Week'), day: text('日', 'Day'), list: text('日程', 'Agenda') } }),
      }),
    ),
    rrule: Type.Optional(Type.String({ ...labelled('重复规则', 'Recurrence', { 'x-editor': 'path', 'x-kinds': ['text'], 'x-help': text('一个存放 RRULE 的文本字段。', 'A text field that holds an RRULE.') }) })),
    exdates: Type.Optional(Type.String({ ...labelled('不重复的日子', 'Exceptions', { 'x-editor': 'path', 'x-kinds': ['text', 'list'] }) })),
  }),
  paths: (view) => [...needed(view), ...[view.end, view.title, view.colorBy, view.rrule, view.exdates].filter((path) => typeof path === 'string')],
  shown: (view) => (typeof view.title === 'string' ? [view.title] : []),
  needs: needed,
};

function needed(view: ViewDefinition): string[] {
  return typeof view.start === 'string' ? [view.start] : [];
}
