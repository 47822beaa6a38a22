import { ExclamationCircleFilled, WarningFilled } from '@ant-design/icons';
import { useState } from 'react';
import type { WorkflowDefinition } from '#engine/workflows/definitions.ts';
import { labelOf } from '#engine/workflows/scope.ts';
import { useLabel } from '#runtime/app/i18n/index.ts';
import { fill } from '../../i18n/index.ts';
import { TRIGGER_ID } from '../canvas/layout.ts';
import { useWorkflowTexts } from '../texts.ts';
import type { WorkflowProblem } from './workflow-problems.ts';

interface ProblemListProps {
  readonly workflow: WorkflowDefinition;
  readonly found: readonly WorkflowProblem[];
  readonly onShow: (card: string) => void;
}

/** Below the canvas; a click selects the card. */
export function ProblemList({ workflow, found, onShow }: ProblemListProps) {
  const { canvas } = useWorkflowTexts();
  const label = useLabel();
  const [open, setOpen] = useState(true);
  if (found.length === 0) return null;
  const problems = found.filter(({ kind }) => kind === 'problem').length;
  const nameOf = (card: string | null): string => {
    if (card === null) return label(workflow.label);
    if (card === TRIGGER_ID) return canvas.trigger;
    const node = workflow.nodes.find((own) => own.name === card);
    return node ? label(labelOf(node)) : card;
  };
  return (
    <section className="problem-list" aria-label={canvas.problems}>
      <button type="button" className="problem-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        {[problems > 0 ? fill(canvas.problem, { n: problems }) : '', found.length > problems ? fill(canvas.warning, { n: found.length - problems }) : ''].filter(Boolean).join(' · ')}
      </button>
      {open ? (
        <ul>
          {found.map(({ issue, kind, card }, index) => (
            <li key={`${issue.path} ${issue.code} ${index}`}>
              <button type="button" onClick={() => (card === null ? undefined : onShow(card))}>
                {kind === 'problem' ? <ExclamationCircleFilled className="problem-mark" aria-hidden="true" /> : <WarningFilled className="warning-mark" aria-hidden="true" />}
                <strong>{nameOf(card)}</strong> <span>{label(issue.message)}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
