import Type from 'typebox';
import type { Label } from '../../errors.ts';
import { labelled, text } from '../../fields/settings.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { flagSetting, messageSetting, peopleSetting, type Person, recordSetting, settingOf } from '../settings.ts';

type Channel = 'inApp' | 'email';

export const notify: NodeType = {
  label: text('通知', 'Notify'),
  description: text('站内消息和邮件，按收件人的语言', 'In the inbox and by e-mail, in each person’s language'),
  icon: 'bell',
  group: 'people',
  settings: Type.Object({
    to: peopleSetting(['通知谁', 'Whom']),
    title: messageSetting(['标题', 'Title']),
    body: Type.Optional(messageSetting(['内容', 'Text'])),
    record: Type.Optional(recordSetting(['链接到', 'Links to'])),
    channels: Type.Array(Type.Union([Type.Literal('inApp'), Type.Literal('email')]), {
      default: ['inApp'],
      uniqueItems: true,
      minItems: 1,
      ...labelled('渠道', 'By', { 'x-labels': { inApp: text('站内消息', 'Inbox'), email: text('邮件', 'E-mail') } }),
    }),
    urgent: Type.Optional(flagSetting(['紧急：不等免打扰时段结束', 'Urgent: does not wait for quiet hours to end'])),
  }),
  instant: true,
  ports: () => [DONE],
  outputs: () => ({ count: { label: text('通知了几人', 'How many were told'), kind: 'number' } }),
  run: async ({ node, people, message, services, record }) => {
    const to = await people(settingOf<Person[]>(node, 'to', []));
    if (to.length > 0) {
      await services.notify({
        to,
        title: message(node.title as Label),
        ...(node.body !== undefined && { body: message(node.body as Label) }),
        textFor: (shows) => ({ title: message(node.title as Label, shows), ...(node.body !== undefined && { body: message(node.body as Label, shows) }) }),
        record: record(settingOf(node, 'record', '$record')),
        channels: settingOf<Channel[]>(node, 'channels', ['inApp']),
        urgent: node.urgent === true,
      });
    }
    return { port: 'done', output: { count: to.length } };
  },
  summary: (node, words) => {
    const people = words.people(settingOf<Person[]>(node, 'to', []));
    const title = words.message(settingOf<Label>(node, 'title', text('', '')));
    return text(`通知${people['zh-CN']}：“${title['zh-CN']}”`, `Tells ${people.en}: “${title.en}”`);
  },
};
