import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { settingOf, valuesSetting } from '../settings.ts';

/** Part of the save itself: who saves sees the values at once, and they are refused or kept together with the rest. */
export const setFields: NodeType = {
  label: text('保存前设置字段', 'Set fields before the save'),
  description: text('在保存的同时设置本记录的字段', 'Sets fields of the record in the same save'),
  icon: 'form',
  group: 'data',
  settings: Type.Object({ values: valuesSetting(['字段值', 'Values']) }),
  instant: true,
  insideSave: true,
  ports: () => [DONE],
  run: async ({ node, values, services }) => {
    await services.setFields(values(settingOf(node, 'values', {})));
    return { port: 'done' };
  },
  summary: (node, words) => words.values(null, settingOf(node, 'values', {})),
};
