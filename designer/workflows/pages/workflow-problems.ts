/** Problems and warnings of a workflow, by the card they concern. */
import { useMemo } from 'react';
import type { Issue } from '#engine/errors.ts';
import { workflowWarnings } from '#engine/workflows/check-workflow.ts';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { useDraft } from '../../draft/draft-context.ts';
import { useIssues } from '../../shell/issues.ts';
import type { Problems } from '../canvas/canvas-context.ts';
import { TRIGGER_ID } from '../canvas/layout.ts';

export interface WorkflowProblem {
  readonly issue: Issue;
  readonly kind: 'problem' | 'warning';
  /** Null: of the workflow itself. */
  readonly card: string | null;
}

/** `/workflows/remind/nodes/tell/title` is about `tell`; a node that has no name yet is told by its number. */
export function cardOf(path: string, workflow: WorkflowDefinition): string | null {
  const [, , , part, key] = path.split('/');
  if (part === 'trigger') return TRIGGER_ID;
  if (part !== 'nodes' || key === undefined) return null;
  return /^\d+$/.test(key) ? (workflow.nodes[Number(key)]?.name ?? null) : key;
}

export function useWorkflowProblems(workflow: WorkflowDefinition): readonly WorkflowProblem[] {
  const { model, definitions } = useDraft();
  const issues = useIssues(`/workflows/${workflow.name}`);
  return useMemo(() => {
    const warnings = issues.length > 0 ? [] : workflowWarnings(workflow, { tables: model.tables, workflows: definitions.workflows ?? [], roles: definitions.app.roles });
    const told = (kind: WorkflowProblem['kind']) => (issue: Issue): WorkflowProblem => ({ issue, kind, card: cardOf(issue.path, workflow) });
    return [...issues.map(told('problem')), ...warnings.map(told('warning'))];
  }, [issues, workflow, model, definitions]);
}

export function problemsByCard(found: readonly WorkflowProblem[]): ReadonlyMap<string, Problems> {
  const byCard = new Map<string, Problems>();
  for (const { card, kind } of found) {
    if (card === null) continue;
    const known = byCard.get(card) ?? { problems: 0, warnings: 0 };
    byCard.set(card, kind === 'problem' ? { ...known, problems: known.problems + 1 } : { ...known, warnings: known.warnings + 1 });
  }
  return byCard;
}
