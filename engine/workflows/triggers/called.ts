import Type from 'typebox';
import { labelled, text } from '../../fields/settings.ts';
import { Name } from '../../fields/definition-parts.ts';
import { settingOf, tableSetting } from '../settings.ts';
import type { TriggerType } from '../trigger-type.ts';

export const called: TriggerType = {
  label: text('被其他流程调用', 'Another workflow calls it'),
  description: text('作为子流程使用', 'For use inside other workflows'),
  icon: 'partition',
  settings: Type.Object({
    table: Type.Optional(tableSetting(['关于哪张表的记录', 'About a record of'])),
    inputs: Type.Optional(Type.Array(Name, { ...labelled('输入', 'Inputs', { 'x-editor': 'texts', 'x-help': text('调用者给出的值，读作 $trigger.名称', 'Values the caller gives, read as $trigger.name') }) })),
  }),
  table: (trigger) => (typeof trigger.table === 'string' ? trigger.table : null),
  variables: (trigger) => Object.fromEntries(settingOf<string[]>(trigger, 'inputs', []).map((name) => [name, { label: text(name, name), open: true as const }])),
  startedBy: 'workflow',
  summary: () => text('被其他流程调用时', 'When another workflow calls it'),
};
