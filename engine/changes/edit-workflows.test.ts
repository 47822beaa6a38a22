import { expect, test } from 'vitest';
import type { Definitions } from '../model/definitions.ts';
import type { WorkflowDefinition } from '../workflows/definitions.ts';
import { changeTrigger, connect, copiesOf, duplicateWorkflow, insertNode, insertNodes, newNode, placeNode, removeNodes, removeWorkflow, setParameter, tidy, updateNode, workflowOf } from './edit-workflows.ts';

const label = (text: string) => ({ 'zh-CN': text, en: text });
const chain: WorkflowDefinition = {
  name: 'remind', label: label('Remind'),
  parameters: [{ name: 'days', label: label('Days'), type: 'number', default: 5 }],
  trigger: { type: 'recordCreated', table: 'customer', inside: true, next: 'ask' },
  nodes: [
    { name: 'ask', type: 'condition', rule: { '==': [{ var: 'level' }, 'a'] }, next: { yes: 'tell' } },
    { name: 'tell', type: 'notify', to: [{ starter: true }], title: label('{{$find.count}}') },
  ],
};
const shape = (workflow: WorkflowDefinition): Record<string, unknown> => ({ first: workflow.trigger.next, ...Object.fromEntries(workflow.nodes.map((node) => [node.name, node.next ?? {}])) });

test('a node put on an edge is followed by what stood there', () => {
  const wait = newNode(chain, 'wait');
  expect(shape(insertNode(chain, wait, { node: 'ask', port: 'yes' }))).toEqual({ first: 'ask', ask: { yes: 'wait' }, wait: { done: 'tell' }, tell: {} });
  expect(shape(insertNode(chain, wait, { node: null, port: 'next' }))).toEqual({ first: 'wait', wait: { done: 'ask' }, ask: { yes: 'tell' }, tell: {} });
  expect(shape(insertNode(chain, wait, null))).toEqual({ ...shape(chain), wait: {} });
});

test('what has no way on, like an end, leaves what stood there for itself', () => {
  expect(shape(insertNode(chain, newNode(chain, 'end'), { node: 'ask', port: 'yes' }))).toEqual({ first: 'ask', ask: { yes: 'end' }, end: {}, tell: {} });
});

test('a block goes on by its way on, not by its body; branches begin with two', () => {
  const loop = newNode(chain, 'loop');
  expect(shape(insertNode(chain, loop, { node: 'ask', port: 'yes' })).loop).toEqual({ done: 'tell' });
  expect(newNode(chain, 'parallel').branches).toHaveLength(2);
});

test('new nodes have free names that hide no variable', () => {
  expect(newNode(chain, 'waitUntil').name).toBe('wait_until');
  const twice = insertNode(chain, newNode(chain, 'find'), null);
  expect(newNode(twice, 'find').name).toBe('find_2');
});

test('a removed node closes the chain', () => {
  const long = insertNode(chain, newNode(chain, 'wait'), { node: 'ask', port: 'yes' });
  expect(shape(removeNodes(long, ['wait']))).toEqual(shape(chain));
  expect(shape(removeNodes(long, ['ask', 'wait']))).toEqual({ first: 'tell', tell: {} });
});

test('a node that leads back to itself does not hold on to itself', () => {
  const back = connect(chain, { node: 'tell', port: 'done' }, 'tell');
  expect(shape(removeNodes(back, ['tell']))).toEqual({ first: 'ask', ask: {} });
});

test('a port that a setting took away leads nowhere', () => {
  const split = insertNode(chain, { ...newNode(chain, 'switch'), next: { branch_2: 'tell' } }, null);
  const [first] = (split.nodes.at(-1) as { branches?: unknown[] }).branches ?? [];
  expect(updateNode(split, 'switch', { branches: [first] }).nodes.at(-1)?.next).toBeUndefined();
  expect(connect(chain, { node: 'ask', port: 'yes' }, undefined).nodes[0]).not.toHaveProperty('next');
});

test('copies speak of the copies, in links and in variables', () => {
  const find = { name: 'find', type: 'find', table: 'customer', next: { done: 'tell' } };
  const [first, second] = copiesOf({ ...chain, nodes: [find, ...chain.nodes] }, [find, chain.nodes[1] as (typeof chain.nodes)[number]]);
  expect(first).toEqual({ name: 'find_2', type: 'find', table: 'customer', next: { done: 'tell_2' } });
  expect(second?.title).toEqual(label('{{$find_2.count}}'));
});

test('pasted nodes are put into the chain as one', () => {
  const copies = copiesOf(chain, [...chain.nodes]);
  expect(shape(insertNodes(chain, copies, { node: null, port: 'next' }))).toEqual({ first: 'ask_2', ask_2: { yes: 'tell_2' }, tell_2: { done: 'ask' }, ask: { yes: 'tell' }, tell: {} });
});

test('another trigger keeps what it has a setting for', () => {
  expect(changeTrigger(chain, 'recordDeleted').trigger).toEqual({ type: 'recordDeleted', table: 'customer', next: 'ask' });
  expect(changeTrigger(chain, 'schedule').trigger).toEqual({ type: 'schedule', table: 'customer', next: 'ask' });
});

test('places are kept and tidied away', () => {
  const placed = placeNode(placeNode(chain, 'ask', { x: 10.4, y: 2 }), null, { x: 1, y: 1 });
  expect(placed.nodes[0]?.position).toEqual({ x: 10, y: 2 });
  expect(tidy(placed)).toEqual(chain);
});

test('a parameter is set and goes back to its default', () => {
  const tuned = setParameter(chain, 'days', 3);
  expect(tuned.parameters?.[0]?.value).toBe(3);
  expect(setParameter(tuned, 'days', undefined)).toEqual(chain);
});

test('a copy of a workflow is switched off', () => {
  const definitions: Definitions = { app: { name: 'a', label: label('a'), version: '1.0.0', navigation: [], roles: [] }, tables: [], workflows: [chain] };
  const copied = duplicateWorkflow(definitions, 'remind', { name: 'again', label: label('Again') });
  expect(workflowOf(copied, 'again')).toMatchObject({ name: 'again', disabled: true, nodes: chain.nodes });
  expect(removeWorkflow(copied, 'again')).toEqual(definitions);
});
