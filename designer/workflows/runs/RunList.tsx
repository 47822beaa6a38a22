/** Runs, newest first: of which workflow, about what, how far. */
import { Button, Skeleton } from 'antd';
import { Link } from 'react-router';
import type { RunSummary } from '#engine/workflows/reports.ts';
import { labelOf } from '#engine/workflows/scope.ts';
import { useLabel, useLocale } from '#runtime/app/i18n/index.ts';
import { EmptyState } from '#runtime/ui/EmptyState.tsx';
import { ErrorState } from '#runtime/ui/ErrorState.tsx';
import { useDraft } from '../../draft/draft-context.ts';
import { fill } from '../../i18n/index.ts';
import { type RunFilter, useRuns } from '../api.ts';
import { workflowRunsPath } from '../paths.ts';
import { useRunTexts } from './texts.ts';
import { lengthOf, useMoment } from './when.ts';

export function StateMark({ state }: { state: RunSummary['state'] }) {
  const { state: texts } = useRunTexts();
  return <span className={`state-mark state-${state}`}>{texts[state]}</span>;
}

function Line({ run, withName }: { run: RunSummary; withName: boolean }) {
  const { runs } = useRunTexts();
  const label = useLabel();
  const locale = useLocale();
  const moment = useMoment();
  const { live } = useDraft();
  const nodes = live.definitions.workflows?.find((own) => own.name === run.workflow)?.nodes ?? [];
  const names = run.at.map((name) => {
    const node = nodes.find((own) => own.name === name);
    return node ? label(labelOf(node)) : name;
  });
  const about = run.record ? run.record.title || runs.hidden : runs.noRecord;
  const where = run.problem ? label(run.problem) : run.finishedAt ? fill(runs.took, { time: lengthOf(run.startedAt, run.finishedAt, locale) }) : [names.length > 0 ? fill(runs.at, { nodes: names.join(', ') }) : '', run.dueAt ? fill(runs.due, { at: moment(run.dueAt) }) : ''].filter(Boolean).join(' · ');
  return (
    <li>
      <Link to={workflowRunsPath(run.workflow, run.id)} className="run-line">
        <StateMark state={run.state} />
        <span className="run-text">
          <strong className="ellipsis">{withName ? `${label(run.label)} · ${about}` : about}</strong>
          <span className={run.problem ? 'ellipsis run-problem' : 'quiet ellipsis'}>{where}</span>
        </span>
        <span className="run-side quiet">
          <span>{moment(run.startedAt)}</span>
          <span className="ellipsis">
            {run.starter ? fill(runs.by, { name: run.starter.name }) : runs.clock}
            {run.isCurrent ? '' : ` · ${fill(runs.version, { version: run.version })}`}
          </span>
        </span>
      </Link>
    </li>
  );
}

export function RunList({ filter, withName }: { filter: RunFilter; withName: boolean }) {
  const { runs } = useRunTexts();
  const found = useRuns(filter);
  if (found.isPending) return <Skeleton active className="tab-body" />;
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const items = found.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return filter.state === undefined ? <EmptyState title={runs.empty} hint={runs.emptyHint} /> : <EmptyState title={runs.emptyFilter} />;
  return (
    <>
      <ul className="run-list">
        {items.map((run) => (
          <Line key={run.id} run={run} withName={withName} />
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button className="more-button" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {runs.more}
        </Button>
      ) : null}
    </>
  );
}
