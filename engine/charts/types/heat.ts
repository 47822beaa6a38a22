import Type from 'typebox';
import { labelled, text } from '../../fields/settings.ts';
import { type ChartType, noun } from '../chart-type.ts';
import { UnitSetting } from '../settings.ts';
import { rate } from '../shares.ts';

export const heat: ChartType = {
  label: noun('热力图', 'Heat map'),
  hint: noun('两个维度的矩阵，深浅表示大小', 'A matrix of two dimensions, darker is more'),
  dimensions: [2, 2],
  measures: [1, 1],
  settings: Type.Object({
    conversion: Type.Optional(Type.Literal(true, { ...labelled('显示转化率', 'Show conversion', { 'x-help': text('每格与前一列之比。', 'Each cell over the one before it in its row.') }) })),
    unit: UnitSetting,
  }),
  extras: (chart, { rows, axes }) => {
    if (!chart.conversion) return [];
    const at = new Map(rows.map(({ keys, values }) => [JSON.stringify(keys), values[0]]));
    const columns = axes[1] ?? [];
    const conversion = rows.map(({ keys, values: [value] }) => {
      const before = columns[columns.indexOf(keys[1] ?? null) - 1];
      const from = before === undefined ? undefined : at.get(JSON.stringify([keys[0], before]));
      return typeof value === 'number' && typeof from === 'number' ? rate(value, from) : null;
    });
    return [{ name: 'conversion', label: noun('转化率', 'Conversion'), format: 'percent', values: conversion }];
  },
};
