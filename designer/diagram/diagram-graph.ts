/** Tables and what points where, laid out from left to right. Pure. */
import dagre from '@dagrejs/dagre';
import type { AppModel, FieldModel, TableModel } from '#engine/model/app-model.ts';
import { typeOf } from '../settings/field-choices.ts';

/** How a table holds on to another: points at one, at many, or owns its lines. */
export type LinkKind = 'one' | 'many' | 'lines';

export interface TableCard {
  readonly table: TableModel;
  readonly fields: readonly FieldModel[];
  /** Fields that the card leaves out. */
  readonly more: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface TableLink {
  readonly from: string;
  readonly to: string;
  readonly field: FieldModel;
  readonly kind: LinkKind;
}

export const CARD_WIDTH = 220;
const HEAD = 38;
const LINE = 24;
const FOOT = 10;
const SHOWN = 5;

/** Users and departments are the product's own and everyone points at them: they are left out. Lines and their way back are one link. */
export function linksOf(model: AppModel): readonly TableLink[] {
  const tables = Object.values(model.tables).filter((table) => !table.builtIn);
  const links = tables.flatMap((table) =>
    Object.values(table.fields).flatMap((field): TableLink[] => {
      const target = field.target === undefined ? undefined : model.tables[field.target];
      if (field.system || !target || target.builtIn) return [];
      const storage = typeOf(field)?.storage;
      return [{ from: table.name, to: target.name, field, kind: storage === 'children' ? 'lines' : storage === 'links' ? 'many' : 'one' }];
    }),
  );
  const owned = new Set(links.filter(({ kind }) => kind === 'lines').map(({ to, field }) => `${to}.${String(field.settings.field)}`));
  return links.filter(({ from, field }) => !owned.has(`${from}.${field.name}`));
}

/** What tells a table from others: its title, what it points at, what must be filled in. */
function keyFields(table: TableModel): readonly FieldModel[] {
  const own = Object.values(table.fields).filter((field) => !field.system && !field.hidden);
  const weight = (field: FieldModel) => (field.name === table.titleField ? 0 : field.target !== undefined ? 1 : field.required ? 2 : 3);
  return own.map((field, index) => ({ field, key: weight(field) * 1000 + index })).sort((a, b) => a.key - b.key).slice(0, SHOWN).map(({ field }) => field);
}

export function layOut(model: AppModel): { readonly cards: readonly TableCard[]; readonly links: readonly TableLink[] } {
  const links = linksOf(model);
  const tables = Object.values(model.tables).filter((table) => !table.builtIn);
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 90, marginx: 20, marginy: 20 });
  graph.setDefaultEdgeLabel(() => ({}));
  const heights = new Map(tables.map((table) => [table.name, HEAD + keyFields(table).length * LINE + LINE + FOOT]));
  for (const table of tables) graph.setNode(table.name, { width: CARD_WIDTH, height: heights.get(table.name) });
  for (const { from, to, field } of links) if (from !== to) graph.setEdge(from, to, {}, field.name);
  dagre.layout(graph);
  const cards = tables.map((table): TableCard => {
    const { x, y } = graph.node(table.name) as { x: number; y: number };
    const height = heights.get(table.name) ?? 0;
    const fields = keyFields(table);
    const all = Object.values(table.fields).filter((field) => !field.system && !field.hidden);
    return { table, fields, more: all.length - fields.length, x: x - CARD_WIDTH / 2, y: y - height / 2, height };
  });
  return { cards, links };
}
