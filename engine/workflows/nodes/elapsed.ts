import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { isMoment } from '../../rules/time.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { choiceSetting, type Expression, expressionSetting, settingOf } from '../settings.ts';

/** How much time lies between two moments; working time only, where it is asked for. Backwards it is none. */
export const elapsed: NodeType = {
  label: text('算出时长', 'Time between'),
  description: text('两个时间之间的分钟数，可只算工作时间', 'Minutes between two moments, of working time where asked for'),
  icon: 'clock-circle',
  group: 'time',
  settings: Type.Object({
    from: expressionSetting(['从', 'From']),
    to: Type.Optional(expressionSetting(['到', 'To'], ['为空表示现在', 'Empty: now'])),
    clock: choiceSetting(['怎么计时', 'Clock'], { business: ['只算工作时间', 'working time'], always: ['全天', 'around the clock'] }, 'business'),
  }),
  instant: true,
  ports: () => [DONE],
  outputs: () => ({ minutes: { label: text('分钟', 'Minutes'), kind: 'number' }, hours: { label: text('小时', 'Hours'), kind: 'number' } }),
  run: async ({ node, value, between, context }) => {
    const from = value(settingOf<Expression>(node, 'from', null));
    const to = node.to === undefined ? context.now : value(node.to as Expression);
    if (!isMoment(from) || !isMoment(to)) return { port: 'done', output: { minutes: null, hours: null } };
    const minutes = Math.round(between(from, to, settingOf(node, 'clock', 'business')) / 60_000);
    return { port: 'done', output: { minutes, hours: Math.round((minutes / 60) * 100) / 100 } };
  },
  summary: (node, words) => {
    const from = words.expression(settingOf<Expression>(node, 'from', null));
    const to = node.to === undefined ? text('现在', 'now') : words.expression(node.to as Expression);
    const business = settingOf(node, 'clock', 'business') === 'business';
    return text(`${from['zh-CN']}到${to['zh-CN']}的${business ? '工作' : ''}时长`, `The ${business ? 'working ' : ''}time from ${from.en} to ${to.en}`);
  },
};
