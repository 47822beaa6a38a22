import Type from 'typebox';
import type { Label } from '../../errors.ts';
import { text } from '../../fields/settings.ts';
import type { NodeType } from '../node-type.ts';
import { fieldSetting, messageSetting, settingOf } from '../settings.ts';

/** The save is refused with a sentence; nothing of it is kept. */
export const refuse: NodeType = {
  label: text('拒绝保存', 'Refuse the save'),
  description: text('不允许保存，并说明原因', 'The record is not saved, with a reason'),
  icon: 'close-circle',
  group: 'data',
  settings: Type.Object({ message: messageSetting(['原因', 'Reason']), field: Type.Optional(fieldSetting(['标在哪个字段', 'Shown at field'], undefined)) }),
  instant: true,
  insideSave: true,
  ports: () => [],
  run: async ({ node, message }) => ({ end: 'refused', message: message(node.message as Label), ...(typeof node.field === 'string' && { field: node.field }) }),
  summary: (node) => {
    const message = settingOf<Label>(node, 'message', text('', ''));
    return text(`拒绝保存：${message['zh-CN']}`, `Refuses the save: ${message.en}`);
  },
};
