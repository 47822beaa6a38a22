import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import type { NodeType } from '../node-type.ts';
import { ruleSetting } from '../settings.ts';

export const condition: NodeType = {
  label: text('条件', 'Condition'),
  description: text('满足条件走“是”，否则走“否”', 'Goes on by Yes when the rule holds, else by No'),
  icon: 'fork',
  group: 'logic',
  settings: Type.Object({ rule: ruleSetting(['条件', 'Rule']) }),
  instant: true,
  ports: () => [
    { name: 'yes', label: text('是', 'Yes') },
    { name: 'no', label: text('否', 'No') },
  ],
  run: async ({ node, holds }) => ({ port: holds(node.rule as Rule) ? 'yes' : 'no' }),
  summary: (node, words) => {
    const rule = words.rule(node.rule as Rule, null);
    return text(`若${rule['zh-CN']}`, `If ${rule.en}`);
  },
};
