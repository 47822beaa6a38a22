import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { labelled } from '../../fields/settings.ts';
import { settingOf, tableSetting } from '../settings.ts';
import type { TriggerType } from '../trigger-type.ts';

export const formSubmitted: TriggerType = {
  label: text('提交表单时', 'A form is submitted'),
  description: text('通过指定的表单新建或修改记录', 'When a record is created or changed by a certain form'),
  icon: 'form',
  settings: Type.Object({ table: tableSetting(['表', 'Table']), form: Type.String({ ...labelled('表单', 'Form', { 'x-help': text('表单的名称', 'Its name') }) }) }),
  table: (trigger) => settingOf(trigger, 'table', ''),
  onWrite: (trigger, { action, form }) => action !== 'delete' && form !== undefined && form === trigger.form,
  summary: (trigger, words) => {
    const table = words.table(settingOf(trigger, 'table', ''));
    return text(`提交${table['zh-CN']}的表单“${settingOf(trigger, 'form', '')}”时`, `When the form “${settingOf(trigger, 'form', '')}” of ${table.en} is submitted`);
  },
};
