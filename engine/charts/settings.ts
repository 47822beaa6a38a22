/** Settings that several chart types share. */
import Type from 'typebox';
import { labelled, text } from '../fields/settings.ts';

export const UnitSetting = Type.Optional(
  Type.Unsafe<'one' | 'tenThousand' | 'hundredMillion'>({
    ...Type.Union([Type.Literal('one'), Type.Literal('tenThousand'), Type.Literal('hundredMillion')]),
    ...labelled('单位', 'Unit', { 'x-labels': { one: text('元', '1'), tenThousand: text('万', '10,000'), hundredMillion: text('亿', '100 million') }, 'x-help': text('不选时按数的大小自动换算。', 'Without a choice numbers are shortened by their size.') }),
  }),
);
export const TargetSetting = Type.Optional(Type.Number({ ...labelled('目标值', 'Target', { 'x-help': text('画成一条目标线。', 'Drawn as a line.') }) }));
export const TargetMeasureSetting = Type.Optional(Type.String({ ...labelled('目标取自度量', 'Target from a measure', { 'x-editor': 'measureName' }) }));
export const StackedSetting = Type.Optional(Type.Literal(true, { ...labelled('堆叠', 'Stacked') }));
