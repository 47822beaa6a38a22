import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { ruleSetting, settingOf, tableSetting } from '../settings.ts';
import type { TriggerType } from '../trigger-type.ts';

export const recordDeleted: TriggerType = {
  label: text('删除记录时', 'A record is deleted'),
  description: text('放入回收站时', 'When it goes into the recycle bin'),
  icon: 'delete',
  settings: Type.Object({ table: tableSetting(['表', 'Table']), rule: Type.Optional(ruleSetting(['仅当', 'Only if'])) }),
  table: (trigger) => settingOf(trigger, 'table', ''),
  onWrite: (trigger, { action, holdsNow }) => action === 'delete' && holdsNow(trigger.rule as Rule | undefined),
  summary: (trigger, words) => {
    const table = words.table(settingOf(trigger, 'table', ''));
    return text(`删除${table['zh-CN']}时`, `When a ${table.en} record is deleted`);
  },
};
