import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, ERROR, type NodeType } from '../node-type.ts';
import { flagSetting, recordSetting, settingOf, valuesSetting } from '../settings.ts';

export const update: NodeType = {
  label: text('修改记录', 'Change a record'),
  description: text('修改触发记录或前面得到的记录', 'The record that started the run, or one from an earlier node'),
  icon: 'edit',
  group: 'data',
  settings: Type.Object({
    record: recordSetting(['哪条记录', 'Which record']),
    values: valuesSetting(['字段值', 'Values'], 'record'),
    readOnlyToo: Type.Optional(flagSetting(['也写只读字段', 'Read-only fields too'], ['平时只读或已锁定的字段也可以写；对记录的权限不变', 'Fields that are read-only or locked may be set; the rights on the record stay what they are'])),
  }),
  instant: true,
  ports: () => [DONE, ERROR],
  run: async ({ node, record, values, services }) => {
    const target = record(settingOf(node, 'record', '$record'));
    if (target) await services.update(target, values(settingOf(node, 'values', {})), { readOnlyToo: node.readOnlyToo === true });
    return { port: 'done', output: { changed: target !== null } };
  },
  outputs: () => ({ changed: { label: text('已修改', 'Was changed'), kind: 'boolean' } }),
  summary: (node, words) => {
    const name = settingOf(node, 'record', '$record');
    const record = words.variable(name);
    const values = words.values(name, settingOf(node, 'values', {}));
    return text(`修改${record['zh-CN']}：${values['zh-CN']}`, `Sets ${values.en} on ${record.en}`);
  },
};
