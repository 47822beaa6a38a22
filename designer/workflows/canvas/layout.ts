/** A workflow as cards and lines, laid out from top to bottom. What an administrator placed stays where it was put. Pure. */
import dagre from '@dagrejs/dagre';
import { ordinaryPort, type Place, type Position, portsOf, TRIGGER_PORT } from '#engine/changes/edit-workflows.ts';
import type { Label } from '#engine/errors.ts';
import type { NodeDefinition, WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { graphOf } from '#engine/workflows/graph.ts';
import type { Port } from '#engine/workflows/node-type.ts';

export const TRIGGER_ID = '$trigger';
export const CARD_WIDTH = 240;
export const CARD_HEIGHT = 72;
/** The small circle where a path ends: a node can be put there. */
export const END_SIZE = 28;
export const ROW_GAP = 80;
const COLUMN_GAP = 44;
const BLOCK_PADDING = 22;

export interface Card {
  readonly id: string;
  /** Null: the trigger. */
  readonly node: NodeDefinition | null;
  readonly position: Position;
  /** Its ways out, left to right. `x` is where they leave the card's lower edge. */
  readonly exits: readonly Exit[];
  /** A node that no run comes to. */
  readonly isLoose: boolean;
}

export interface Exit {
  readonly port: Port;
  readonly place: Place;
  readonly x: number;
}

export interface Line {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly place: Place;
  /** Empty where there is nothing to tell apart. */
  readonly label: Label | null;
  readonly kind: 'plain' | 'body' | 'error';
  /** Leads back up: to a card that stands above. */
  readonly isBack: boolean;
  /** Where it passes between other cards. */
  readonly through: readonly Position[];
}

/** Where a path ends. */
export interface End {
  readonly id: string;
  readonly place: Place;
  readonly position: Position;
  /** Its block goes on from here: the name of the block's node. */
  readonly back: string | null;
}

/** The area that a block's body takes up. */
export interface Block {
  readonly id: string;
  readonly position: Position;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
}

export interface Layout {
  readonly cards: readonly Card[];
  readonly lines: readonly Line[];
  readonly ends: readonly End[];
  readonly blocks: readonly Block[];
}

export const placeId = (place: Place): string => `${place.node ?? TRIGGER_ID}/${place.port}`;

const NEXT: Port = { name: TRIGGER_PORT, label: { 'zh-CN': '开始', en: 'Start' } };

interface Way {
  readonly place: Place;
  readonly port: Port;
  readonly to: string | null;
  readonly from: string;
  /** Ports of the same card that are drawn. */
  readonly beside: number;
}

/** What is drawn of each card's ports: an error that leads nowhere stops the run and is not drawn. */
function waysOf(workflow: WorkflowDefinition): Way[] {
  const names = new Set(workflow.nodes.map((node) => node.name));
  const target = (to: string | undefined): string | null => (to !== undefined && names.has(to) ? to : null);
  const start: Way = { place: { node: null, port: TRIGGER_PORT }, port: NEXT, to: target(workflow.trigger.next), from: TRIGGER_ID, beside: 1 };
  const others = workflow.nodes.flatMap((node) => {
    const shown = portsOf(node).filter((port) => port.kind !== 'error' || target(node.next?.[port.name]) !== null);
    return shown.map((port): Way => ({ place: { node: node.name, port: port.name }, port, to: target(node.next?.[port.name]), from: node.name, beside: shown.length }));
  });
  return [start, ...others];
}

export function layOut(workflow: WorkflowDefinition): Layout {
  const ways = waysOf(workflow);
  const endId = (way: Way): string => `end:${placeId(way.place)}`;
  const { positions: auto, through } = autoPositions(workflow, ways.map((way) => ({ from: way.from, to: way.to ?? endId(way), id: placeId(way.place) })), ways.filter((way) => way.to === null).map(endId));
  const graph = graphOf(workflow);
  const at = (id: string): Position => auto.get(id) ?? { x: 0, y: 0 };
  const placed = new Map<string, Position>([[TRIGGER_ID, workflow.trigger.position ?? at(TRIGGER_ID)], ...workflow.nodes.map((node) => [node.name, node.position ?? at(node.name)] as const)]);
  const centre = (way: Way): number => (way.to === null ? at(endId(way)).x + END_SIZE / 2 : (placed.get(way.to)?.x ?? 0) + CARD_WIDTH / 2);
  const cards = [null, ...workflow.nodes].map((node): Card => {
    const id = node?.name ?? TRIGGER_ID;
    const own = ways.filter((way) => way.from === id).sort((a, b) => centre(a) - centre(b));
    return { id, node, position: placed.get(id) as Position, exits: own.map(({ port, place }, i) => ({ port, place, x: (CARD_WIDTH * (i + 1)) / (own.length + 1) })), isLoose: node !== null && !graph.reachable.has(node.name) };
  });
  const lines = ways.map((way): Line => ({
    id: placeId(way.place),
    from: way.from,
    to: way.to ?? endId(way),
    place: way.place,
    label: isTold(workflow, way) ? way.port.label : null,
    kind: way.port.kind ?? 'plain',
    isBack: way.to !== null && (placed.get(way.to)?.y ?? 0) <= (placed.get(way.from)?.y ?? 0),
    through: way.to === null ? [] : between(through.get(placeId(way.place)) ?? [], placed.get(way.from), placed.get(way.to)),
  }));
  const ends = ways.flatMap((way): End[] => {
    if (way.to !== null) return [];
    const inside = way.place.node === null ? [] : graph.blocks(way.place.node);
    return [{ id: endId(way), place: way.place, position: endPosition(workflow, way, at, placed), back: way.port.kind === 'body' ? way.from : (inside.at(-1) ?? null) }];
  });
  return { cards, lines, ends, blocks: blocksOf(workflow, placed, ends) };
}

/** Of a card that a hand moved past some of them only the rest is passed. */
function between(through: readonly Position[], from: Position | undefined, to: Position | undefined): readonly Position[] {
  return from && to ? through.filter(({ y }) => y > from.y + CARD_HEIGHT && y < to.y) : [];
}

/** The way out of a card with only one says nothing new. */
function isTold(workflow: WorkflowDefinition, { place, port, beside }: Way): boolean {
  if (place.node === null) return false;
  const node = workflow.nodes.find((own) => own.name === place.node);
  return beside > 1 || port.kind !== undefined || (node !== undefined && portsOf(node).filter((own) => own.kind === undefined).length > 1);
}

/** An end keeps its distance to a card that was moved. */
function endPosition(workflow: WorkflowDefinition, way: Way, at: (id: string) => Position, placed: ReadonlyMap<string, Position>): Position {
  const own = at(`end:${placeId(way.place)}`);
  const moved = way.place.node === null ? workflow.trigger.position : workflow.nodes.find((node) => node.name === way.place.node)?.position;
  if (!moved) return own;
  const was = at(way.from);
  const now = placed.get(way.from) ?? was;
  return { x: own.x + now.x - was.x, y: own.y + now.y - was.y };
}

/** Upper left corners, the trigger at the origin. Bodies are kept together. */
function autoPositions(workflow: WorkflowDefinition, links: readonly { readonly from: string; readonly to: string; readonly id: string }[], ends: readonly string[]) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: COLUMN_GAP, ranksep: ROW_GAP, edgesep: 92 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of [TRIGGER_ID, ...workflow.nodes.map((node) => node.name)]) graph.setNode(id, { width: CARD_WIDTH, height: CARD_HEIGHT });
  for (const id of ends) graph.setNode(id, { width: END_SIZE + 60, height: END_SIZE });
  const mainPort = new Map(workflow.nodes.map((node) => [node.name, ordinaryPort(node)?.name]));
  // What simply goes on stays below its card; branches stand aside.
  for (const { from, to, id } of links) graph.setEdge(from, to, { weight: id.endsWith(`/${mainPort.get(from) ?? TRIGGER_PORT}`) ? 3 : 1 }, id);
  // In the order of the ports: the first way out stands left.
  dagre.layout(graph, { disableOptimalOrderHeuristic: true });
  const origin = graph.node(TRIGGER_ID) as Position;
  const positions = new Map(
    graph.nodes().map((id) => {
      const { x, y } = graph.node(id) as Position;
      const isEnd = id.startsWith('end:');
      return [id, { x: Math.round(x - origin.x - (isEnd ? END_SIZE : CARD_WIDTH) / 2), y: Math.round(y - origin.y - (isEnd ? END_SIZE : CARD_HEIGHT) / 2) }];
    }),
  );
  const through = new Map(links.map(({ from, to, id }) => [id, rowsOf((graph.edge(from, to, id) as { points?: readonly Position[] } | undefined)?.points ?? []).map(({ x, y }) => ({ x: Math.round(x - origin.x), y: Math.round(y - origin.y) }))]));
  return { positions, through };
}

