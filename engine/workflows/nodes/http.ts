import Type from 'typebox';
import type { Json } from '../../fields/field-type.ts';
import { text } from '../../fields/settings.ts';
import { DELIVERY_ATTEMPTS } from '../limits.ts';
import { DONE, ERROR, type NodeCall, type NodeType, type Shows } from '../node-type.ts';
import type { DeliveryResult, OutgoingRequest } from '../services.ts';
import { choiceSetting, flagSetting, headersSetting, settingOf, templateSetting, wholeSetting } from '../settings.ts';

const METHODS = { GET: ['GET', 'GET'], POST: ['POST', 'POST'], PUT: ['PUT', 'PUT'], PATCH: ['PATCH', 'PATCH'], DELETE: ['DELETE', 'DELETE'] } as const;

/** A value cannot break out of the text it stands in. */
const insideJson = (value: string): string => JSON.stringify(value).slice(1, -1);

/** A value is one part of the address; an address that begins with one is taken as it is. */
function filledUrl(url: string, template: NodeCall['template'], shows: Shows): string {
  const [, whole = '', rest = ''] = /^(\s*\{\{[^}]*\}\})?([\s\S]*)$/.exec(url) ?? [];
  return template(whole, { shows }) + template(rest, { encode: encodeURIComponent, shows });
}

/** Goes through the outbox: at least once, always with the same `Idempotency-Key`. Addresses inside private networks are refused. */
export const http: NodeType = {
  label: text('HTTP 请求', 'HTTP request'),
  description: text('调用外部系统的接口并使用其返回', 'Calls another system and uses its answer'),
  icon: 'api',
  group: 'outside',
  settings: Type.Object({
    method: choiceSetting(['方法', 'Method'], METHODS, 'POST'),
    url: templateSetting(['网址', 'Address'], ['密钥写成 {{$secrets.名称}}', 'Write secrets as {{$secrets.name}}']),
    headers: Type.Optional(headersSetting(['请求头', 'Headers'])),
    body: Type.Optional(templateSetting(['请求体', 'Body'])),
    sensitive: Type.Optional(flagSetting(['敏感字段按原值发送（否则以 *** 代替）', 'Sends sensitive values as they are, else *** stands for them'])),
    attempts: wholeSetting(['最多尝试几次', 'Tries at most'], 1, DELIVERY_ATTEMPTS, 5),
  }),
  ports: () => [DONE, ERROR],
  outputs: () => ({
    status: { label: text('状态码', 'Status'), kind: 'number' },
    body: { label: text('返回内容', 'Answer'), open: true },
    error: { label: text('错误', 'Error'), kind: 'text' },
  }),
  run: async ({ node, template, services }) => {
    const shows: Shows = (field) => node.sensitive === true || (field.sensitive !== true && field.encrypted !== true);
    const headers = Object.fromEntries(Object.entries(settingOf<Record<string, string>>(node, 'headers', {})).map(([name, value]) => [name, template(value, { shows })]));
    const key = await services.request({
      method: settingOf<OutgoingRequest['method']>(node, 'method', 'POST'),
      url: filledUrl(settingOf(node, 'url', ''), template, shows),
      headers,
      body: typeof node.body === 'string' ? template(node.body, { shows, ...(/^\s*[[{]/.test(node.body) && { encode: insideJson }) }) : null,
      attempts: settingOf(node, 'attempts', 5),
    });
    return { wait: { key } };
  },
  resume: async (_call, happened) => {
    const result = (happened.kind === 'event' ? happened.value : null) as unknown as DeliveryResult | null;
    const output: Json = { status: result?.status ?? null, body: result?.body ?? null, error: result?.error?.['zh-CN'] ?? null };
    return { port: result?.ok ? 'done' : 'error', output };
  },
  uncovers: (node) => node.sensitive === true,
  summary: (node) => {
    const address = settingOf(node, 'url', '').replace(/\?.*$/, '');
    return text(`${settingOf(node, 'method', 'POST')} ${address}`, `${settingOf(node, 'method', 'POST')} ${address}`);
  },
};
