import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { NodeType } from '../node-type.ts';

export const end: NodeType = {
  label: text('结束', 'End'),
  description: text('整个流程到此结束，并行的分支也一起停止', 'The whole run ends here, other branches too'),
  icon: 'stop',
  group: 'logic',
  settings: Type.Object({}),
  instant: true,
  ports: () => [],
  run: async () => ({ end: 'done' }),
  summary: () => text('流程结束', 'The run ends'),
};
