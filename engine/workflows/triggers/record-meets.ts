import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { ruleSetting, settingOf, tableSetting } from '../settings.ts';
import type { TriggerType } from '../trigger-type.ts';

/** Once each time the rule begins to hold; a record that goes on meeting it sets nothing off. */
export const recordMeets: TriggerType = {
  label: text('记录开始满足条件时', 'A record begins to meet a rule'),
  description: text('从不满足变为满足的那一刻', 'At the moment it did not before and does now'),
  icon: 'filter',
  settings: Type.Object({ table: tableSetting(['表', 'Table']), rule: ruleSetting(['条件', 'Rule'], undefined, ['与今天有关的条件请用“定时”', 'For rules about today use a schedule']) }),
  table: (trigger) => settingOf(trigger, 'table', ''),
  hasBefore: true,
  onWrite: (trigger, { action, holdsNow, heldBefore }) => action !== 'delete' && holdsNow(trigger.rule as Rule) && !(action === 'update' && heldBefore(trigger.rule as Rule)),
  summary: (trigger, words) => {
    const table = words.table(settingOf(trigger, 'table', ''));
    const rule = words.rule(trigger.rule as Rule | undefined, null);
    return text(`${table['zh-CN']}开始满足“${rule['zh-CN']}”时`, `When a ${table.en} record begins to meet: ${rule.en}`);
  },
};
