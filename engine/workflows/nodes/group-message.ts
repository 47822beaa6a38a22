import Type from 'typebox';
import type { Label } from '../../errors.ts';
import { text } from '../../fields/settings.ts';
import type { FieldModel } from '../../model/app-model.ts';
import { DELIVERY_ATTEMPTS } from '../limits.ts';
import { DONE, ERROR, type NodeType } from '../node-type.ts';
import type { DeliveryResult } from '../services.ts';
import { choiceSetting, messageSetting, settingOf, templateSetting } from '../settings.ts';

type Service = 'wecom' | 'dingtalk' | 'feishu';
/** What each robot takes as a text message. */
const BODIES: Readonly<Record<Service, (content: string) => unknown>> = {
  wecom: (content) => ({ msgtype: 'text', text: { content } }),
  dingtalk: (content) => ({ msgtype: 'text', text: { content } }),
  feishu: (content) => ({ msg_type: 'text', content: { text: content } }),
};

export const groupMessage: NodeType = {
  label: text('群机器人消息', 'Group robot'),
  description: text('发到企业微信、钉钉或飞书的群', 'Into a group of WeCom, DingTalk or Feishu'),
  icon: 'message',
  group: 'outside',
  settings: Type.Object({
    service: choiceSetting(['平台', 'Service'], { wecom: ['企业微信', 'WeCom'], dingtalk: ['钉钉', 'DingTalk'], feishu: ['飞书', 'Feishu'] }, 'wecom'),
    url: templateSetting(['机器人地址', 'Address of the robot'], ['密钥写成 {{$secrets.名称}}', 'Write secrets as {{$secrets.name}}']),
    text: messageSetting(['消息', 'Message'], ['按系统语言发送', 'Sent in the language of the workspace']),
  }),
  ports: () => [DONE, ERROR],
  run: async ({ node, template, message, services, value }) => {
    const locale = value({ var: '$run.locale' }) === 'en' ? 'en' : 'zh-CN';
    const shows = (field: FieldModel): boolean => field.sensitive !== true && field.encrypted !== true;
    const body = BODIES[settingOf<Service>(node, 'service', 'wecom')](message(node.text as Label, shows)[locale]);
    const key = await services.request({ method: 'POST', url: template(settingOf(node, 'url', ''), { shows }), headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), attempts: DELIVERY_ATTEMPTS });
    return { wait: { key } };
  },
  resume: async (_call, happened) => ({ port: happened.kind === 'event' && (happened.value as unknown as DeliveryResult | null)?.ok ? 'done' : 'error' }),
  summary: (node, words) => {
    const message = words.message(settingOf<Label>(node, 'text', text('', '')));
    return text(`群消息：“${message['zh-CN']}”`, `To the group: “${message.en}”`);
  },
};
