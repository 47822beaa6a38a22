/** What a template would do to this workspace: conflicts to keep or take, the plan, and publishing it. */
import { Skeleton } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { MergeConflict } from '#engine/changes/merge.ts';
import { ErrorState } from '#runtime/ui/ErrorState.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { ProposalReview } from '../publish/ProposalReview.tsx';
import type { TemplateProposal } from './api.ts';
import { useTemplateTexts } from './texts.ts';
import { UpgradeConflicts } from './UpgradeConflicts.tsx';

interface TemplateReviewProps {
  readonly title: string;
  readonly hint?: string;
  readonly note: string;
  readonly first: TemplateProposal;
  /** The same with other conflicts taken, or when somebody has published meanwhile. */
  readonly propose: (take: readonly string[]) => Promise<TemplateProposal>;
  readonly onBack: () => void;
  readonly onPublished: (version: number) => void;
}

export function TemplateReview({ title, hint, note, first, propose, onBack, onPublished }: TemplateReviewProps) {
  const texts = useTemplateTexts();
  const { live } = useDraft();
  const [proposal, setProposal] = useState<TemplateProposal>(first);
  const [conflicts, setConflicts] = useState<readonly MergeConflict[] | undefined>(first.conflicts);
  const [take, setTake] = useState<readonly string[]>([]);
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(0);
  const again = async (next: readonly string[]) => {
    asked.current += 1;
    const own = asked.current;
    setTake(next);
    setError(null);
    try {
      const answer = await propose(next);
      if (own !== asked.current) return;
      setProposal(answer);
      setConflicts(answer.conflicts);
    } catch (thrown) {
      if (own === asked.current) setError(thrown);
    }
  };
  const latest = useRef(again);
  latest.current = again;
  const isBehind = proposal.plan.base < live.version;
  useEffect(() => {
    if (isBehind) void latest.current(take);
  }, [isBehind, take]);

  let extra: ReactNode = hint ? <p className="quiet template-hint">{hint}</p> : null;
  if (conflicts) {
    extra = conflicts.length === 0 ? <p className="quiet template-hint">{texts.noConflicts}</p> : <UpgradeConflicts conflicts={conflicts} take={take} onTake={(next) => void again(next)} />;
  }
  return (
    <>
      <h2 className="plan-title">{title}</h2>
      {error ? <ErrorState error={error} onRetry={() => void again(take)} /> : null}
      {!error && isBehind ? <Skeleton active aria-label={texts.loading} /> : null}
      {error || isBehind ? null : <ProposalReview proposal={{ definitions: proposal.definitions, templates: proposal.templates, note }} plan={proposal.plan} extra={extra} onBack={onBack} onPublished={onPublished} />}
    </>
  );
}
