import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { fromLocal } from '../../rules/time.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { choiceSetting, type Duration, durationSetting, expressionSetting, type Expression, settingOf, timeSetting } from '../settings.ts';

/** A moment that has passed, and a date that is empty, do not hold it up. */
export const waitUntil: NodeType = {
  label: text('等到某个时间', 'Wait until a date'),
  description: text('等到某个日期或时间，可提前或推后', 'Until a date or moment, or some time before or after it'),
  icon: 'calendar',
  group: 'time',
  settings: Type.Object({
    date: expressionSetting(['日期', 'Date']),
    at: Type.Optional(timeSetting(['当天几点', 'At'], ['日期没有钟点时用', 'Where the date has no time of day'])),
    offset: Type.Optional(durationSetting(['提前或推后', 'Earlier or later by'])),
    direction: choiceSetting(['方向', 'Direction'], { before: ['提前', 'earlier'], after: ['推后', 'later'] }, 'after'),
  }),
  ports: () => [DONE],
  run: async ({ node, value, after, context }) => {
    const date = value(settingOf<Expression>(node, 'date', null));
    if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(date)) return { port: 'done' };
    const time = value(settingOf<Expression>(node, 'at', '09:00'));
    const moment = date.length === 10 ? fromLocal(`${date}T${typeof time === 'string' && /^\d{2}:\d{2}$/.test(time) ? time : '09:00'}:00`, context.timeZone) : date;
    const offset = node.offset as Duration | undefined;
    const until = offset ? after(node.direction === 'before' ? { ...offset, amount: { '-': [offset.amount] } } : offset, moment) : moment;
    return until <= context.now ? { port: 'done' } : { wait: { until } };
  },
  resume: async () => ({ port: 'done' }),
  summary: (node, words) => {
    const date = words.expression(settingOf<Expression>(node, 'date', null));
    const offset = node.offset === undefined ? null : words.duration(node.offset as Duration);
    const before = node.direction === 'before';
    return text(
      `等到${date['zh-CN']}${offset ? (before ? `前 ${offset['zh-CN']}` : `后 ${offset['zh-CN']}`) : ''}`,
      `Waits until ${offset ? `${offset.en} ${before ? 'before' : 'after'} ` : ''}${date.en}`,
    );
  },
};
