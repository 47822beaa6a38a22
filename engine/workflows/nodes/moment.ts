import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { fromLocal, toLocalDate } from '../../rules/time.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { choiceSetting, type Duration, durationSetting, type Expression, expressionSetting, settingOf, timeSetting } from '../settings.ts';

/** By the business calendar where the unit says so: when a case must be answered, in two workdays, an hour before. */
export const moment: NodeType = {
  label: text('算出时间', 'Work out a moment'),
  description: text('从某个时间起加减一段时间，可按工作时间计算', 'A time before or after a moment, in business time where the unit says so'),
  icon: 'calendar',
  group: 'time',
  settings: Type.Object({
    from: Type.Optional(expressionSetting(['从', 'From'], ['为空表示现在', 'Empty: now'])),
    at: Type.Optional(timeSetting(['当天几点', 'At'], ['日期没有钟点时用；为空表示上班时间', 'Where the date has no time of day; empty: when work begins'])),
    for: durationSetting(['多久', 'How long']),
    direction: choiceSetting(['方向', 'Direction'], { after: ['之后', 'after'], before: ['之前', 'before'] }, 'after'),
  }),
  instant: true,
  ports: () => [DONE],
  outputs: () => ({ at: { label: text('时间', 'Moment'), kind: 'dateTime' }, day: { label: text('日期', 'Day'), kind: 'date' } }),
  run: async ({ node, value, after, context, opensAt }) => {
    const given = node.from === undefined ? context.now : value(node.from as Expression);
    if (typeof given !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(given)) return { port: 'done', output: { at: null, day: null } };
    const time = node.at === undefined ? opensAt : value(node.at as Expression);
    const from = given.length === 10 ? fromLocal(`${given}T${typeof time === 'string' && /^\d{2}:\d{2}$/.test(time) ? time : opensAt}:00`, context.timeZone) : given;
    const duration = settingOf<Duration>(node, 'for', { amount: 0, unit: 'day' });
    const at = after(node.direction === 'before' ? { ...duration, amount: { '-': [duration.amount] } } : duration, from);
    return { port: 'done', output: { at, day: toLocalDate(at, context.timeZone) } };
  },
  summary: (node, words) => {
    const duration = words.duration(settingOf<Duration>(node, 'for', { amount: 0, unit: 'day' }));
    const from = node.from === undefined ? text('现在', 'now') : words.expression(node.from as Expression);
    const before = node.direction === 'before';
    return text(`${from['zh-CN']}${before ? '之前' : '之后'} ${duration['zh-CN']}`, `${duration.en} ${before ? 'before' : 'after'} ${from.en}`);
  },
};
