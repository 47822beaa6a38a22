import Type from 'typebox';
import type { Label } from '../../errors.ts';
import { text } from '../../fields/settings.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { fieldSetting, flagSetting, messageSetting, settingOf } from '../settings.ts';

/** The save is refused with a sentence; nothing of it is kept. */
export const refuse: NodeType = {
  label: text('拒绝保存', 'Refuse the save'),
  description: text('不允许保存，并说明原因', 'The record is not saved, with a reason'),
  icon: 'close-circle',
  group: 'data',
  settings: Type.Object({
    message: messageSetting(['原因', 'Reason']),
    field: Type.Optional(fieldSetting(['标在哪个字段', 'Shown at field'], undefined)),
    goesOn: Type.Optional(flagSetting(['继续检查', 'Go on checking'], ['后面的检查照做，最后一次说出全部原因', 'What follows is checked as well; all reasons are told at once in the end'])),
  }),
  instant: true,
  insideSave: true,
  ports: (node) => (node.goesOn === true ? [DONE] : []),
  run: async ({ node, message }) => {
    const refusal = { message: message(node.message as Label), ...(typeof node.field === 'string' && { field: node.field }) };
    return node.goesOn === true ? { port: 'done', refusal } : { end: 'refused', refusal };
  },
  summary: (node) => {
    const message = settingOf<Label>(node, 'message', text('', ''));
    return text(`拒绝保存：${message['zh-CN']}`, `Refuses the save: ${message.en}`);
  },
};
