import Type from 'typebox';
import { labelled, text } from '../../fields/settings.ts';
import { type ChartType, noun } from '../chart-type.ts';
import { UnitSetting } from '../settings.ts';
import { abcClasses, cumulativeShares } from '../shares.ts';

export const pareto: ChartType = {
  label: noun('帕累托图', 'Pareto'),
  hint: noun('从大到小与累计占比，ABC 分类', 'From the largest down, with the running share and ABC classes'),
  dimensions: [1, 1],
  measures: [1, 1],
  settings: Type.Object({
    classes: Type.Optional(Type.Array(Type.Number({ minimum: 0, maximum: 1 }), { minItems: 2, maxItems: 2, ...labelled('A 类与 B 类的界限', 'Limits of A and B', { 'x-editor': 'numbers', 'x-help': text('占总额的份额：0.8 与 0.95。', 'Shares of the whole: 0.8 and 0.95.') }) })),
    classRule: Type.Optional(
      Type.Unsafe<'before' | 'after'>({
        ...Type.Union([Type.Literal('before'), Type.Literal('after')]),
        ...labelled('跨过界限的一项', 'The one that crosses a limit', { 'x-labels': { before: text('仍属于上一类', 'Belongs above it'), after: text('属于下一类', 'Belongs below it') } }),
      }),
    ),
    unit: UnitSetting,
  }),
  extras: (chart, { rows }) => {
    const values = rows.map(({ values: [value] }) => (typeof value === 'number' ? value : null));
    const [a, b] = Array.isArray(chart.classes) ? (chart.classes as [number, number]) : [];
    return [
      { name: 'cumulative', label: noun('累计占比', 'Running share'), format: 'percent', values: cumulativeShares(values) },
      ...(a !== undefined && b !== undefined
        ? [{ name: 'class', label: noun('分类', 'Class'), format: 'text' as const, values: abcClasses(values, { a, b, ...(chart.classRule === 'after' && { rule: 'after' as const }) }).map((own, i) => (rows[i]?.other ? null : own)) }]
        : []),
    ];
  },
};
