import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { ERROR, type NodeType } from '../node-type.ts';
import type { Variable } from '../variables.ts';
import { choiceSetting, type Duration, durationSetting, fieldSetting, recordSetting, ruleSetting, settingOf, shownWhen, tableSetting } from '../settings.ts';

/** An event that has already happened counts for `changed`: the rule is looked at before it waits. */
export const waitFor: NodeType = {
  label: text('等待事件', 'Wait for an event'),
  description: text('等记录满足条件，或出现相关记录；可设超时', 'Until a record meets a rule, or a related one appears; or a timeout'),
  icon: 'hourglass',
  group: 'time',
  settings: Type.Object({
    event: choiceSetting(['等什么', 'For what'], { changed: ['记录满足条件', 'the record meets a rule'], related: ['出现相关记录', 'a related record appears'] }, 'changed'),
    record: Type.Optional(recordSetting(['哪条记录', 'Which record'])),
    rule: Type.Optional(shownWhen(ruleSetting(['条件', 'Rule'], 'record', ['记录须满足的条件', 'What the record must meet']), 'event', 'changed')),
    table: Type.Optional(shownWhen(tableSetting(['相关记录的表', 'Table of the related record']), 'event', 'related')),
    reference: Type.Optional(shownWhen(fieldSetting(['指向本记录的字段', 'Its reference to the record'], 'table', ['reference']), 'event', 'related')),
    filter: Type.Optional(shownWhen(ruleSetting(['相关记录的条件', 'What the related record must meet'], 'table'), 'event', 'related')),
    timeout: Type.Optional(durationSetting(['最多等', 'At most'])),
  }),
  ports: (node) => [{ name: 'event', label: text('发生了', 'Happened') }, ...(node.timeout === undefined ? [] : [{ name: 'timeout', label: text('超时', 'Timeout') }]), ERROR],
  outputs: (node): Readonly<Record<string, Variable>> => (node.event === 'related' && typeof node.table === 'string' ? { record: { label: text('出现的记录', 'Record that appeared'), table: node.table } } : {}),
  run: async ({ node, record, bound, after, services }) => {
    const target = record(settingOf(node, 'record', '$record'));
    if (!target) return { port: node.timeout === undefined ? 'event' : 'timeout', output: { record: null } };
    const key = await services.watch(
      node.event === 'related'
        ? { kind: 'related', record: target, table: settingOf(node, 'table', ''), reference: settingOf(node, 'reference', ''), rule: bound(node.filter as Rule | undefined) }
        : { kind: 'changed', record: target, rule: bound(node.rule as Rule | undefined) },
    );
    if (key === '') return { port: 'event', output: { record: null } };
    return { wait: { key, ...(node.timeout !== undefined && { until: after(node.timeout as Duration) }) } };
  },
  resume: async (_call, happened) => (happened.kind === 'event' ? { port: 'event', output: { record: happened.value } } : { port: 'timeout', output: { record: null } }),
  summary: (node, words) => {
    const limit = node.timeout === undefined ? null : words.duration(node.timeout as Duration);
    const what =
      node.event === 'related'
        ? { table: words.table(settingOf(node, 'table', '')), rule: node.filter === undefined ? null : words.rule(node.filter as Rule, settingOf(node, 'table', '')) }
        : { table: words.variable(settingOf(node, 'record', '$record')), rule: words.rule(node.rule as Rule | undefined, settingOf(node, 'record', '$record')) };
    const zh = node.event === 'related' ? `新的${what.table['zh-CN']}${what.rule ? `（${what.rule['zh-CN']}）` : ''}` : `${what.table['zh-CN']}满足：${what.rule?.['zh-CN'] ?? ''}`;
    const en = node.event === 'related' ? `a ${what.table.en} record${what.rule ? ` where ${what.rule.en}` : ''}` : `${what.table.en} to meet: ${what.rule?.en ?? ''}`;
    return text(`等待${zh}${limit ? `，最多 ${limit['zh-CN']}` : ''}`, `Waits for ${en}${limit ? `, at most ${limit.en}` : ''}`);
  },
};
