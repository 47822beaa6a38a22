import Type from 'typebox';
import { labelled, text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { cronWords } from '../cron-words.ts';
import { choiceSetting, cronSetting, fieldSetting, ruleSetting, settingOf, tableSetting } from '../settings.ts';
import type { TriggerType } from '../trigger-type.ts';

export const schedule: TriggerType = {
  label: text('定时', 'On a schedule'),
  description: text('每天、每周、每月……；可以对满足条件的每条记录各执行一次', 'Daily, weekly, monthly …; once, or for each record that meets a rule'),
  icon: 'clock-circle',
  settings: Type.Object({
    cron: cronSetting(['什么时候', 'When']),
    timeZone: Type.Optional(Type.String({ ...labelled('时区', 'Time zone', { 'x-help': text('不填：工作区的时区', 'Empty: that of the workspace') }) })),
    table: Type.Optional(tableSetting(['对哪张表的记录', 'For records of'], ['不选：整个流程执行一次', 'None: one run, about no record'])),
    filter: Type.Optional(ruleSetting(['哪些记录', 'Which records'], 'table')),
    once: Type.Optional(fieldSetting(['每个值只执行一次', 'Once for each value of'], 'table', undefined, ['同一条记录在这个字段变化之前不再执行', 'Not again for a record until this field changes'])),
    catchUp: choiceSetting(['停机期间错过的', 'Missed while the system was down'], { last: ['补一次', 'made up once'], all: ['全部补上', 'all made up'], none: ['不补', 'left out'] }, 'last'),
  }),
  table: (trigger) => (typeof trigger.table === 'string' ? trigger.table : null),
  variables: () => ({
    due: { label: text('计划时刻', 'Moment it was due'), kind: 'dateTime' },
    late: { label: text('补发', 'Caught up late'), kind: 'boolean' },
  }),
  onTime: (trigger) => ({
    kind: 'schedule',
    cron: settingOf(trigger, 'cron', ''),
    timeZone: typeof trigger.timeZone === 'string' ? trigger.timeZone : undefined,
    table: typeof trigger.table === 'string' ? trigger.table : null,
    filter: trigger.filter as Rule | undefined,
    once: typeof trigger.once === 'string' ? trigger.once : undefined,
    catchUp: settingOf<'all' | 'last' | 'none'>(trigger, 'catchUp', 'last'),
  }),
  summary: (trigger, words) => {
    const when = cronWords(settingOf(trigger, 'cron', ''));
    if (typeof trigger.table !== 'string') return when;
    const table = words.table(trigger.table);
    const rule = trigger.filter === undefined ? null : words.rule(trigger.filter as Rule, trigger.table);
    return text(`${when['zh-CN']}，对每条${table['zh-CN']}${rule ? `（${rule['zh-CN']}）` : ''}`, `${when.en}, for each ${table.en} record${rule ? ` where ${rule.en}` : ''}`);
  },
};
