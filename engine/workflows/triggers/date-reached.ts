import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { choiceSetting, type Duration, durationSetting, fieldSetting, ruleSetting, settingOf, tableSetting, timeSetting } from '../settings.ts';
import type { TriggerType } from '../trigger-type.ts';

export const dateReached: TriggerType = {
  label: text('到达日期时', 'A date is reached'),
  description: text('记录的某个日期字段到期，可提前或推后', 'When a date of a record comes, or some time before or after it'),
  icon: 'calendar',
  settings: Type.Object({
    table: tableSetting(['表', 'Table']),
    field: fieldSetting(['日期字段', 'Date field'], 'table', ['date', 'dateTime']),
    offset: Type.Optional(durationSetting(['提前或推后', 'Earlier or later by'])),
    direction: choiceSetting(['方向', 'Direction'], { before: ['提前', 'earlier'], after: ['推后', 'later'] }, 'before'),
    at: Type.Optional(timeSetting(['当天几点', 'At'], ['日期没有钟点时用，默认 09:00', 'Where the date has no time of day; 09:00 if empty'])),
    rule: Type.Optional(ruleSetting(['仅当', 'Only if'])),
  }),
  table: (trigger) => settingOf(trigger, 'table', ''),
  variables: () => ({
    due: { label: text('到期时刻', 'Moment it was due'), kind: 'dateTime' },
    late: { label: text('补发', 'Caught up late'), kind: 'boolean' },
  }),
  onTime: (trigger) => ({
    kind: 'date',
    table: settingOf(trigger, 'table', ''),
    path: settingOf(trigger, 'field', ''),
    offset: settingOf<Duration | null>(trigger, 'offset', null),
    before: settingOf(trigger, 'direction', 'before') === 'before',
    at: trigger.at,
    filter: trigger.rule as Rule | undefined,
  }),
  summary: (trigger, words) => {
    const name = settingOf(trigger, 'table', '');
    const table = words.table(name);
    const field = words.field(name, settingOf(trigger, 'field', ''));
    const offset = trigger.offset === undefined ? null : words.duration(trigger.offset as Duration);
    const before = settingOf(trigger, 'direction', 'before') === 'before';
    const rule = trigger.rule === undefined ? null : words.rule(trigger.rule as Rule, null);
    return text(
      `${table['zh-CN']}的${field['zh-CN']}${offset ? (before ? `前 ${offset['zh-CN']}` : `后 ${offset['zh-CN']}`) : '到达时'}${rule ? `，若${rule['zh-CN']}` : ''}`,
      `${offset ? `${offset.en} ${before ? 'before' : 'after'}` : 'At'} ${field.en} of each ${table.en} record${rule ? ` where ${rule.en}` : ''}`,
    );
  },
};
