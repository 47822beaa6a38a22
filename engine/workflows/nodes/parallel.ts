import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { type Branch, branchesSetting, choiceSetting, settingOf } from '../settings.ts';

/** Its branches begin together; it goes on when all have ended, or the first. What still waits then is called off. */
export const parallel: NodeType = {
  label: text('并行', 'Parallel'),
  description: text('几条分支同时进行，全部（或任一）结束后继续', 'Several branches at once; goes on when all (or any) have ended'),
  icon: 'columns',
  group: 'logic',
  settings: Type.Object({
    branches: branchesSetting(['分支', 'Branches'], false),
    join: choiceSetting(['何时继续', 'Goes on'], { all: ['全部分支结束后', 'when all branches have ended'], any: ['任一分支结束后', 'when any branch has ended'] }, 'all'),
  }),
  ports: (node) => [...settingOf<Branch[]>(node, 'branches', []).map(({ name, label }) => ({ name, label, kind: 'body' as const })), DONE],
  run: async ({ node }) => ({ enter: settingOf<Branch[]>(node, 'branches', []).map(({ name }) => name), memory: [] }),
  resume: async ({ node, memory }, happened) => {
    const ended = [...(Array.isArray(memory) ? (memory as string[]) : []), ...(happened.kind === 'body' ? [happened.port] : [])];
    const isOver = node.join === 'any' || settingOf<Branch[]>(node, 'branches', []).every(({ name }) => ended.includes(name));
    return isOver ? { port: 'done', output: { first: ended[0] ?? null } } : { stay: true, memory: ended };
  },
  outputs: () => ({ first: { label: text('最先结束的分支', 'Branch that ended first'), kind: 'text' } }),
  summary: (node) => {
    const branches = settingOf<Branch[]>(node, 'branches', []);
    const any = node.join === 'any';
    return text(`同时进行：${branches.map(({ label }) => label['zh-CN']).join('、')}；${any ? '任一' : '全部'}结束后继续`, `At once: ${branches.map(({ label }) => label.en).join(', ')}; goes on when ${any ? 'any has' : 'all have'} ended`);
  },
};
