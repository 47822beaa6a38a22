import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { TriggerType } from '../trigger-type.ts';

/** Signed as standardwebhooks.com says; each `webhook-id` starts one run, however often it is sent. */
export const webhook: TriggerType = {
  label: text('收到 Webhook', 'A webhook comes in'),
  description: text('外部系统带签名地调用', 'Another system calls, with a signature'),
  icon: 'api',
  settings: Type.Object({}),
  table: () => null,
  variables: () => ({ body: { label: text('收到的内容', 'What came in'), open: true }, id: { label: text('消息编号', 'Id of the message'), kind: 'text' } }),
  startedBy: 'webhook',
  summary: () => text('外部系统调用时', 'When another system calls'),
};
