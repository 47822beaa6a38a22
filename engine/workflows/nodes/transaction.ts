import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, ERROR, type NodeType } from '../node-type.ts';

/** Its body is run in one transaction: a node that fails takes back all that the body has done. */
export const transaction: NodeType = {
  label: text('事务', 'All or nothing'),
  description: text('其中的步骤要么全部生效，要么全部撤回', 'The steps inside take effect together or not at all'),
  icon: 'safety',
  group: 'logic',
  settings: Type.Object({}),
  atomic: true,
  ports: () => [{ name: 'inside', label: text('其中', 'Inside'), kind: 'body' }, DONE, ERROR],
  run: async () => ({ enter: ['inside'] }),
  resume: async () => ({ port: 'done' }),
  summary: () => text('其中的步骤一起生效，或一起撤回', 'The steps inside take effect together or not at all'),
};
