import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { MOST_RECORDS } from '../limits.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { type Expression, keptRuleSetting, ruleSetting, settingOf, sortSetting, tableSetting, wholeSetting } from '../settings.ts';

export const find: NodeType = {
  label: text('查找记录', 'Find records'),
  description: text('按条件查找另一张表的记录', 'Records of a table that meet a rule'),
  icon: 'search',
  group: 'data',
  settings: Type.Object({
    table: tableSetting(['表', 'Table']),
    filter: Type.Optional(ruleSetting(['条件', 'Rule'], 'table')),
    also: Type.Optional(keptRuleSetting()),
    sort: Type.Optional(sortSetting(['排序', 'Sort'], 'table')),
    limit: wholeSetting(['最多几条', 'At most'], 1, MOST_RECORDS, 100),
  }),
  instant: true,
  ports: () => [DONE],
  outputs: (node) => {
    const table = settingOf(node, 'table', '');
    return {
      records: { label: text('找到的记录', 'Records found'), list: table },
      first: { label: text('第一条', 'First record'), table },
      count: { label: text('共几条', 'How many'), kind: 'number' },
    };
  },
  run: async ({ node, bound, services, value }) => {
    const table = settingOf(node, 'table', '');
    const found = await services.find(table, bound(node.filter as Rule | undefined), { ...(Array.isArray(node.sort) && { sort: node.sort as string[] }), ...(node.also !== undefined && { also: value(node.also as Expression) }), limit: settingOf(node, 'limit', 100) });
    const records = found.ids.map((id) => ({ table, id }));
    return { port: 'done', output: { count: found.count, records, first: records[0] ?? null } };
  },
  summary: (node, words) => {
    const table = words.table(settingOf(node, 'table', ''));
    const rule = words.rule(node.filter as Rule | undefined, settingOf(node, 'table', ''));
    return node.filter === undefined ? text(`查找全部${table['zh-CN']}`, `All records of ${table.en}`) : text(`查找${table['zh-CN']}：${rule['zh-CN']}`, `${table.en} records where ${rule.en}`);
  },
};
