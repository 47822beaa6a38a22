import { expect, test } from 'vitest';
import type { StepReport } from '#engine/workflows/reports.ts';
import { TRIGGER_ID } from './layout.ts';
import { traceOf, withBodies } from './trace.ts';

const step = (node: string, port: string | null, state: StepReport['state'] = 'done', output: StepReport['output'] = null): StepReport => ({ seq: 0, node, state, port, startedAt: null, finishedAt: null, dueAt: null, attempts: 1, input: null, output, problem: null });

test('a card tells the worst that became of it, how often, and what it answered last', () => {
  const { cards } = traceOf([step('task', 'done', 'done', { n: 1 }), step('task', null, 'failed'), step('task', 'done', 'done', { n: 3 })]);
  expect(cards.get('task')).toEqual({ state: 'failed', times: 3, output: { n: 3 } });
  expect(cards.get(TRIGGER_ID)?.state).toBe('done');
});

test('lines that were taken are known by their port; nothing was taken where nothing ran', () => {
  expect([...traceOf([step('ask', 'yes')]).lines]).toEqual(['$trigger/next', 'ask/yes']);
  expect(traceOf([]).lines.size).toBe(0);
});

test('a body that was entered counts as taken', () => {
  const trace = traceOf([step('each', 'done'), step('task', 'done')]);
  const bodies = [{ place: { node: 'each', port: 'each' }, to: 'task' }, { place: { node: 'each', port: 'other' }, to: 'elsewhere' }];
  expect(withBodies(trace, bodies).lines.has('each/each')).toBe(true);
  expect(withBodies(trace, bodies).lines.has('each/other')).toBe(false);
});
