import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { choiceSetting, type Expression, fieldSetting, keptRuleSetting, ruleSetting, settingOf, shownWhen, tableSetting } from '../settings.ts';

const FUNCTIONS = { count: ['数量', 'count'], sum: ['合计', 'sum'], avg: ['平均', 'average'], min: ['最小', 'least'], max: ['最大', 'greatest'] } as const;
type Function = keyof typeof FUNCTIONS;

export const aggregate: NodeType = {
  label: text('汇总', 'Aggregate'),
  description: text('对满足条件的记录计数、求和、平均、取最大最小', 'Count, sum, average, least or greatest of the records that meet a rule'),
  icon: 'calculator',
  group: 'data',
  settings: Type.Object({
    table: tableSetting(['表', 'Table']),
    filter: Type.Optional(ruleSetting(['条件', 'Rule'], 'table')),
    also: Type.Optional(keptRuleSetting()),
    function: choiceSetting(['算什么', 'Measure'], FUNCTIONS, 'count'),
    field: Type.Optional(shownWhen(fieldSetting(['字段', 'Field'], 'table', ['number']), 'function', 'sum', 'avg', 'min', 'max')),
  }),
  instant: true,
  ports: () => [DONE],
  outputs: () => ({ value: { label: text('结果', 'Result'), kind: 'number' } }),
  run: async ({ node, bound, services, value }) => {
    const measure = { function: settingOf<Function>(node, 'function', 'count'), ...(typeof node.field === 'string' && { field: node.field }), ...(node.also !== undefined && { also: value(node.also as Expression) }) };
    return { port: 'done', output: { value: await services.aggregate(settingOf(node, 'table', ''), bound(node.filter as Rule | undefined), measure) } };
  },
  summary: (node, words) => {
    const name = settingOf(node, 'table', '');
    const table = words.table(name);
    const measure = FUNCTIONS[settingOf<Function>(node, 'function', 'count')];
    const field = typeof node.field === 'string' ? words.field(name, node.field) : text('', '');
    return text(`${table['zh-CN']}${field['zh-CN']}的${measure[0]}`, `The ${measure[1]} of ${table.en}${field.en === '' ? '' : ` ${field.en}`}`);
  },
};
