import { expect, test } from 'vitest';
import type { NodeDefinition, WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { CARD_HEIGHT, CARD_WIDTH, cardBeside, END_SIZE, layOut, TRIGGER_ID } from './layout.ts';

const label = { 'zh-CN': '流程', en: 'Workflow' };
const workflow = (nodes: readonly NodeDefinition[], next?: string): WorkflowDefinition => ({ name: 'w', label, trigger: { type: 'schedule', ...(next && { next }) }, nodes: [...nodes] });
const fork = workflow(
  [
    { name: 'ask', type: 'condition', next: { yes: 'loop', no: 'wait' } },
    { name: 'loop', type: 'loop', over: '$find.records', next: { each: 'tell', done: 'wait' } },
    { name: 'tell', type: 'notify' },
    { name: 'wait', type: 'wait' },
    { name: 'lost', type: 'create' },
  ],
  'ask',
);

test('an empty workflow is its trigger and a place to begin', () => {
  const { cards, ends, lines } = layOut(workflow([]));
  expect(cards.map(({ id, position }) => ({ id, ...position }))).toEqual([{ id: TRIGGER_ID, x: -CARD_WIDTH / 2, y: -CARD_HEIGHT / 2 }]);
  expect(ends).toHaveLength(1);
  expect(lines[0]).toMatchObject({ from: TRIGGER_ID, label: null });
});

test('every port leads somewhere or to an end; an error that leads nowhere is left out', () => {
  const { lines, ends } = layOut(fork);
  expect(lines.map((line) => `${line.id}>${line.to}`)).toEqual([
    '$trigger/next>ask', 'ask/yes>loop', 'ask/no>wait', 'loop/each>tell', 'loop/done>wait', 'tell/done>end:tell/done', 'wait/done>end:wait/done', 'lost/done>end:lost/done',
  ]);
  expect(ends.map(({ back }) => back)).toEqual(['loop', null, null]);
  expect(lines.find((line) => line.id === 'loop/each')?.kind).toBe('body');
});

test('only ways out that tell something apart are labelled', () => {
  const told = layOut(fork).lines.filter((line) => line.label !== null);
  expect(told.map((line) => line.id)).toEqual(['ask/yes', 'ask/no', 'loop/each', 'loop/done']);
});

test('ways out leave the card in the order of where they lead, so that they do not cross', () => {
  const { cards } = layOut(fork);
  for (const card of cards) {
    const targets = card.exits.map(({ place }) => fork.nodes.find((node) => node.name === place.node)?.next?.[place.port]).map((name) => cards.find((other) => other.id === name)?.position.x ?? null);
    const known = targets.filter((x) => x !== null);
    expect([...known].sort((a, b) => a - b)).toEqual(known);
  }
});

test('a block surrounds its body and nothing else', () => {
  const { blocks, cards } = layOut(fork);
  const [block] = blocks;
  if (!block) throw new Error('no block');
  const inside = cards.filter(({ position }) => position.x >= block.position.x && position.x + CARD_WIDTH <= block.position.x + block.width && position.y >= block.position.y && position.y + CARD_HEIGHT <= block.position.y + block.height);
  expect(blocks).toHaveLength(1);
  expect(inside.map((card) => card.id)).toEqual(['tell']);
});

test('what was placed by hand stays there, and its ends go with it', () => {
  const moved = { ...fork, nodes: fork.nodes.map((node) => (node.name === 'wait' ? { ...node, position: { x: 900, y: 50 } } : node)) };
  const { cards, ends } = layOut(moved);
  expect(cards.find((card) => card.id === 'wait')?.position).toEqual({ x: 900, y: 50 });
  expect(ends.find((end) => end.place.node === 'wait')?.position.x).toBe(900 + (CARD_WIDTH - END_SIZE) / 2);
});

test('a node that no run comes to is known', () => {
  expect(layOut(fork).cards.filter((card) => card.isLoose).map((card) => card.id)).toEqual(['lost']);
});

test('forty nodes do not overlap', () => {
  const nodes = Array.from({ length: 40 }, (_, i): NodeDefinition => (i % 4 === 0 ? { name: `n${i}`, type: 'condition', next: { yes: `n${i + 1}`, no: `n${i + 2}` } } : { name: `n${i}`, type: 'wait', next: { done: `n${Math.min(39, i - (i % 4) + 4)}` } }));
  const { cards } = layOut(workflow(nodes, 'n0'));
  for (const a of cards) for (const b of cards) expect(a === b || Math.abs(a.position.x - b.position.x) >= CARD_WIDTH || Math.abs(a.position.y - b.position.y) >= CARD_HEIGHT, `${a.id} ${b.id}`).toBe(true);
});

test('arrow keys go to the card that stands there', () => {
  const { cards } = layOut(fork);
  expect(cardBeside(cards, TRIGGER_ID, 'down')).toBe('ask');
  expect(cardBeside(cards, 'ask', 'up')).toBe(TRIGGER_ID);
  expect(cardBeside(cards, TRIGGER_ID, 'up')).toBeNull();
});