/** dagre tells a point between two rows and one in each row that a line passes; those in the rows keep it off the cards. */
function rowsOf(points: readonly Position[]): readonly Position[] {
  return points.slice(1, -1).filter((_, i) => i % 2 === 1);
}

function blocksOf(workflow: WorkflowDefinition, placed: ReadonlyMap<string, Position>, ends: readonly End[]): Block[] {
  const graph = graphOf(workflow);
  return workflow.nodes.flatMap((block) => {
    if (!portsOf(block).some((port) => port.kind === 'body') || !graph.reachable.has(block.name)) return [];
    const inside = workflow.nodes.filter((node) => graph.blocks(node.name).includes(block.name)).map((node) => ({ ...(placed.get(node.name) as Position), width: CARD_WIDTH, height: CARD_HEIGHT }));
    const names = new Set(workflow.nodes.filter((node) => graph.blocks(node.name).includes(block.name)).map((node) => node.name));
    const open = ends.filter((end) => end.back === block.name || (end.place.node !== null && names.has(end.place.node))).map((end) => ({ ...end.position, width: END_SIZE, height: END_SIZE }));
    const boxes = [...inside, ...open];
    if (boxes.length === 0) return [];
    const x = Math.min(...boxes.map((box) => box.x)) - BLOCK_PADDING;
    const y = Math.min(...boxes.map((box) => box.y)) - BLOCK_PADDING;
    const width = Math.max(...boxes.map((box) => box.x + box.width)) + BLOCK_PADDING - x;
    const height = Math.max(...boxes.map((box) => box.y + box.height)) + BLOCK_PADDING - y;
    return [{ id: `block:${block.name}`, position: { x, y }, width, height, depth: graph.blocks(block.name).length }];
  });
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The card one comes to with an arrow key. */
export function cardBeside(cards: readonly Card[], from: string, direction: Direction): string | null {
  const here = cards.find((card) => card.id === from);
  if (!here) return cards[0]?.id ?? null;
  const isUpright = direction === 'up' || direction === 'down';
  const sign = direction === 'down' || direction === 'right' ? 1 : -1;
  const distance = (card: Card): number => {
    const [dx, dy] = [card.position.x - here.position.x, card.position.y - here.position.y];
    const along = sign * (isUpright ? dy : dx);
    return along <= 4 ? Number.POSITIVE_INFINITY : along + 2 * Math.abs(isUpright ? dx : dy);
  };
  const [best] = cards.filter((card) => card.id !== from).map((card) => ({ card, far: distance(card) })).sort((a, b) => a.far - b.far);
  return best && best.far < Number.POSITIVE_INFINITY ? best.card.id : null;
}
