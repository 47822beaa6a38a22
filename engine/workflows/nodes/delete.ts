import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, ERROR, type NodeType } from '../node-type.ts';
import { recordSetting, settingOf } from '../settings.ts';

export const deleteNode: NodeType = {
  label: text('删除记录', 'Delete a record'),
  description: text('放入回收站，可以恢复', 'Into the recycle bin, from where it can be restored'),
  icon: 'delete',
  group: 'data',
  settings: Type.Object({ record: recordSetting(['哪条记录', 'Which record']) }),
  instant: true,
  ports: () => [DONE, ERROR],
  run: async ({ node, record, services }) => {
    const target = record(settingOf(node, 'record', '$record'));
    if (target) await services.remove(target);
    return { port: 'done' };
  },
  summary: (node, words) => {
    const record = words.variable(settingOf(node, 'record', '$record'));
    return text(`删除${record['zh-CN']}`, `Deletes ${record.en}`);
  },
};
