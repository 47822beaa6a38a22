/** An undo or a restore: what was changed again since is listed, each to keep or to take back, then the plan. */
import { useState } from 'react';
import type { WayBack } from './api.ts';
import { ConflictList } from './ConflictList.tsx';
import { ProposalReview } from './ProposalReview.tsx';
import { usePublishTexts } from './texts.ts';

interface WayBackReviewProps {
  readonly way: WayBack;
  readonly title: string;
  readonly note: string;
  /** The same way with other conflicts taken. */
  readonly again?: (take: readonly string[]) => Promise<WayBack>;
  readonly onBack: () => void;
  readonly onPublished: (version: number) => void;
}

export function WayBackReview({ way: first, title, note, again, onBack, onPublished }: WayBackReviewProps) {
  const texts = usePublishTexts();
  const [way, setWay] = useState(first);
  const [conflicts] = useState(first.conflicts);
  const [take, setTake] = useState<readonly string[]>([]);
  const change = async (next: readonly string[]) => {
    setTake(next);
    if (again) setWay(await again(next));
  };
  const { definitions, restore, undoes, templates, plan } = way;
  return (
    <>
      <h2 className="plan-title">{title}</h2>
      <ProposalReview
        proposal={{ definitions, note, ...(restore && { restore }), ...(undoes !== undefined && { undoes }), ...(templates && { templates }) }}
        plan={plan}
        extra={<ConflictList conflicts={conflicts} take={take} onTake={(next) => void change(next)} title={texts.conflicts} hint={texts.conflictsHint} takeText={texts.take} />}
        onBack={onBack}
        onPublished={onPublished}
      />
    </>
  );
}
