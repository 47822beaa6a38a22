/** Cards, ends, blocks and lines as xyflow wants them. Pure. */
import { MarkerType, Position as Side } from '@xyflow/react';
import { type Place, TRIGGER_PORT } from '#engine/changes/edit-workflows.ts';
import { type Card, CARD_HEIGHT, CARD_WIDTH, END_SIZE, type Layout, TRIGGER_ID } from './layout.ts';
import type { BlockNode, CardNode, EndNode, LineEdge } from './parts.tsx';
import type { Trace } from './trace.ts';

export type AnyNode = CardNode | EndNode | BlockNode;

const sized = (width: number, height: number) => ({ width, height, measured: { width, height } });
const entry = (width: number) => ({ type: 'target' as const, position: Side.Top, x: width / 2, y: 0, width: 1, height: 1 });

interface Shown {
  readonly selected: ReadonlySet<string>;
  readonly canEdit: boolean;
  readonly nameOf: (card: Card) => string;
}

export function toNodes(layout: Layout, { selected, canEdit, nameOf }: Shown): AnyNode[] {
  const still = { draggable: false, selectable: false, focusable: false, connectable: false };
  const blocks = layout.blocks.map((block): BlockNode => ({ id: block.id, type: 'block', position: block.position, data: { block }, zIndex: -10 + block.depth, ...sized(block.width, block.height), ...still, style: { pointerEvents: 'none' } }));
  const ends = layout.ends.map((end): EndNode => ({ id: end.id, type: 'end', position: end.position, data: { end }, ...sized(END_SIZE, END_SIZE), handles: [entry(END_SIZE)], ...still }));
  const cards = layout.cards.map((card): CardNode => ({
    id: card.id,
    type: 'card',
    position: card.position,
    data: { card },
    selected: selected.has(card.id),
    draggable: canEdit,
    deletable: false,
    connectable: canEdit,
    ariaLabel: nameOf(card),
    ...sized(CARD_WIDTH, CARD_HEIGHT),
    handles: [...(card.node ? [entry(CARD_WIDTH)] : []), ...card.exits.map((exit) => ({ id: exit.port.name, type: 'source' as const, position: Side.Bottom, x: exit.x, y: CARD_HEIGHT, width: 1, height: 1 }))],
  }));
  return [...blocks, ...ends, ...cards];
}

const INK = { plain: 'var(--ant-color-text-quaternary)', body: 'var(--ant-color-primary)', error: 'var(--ant-color-error)' } as const;

export function toEdges({ lines }: Layout, trace: Trace | null): LineEdge[] {
  return lines.map((line) => ({
    id: line.id, type: 'line', source: line.from, target: line.to, sourceHandle: line.place.port, data: { line }, selectable: false, focusable: false, deletable: false,
    markerEnd: { type: MarkerType.ArrowClosed, width: 18, height: 18, markerUnits: 'userSpaceOnUse', color: trace?.lines.has(line.id) ? 'var(--ant-color-success)' : INK[line.kind] },
  }));
}

/** `$trigger/next`, `ask/yes` */
export function placeFromId(id: string): Place {
  const at = id.indexOf('/');
  const node = id.slice(0, at);
  return node === TRIGGER_ID ? { node: null, port: TRIGGER_PORT } : { node, port: id.slice(at + 1) };
}
