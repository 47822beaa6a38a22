import Type from 'typebox';
import type { Json } from '../../fields/field-type.ts';
import { text } from '../../fields/settings.ts';
import { DONE, type NodeCall, type NodeResult, type NodeType } from '../node-type.ts';
import { type Expression, expressionSetting, listSetting, settingOf } from '../settings.ts';

/** What is gone through: records of a list, or values such as the shares of a plan. */
function itemsOf({ node, records, value }: NodeCall): readonly Json[] {
  if (node.values === undefined) return records(settingOf(node, 'over', '')).map((record) => ({ ...record }));
  const list = value(node.values as Expression);
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}

function turn(call: NodeCall, index: number): NodeResult {
  const list = itemsOf(call);
  const name = call.node.values === undefined ? 'record' : 'value';
  if (index >= list.length) return { port: 'done', output: { count: list.length, index: list.length, [name]: null } };
  return { enter: ['each'], memory: index, output: { count: list.length, index: index + 1, [name]: list[index] ?? null } };
}

/** One after the other; each body ends before the next begins. */
export const loop: NodeType = {
  label: text('循环', 'Loop'),
  description: text('对列表中的每条记录或每个值依次执行', 'For each record or value of a list, one after the other'),
  icon: 'retweet',
  group: 'logic',
  settings: Type.Object({
    over: Type.Optional(listSetting(['记录列表', 'Records'])),
    values: Type.Optional(expressionSetting(['或一组值', 'Or values'], ['参数中的一组数或文本', 'Numbers or texts of a parameter'], { 'x-names': 'charts' })),
  }),
  instant: true,
  ports: () => [{ name: 'each', label: text('每条', 'Each'), kind: 'body' }, DONE],
  outputs: (node, source) => {
    const table = source.tableOf(settingOf(node, 'over', ''));
    return {
      ...(node.values !== undefined && { value: { label: text('当前值', 'Current value'), kind: 'none' as const } }),
      ...(node.values === undefined && table !== null && { record: { label: text('当前记录', 'Current record'), table } }),
      index: { label: text('第几条', 'Number in the list'), kind: 'number' },
      count: { label: text('共几条', 'How many'), kind: 'number' },
    };
  },
  run: async (call) => turn(call, 0),
  resume: async (call) => turn(call, Number(call.memory) + 1),
  summary: (node, words) => {
    const list = node.values === undefined ? words.variable(settingOf(node, 'over', '')) : words.expression(node.values as Expression);
    return text(`对${list['zh-CN']}逐条执行`, `For each of ${list.en}`);
  },
};
