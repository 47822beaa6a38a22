/** Something the server proposes (an undo, a restore, a template): conflicts to keep or take, the plan, and publishing it. */
import { Skeleton } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ErrorState } from '#runtime/ui/ErrorState.tsx';
import { useDraft } from '../draft/draft-context.ts';
import type { Proposed } from './api.ts';
import { ConflictList, type ConflictWords } from './ConflictList.tsx';
import { ProposalReview } from './ProposalReview.tsx';
import { usePublishTexts } from './texts.ts';

interface ServerProposalProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly note: string;
  readonly first: Proposed;
  /** The same with other conflicts taken, or after somebody has published meanwhile. */
  readonly propose: (take: readonly string[]) => Promise<Proposed>;
  readonly words: ConflictWords;
  readonly onBack: () => void;
  readonly onPublished: (version: number) => void;
}

export function ServerProposal({ title, hint, note, first, propose, words, onBack, onPublished }: ServerProposalProps) {
  const texts = usePublishTexts();
  const { live } = useDraft();
  const [proposed, setProposed] = useState(first);
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
      if (own === asked.current) setProposed(answer);
    } catch (thrown) {
      if (own === asked.current) setError(thrown);
    }
  };
  const latest = useRef(again);
  latest.current = again;
  // On top of what somebody else has published it would take that back as well.
  const isBehind = proposed.plan.base < live.version;
  useEffect(() => {
    if (isBehind) void latest.current(take);
  }, [isBehind, take]);
  const { plan, conflicts = [], definitions, restore, undoes, templates } = proposed;
  const extra = (
    <>
      {hint}
      <ConflictList conflicts={conflicts} take={take} onTake={(next) => void again(next)} words={words} />
    </>
  );
  return (
    <>
      <h2 className="plan-title">{title}</h2>
      {error ? <ErrorState error={error} onRetry={() => void again(take)} /> : null}
      {!error && isBehind ? <Skeleton active aria-label={texts.planning} /> : null}
      {error || isBehind ? null : (
        <ProposalReview
          proposal={{ definitions, note, ...(restore && { restore }), ...(undoes !== undefined && { undoes }), ...(templates && { templates }) }}
          plan={plan}
          extra={extra}
          onBack={onBack}
          onPublished={onPublished}
        />
      )}
    </>
  );
}
