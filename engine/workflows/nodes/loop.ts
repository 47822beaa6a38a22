import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, type NodeCall, type NodeResult, type NodeType } from '../node-type.ts';
import { listSetting, settingOf } from '../settings.ts';

function turn({ node, records }: NodeCall, index: number): NodeResult {
  const list = records(settingOf(node, 'over', ''));
  const item = list[index];
  if (!item) return { port: 'done', output: { count: list.length, index: list.length, record: null } };
  return { enter: ['each'], memory: index, output: { count: list.length, index: index + 1, record: { ...item } } };
}

/** One record after the other; each body ends before the next begins. */
export const loop: NodeType = {
  label: text('循环', 'Loop'),
  description: text('对列表中的每条记录依次执行', 'For each record of a list, one after the other'),
  icon: 'retweet',
  group: 'logic',
  settings: Type.Object({ over: listSetting(['记录列表', 'Records']) }),
  instant: true,
  ports: () => [{ name: 'each', label: text('每条', 'Each'), kind: 'body' }, DONE],
  outputs: (node, source) => {
    const table = source.tableOf(settingOf(node, 'over', ''));
    return {
      ...(table !== null && { record: { label: text('当前记录', 'Current record'), table } }),
      index: { label: text('第几条', 'Number in the list'), kind: 'number' },
      count: { label: text('共几条', 'How many'), kind: 'number' },
    };
  },
  run: async (call) => turn(call, 0),
  resume: async (call) => turn(call, Number(call.memory) + 1),
  summary: (node, words) => {
    const list = words.variable(settingOf(node, 'over', ''));
    return text(`对${list['zh-CN']}逐条执行`, `For each of ${list.en}`);
  },
};
