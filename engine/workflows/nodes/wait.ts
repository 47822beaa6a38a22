import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { type Duration, durationSetting, settingOf } from '../settings.ts';

export const wait: NodeType = {
  label: text('等待一段时间', 'Wait for a time'),
  description: text('分钟、小时、天或工作日', 'Minutes, hours, days or business days'),
  icon: 'clock-circle',
  group: 'time',
  settings: Type.Object({ for: durationSetting(['等多久', 'For how long']) }),
  ports: () => [DONE],
  run: async ({ node, after }) => ({ wait: { until: after(settingOf<Duration>(node, 'for', { amount: 1, unit: 'day' })) } }),
  resume: async () => ({ port: 'done' }),
  summary: (node, words) => {
    const duration = words.duration(settingOf<Duration>(node, 'for', { amount: 1, unit: 'day' }));
    return text(`等待 ${duration['zh-CN']}`, `Waits ${duration.en}`);
  },
};
