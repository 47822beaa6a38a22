import { expect, test } from 'vitest';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { TRIGGER_ID } from '../canvas/layout.ts';
import { cardOf, problemsByCard } from './workflow-problems.ts';

const label = { 'zh-CN': '流程', en: 'Workflow' };
const workflow: WorkflowDefinition = { name: 'w', label, trigger: { type: 'webhook' }, nodes: [{ name: 'tell', type: 'notify' }] };

test('a problem is about the card its path names, by name or by number', () => {
  expect(cardOf('/workflows/w/nodes/tell/title', workflow)).toBe('tell');
  expect(cardOf('/workflows/w/nodes/0/title', workflow)).toBe('tell');
  expect(cardOf('/workflows/w/trigger/cron', workflow)).toBe(TRIGGER_ID);
  expect(cardOf('/workflows/w/label', workflow)).toBeNull();
});

test('problems and warnings are counted apart; those of the workflow itself belong to no card', () => {
  const issue = { path: '', code: 'x', message: label };
  const found = [{ issue, kind: 'problem', card: 'tell' }, { issue, kind: 'warning', card: 'tell' }, { issue, kind: 'problem', card: null }] as const;
  expect([...problemsByCard(found)]).toEqual([['tell', { problems: 1, warnings: 1 }]]);
});
