import Type from 'typebox';
import { labelled, text } from '../../fields/settings.ts';
import { LabelSchema } from '../../fields/definition-parts.ts';
import type { Rule } from '../../rules/rule.ts';
import { choiceSetting, flagSetting, messageSetting, rolesSetting, ruleSetting, settingOf, tableSetting } from '../settings.ts';
import type { TriggerType } from '../trigger-type.ts';

export const manual: TriggerType = {
  label: text('手动按钮', 'A button'),
  description: text('记录页面或列表上的按钮', 'On a record, or on a list for the records chosen'),
  icon: 'thunderbolt',
  settings: Type.Object({
    table: tableSetting(['表', 'Table']),
    button: { ...LabelSchema, ...labelled('按钮文字', 'Text of the button', { 'x-editor': 'label' }) },
    place: choiceSetting(['在哪里', 'Where'], { record: ['记录页面', 'on a record'], list: ['列表（选中的记录）', 'on the list, for records chosen'], both: ['两处', 'both'] }, 'both'),
    rule: Type.Optional(ruleSetting(['何时可用', 'Offered if'])),
    roles: Type.Optional(rolesSetting(['谁可以按', 'Who may press it'])),
    confirm: Type.Optional(messageSetting(['按下前确认', 'Asked before'])),
    inside: Type.Optional(flagSetting(['按下时立即执行', 'Runs at once'], ['在一次保存中全部完成，可以说明原因拒绝，不能等待', 'All of it in one save while the person looks on: may refuse with a reason, may not wait'])),
  }),
  table: (trigger) => settingOf(trigger, 'table', ''),
  startedBy: 'person',
  insideSave: (trigger) => trigger.inside === true,
  summary: (trigger, words) => {
    const table = words.table(settingOf(trigger, 'table', ''));
    const button = settingOf(trigger, 'button', text('', ''));
    const rule = trigger.rule === undefined ? null : words.rule(trigger.rule as Rule, null);
    return text(`按下${table['zh-CN']}上的“${button['zh-CN']}”${rule ? `（${rule['zh-CN']}时可用）` : ''}`, `When “${button.en}” is pressed on a ${table.en} record${rule ? ` (offered if ${rule.en})` : ''}`);
  },
};
