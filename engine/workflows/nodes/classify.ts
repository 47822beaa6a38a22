import Type from 'typebox';
import type { Json } from '../../fields/field-type.ts';
import { text } from '../../fields/settings.ts';
import type { Rule } from '../../rules/rule.ts';
import { MOST_RECORDS, MOST_WRITES } from '../limits.ts';
import { DONE, type NodeCall, type NodeResult, type NodeType } from '../node-type.ts';
import { choiceSetting, type Expression, expressionSetting, fieldSetting, ruleSetting, settingOf, sortSetting, tableSetting } from '../settings.ts';
import type { RankedRecord } from '../services.ts';

/** Leaves room for what else the step writes. */
const AT_ONCE = MOST_WRITES - 500;

/**
 * The class of each record by its share of the whole, largest first. `options` are the classes in their order and, last, the one for
 * what has no positive value. By `before` the record that crosses a limit still belongs to the better class; by `after` it does not.
 */
export function classesByShare(ranked: readonly RankedRecord[], options: readonly string[], limits: readonly number[], by: 'before' | 'after'): string[] {
  const total = ranked.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  const none = options[options.length - 1] ?? '';
  const classes = options.slice(0, -1);
  let before = 0;
  return ranked.map(({ value }) => {
    if (value <= 0 || total <= 0) return none;
    const after = before + value;
    // Shares are compared as amounts, so that 80 % of a sum is not 79.9999… %.
    const place = limits.findIndex((limit) => (by === 'before' ? before < limit * total - EPSILON * total : after <= limit * total + EPSILON * total));
    before = after;
    return classes[place === -1 ? Math.min(limits.length, classes.length - 1) : place] ?? none;
  });
}
const EPSILON = 1e-12;

async function classifyAll({ node, bound, value, services, memory, context }: NodeCall): Promise<NodeResult> {
  const table = settingOf(node, 'table', '');
  const field = settingOf(node, 'field', '');
  const given: Json = value(settingOf<Expression>(node, 'limits', [0.8, 0.95]));
  const limits = (Array.isArray(given) ? given : []).filter((limit): limit is number => typeof limit === 'number');
  const { ranked, options } = await services.rank(table, bound(node.filter as Rule | undefined), { by: settingOf(node, 'by', ''), ties: settingOf<readonly string[]>(node, 'ties', []), field });
  const classes = classesByShare(ranked, options, limits, settingOf(node, 'crossing', 'before'));
  const due = ranked.flatMap((record, i) => (record.current === classes[i] ? [] : [{ id: record.id, to: classes[i] as string }]));
  const earlier = (memory ?? { count: 0, changed: [] }) as { count: number; changed: { table: string; id: string }[] };
  for (const { id, to } of due.slice(0, AT_ONCE)) await services.update({ table, id }, { [field]: to });
  const changed = [...earlier.changed, ...due.slice(0, AT_ONCE).map(({ id }) => ({ table, id }))].slice(0, MOST_RECORDS);
  const count = earlier.count + Math.min(due.length, AT_ONCE);
  // What does not fit into one step goes on in the next.
  if (due.length > AT_ONCE) return { wait: { until: context.now }, memory: { count, changed } };
  return { port: 'done', output: { count: ranked.length, changedCount: count, changed } };
}

/** ABC: which few make most of it. */
export const classify: NodeType = {
  label: text('按累计占比分类', 'Classify by share'),
  description: text('按数值从大到小累计占比，写入分类（ABC 分析）', 'By cumulative share, largest first: an ABC analysis'),
  icon: 'calculator',
  group: 'data',
  settings: Type.Object({
    table: tableSetting(['表', 'Table']),
    filter: Type.Optional(ruleSetting(['条件', 'Rule'], 'table')),
    by: fieldSetting(['按哪个数值', 'By'], 'table', ['number']),
    ties: Type.Optional(sortSetting(['相同时的次序', 'Ties'], 'table')),
    field: fieldSetting(['写入哪个分类', 'Class'], 'table', ['option'], ['选项按次序是各类，最后一项给没有数值的', 'Its options in order are the classes; the last is for those without a value']),
    limits: expressionSetting(['累计占比上限', 'Limits'], ['例如 0.8 和 0.95', 'For example 0.8 and 0.95']),
    crossing: choiceSetting(['跨过上限的记录', 'The one that crosses a limit'], { before: ['归入高一类', 'still belongs to the better class'], after: ['归入低一类', 'belongs to the next class'] }, 'before'),
  }),
  ports: () => [DONE],
  outputs: (node) => ({
    count: { label: text('共几条', 'How many'), kind: 'number' },
    changedCount: { label: text('变了几条', 'How many changed'), kind: 'number' },
    changed: { label: text('变了的记录', 'Records that changed'), list: settingOf(node, 'table', '') },
  }),
  run: classifyAll,
  resume: classifyAll,
  summary: (node, words) => {
    const name = settingOf(node, 'table', '');
    const [table, by, field] = [words.table(name), words.field(name, settingOf(node, 'by', '')), words.field(name, settingOf(node, 'field', ''))];
    return text(`按${by['zh-CN']}给${table['zh-CN']}定${field['zh-CN']}`, `Sets ${field.en} of ${table.en} by ${by.en}`);
  },
};
