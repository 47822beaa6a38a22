import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, ERROR, type NodeType } from '../node-type.ts';
import { settingOf, tableSetting, valuesSetting } from '../settings.ts';

export const create: NodeType = {
  label: text('新建记录', 'Create a record'),
  description: text('新建任务、跟进计划或任何记录', 'A task, a follow-up plan or any other record'),
  icon: 'plus-square',
  group: 'data',
  settings: Type.Object({ table: tableSetting(['表', 'Table']), values: valuesSetting(['字段值', 'Values'], 'table') }),
  instant: true,
  ports: () => [DONE, ERROR],
  outputs: (node) => ({ record: { label: text('新记录', 'New record'), table: settingOf(node, 'table', '') } }),
  run: async ({ node, values, services }) => {
    const table = settingOf(node, 'table', '');
    return { port: 'done', output: { record: { table, id: await services.create(table, values(settingOf(node, 'values', {}))) } } };
  },
  summary: (node, words) => {
    const table = words.table(settingOf(node, 'table', ''));
    return text(`新建${table['zh-CN']}`, `Creates a ${table.en} record`);
  },
};
