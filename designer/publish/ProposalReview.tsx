/** Anything that can be published, with its plan, the confirmation it needs, and the progress while it happens. */
import { Alert, Button, Input, Skeleton } from 'antd';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { Plan, PlannedChange } from '#engine/changes/plan.ts';
import { isProblem } from '#runtime/api/problem.ts';
import { ErrorState, useErrorText } from '#runtime/ui/ErrorState.tsx';
import { useToast } from '#runtime/ui/toast.tsx';
import { useDraft } from '../draft/draft-context.ts';
import { fetchPlan, fetchProgress, type Progress, type Proposal, publishProposal } from './api.ts';
import { Confirm } from './Confirm.tsx';
import { PlanView } from './PlanView.tsx';
import { PublishProgress } from './PublishProgress.tsx';
import { usePublishTexts } from './texts.ts';

interface ProposalReviewProps {
  readonly proposal: Proposal;
  /** Known already, as an undo comes with it. */
  readonly plan?: Plan;
  readonly extra?: ReactNode;
  readonly onRepair?: (change: PlannedChange) => void;
  readonly onPublished: (version: number) => void;
  readonly onBack?: () => void;
}

const POLL_MS = 400;

export function ProposalReview({ proposal, plan: known, extra, onRepair, onPublished, onBack }: ProposalReviewProps) {
  const texts = usePublishTexts();
  const toast = useToast();
  const errorText = useErrorText();
  const { live } = useDraft();
  const [plan, setPlan] = useState<Plan | null>(known ?? null);
  const [error, setError] = useState<unknown>(null);
  const [isStale, setIsStale] = useState(false);
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const [note, setNote] = useState(proposal.note);
  const [progress, setProgress] = useState<Progress | null>(null);
  const latest = useRef(proposal);
  latest.current = proposal;

  const check = useCallback(
    async (signal?: AbortSignal) => {
      setPlan(null);
      setError(null);
      try {
        setPlan(await fetchPlan(live.version, latest.current, signal));
      } catch (thrown) {
        if (!signal?.aborted) setError(thrown);
      }
    },
    [live.version],
  );
  // A new proposal is a new plan; the one that came along is right for the first.
  const { definitions } = proposal;
  const first = useRef(known === undefined ? null : definitions);
  useEffect(() => {
    if (first.current === definitions) return undefined;
    first.current = null;
    const abort = new AbortController();
    void check(abort.signal);
    return () => abort.abort();
  }, [definitions, check]);

  useEffect(() => {
    if (progress === null) return undefined;
    const timer = setInterval(() => void fetchProgress().then((next) => setProgress((now) => (now === null ? null : next)), () => undefined), POLL_MS);
    return () => clearInterval(timer);
  }, [progress === null]);

  const publish = async () => {
    if (!plan) return;
    setProgress({ step: 'plan' });
    try {
      const { version } = await publishProposal(plan, { ...proposal, note }, confirmed);
      onPublished(version);
    } catch (thrown) {
      if (isProblem(thrown, 409)) {
        setIsStale(true);
        void check();
      }
      toast({ kind: 'error', text: errorText(thrown) });
    } finally {
      setProgress(null);
    }
  };

  if (error) return <ErrorState error={error} onRetry={() => void check()} />;
  return (
    <div className="proposal">
      {extra}
      {isStale ? <Alert type="warning" showIcon title={texts.stale} closable={{ onClose: () => setIsStale(false) }} /> : null}
      {plan ? <PlanView plan={plan} {...(onRepair && { onRepair })} /> : (
        <>
          <p className="quiet" role="status">
            {texts.planning}
          </p>
          <Skeleton active paragraph={{ rows: 6 }} title={{ width: 240 }} />
        </>
      )}
      {plan ? (
        <footer className="plan-actions">
          {plan.confirm.length > 0 && plan.class !== 'blocked' ? <Confirm names={plan.confirm} onChange={setConfirmed} /> : null}
          {progress ? (
            <PublishProgress progress={progress} records={plan.changes.reduce((sum, { effect }) => sum + (effect?.samples.length ? effect.records : 0), 0)} />
          ) : (
            <div className="plan-publish">
              {onBack ? <Button onClick={onBack}>{texts.back}</Button> : null}
              <Button onClick={() => void check()}>{texts.refresh}</Button>
              <Input value={note} onChange={(event) => setNote(event.target.value)} placeholder={texts.note} aria-label={texts.note} maxLength={500} />
              <Button type="primary" danger={plan.class === 'lossy'} disabled={plan.class === 'blocked' || plan.changes.length === 0 || plan.confirm.some((name) => !confirmed.includes(name))} onClick={() => void publish()}>
                {texts.publish}
              </Button>
            </div>
          )}
        </footer>
      ) : null}
    </div>
  );
}
