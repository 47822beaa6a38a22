import Type from 'typebox';
import { text } from '../../fields/settings.ts';
import { DONE, type NodeType } from '../node-type.ts';
import { type Expression, expressionSetting } from '../settings.ts';

/** The figures of a chart as they are now, to be kept: next month it says something else. */
export const readChart: NodeType = {
  label: text('读取图表', 'Read a chart'),
  description: text('取出仪表盘上一张图表现在的数字，可以保存下来比较', 'The figures of a chart on a dashboard as they are now, to be kept and compared'),
  icon: 'pie',
  group: 'data',
  settings: Type.Object({
    chart: expressionSetting(['哪张图表', 'Which chart'], ['写作 仪表盘.卡片，例如 management.funnel', 'Written as dashboard.card: management.funnel'], { 'x-names': 'charts' }),
    as: Type.Optional(expressionSetting(['以谁的视角', 'As seen by'], ['一位用户；不填时按流程的执行者', 'A user; whoever the workflow runs as when left out'])),
  }),
  instant: true,
  ports: () => [DONE, { name: 'missing', label: text('没有这张图表', 'No such chart') }],
  outputs: () => ({
    name: { label: text('图表名称', 'Name of the chart'), kind: 'text' },
    figures: { label: text('数字（Markdown 列表）', 'Figures (a Markdown list)'), kind: 'text' },
    rows: { label: text('数字（JSON）', 'Figures (JSON)'), kind: 'none' },
    question: { label: text('图表的设置', 'Settings of the chart'), open: true as const },
  }),
  run: async ({ node, value, services }) => {
    const as = node.as === undefined ? null : value(node.as as Expression);
    const shot = await services.readChart(String(value(node.chart as Expression) ?? ''), typeof as === 'string' ? as : null);
    return shot ? { port: 'done', output: { ...shot } } : { port: 'missing', output: null };
  },
  summary: (node, words) => {
    const chart = words.expression(node.chart as Expression);
    return text(`读取图表${chart['zh-CN']}的数字`, `Reads the figures of the chart ${chart.en}`);
  },
};
