import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { flagSetting, ruleSetting, settingOf, tableSetting } from '../settings.ts';
import type { TriggerType } from '../trigger-type.ts';

export const recordCreated: TriggerType = {
  label: text('新建记录时', 'A record is created'),
  description: text('新建、导入或流程中创建', 'By hand, by import or by a workflow'),
  icon: 'plus-square',
  settings: Type.Object({
    table: tableSetting(['表', 'Table']),
    rule: Type.Optional(ruleSetting(['仅当', 'Only if'])),
    inside: Type.Optional(flagSetting(['在保存时同步执行', 'Runs inside the save'], ['可以设置字段和拒绝保存，不能等待', 'May set fields and refuse the save, may not wait'])),
  }),
  table: (trigger) => settingOf(trigger, 'table', ''),
  onWrite: (trigger, { action, holdsNow }) => action === 'create' && holdsNow(trigger.rule as Rule | undefined),
  insideSave: (trigger) => trigger.inside === true,
  summary: (trigger, words) => {
    const table = words.table(settingOf(trigger, 'table', ''));
    const rule = trigger.rule === undefined ? null : words.rule(trigger.rule as Rule, null);
    return text(`新建${table['zh-CN']}时${rule ? `，若${rule['zh-CN']}` : ''}`, `When a ${table.en} record is created${rule ? ` and ${rule.en}` : ''}`);
  },
};
