import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { NodeType } from '../node-type.ts';
import { type Branch, branchesSetting, settingOf } from '../settings.ts';

export const switchNode: NodeType = {
  label: text('多路分支', 'Branches'),
  description: text('走第一条满足条件的分支；都不满足走“其他”', 'Takes the first branch whose rule holds, else Otherwise'),
  icon: 'branches',
  group: 'logic',
  settings: Type.Object({ branches: branchesSetting(['分支', 'Branches'], true) }),
  instant: true,
  ports: (node) => [...settingOf<Branch[]>(node, 'branches', []).map(({ name, label }) => ({ name, label })), { name: 'otherwise', label: text('其他', 'Otherwise') }],
  run: async ({ node, holds }) => ({ port: settingOf<Branch[]>(node, 'branches', []).find(({ rule }) => holds(rule ?? true))?.name ?? 'otherwise' }),
  summary: (node) => {
    const branches = settingOf<Branch[]>(node, 'branches', []);
    return text(`按条件分为：${branches.map(({ label }) => label['zh-CN']).join('、')}`, `By rule: ${branches.map(({ label }) => label.en).join(', ')}`);
  },
};
