import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { type Expression, namedValuesSetting, settingOf } from '../settings.ts';

/** Values of its own to be read later: a formula, an intermediate result. */
export const set: NodeType = {
  label: text('设置变量', 'Set variables'),
  description: text('用公式算出值，供后面的节点使用', 'Works out values for the nodes that follow'),
  icon: 'function',
  group: 'logic',
  settings: Type.Object({ variables: namedValuesSetting(['变量', 'Variables']) }),
  instant: true,
  ports: () => [DONE],
  outputs: (node, source) =>
    Object.fromEntries(Object.entries(settingOf<Record<string, Expression>>(node, 'variables', {})).map(([name, expression]) => [name, { label: text(name, name), kind: source.kindOf(expression) }])),
  run: async ({ node, values }) => ({ port: 'done', output: values(settingOf(node, 'variables', {})) }),
  summary: (node, words) => {
    const entries = Object.entries(settingOf<Record<string, Expression>>(node, 'variables', {})).map(([name, value]) => ({ name, words: words.expression(value) }));
    return text(entries.map((entry) => `${entry.name} = ${entry.words['zh-CN']}`).join('；'), entries.map((entry) => `${entry.name} = ${entry.words.en}`).join('; '));
  },
};
