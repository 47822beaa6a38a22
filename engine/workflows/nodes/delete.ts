import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, ERROR, type NodeType } from '../node-type.ts';
import { flagSetting, recordSetting, settingOf } from '../settings.ts';

export const deleteNode: NodeType = {
  label: text('删除记录', 'Delete a record'),
  description: text('放入回收站，可以恢复', 'Into the recycle bin, from where it can be restored'),
  icon: 'delete',
  group: 'data',
  settings: Type.Object({
    record: recordSetting(['哪条记录', 'Which record']),
    changeIsEnough: Type.Optional(flagSetting(['能修改即可', 'The right to change is enough'], ['执行者可以修改这条记录时，不需要删除权限', 'Whoever it runs for needs no right to delete a record that they may change'])),
  }),
  instant: true,
  ports: () => [DONE, ERROR],
  run: async ({ node, record, services }) => {
    const target = record(settingOf(node, 'record', '$record'));
    if (target) await services.remove(target, { changeIsEnough: node.changeIsEnough === true });
    return { port: 'done' };
  },
  summary: (node, words) => {
    const record = words.variable(settingOf(node, 'record', '$record'));
    return text(`删除${record['zh-CN']}`, `Deletes ${record.en}`);
  },
};
