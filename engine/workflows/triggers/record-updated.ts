import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { fieldsSetting, flagSetting, ruleSetting, settingOf, tableSetting } from '../settings.ts';
import type { TriggerType } from '../trigger-type.ts';

export const recordUpdated: TriggerType = {
  label: text('修改记录时', 'A record is changed'),
  description: text('指定的字段变化时；可以比较修改前后的值', 'When chosen fields change; before and after can be compared'),
  icon: 'edit',
  settings: Type.Object({
    table: tableSetting(['表', 'Table']),
    fields: Type.Optional(fieldsSetting(['这些字段变化时', 'When these fields change'], undefined, ['不选：任何字段', 'None chosen: any field'])),
    rule: Type.Optional(ruleSetting(['仅当', 'Only if'], undefined, ['修改前的值写作 $before', 'The value before is $before'])),
    created: Type.Optional(flagSetting(['新建时也触发', 'Also when created'])),
    inside: Type.Optional(flagSetting(['在保存时同步执行', 'Runs inside the save'], ['可以设置字段和拒绝保存，不能等待', 'May set fields and refuse the save, may not wait'])),
  }),
  table: (trigger) => settingOf(trigger, 'table', ''),
  hasBefore: true,
  onWrite: (trigger, { action, changed, holdsNow }) => {
    const fields = settingOf<string[]>(trigger, 'fields', []);
    const fits = action === 'update' ? fields.length === 0 || fields.some((name) => changed.has(name)) : action === 'create' && trigger.created === true;
    return fits && holdsNow(trigger.rule as Rule | undefined);
  },
  insideSave: (trigger) => trigger.inside === true,
  summary: (trigger, words) => {
    const name = settingOf(trigger, 'table', '');
    const table = words.table(name);
    const fields = settingOf<string[]>(trigger, 'fields', []).map((field) => words.field(name, field));
    const rule = trigger.rule === undefined ? null : words.rule(trigger.rule as Rule, null);
    const what = fields.length === 0 ? text('', '') : text(`的${fields.map((field) => field['zh-CN']).join('、')}`, `’s ${fields.map((field) => field.en).join(', ')}`);
    return text(`${table['zh-CN']}${what['zh-CN']}变化时${rule ? `，若${rule['zh-CN']}` : ''}`, `When a ${table.en} record${what.en} changes${rule ? ` and ${rule.en}` : ''}`);
  },
};
